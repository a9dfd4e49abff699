/**
 * What each statement reads, as values: the same value has one name wherever it is computed, so it is known which of them can be had again
 * when the statements run backwards. It must not know what is kept, nor derivatives.
 */
import type { Memory } from '../memory.ts'
import { blocksOf, type Statement, type Statements, type StructuredFunction } from '../structured.ts'
import { bodiesOf } from './captured.ts'
import type { DerivativeSettings } from './settings.ts'
import { numbered } from './values/numbered.ts'
import { isUntouched } from './values/untouched.ts'
import { hasUnknownCalls, type Parent, type PrimalValues } from './values/value.ts'

export function valuesOf(
  f: StructuredFunction,
  memory: Memory,
  settings: Pick<DerivativeSettings, 'memory' | 'counted'>,
): PrimalValues {
  const parents = parentsOf(bodiesOf(f))
  // places first: which loads are stable asks which arrays are meant
  const first = numbered(f, { parents, isStable: () => false, counted: () => undefined })
  const stable = new Map<Statement, boolean>()
  const isStable = (statement: Statement) => {
    if (!settings.memory || hasUnknownCalls(f)) return false
    const known = stable.get(statement) ?? isUntouched(statement, f, memory, first, parents)
    stable.set(statement, known)
    return known
  }
  // a loop inside of another one may begin at its counter
  const { counted } = numbered(f, { parents, isStable, counted: () => undefined })
  const values = numbered(f, { parents, isStable, counted })
  const uncounted = { counted: () => undefined, stepped: () => [] }
  return { ...values, isStable, parents, ...(settings.counted ? {} : uncounted) }
}

function parentsOf(bodies: readonly Statements[]): Map<Statements, Parent> {
  const found = new Map<Statements, Parent>()
  const visit = (block: Statements) =>
    block.forEach((owner, index) => {
      for (const inner of blocksOf(owner)) {
        found.set(inner, { block, owner, index })
        visit(inner)
      }
    })
  bodies.forEach(visit)
  return found
}
