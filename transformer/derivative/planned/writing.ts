/**
 * What the two halves of a derivative share: the variables of its text, what stands for a value or a shadow on the way forwards, and
 * rules as formulas. It must not write a line.
 */

import type { Memory } from '../memory.ts'
import { quotedRules } from '../quoted-rules.ts'
import { type OperationTexts, operationTexts } from '../rows.ts'
import {
  type Atom,
  isVariable,
  type Statement,
  type Statements,
  type StructuredFunction,
  type Unit,
  type Variable,
} from '../structured.ts'
import { parsedFormula } from './formulas/parsed.ts'
import { callOf, choice, type Formula, infix, isNumeral, type Local, localOf, memberFormula, text } from './formulas.ts'
import { isFirst } from './inlined.ts'
import type { DerivativeSettings } from './settings.ts'
import { assignedBy } from './simplified.ts'
import { isOverwritten, type StoragePlan } from './storage.ts'
import type { PrimalValue, PrimalValues } from './values/value.ts'

export interface PlannedWriting {
  readonly f: StructuredFunction
  readonly settings: DerivativeSettings
  readonly memory: Memory
  readonly values: PrimalValues
  readonly inlined: ReadonlyMap<Variable, Statement>
  readonly scopes: ReadonlyMap<Variable, Statements>
  /** 0, or the -0 of an adjoint that did not arrive, where that must be told from a 0. */
  readonly zero: '0' | '-0'
  readonly plan: StoragePlan
  /** The list of the numbers that are kept, and how many of its places are taken. */
  readonly tape: Local
  readonly top: Local
  local(variable: Variable): Local
  shadowLocal(variable: Variable): Local
  /** The counter of a loop of another form than `for (let i …)`. */
  turnsLocal(loop: Statement): Local
  /** A unit as a function of the text, and the one that runs it backwards. */
  unitLocal(unit: Unit, way: 'forward' | 'backward'): Local
  /** Variables that units and the function around them have in common. */
  readonly shared: ReadonlySet<Variable>
  /** A copy of a value, or of its shadow, whose variable gets another one. */
  snapshot(value: PrimalValue, of: 'value' | 'shadow'): Local
}

export const newLocal = (wanted: string, isNumber = false): Local => ({ wanted, isAssigned: false, isNumber })

export function createLocals(): Pick<
  PlannedWriting,
  'tape' | 'top' | 'local' | 'shadowLocal' | 'turnsLocal' | 'snapshot' | 'unitLocal'
> {
  const once = <K>(make: (key: K) => Local) => {
    const known = new Map<K, Local>()
    return (key: K) => {
      const found = known.get(key) ?? make(key)
      known.set(key, found)
      return found
    }
  }
  const valued = once((value: PrimalValue) => newLocal(value.holder!.wanted))
  const shadowed = once((value: PrimalValue) => newLocal(adjointName(value.holder!.wanted)))
  const [run, back] = [
    once((unit: Unit) => newLocal(unit.wanted)),
    once((unit: Unit) => newLocal(`${unit.wanted}Back`)),
  ]
  return {
    tape: { ...newLocal('T'), isShared: true },
    top: { ...newLocal('sp', true), isShared: true },
    unitLocal: (unit, way) => (way === 'forward' ? run : back)(unit),
    local: once((variable: Variable) => newLocal(variable.wanted)),
    shadowLocal: once((variable: Variable) => newLocal(adjointName(variable.wanted))),
    turnsLocal: once(() => newLocal('turns')),
    snapshot: (value, of) => (of === 'value' ? valued(value) : shadowed(value)),
  }
}

/** `dX` for `x`. */
export function adjointName(wanted: string): string {
  const own = wanted.replace(/[^\p{ID_Continue}$]/gu, '')
  return `d${own.charAt(0).toUpperCase()}${own.slice(1)}`
}

// ---- on the way forwards

/** What stands for an atom where it is read. */
export function formulaOf(writing: PlannedWriting, atom: Atom): Formula {
  if (!isVariable(atom)) return parsedFormula(atom, () => undefined) ?? text(atom)
  if (atom.outer !== undefined) return outerFormula(atom)
  const statement = writing.inlined.get(atom)
  if (!statement || isReadByName(writing, statement)) return localOf(writing.local(atom))
  return namedBefore(writing, statement) ?? computed(writing, statement)
}

/** What stands outside, by its name. */
export const outerFormula = ({ outer, isUntyped }: Variable): Formula =>
  isUntyped ? text(`(${outer} as any)`) : { k: 'text', text: outer!, isOuter: true }

/** The name of the same value in an earlier statement. */
function namedBefore({ values, plan, local }: PlannedWriting, statement: Statement): Formula | undefined {
  const value = values.result(statement)
  const { holder } = value
  return holder?.isFixed && namedIn(plan).has(value) ? localOf(local(holder)) : undefined
}

/** Whether a result that could stand in its place is read backwards by its name. */
export function isReadByName({ values, plan }: PlannedWriting, statement: Statement): boolean {
  const value = values.result(statement)
  return value.by === statement && namedIn(plan).has(value)
}

/** The values that a plan reads by names or keeps. */
export function namedIn(plan: StoragePlan): ReadonlySet<PrimalValue> {
  const found =
    namesByPlan.get(plan) ??
    new Set([
      ...plan.inScope.keys(),
      ...[...plan.taped.values()].flat(),
      ...[...plan.objects.values()].flat().map(({ value }) => value),
    ])
  namesByPlan.set(plan, found)
  return found
}
const namesByPlan = new WeakMap<StoragePlan, ReadonlySet<PrimalValue>>()

/** The formula of an operation, a template or a load, with `of` for what it reads. */
export function computed(
  writing: PlannedWriting,
  statement: Statement,
  of: (atom: Atom, index: number) => Formula = atom => formulaOf(writing, atom),
): Formula {
  switch (statement.k) {
    case 'operation':
      // an argument that is not given
      return valueFormula(
        statement,
        statement.operands.map((atom, i) => (atom === 'undefined' ? text('(undefined as any)') : of(atom, i))),
      )
    case 'load':
      return memberOf(of(statement.from, 0), statement.key, of(statement.key, 1))
    default:
      return templateFormula((statement as Statement & { k: 'constant' }).text, of)
  }
}

export const memberOf = (object: Formula, key: Atom, found: Formula): Formula =>
  !isVariable(key) && key.startsWith('"') ? memberFormula(object, key.slice(1, -1)) : memberFormula(object, found)

export function templateFormula(pieces: readonly Atom[], of: (atom: Atom, index: number) => Formula): Formula {
  const formulas = pieces.map((atom, i) => (isVariable(atom) ? of(atom, i) : undefined))
  const source = pieces.map((atom, i) => (isVariable(atom) ? `§${i}` : atom)).join('')
  const found = parsedFormula(source, name => (name.startsWith('§') ? formulas[Number(name.slice(1))] : undefined))
  if (found) return found
  if (pieces.length === 1) return formulas[0] ?? text(source)
  return { k: 'pieces', pieces: pieces.map((atom, i) => formulas[i] ?? (atom as string)) }
}

function valueFormula(statement: Statement & { k: 'operation' }, found: readonly Formula[]): Formula {
  const { rule, operands } = statement
  const row = quotedRules[rule]
  if (!row) return filledFormula(statement, operationTextsOf(statement).value, i => found[i]!)
  if (operands.length > row.partials.length || (rule === 'hypot' && operands.length === 1))
    return callOf(`Math.${rule}`, ...found)
  if (operands.length < row.partials.length) return callOf(`Math.${rule}`, ...found)
  const names: Readonly<Record<string, Formula | undefined>> = { x: found[0], a: found[0], b: found[1] }
  return parsedFormula(row.value, name => names[name])!
}

// ---- tangents of rows

const RESULT_PLACE = 999
/** The texts of an operation that is no row of its own, with places for its operands. */
export function operationTextsOf(statement: Statement & { k: 'operation' }): OperationTexts {
  const { rule, operands } = statement
  const known = texts.get(statement)
  if (known) return known
  const places = operands.map((atom, i) => {
    const isLiteral = !isVariable(atom) && /^-?[\d.]|^(?:NaN|Infinity|undefined|true|false)$/.test(atom)
    if (!isLiteral) return { text: `§${i}`, compared: `§${COMPARED + i}` }
    const text = atom.startsWith('-') ? `(${atom})` : atom
    return { text, compared: text }
  })
  const found = operationTexts(rule, places, `§${RESULT_PLACE}`)
  texts.set(statement, found)
  return found
}
const texts = new WeakMap<Statement, OperationTexts>()
const COMPARED = 500

function filledFormula(
  { operands }: Statement & { k: 'operation' },
  source: string,
  of: (index: number) => Formula,
  y?: () => Formula,
): Formula {
  return parsedFormula(source, name => {
    if (!name.startsWith('§')) return undefined
    const place = Number(name.slice(1))
    if (place === RESULT_PLACE) return y!()
    if (place < COMPARED) return of(place)
    const found = of(place - COMPARED)
    return isVariable(operands[place - COMPARED]!) ? found : asNumber(found)
  })!
}
/** The type of a constant would make comparisons errors. */
const asNumber = (of: Formula): Formula => (isNumeral(of) ? of : { k: 'pieces', pieces: ['(', of, ' as number)'] })

// ---- partials

/** The partial of an operation by one operand; `of` gives an operand, and `y` the result. */
export function partialFormula(
  statement: Statement & { k: 'operation' },
  i: number,
  of: (index: number) => Formula,
  y: () => Formula,
): Formula {
  const { rule, operands } = statement
  const row = quotedRules[rule]
  if (!row) return filledFormula(statement, operationTextsOf(statement).partials[i]!, of, y)
  if (operands.length !== row.partials.length) {
    // hypot of another number of operands
    return choice(infix('===', y(), text('0')), text('0'), infix('/', of(i), y()))
  }
  const second = operands[1]
  if (rule === 'pow' && i === 0 && typeof second === 'string' && /^\d+$/.test(second))
    return ofPower(Number(second), of, y)
  const source = row.partials[i]!
  const isCompared = /[=<>]/.test(source)
  return parsedFormula(source, name => {
    if (name === 'y') return y()
    if (!/^[abx]$/.test(name)) return undefined
    const index = name === 'b' ? 1 : 0
    const found = of(index)
    return isCompared && !isVariable(operands[index]!) ? asNumber(found) : found
  })!
}

/** The partial of a ** n by a, for a literal n: the row pow of the rules, folded. */
function ofPower(n: number, of: (index: number) => Formula, y: () => Formula): Formula {
  const a = of(0)
  if (n === 0) return choice(infix('===', a, text('0')), text('0'), infix('*', infix('/', text('0'), a), y()))
  if (n === 1) return text('1')
  const power: Formula = n === 2 ? a : { k: 'binary', sign: '**', left: a, right: text(`${n - 1}`) }
  return infix('*', text(`${n}`), power)
}

/** Whether a partial of 0 passes nothing on: an operand of max, min or relu that was not chosen. */
export const isChoosing = ({ rule }: Statement & { k: 'operation' }) => quotedRules[rule]?.passes === 'chosen'
export const passesNothing = ({ rule }: Statement & { k: 'operation' }) => quotedRules[rule]?.passes === 'nothing'
/** Whether a partial of -0 passes nothing on: in the tangent of a row. */
export const passesReached = ({ rule }: Statement & { k: 'operation' }) => quotedRules[rule] === undefined

// ---- loops

/** Whether nothing but the last statement of a loop that counts assigns its counter. */
export function hasStepAtEnd({ values }: PlannedWriting, loop: Statement & { k: 'loop' }): boolean {
  const counter = values.counted(loop)?.counter
  const last = loop.body.at(-1)
  if (!counter || last?.k !== 'operation' || last.target !== counter) return false
  return loop.body.filter(each => assignedBy(each).has(counter)).length === 1
}

/** Whether all of a loop before the step of its counter, which is found again, may stand behind it too. */
export const endsWithStep = (writing: PlannedWriting, loop: Statement & { k: 'loop' }): boolean =>
  writing.settings.again && hasStepAtEnd(writing, loop)

// ---- scopes

export const isFirstSet = (
  { scopes, values }: PlannedWriting,
  statement: Statement,
  variable: Variable,
  block: Statements,
) => isFirst(statement, variable, block, scopes.get(variable)!, values.parents)

/** What holds a value, or its shadow, where its block's run ends. */
export function held(writing: PlannedWriting, value: PrimalValue, of: 'value' | 'shadow', isInLoop: boolean): Local {
  if (value.k === 'turns') return writing.turnsLocal(value.by!)
  if (isOverwritten(value, writing.f, writing.values, isInLoop)) return writing.snapshot(value, of)
  return of === 'value' ? writing.local(value.holder!) : writing.shadowLocal(value.holder!)
}
