/**
 * The rows that take any number of operands, for more than two of them: one node, whose derivatives of all orders are those of the row.
 * Generated from rules.ts by scripts/generate.mjs: change the rules instead.
 */
import { kinked } from '../../engine/kinked.ts'
import { isReached, type NodeOrNumber, operandValue, type ValuedRule } from '../../engine/node.ts'
import { div } from './partials.ts'

/** The value is one of the operands; a tie is shared by all that are equal, and nothing flows to the others. */
function selecting(name: string, value: (...xs: number[]) => number): ValuedRule {
  const shares = (xs: readonly number[], y: number) => {
    const share = 1 / xs.filter(x => x === y).length
    return xs.map(x => (x === y ? share : null))
  }
  return {
    name,
    value: xs => value(...xs),
    partials: shares,
    trackedPartials(operands, y) {
      const xs = operands as readonly NodeOrNumber[]
      const selected = shares(xs.map(operandValue), operandValue(y as NodeOrNumber))
      const tied = xs.filter((_, i) => selected[i] !== null)
      return selected.map(share => (share === null || share === 1 ? share : kinked(share, -1, ...tied)))
    },
    // shares do not change, but at a tie of which one moves
    partialTangents(xs, tangents, y) {
      const tied = xs.flatMap((x, i) => (x === y ? tangents[i]! : []))
      const isKink = tied.length > 1 && tied.some(isReached)
      return xs.map(x => (isKink && x === y ? NaN : 0))
    },
  }
}

/** By the name of the row. */
export const variadic = {
  max: selecting('max', Math.max),
  min: selecting('min', Math.min),
  hypot: {
    name: 'hypot',
    value: xs => Math.hypot(...xs),
    partials: (xs, y) => xs.map(a => (y === 0 ? 0 : a / y)),
    trackedPartials(operands, result) {
      const xs = operands as readonly NodeOrNumber[]
      const y = result as NodeOrNumber
      const yValue = operandValue(y)
      return xs.map(a => (yValue === 0 ? kinked(0, -1, ...xs) : div(a, y)))
    },
    // the derivative of a / y along a direction; a kink has none
    partialTangents: (xs, tangents, y, ofValue) =>
      xs.map((a, i) => (y === 0 ? NaN : (tangents[i]! - (a / y) * ofValue) / y)),
  },
} satisfies Record<string, ValuedRule>
