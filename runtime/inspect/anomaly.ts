/**
 * Looks for what made a computation or its gradients NaN or infinite. Looks only: nothing is computed again.
 * It must not know any operation.
 */

import { isReached, requireFunction } from '../engine/node.ts'
import { anything, requireOptions } from '../engine/options.ts'
import { tape, watching } from '../engine/tape.ts'
import { NumberWithGrad } from '../number/number-with-grad.ts'
import { contributionsOf } from './contributions.ts'
import { evaluationOrder, type Names, type NodeNames, namesByNode, operandTexts, trackedOperands } from './graph.ts'

/** Where nodes were created, and leaves assigned: what `recordStacks` gives and `findAnomaly` reads. */
export type CreationStacks = WeakMap<NumberWithGrad, Error>

/** What `findAnomaly` found. */
export interface Anomaly {
  /** A leaf that was not finite, an operation with such a value of finite operands, or one that made such a gradient. */
  readonly kind: 'leaf' | 'value' | 'gradient'
  /** The leaf, or the operation's result. */
  readonly node: NumberWithGrad
  /** In words: the operation, its operands, what came out. */
  readonly message: string
  /** Where the node was created, if `stacks` has it. */
  readonly stack: string | undefined
}

type Found = Omit<Anomaly, 'stack'>

/** @internal */
export function findValue(order: readonly NumberWithGrad[], names: Names): Found | undefined {
  const node = order.find(({ num }) => !Number.isFinite(num))
  if (node === undefined) return undefined
  if (node.creation_op !== '')
    return {
      kind: 'value',
      node,
      message: `\`${node.creation_op}\` of ${operandTexts(node, names).join(', ')} returned ${node.num}`,
    }
  return { kind: 'leaf', node, message: `${names.get(node) ?? 'a leaf'} is ${node.num}, and no operation computed it` }
}

/** @internal What an operation passed on to one of its operands, in words. */
export function propagationText(node: NumberWithGrad, names: Names, at: number, gradient: number): string {
  const operands = operandTexts(node, names)
  return `\`${node.creation_op}\` of ${operands.join(', ')} propagated the gradient ${gradient} to ${operands[at]}`
}

function findGradient(order: readonly NumberWithGrad[], names: Names): Found | undefined {
  const root = order.at(-1)!
  if (root.grad !== null && !Number.isFinite(root.grad))
    return { kind: 'gradient', node: root, message: `the gradient of the result itself is ${root.grad}` }
  const isSpoilt = ({ grad }: NumberWithGrad) => grad !== null && !Number.isFinite(grad)
  for (const node of [...order].reverse()) {
    if (!Number.isFinite(node.grad) || !trackedOperands(node).some(isSpoilt)) continue
    // an operand may be spoilt by another of its users
    const contributions = isReached(node._adjoint) ? contributionsOf(node) : []
    const at = contributions.findIndex(each => !Number.isFinite(each))
    if (at !== -1) return { kind: 'gradient', node, message: propagationText(node, names, at, contributions[at]!) }
  }
  const sum = order.find(isSpoilt)
  return (
    sum && {
      kind: 'gradient',
      node: sum,
      message: `the contributions to the gradient of ${names.get(sum) ?? sum.num} add up to ${sum.grad}`,
    }
  )
}

/**
 * The first node behind `root` that made a NaN or an Infinity: a value of finite operands, else, after `backward()`, a gradient.
 * First in the order of evaluation, operands from the left. `undefined` when all is finite.
 *
 * @param options `names` of nodes for the message; `stacks` that `recordStacks` took, for the place of creation.
 * Cost: linear in the computation. Source: PyTorch's `torch.autograd.detect_anomaly`.
 * @example findAnomaly(new NumberWithGrad(-1).log().mul(2))?.message // '`log` of -1 returned NaN'
 */
export function findAnomaly(
  root: NumberWithGrad,
  options: { readonly names?: NodeNames; readonly stacks?: CreationStacks } = {},
): Anomaly | undefined {
  const order = evaluationOrder(root, 'findAnomaly')
  requireOptions('findAnomaly', options, {
    names: anything,
    stacks: [stacks => stacks instanceof WeakMap, 'what `recordStacks` gave'],
  })
  const names = namesByNode(options.names === undefined ? {} : options.names)
  const found = findValue(order, names) ?? findGradient(order, names)
  return found && { ...found, stack: options.stacks?.get(found.node)?.stack }
}

/**
 * Runs `f` and takes down where each of its operations was called and each leaf was assigned, for `findAnomaly` and for errors about such
 * numbers, whose `cause` it is. For debugging: slow, and large.
 * `f` must do its work before it returns; what it starts and leaves for later is not seen.
 *
 * @returns what `f` gave, and the stacks.
 * Cost: some microseconds and a kilobyte an operation, as long as the nodes live.
 * @example recordStacks(() => new NumberWithGrad(-1).log())[0].num // NaN
 */
export function recordStacks<T>(f: () => T): [result: T, stacks: CreationStacks] {
  requireFunction(f, 'recordStacks')
  const stacks: CreationStacks = new WeakMap()
  tape.stacks = stacks
  const prototype = NumberWithGrad.prototype
  const record = prototype._record
  // Every operation records itself by this method. Asking for a debugger there would cost all others a comparison.
  prototype._record = function (...operation) {
    const node = record.apply(this, operation)
    stacks.set(node._self as NumberWithGrad, new Error(`\`${node.creation_op}\` was called here`))
    return node
  }
  try {
    return [watching(f), stacks]
  } finally {
    prototype._record = record
  }
}
