/** Arrays and records of adjoints, which are made and passed on beside those of values. It must not know what is added up in them. */
import { type Atom, isVariable, type Statement, type Statements, type Variable } from '../../structured.ts'
import { type Formula, infix, localOf, text } from '../formulas.ts'
import type { Line } from '../lines.ts'
import { formulaOf, isReadByName, memberOf } from '../writing.ts'
import { givenLine } from './declarations.ts'
import { ANY, type Assigning, type ForwardWay } from './way.ts'

export function shadowFormula(way: ForwardWay, atom: Atom): Formula {
  const { writing } = way
  if (!isVariable(atom) || atom.outer !== undefined || !writing.memory.isShadowed(atom)) return text('undefined')
  const statement = writing.inlined.get(atom)
  if (statement?.k === 'load' && !isReadByName(writing, statement)) return loadedShadow(way, statement)
  return localOf(writing.shadowLocal(atom))
}

export function loadedShadow(way: ForwardWay, each: Statement & { k: 'load' }): Formula {
  const object = shadowFormula(way, each.from)
  const found = memberOf(object, each.key, formulaOf(way.writing, each.key))
  if (!way.writing.memory.mayLackShadow(each.from)) return found
  const test = infix('===', object, text('undefined'))
  return { k: 'choice', test, whenTrue: text('undefined'), whenFalse: found }
}

/** The shadow of what a statement gives to a reference, if the text has it. */
export function withShadow(way: ForwardWay, each: Assigning, all: Statements, shadow: () => Formula): Line[] {
  if (!way.shadowed.has(each.target)) return []
  const local = way.writing.shadowLocal(each.target)
  return [givenLine(way, each, all, { local, value: shadow(), type: ANY })]
}

/** A line for the case that what a variable holds has a shadow. */
export function ifThere(way: ForwardWay, variable: Variable, line: Line): Line {
  if (!way.writing.memory.mayLackShadow(variable)) return line
  const test = infix('!==', shadowFormula(way, variable), text('undefined'))
  return { k: 'if', test, whenTrue: [line], whenFalse: [] }
}

/** What stands in a shadow for what is written. */
export const shadowValue = (way: ForwardWay, from: Atom): Formula =>
  isVariable(from) && from.kind === 'reference' ? shadowFormula(way, from) : text(way.writing.zero)
