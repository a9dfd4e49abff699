/**
 * Units as functions of the text: one that runs and keeps, and one that runs backwards and takes back. All share one tape.
 * It must not know TypeScript's trees.
 */
import { backwardLines } from './backward.ts'
import { forwardLines } from './forward.ts'
import { textOfLine, type WrittenLine } from './placed.ts'
import { allOf, isVariable, type StructuredFunction, targetsIn, type Variable } from './structured.ts'
import { activeParameters, inside, isReversed, isShadowedHere, operand, shadowOf, type Writing } from './writing.ts'

/** A function of the text, before it is known which of its lines and variables are needed. */
export interface TextFunction {
  readonly head: string
  readonly lines: readonly WrittenLine[]
  readonly end: string
  /** The names that it declares, and the value that each has at first. */
  readonly locals: readonly string[]
  readonly initial: string
  /** The names that its head and its end read. */
  readonly read: readonly string[]
}

export const localsOf = ({ memory, name, shadow }: Writing, own: Iterable<Variable>): string[] =>
  [...own].flatMap(each => [
    name(each),
    ...(each.kind === 'reference' && memory.isShadowed(each) ? [shadow(each)] : []),
  ])
export const adjointsOf = ({ memory, adjoint }: Writing, own: Iterable<Variable>): string[] =>
  [...own].filter(each => each.kind === 'scalar' && memory.isActive(each)).map(adjoint)

/** The variables that a unit alone assigns: each call has its own. */
function ownOf({ parameters, body, units }: StructuredFunction, place: number): readonly Variable[] {
  const others = units.filter((_, i) => i !== place).flatMap(each => [...targetsIn(allOf(each.body))])
  const shared = new Set([...parameters, ...targetsIn(allOf(body)), ...others])
  return [...targetsIn(allOf(units[place]!.body))].filter(each => !shared.has(each))
}

/** The functions of the unit at a place: backwards there may be nothing to do. */
export function unitFunctions(writing: Writing, f: StructuredFunction, place: number): TextFunction[] {
  const unit = f.units[place]!
  const own = ownOf(f, place)
  const { memory, name, adjoint, shadow } = writing
  const parameters = unit.parameters.flatMap(each => [
    name(each),
    ...(isShadowedHere(writing, each) ? [shadow(each)] : []),
  ])
  const result = operand(writing, unit.result)
  const shadowed = isShadowedHere(writing, unit.result) ? [shadowOf(writing, unit.result)] : []
  const forward: TextFunction = {
    head: `const ${writing.unit(unit)} = (${parameters.map(each => `${each}: any`).join(', ')}): any => {`,
    lines: forwardLines(writing, unit.body),
    end: `return ${shadowed.length > 0 ? `[${result}, ${shadowed[0]}]` : result}`,
    locals: localsOf(writing, own),
    initial: ': any',
    read: [...parameters, result, ...shadowed],
  }
  if (!isReversed(writing, unit.body)) return [forward]
  const given = isVariable(unit.result) && memory.isActive(unit.result) ? [adjoint(unit.result)] : []
  const returned = activeParameters(writing, unit).map(adjoint)
  const backward: TextFunction = {
    head: `const ${writing.unitBack(unit)} = (${given.map(each => `${each}: any`).join('')}): any => {`,
    lines: backwardLines(writing, unit.body),
    end: `return [${returned.join(', ')}]`,
    locals: adjointsOf(writing, [...own, ...unit.parameters]).filter(each => !given.includes(each)),
    initial: ' = -0',
    read: [...given, ...returned],
  }
  return [forward, backward]
}

/** Its text with the lines that are needed. */
export function functionText(
  { head, end, locals, initial, read }: TextFunction,
  lines: readonly WrittenLine[],
): WrittenLine[] {
  const text = [...lines.map(textOfLine), ...read].join('\n')
  return [head, ...inside([...declaration(text, locals, initial), ...lines, end]), '}']
}

/** Declares those of some names that a text mentions. */
export function declaration(text: string, names: readonly string[], initial: string): string[] {
  const found = names.filter(each => mentions(each).test(text)).map(each => `${each}${initial}`)
  return found.length > 0 ? [`let ${found.join(', ')}`] : []
}
const mentions = (name: string) => new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`)
