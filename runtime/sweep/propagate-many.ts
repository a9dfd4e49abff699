/**
 * The reverse sweep's step at an operation outside the table. It must not know any such operation.
 */
import { type GraphNode, type ManyOperands, operandValue } from '../engine/node.ts'

/** The partials of a node with many operands, whose value is `y`; `null` where nothing flows. NaN for a NaN: a number would hide the error. */
export function partialsOf({ rule, operands }: ManyOperands, y: number): ArrayLike<number | null> {
  const xs: number[] = [] // `map` makes an array of integers first, which V8 then turns into one of doubles
  for (const each of operands) xs.push(operandValue(each))
  const partials = rule.partials(xs, y)
  requireOneEach(rule.name, partials.length, operands.length)
  return Number.isNaN(y) ? xs.fill(y) : partials
}

/** Adds adjoint times partial to each tracked operand of `node`. */
export function propagateMany(node: GraphNode): void {
  const many = node._a as ManyOperands
  if (many.rule.propagate) return many.rule.propagate(node)
  const partials = partialsOf(many, node._num)
  many.operands.forEach((operand, i) => {
    if (typeof operand !== 'number' && partials[i] !== null) operand._adjoint += node._adjoint * partials[i]! + 0
  })
}

/** @throws RangeError when a rule does not return one partial for each operand. */
export function requireOneEach(name: string, partials: number, operands: number): void {
  if (partials === operands) return
  throw new RangeError(`${name}: the rule must return one partial per operand; got ${partials} for ${operands}`)
}
