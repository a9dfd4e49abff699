/**
 * Tells why a gradient is null or exactly 0. It must not know any operation.
 */

import type { NumberWithGrad } from '../number/number-with-grad.ts'
import { evaluationOrder, type NodeNames, namesByNode, operandTexts, trackedOperands } from './graph.ts'

type Users = ReadonlyMap<NumberWithGrad, NumberWithGrad[]>

function usersOf(order: readonly NumberWithGrad[]): Users {
  const users = new Map<NumberWithGrad, NumberWithGrad[]>(order.map(node => [node, []]))
  for (const node of order) for (const operand of new Set(trackedOperands(node))) users.get(operand)!.push(node)
  return users
}

/** The operations that got a derivative and gave none: the first ones with a gradient on all ways up from `node`. */
function blockers(node: NumberWithGrad, users: Users): NumberWithGrad[] {
  const seen = new Set([node])
  for (const each of seen) if (each.grad === 0) for (const user of users.get(each)!) seen.add(user)
  return [...seen].filter(({ grad }) => grad !== 0)
}

/**
 * For each input whose gradient is null or exactly 0 after `root.backward()`, a sentence that says why: `root` was not computed
 * from it, or which operations gave nothing back. Often a sign of a forgotten term, a dead unit or a detached value.
 *
 * @param inputs the numbers to ask about, with their names: `{ w, b }`, or a Map from node to name.
 * @returns one sentence for each such input; `[]` when all gradients are other than 0.
 * @throws Error when `root.backward()` was not called before.
 * Cost: linear in the computation, once more for each gradient of 0.
 * @example const w = new NumberWithGrad(2.5); const y = w.floor(); y.backward(); explainZeroGradients(y, { w }) // ['w: the gradient is 0, because `floor` of w = 2.5 propagates no gradient']
 */
export function explainZeroGradients(root: NumberWithGrad, inputs: NodeNames): string[] {
  const order = evaluationOrder(root, 'explainZeroGradients')
  if (root.grad === null) throw new Error('explainZeroGradients: the root has no gradient; call root.backward() first')
  const names = namesByNode(inputs)
  const users = usersOf(order)
  const explain = (node: NumberWithGrad): string => {
    if (!users.has(node)) return 'null, because the result was not computed from it'
    if (node.grad === null) return 'null, because it was cleared after backward()'
    const operations = blockers(node, users).map(
      each => `\`${each.creation_op}\` of ${operandTexts(each, names).join(', ')}`,
    )
    return operations.length === 0
      ? '0, because backward() was called with a seed of 0'
      : `0, because ${operations.join(' and ')} ${operations.length === 1 ? 'propagates' : 'propagate'} no gradient`
  }
  return [...names]
    .filter(([node]) => !users.has(node) || !node.grad)
    .map(([node, name]) => `${name}: the gradient is ${explain(node)}`)
}
