/**
 * Numbers that are a convention: the derivative that is taken at a kink or a jump, which has no derivative itself.
 * It must not know any operation.
 */
import { GraphNode, MANY, ManyOperands, type ManyRule, type NodeOrNumber } from './node.ts'

const KINK = 'kink'

/**
 * `value`, recorded so that its derivative by each operand is NaN where `zeros` is -1. Else the first `zeros` derivatives by the first
 * operand are 0 and the next is NaN, and by the others they are 0. Where no operand is tracked it is `value` itself.
 *
 * @param value `null` for the derivative at a jump through which nothing passes: 0, and 0 times anything (isNothing).
 */
export function kinked<Value extends number | null>(
  value: Value,
  zeros: number,
  ...operands: readonly NodeOrNumber[]
): GraphNode | Value {
  const node = operands.find(each => each instanceof GraphNode)
  const left = operands.map((_, i) => (i === 0 ? zeros - 1 : zeros))
  const rule: ManyRule = {
    name: KINK,
    isNothing: value === null,
    partials: () => left.map(each => (each < 0 ? NaN : 0)),
    trackedPartials: () => left.map(each => (each < 0 ? kinked(NaN, -1, ...operands) : kinked(0, each, ...operands))),
  }
  return node === undefined ? value : node._record(value ?? 0, MANY, new ManyOperands(rule, operands), null)
}

/** Whether a tracked derivative is that of something not reached, at a jump. */
export function isNothing(derivative: NodeOrNumber): boolean {
  return (
    typeof derivative !== 'number' && derivative._a instanceof ManyOperands && derivative._a.rule.isNothing === true
  )
}

/** A derivative of something not reached, derived by the operands of either of two of them. */
export function bothNothing(a: NodeOrNumber, b: NodeOrNumber): NodeOrNumber {
  const operands = [a, b].flatMap(each => ((each as GraphNode)._a as ManyOperands).operands)
  return kinked(null, -1, ...operands) as GraphNode
}

const STOPPED: ManyRule = {
  name: KINK,
  isNothing: true,
  partials: () => [1, 0],
  trackedPartials: () => [1, 0],
}

/** `nothing` times a number that may be derived: nothing, and 0 times what that gives, which is NaN where it has no derivative. */
export function stopped(nothing: NodeOrNumber, other: NodeOrNumber): NodeOrNumber {
  if (typeof other === 'number') return nothing
  return (nothing as GraphNode)._record(0, MANY, new ManyOperands(STOPPED, [nothing, other]), null)
}

/** The operands by which a convention has no derivative; none of what is no convention. */
export function singularOperands(derivative: NodeOrNumber): readonly NodeOrNumber[] {
  if (typeof derivative === 'number' || !(derivative._a instanceof ManyOperands)) return []
  const { rule, operands } = derivative._a
  if (rule.name !== KINK) return []
  const partials = rule.partials([], 0)
  return operands.filter((_, i) => Number.isNaN(partials[i]))
}
