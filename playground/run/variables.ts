/**
 * The tracked numbers that a program's variables hold, and which of their computations are worth a picture.
 * It must not know where they are shown.
 */

import { NumberWithGrad } from '../../runtime/index.ts'
import { trackedOperands } from '../../runtime/inspect/graph.ts'

/** Reads variables that may not be there yet. */
export function readVariables(getters: Readonly<Record<string, () => unknown>>): Map<NumberWithGrad, string> {
  const found = new Map<NumberWithGrad, string>()
  for (const [name, get] of Object.entries(getters)) {
    const value = readable(get)
    if (value instanceof NumberWithGrad && isAlive(value) && !found.has(value)) found.set(value, name)
  }
  return found
}

function readable(get: () => unknown): unknown {
  try {
    return get()
  } catch {
    return undefined // before its declaration was reached
  }
}

/** An intermediate of a call of `grad` that has ended cannot be read. */
function isAlive(value: NumberWithGrad): boolean {
  try {
    return Number.isFinite(value.num) || true
  } catch {
    return false
  }
}

/** The results that no other variable's computation contains, in the order of declaration. */
export function results(names: ReadonlyMap<NumberWithGrad, string>): NumberWithGrad[] {
  const nodes = [...names.keys()]
  const inside = new Set<NumberWithGrad>()
  const pending = nodes.flatMap(trackedOperands)
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (inside.has(node)) continue
    inside.add(node)
    pending.push(...trackedOperands(node))
  }
  return nodes.filter(node => node.creation_op !== '' && !inside.has(node))
}
