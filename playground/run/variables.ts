/**
 * Finds the tracked numbers in a program's variables, and the computations to draw.
 * It must not know where they are shown.
 */

import { NumberWithGrad } from '../../runtime/index.ts'
import { trackedOperands } from '../../runtime/inspect/graph.ts'

/** Reads variables that may not be initialised yet. */
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
    return undefined // its declaration has not run
  }
}

/** A number inside a call of `grad` that has ended cannot be read. */
function isAlive(value: NumberWithGrad): boolean {
  try {
    return Number.isFinite(value.num) || true
  } catch {
    return false
  }
}

/** The results outside of every other variable's computation, in the order of declaration. */
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
