/**
 * The forward sweep over a Recording whose results are tracked numbers, which can be derived again.
 * It must not know any verb, nor the shapes of arguments.
 */
import type { GraphNode } from '../engine/node.ts'
import { tape } from '../engine/tape.ts'
import type { Numeric } from '../number/number-with-grad.ts'
import { nodeAt } from '../scope/taped-number.ts'
import { type Derivatives, pushThrough } from '../sweep/tracked-sweep.ts'
import type { Recording } from './recording.ts'

/** The derivative of each output along a direction of the inputs. An input with the plain number 0 does not move. */
export function pushTracked(
  { inputs, start }: Recording,
  outputs: readonly Numeric[],
  direction: readonly Numeric[],
): Numeric[] {
  const derivatives: Derivatives = new Map()
  inputs.forEach((input, i) => {
    if (direction[i] !== 0) derivatives.set(input, direction[i]!)
  })
  // An input made from a tracked number of the caller has that number as operand, which is not part of this record.
  const own = new Set<GraphNode>(inputs)
  for (let i = start, end = tape.top; i < end; i++) {
    const node = nodeAt(i)
    if (!own.has(node)) pushThrough(node, derivatives, true)
  }
  return outputs.map(output => (typeof output === 'number' ? 0 : ((derivatives.get(output._self) ?? 0) as Numeric)))
}
