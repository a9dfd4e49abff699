/** Programs by their numbers, many in one file, and the settings that they are tried with. It must not know what a program is. */
import { allSettings, type DerivativeSettings } from '../../transformer/derivative/planned/settings.ts'
import { seed } from '../random.ts'

/** Programs in one file. */
const BATCH = 50

const analyses = Object.keys(allSettings) as (keyof DerivativeSettings)[]
/** Each analysis left out, and all of them. */
export const lesserSettings = [...analyses.map(each => [each]), analyses].map(
  left => [left.join(', '), { ...allSettings, ...Object.fromEntries(left.map(each => [each, false])) }] as const,
)

/** Programs by numbers from a number on, in batches that are one file each. */
export function batchesOf<Program>(programOf: (seed: number) => Program, count: number, from: number): Program[][] {
  return Array.from({ length: Math.ceil(count / BATCH) }, (_, i) =>
    Array.from({ length: Math.min(BATCH, count - i * BATCH) }, (_, j) =>
      programOf(seed * 100_000 + from + i * BATCH + j),
    ),
  )
}
