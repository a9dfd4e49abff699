/**
 * The record of a resolved operator: its site, meaning, fault and operand types. It must not know how they were found.
 */
import type { Type } from '../compiler/checker.ts'
import type { Site } from '../syntax/syntax.ts'
import { type Fault, isFault, native, type Resolution, type Verdict } from './meaning.ts'
import type { Reader } from './tables.ts'

export interface ResolvedOperator {
  readonly site: Site
  readonly resolution: Resolution
  readonly fault?: Fault
  /** The operand types, as they are shown to people. */
  types(): readonly string[]
}

/** The record of an operator. */
export function resolvedOperator(
  reader: Reader,
  site: Site,
  verdict: Verdict,
  operands: readonly (Type | readonly Type[])[],
): ResolvedOperator {
  return {
    site,
    resolution: isFault(verdict) ? native : verdict,
    ...(isFault(verdict) && { fault: verdict }),
    // for messages only: printing a type is slow
    types: () => operands.map(types => [types].flat().map(reader.show).join(' | ')),
  }
}
