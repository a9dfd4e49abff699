/** Records that are copied by their types: what a type leaves out is lost. It must not know trees. */
import type { Obligation } from './enter/context.ts'
import type { Memory } from './memory.ts'
import { allIn, type StructuredFunction, type Variable } from './structured.ts'

/** A property that a record has, that its copy lacks, and that something may read there. */
export function lostBySpread(
  f: StructuredFunction,
  memory: Memory,
  from: Variable,
  { into, copied }: NonNullable<Obligation['spread']>,
): string | undefined {
  const fields = [...memory.placesOf(from)].filter(({ source }) => !source).flatMap(each => [...each.fields])
  const lost = fields.filter(each => !copied.has(each))
  if (lost.length === 0) return undefined
  const copies = memory.placesOf(into)
  const isCopy = (variable: Variable) => [...memory.placesOf(variable)].some(each => copies.has(each))
  const isRead = (field: string) => allIn(f).some(each => each.k === 'load' && each.key === field && isCopy(each.from))
  return lost.find(each => isRead(each) || (typeof f.result !== 'string' && isCopy(f.result)))
}
