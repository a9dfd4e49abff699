/**
 * Nodes of the entries of a result that is computed at once: each has the operands of the whole, and its own partials.
 * It must not know what is computed.
 */
import { operandValue } from '../engine/node.ts'
import { applyMany } from '../number/custom-rule.ts'
import type { Numeric } from '../number/number-with-grad.ts'

/** A result of many numbers: its values, and the partials of each by the operands, on numbers and on tracked numbers. */
export interface Whole {
  readonly name: string
  readonly values: ArrayLike<number>
  readonly partials: (entry: number) => ArrayLike<number>
  readonly trackedPartials: (entry: number, xs: readonly Numeric[]) => readonly Numeric[]
}

export const plainValues = (xs: readonly Numeric[]): Float64Array => Float64Array.from(xs, operandValue)

/** A node for each entry of the result, or plain numbers where no operand is tracked. */
export function entriesAt({ name, values, partials, trackedPartials }: Whole, xs: readonly Numeric[]): Numeric[] {
  return Array.from(values, (value, entry) =>
    applyMany(
      {
        name,
        value: () => value,
        partials: () => partials(entry),
        trackedPartials: operands => trackedPartials(entry, operands as readonly Numeric[]),
      },
      xs,
    ),
  )
}

/** What is computed when it is first asked for. */
export function computedOnce<T>(compute: () => T): () => T {
  let kept: { readonly value: T } | undefined
  return () => {
    kept ??= { value: compute() }
    return kept.value
  }
}

export const multiplied = (a: Numeric, b: Numeric): Numeric =>
  typeof a !== 'number' ? a.mul(b) : typeof b !== 'number' ? b.rmul(a) : a * b
export const added = (a: Numeric, b: Numeric): Numeric =>
  typeof a !== 'number' ? a.add(b) : typeof b !== 'number' ? b.radd(a) : a + b
