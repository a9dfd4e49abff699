/**
 * Random programs of all forms of the language, which are written once: their oracle is the same text on dual numbers.
 * It must not know what is compared.
 */
import { dualText } from './dual-texts.ts'
import { DualValue, dualGlobals } from './dual-values.ts'
import { numbersIn, type Point, shapedAs } from './points.ts'
import type { Choice, Statement } from './structured/author.ts'
import { hoisted, mutual, passedFunction, returnedFunction, spreadCalls } from './structured/calls.ts'
import { classText, instances, missing, nestedRecord, patterns, typedArrays } from './structured/objects.ts'
import {
  assignedIfSo,
  assignedInPlace,
  changedByMethod,
  exchanged,
  holedTwice,
  takenByMethod,
} from './structured/places.ts'
import { changedInLoop, fixedPlaces, jumps, movedBounds, overtaken, rows, sums, visited } from './structured/visits.ts'
import { type StructuredProgram, structuredProgram } from './structured-programs.ts'

const forms: readonly Choice<Statement>[] = [
  [0.04, assignedIfSo, ({ own }) => own.length > 0],
  [0.08, assignedInPlace, ({ own }) => own.length > 0],
  [0.12, changedByMethod, ({ own }) => own.length > 0],
  [0.16, takenByMethod, ({ own }) => own.length > 0],
  [0.19, exchanged, ({ own }) => own.length > 0],
  [0.21, holedTwice],
  [0.24, nestedRecord],
  [0.27, instances],
  [0.3, typedArrays],
  [0.33, missing],
  [0.35, patterns],
  [0.38, changedInLoop],
  [0.41, visited],
  [0.44, rows],
  [0.46, jumps],
  [0.48, returnedFunction, ({ depth }) => depth < 2],
  [0.5, passedFunction, ({ depth }) => depth < 2],
  [0.52, mutual, ({ depth }) => depth === 0],
  [0.54, hoisted],
  [0.56, spreadCalls],
  [0.58, movedBounds],
  [0.6, fixedPlaces],
  [0.62, overtaken, ({ variables }) => variables.length > 0],
]

/** A program with these forms and those of structured programs. */
export const mixedProgram = (seed: number): StructuredProgram => structuredProgram(seed, forms, 'mixed', sums)

/** What stands before the functions of a file of such programs. */
export const mixedHead = classText

/** The value and the derivatives of a program, along a direction too. @throws what the program throws. */
export function mixedByDuals(
  { name, numbers }: StructuredProgram,
  point: Point,
  direction: readonly number[],
): DualValue {
  const zeros = direction.map(() => 0)
  const given = numbersIn(point).map((v, i) => new DualValue(v, zeros.with(i, 1), direction[i]!, zeros))
  const text = dualText(`${classText}${numbers.replace('export ', '')}`)
  const f = new Function(...Object.keys(dualGlobals), `${text}\nreturn ${name}`)(...Object.values(dualGlobals))
  const found: unknown = f(...(shapedAs(point, given) as unknown[]))
  return found instanceof DualValue ? found : new DualValue(found as number, zeros, 0, zeros)
}
