/**
 * Tells why a gradient is null, exactly 0 or NaN. It must not know any operation.
 */

import { isReached, operandsOfNode } from '../engine/node.ts'
import type { NumberWithGrad } from '../number/number-with-grad.ts'
import { findValue, propagationText } from './anomaly.ts'
import { contributionsOf } from './contributions.ts'
import { evaluationOrder, type Names, type NodeNames, namesByNode, operandTexts, trackedOperands } from './graph.ts'

/** One operation that used a number, and what it passed on to it, once for each place; all -0 where it passed on nothing. */
interface Use {
  readonly user: NumberWithGrad
  readonly isUserReached: boolean
  readonly gradients: readonly number[]
}
type Uses = ReadonlyMap<NumberWithGrad, Use[]>

const MOST_REASONS = 5

/** The uses of each number behind the last one of `order`, users first. Adjoints of leaves say less: they add up over calls. */
function usesOf(order: readonly NumberWithGrad[]): Uses {
  const uses = new Map<NumberWithGrad, Use[]>(order.map(node => [node, []]))
  const root = order.at(-1)
  for (const user of [...order].reverse()) {
    const isUserReached = user === root || isReachedBy(uses.get(user)!)
    const passed = isUserReached ? contributionsOf(user) : []
    const byOperand = new Map<NumberWithGrad, number[]>(trackedOperands(user).map(operand => [operand, []]))
    operandsOfNode(user).forEach((operand, i) => {
      if (passed.length > 0) byOperand.get(operand as NumberWithGrad)?.push(passed[i]!)
    })
    for (const [operand, gradients] of byOperand) uses.get(operand)!.push({ user, isUserReached, gradients })
  }
  for (const list of uses.values()) list.reverse() // back to the order of the source
  return uses
}

function isReachedBy(uses: readonly Use[]): boolean {
  return uses.some(({ gradients }) => gradients.some(isReached))
}

const operationText = (node: NumberWithGrad, names: Names) =>
  `\`${node.creation_op}\` of ${operandTexts(node, names).join(', ')}`

/** `a, b and c`; the first few where there are many. */
function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, texts.length > MOST_REASONS ? MOST_REASONS - 1 : MOST_REASONS)
  if (shown.length < texts.length) shown.push(`${texts.length - shown.length} more`)
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/** Gradients that are not 0 and have the sum 0; `undefined` where there are none. */
function cancellation(node: NumberWithGrad, uses: readonly Use[], names: Names): string | undefined {
  const terms = uses.flatMap(({ user, gradients }) =>
    gradients.filter(each => each !== 0).map(gradient => ({ user, gradient })),
  )
  if (terms.length === 0) return undefined
  const sum = terms.reduce((total, { gradient }) => total + gradient, 0)
  const size = terms.reduce((total, { gradient }) => total + Math.abs(gradient), 0)
  const where = names.get(node) ?? `the number ${node.num}`
  // the order of the sum differs from that of the sweep
  if (Math.abs(sum) > 1e-12 * size)
    return `this backward() added ${sum} to ${where}, which cancels what earlier calls or assignments left there`
  const texts = terms.map(({ user, gradient }) => `${gradient} from ${operationText(user, names)}`)
  return `the contributions to ${where} cancel: ${listed(texts)}`
}

/** Why nothing but zeros arrived at `start`: the first causes on all ways from it to the result. */
function causesOfZero(start: NumberWithGrad, all: Uses, names: Names): string[] {
  const causes = new Set<string>()
  const silent = new Set<NumberWithGrad>()
  const zero = new Set<NumberWithGrad>()
  const seen = new Set([start])
  for (const node of seen) {
    const uses = all.get(node)!
    const cancelled = cancellation(node, uses, names)
    if (cancelled !== undefined) causes.add(cancelled)
    else if (uses.length === 0) causes.add('backward() was called with a seed of 0')
    else
      for (const { user, isUserReached, gradients } of uses) {
        const isPassed = gradients.some(isReached)
        if (!isUserReached || (isPassed && user.grad === 0)) seen.add(user)
        else if (isPassed) zero.add(user)
        else silent.add(user)
      }
  }
  const texts = (nodes: Iterable<NumberWithGrad>) => [...nodes].map(each => operationText(each, names))
  if (silent.size > 0)
    causes.add(`${listed(texts(silent))} ${silent.size === 1 ? 'propagates' : 'propagate'} no gradient`)
  if (zero.size > 0)
    causes.add(
      `${listed(texts(zero))} ${zero.size === 1 ? 'propagates' : 'propagate'} 0, the partial times the gradient`,
    )
  return [...causes]
}

/** Where a NaN that arrived at `start` was made. */
function causeOfNaN(start: NumberWithGrad, all: Uses, names: Names): string {
  for (let node = start; ; ) {
    const use = all.get(node)!.find(({ gradients }) => !gradients.every(Number.isFinite))
    if (use === undefined) break
    if (!Number.isFinite(use.user.grad)) {
      node = use.user
      continue
    }
    const isValueSpoilt = [use.user, ...trackedOperands(use.user)].some(({ num }) => !Number.isFinite(num))
    const value = isValueSpoilt ? findValue(evaluationOrder(use.user, 'explainZeroGradients'), names) : undefined
    if (value !== undefined) return value.message
    const passed = contributionsOf(use.user)
    const at = passed.findIndex(each => !Number.isFinite(each))
    return propagationText(use.user, names, at, passed[at]!)
  }
  return 'it was NaN before this backward(), or the seed or a sum of gradients is not finite'
}

/**
 * For each input whose gradient is null, exactly 0 or NaN after `root.backward()`, a sentence that says why: `root` was not computed
 * from it, an operation passes nothing on (`max` took another operand, `floor`), a partial is 0, contributions cancel, or where the
 * NaN was made. Often a sign of a forgotten term, a dead unit or a detached value.
 *
 * @param inputs the numbers to ask about, with their names: `{ w, b }`, `{ layers: [{ w, b }] }`, or a Map from node to name.
 * @returns one sentence for each such input; `[]` when all gradients are other numbers.
 * @throws Error when `root.backward()` was not called before.
 * Cost: linear in the computation, once more for each gradient of 0.
 * @example const w = new NumberWithGrad(2.5); const y = w.floor(); y.backward(); explainZeroGradients(y, { w }) // ['w: the gradient is 0, because `floor` of w = 2.5 propagates no gradient']
 */
export function explainZeroGradients(root: NumberWithGrad, inputs: NodeNames): string[] {
  const order = evaluationOrder(root, 'explainZeroGradients')
  if (root.grad === null) throw new Error('explainZeroGradients: the root has no gradient; call root.backward() first')
  const names = namesByNode(inputs)
  const uses = usesOf(order)
  const explain = (node: NumberWithGrad): string => {
    if (!uses.has(node)) return 'null, because the result was not computed from it'
    if (node.grad === null) return 'null, because it was cleared after backward()'
    if (node.grad !== 0) return `NaN: ${causeOfNaN(node, uses, names)}`
    return `0, because ${causesOfZero(node, uses, names).join('; and ') || 'gradients were cleared after backward()'}`
  }
  return [...names]
    .filter(([node]) => !uses.has(node) || !node.grad)
    .map(([node, name]) => `${name}: the gradient is ${explain(node)}`)
}
