/**
 * The forward sweep over a Recording whose results are tracked numbers, which can be derived again.
 * It must not know any verb, nor the shapes of arguments.
 */
import type { GraphNode } from '../engine/node.ts'
import type { Numeric } from '../number/number-with-grad.ts'
import { type Derivatives, pushThrough } from '../sweep/tracked-sweep.ts'
import type { Recording } from './recording.ts'

/** The derivative of each output along a direction of the inputs. An input with the plain number 0 does not move. */
export function pushTracked(
  recording: Recording,
  outputs: readonly Numeric[],
  direction: readonly Numeric[],
): Numeric[] {
  const { inputs } = recording
  const derivatives: Derivatives = new Map()
  inputs.forEach((input, i) => {
    if (direction[i] !== 0) derivatives.set(input, direction[i]!)
  })
  // An input made from a tracked number of the caller has that number as operand, which is not part of this record.
  const own = new Set<GraphNode>(inputs)
  const nodes = recording.nodes()
  const jumps = recording.jumpsIn(nodes)
  for (const node of nodes) if (!own.has(node)) pushThrough(node, derivatives, jumps)
  return outputs.map(output => (typeof output === 'number' ? 0 : ((derivatives.get(output._self) ?? 0) as Numeric)))
}
