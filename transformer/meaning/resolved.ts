/**
 * What was found out about an operator. It must not know who asked, and in which program.
 */
import type { Type } from '../compiler/checker.ts'
import type { Site } from '../syntax/syntax.ts'
import { type Fault, isFault, native, type Resolution, type Verdict } from './meaning.ts'
import type { Reader } from './tables.ts'

export interface Resolved {
  readonly site: Site
  readonly resolution: Resolution
  readonly fault?: Fault
  /** The operand types, as they are shown to people. */
  types(): readonly string[]
}

/** An operator with what was found out about it. */
export function resolved(
  reader: Reader,
  site: Site,
  verdict: Verdict,
  operands: readonly (Type | readonly Type[])[],
): Resolved {
  return {
    site,
    resolution: isFault(verdict) ? native : verdict,
    ...(isFault(verdict) && { fault: verdict }),
    // shown to people only, and printing a type is slow
    types: () => operands.map(types => [types].flat().map(reader.show).join(' | ')),
  }
}
