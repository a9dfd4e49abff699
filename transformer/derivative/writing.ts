/**
 * What the two halves of a derivative's text share: names, places, the partials of an operation, and what is to be done backwards at all.
 * It must not write a statement.
 */
import type { Memory } from './memory.ts'
import type { DerivativeNames } from './names.ts'
import { indented, type WrittenLine } from './placed.ts'
import { NO_FLOW, type OperationTexts, operationTexts } from './rows.ts'
import {
  type Atom,
  allOf,
  isVariable,
  type Statement,
  type Statements,
  type Unit,
  type Variable,
} from './structured.ts'

export interface Writing extends DerivativeNames {
  readonly memory: Memory
  /** Variables whose value at the end is the only one. */
  readonly stable: ReadonlySet<Variable>
  readonly units: readonly Unit[]
}

/** An atom as an operand of any operator. */
export function operand({ name }: Writing, atom: Atom): string {
  if (isVariable(atom)) return name(atom)
  return atom.startsWith('-') ? `(${atom})` : atom
}
export const isStable = ({ stable }: Writing, atom: Atom) =>
  !isVariable(atom) || stable.has(atom) || atom.outer !== undefined

export const inside = (lines: readonly WrittenLine[]) => indented(lines, '  ')
export const filledIn = (writing: Writing, text: readonly Atom[]) =>
  text.map(each => (isVariable(each) ? writing.name(each) : each)).join('')

/** `a.x` and `a[i]`. */
export function memberText(writing: Writing, object: string, key: Atom): string {
  const property = isVariable(key) ? undefined : /^"([A-Za-z_$][\w$]*)"$/.exec(key)?.[1]
  return property === undefined ? `${object}[${isVariable(key) ? writing.name(key) : key}]` : `${object}.${property}`
}

// ---- operations

export interface Partials {
  /** What is kept, each once. */
  readonly kept: readonly string[]
  /** For each operand that depends on the arguments, which of the kept ones is its partial. */
  readonly flows: readonly (readonly [to: Variable, kept: number])[]
  readonly passes: OperationTexts['passes']
}

export function operationTextsOf(
  writing: Writing,
  { rule, operands, target }: Statement & { k: 'operation' },
): OperationTexts {
  const texts = operands.map(each => {
    const text = operand(writing, each)
    // the type of a literal, or of a constant, would make comparisons errors
    return { text, compared: isVariable(each) ? text : `(${text} as number)` }
  })
  return operationTexts(rule, texts, writing.name(target))
}

export function keptPartials(writing: Writing, statement: Statement & { k: 'operation' }): Partials {
  const { partials, passes } = operationTextsOf(writing, statement)
  const y = writing.name(statement.target)
  const kept: string[] = []
  const flows = statement.operands.flatMap((each, i): [Variable, number][] => {
    if (!isVariable(each) || !writing.memory.isActive(each) || partials[i] === NO_FLOW) return []
    // where a value is NaN, each partial is NaN; a tangent's say so themselves
    const text = passes === 'reached' ? partials[i]! : `${y} === ${y} ? ${partials[i]} : NaN`
    if (!kept.includes(text)) kept.push(text)
    return [[each, kept.indexOf(text)]]
  })
  return { kept, flows, passes }
}

// ---- what is done backwards

export const shadowOf = (writing: Writing, atom: Atom) =>
  isVariable(atom) && atom.outer === undefined && writing.memory.isShadowed(atom) ? writing.shadow(atom) : 'undefined'

export const endsInThrow = (statements: Statements) => statements.some(({ k }) => k === 'throw')

export const isLoadedBack = ({ memory }: Writing, { target }: Statement & { k: 'load' }) =>
  target.kind === 'scalar' && memory.isActive(target)
/** Whether an atom is an array or record whose shadow goes with it. */
export const isShadowedHere = ({ memory }: Writing, atom: Atom) =>
  isVariable(atom) && atom.kind === 'reference' && memory.isShadowed(atom)
export const activeParameters = ({ memory }: Writing, { parameters }: Unit) =>
  parameters.filter(each => each.kind === 'scalar' && memory.isActive(each))
export const isScalar = (atom: Atom) => !isVariable(atom) || atom.kind === 'scalar'

/** Whether anything is to be done backwards for some statements, in the units that they call too. */
export function isReversed(writing: Writing, statements: Statements, seen: readonly number[] = []): boolean {
  const { memory, units } = writing
  return [...allOf(statements)].some(each => {
    if (each.k === 'store') return isScalar(each.from) && memory.isShadowed(each.to)
    if (each.k === 'push') return isScalar(each.from) && memory.isShadowed(each.to)
    if (each.k === 'call')
      return !seen.includes(each.unit) && isReversed(writing, units[each.unit]!.body, [...seen, each.unit])
    return (
      'target' in each && each.target !== undefined && each.target.kind === 'scalar' && memory.isActive(each.target)
    )
  })
}
