/**
 * What the statements need of each other when they run backwards: a value is in scope, computed again, or kept on the tape.
 * It is data that a page can print; it must not know how anything is spelled.
 */
import { sharedRule } from '../rows.ts'
import type { Statement, Statements, StructuredFunction, Variable } from '../structured.ts'
import type { DerivativeSettings } from './settings.ts'
import { assignedBy } from './simplified.ts'
import { isWholeValue, type PrimalValue, type PrimalValues, readsMemory } from './values/value.ts'

/** A value, or the shadow of one. */
export interface KeptValue {
  readonly value: PrimalValue
  readonly of: 'value' | 'shadow'
}

export interface StoragePlan {
  /** What is read backwards by the name that it has on the way forwards. */
  readonly inScope: Map<PrimalValue, Set<KeptValue['of']>>
  /** What each run of a block puts on the tape at its end. */
  readonly taped: Map<Statements, PrimalValue[]>
  /** Arrays and records, which a tape of numbers cannot hold. */
  readonly objects: Map<Statements, KeptValue[]>
}

export const emptyPlan = (): StoragePlan => ({ inScope: new Map(), taped: new Map(), objects: new Map() })

/** What it costs to compute a value once more: additions are 1. Above this it is kept. */
const DEAREST = 8
/** The same for what depends on no argument, mostly places in arrays: that of a triangular matrix costs 11. */
const DEAREST_INDEX = 12
/** What it costs to have a number from the tape. */
const TAPED = 3.5

const costs: Readonly<Record<string, number>> = {
  add: 1,
  sub: 1,
  mul: 1,
  neg: 1,
  max: 1,
  min: 1,
  abs: 1,
  floor: 1,
  div: 3,
  sqrt: 3,
}
const costOf = (value: PrimalValue): number => {
  if (value.k !== 'operation') return 1
  // a half is a product
  if (value.text === 'div' && value.args[1]!.text === '2') return 1
  if (value.text === 'pow') return value.args[1]!.text === '2' ? 1 : /^\d$/.test(value.args[1]!.text) ? 3 : 9
  return costs[value.text] ?? 9
}

/** How a value can be had where its block runs backwards. */
export type Have = 'text' | 'there' | 'again' | 'scope' | 'kept'

export interface StorageQuestion {
  readonly values: PrimalValues
  readonly settings: DerivativeSettings
  /** Whether something has it at hand, in the blocks that are running. */
  isThere(value: PrimalValue): boolean
  /** Whether it depends on the arguments. */
  isActive(value: PrimalValue): boolean
  /** Whether its block is inside of a loop. */
  isInLoop(value: PrimalValue): boolean
  /** Whether its block is a turn that runs backwards at its own end, or is inside of one. */
  isInFusedTurn(value: PrimalValue): boolean
}

export function haveOf(value: PrimalValue, asked: StorageQuestion): Have {
  if (value.k === 'text' || value.k === 'parameter') return 'text'
  if (asked.isThere(value)) return 'there'
  if (!asked.isInLoop(value)) return isTrifle(value, asked) ? 'again' : 'scope'
  const dearest = asked.isActive(value) ? DEAREST : DEAREST_INDEX
  return asked.settings.again && again(value, asked, dearest) <= dearest ? 'again' : 'kept'
}

/** A test, a length or a step of an index is rather written again than named. */
function isTrifle(value: PrimalValue, asked: StorageQuestion): boolean {
  if (!asked.settings.again || value.holder?.kind !== 'scalar') return false
  if (value.k === 'constant') return again(value, asked, 2) <= 2
  // what stands a few lines above has a name there
  if (asked.isInFusedTurn(value)) return isWholeValue(value, asked.values.counted) && again(value, asked, 2) <= 2
  return value.k === 'load' && again(value, asked, 1) <= 1
}

/** What it costs to compute a value again; more than `most` if it cannot be done for that. */
function again(value: PrimalValue, asked: StorageQuestion, most: number): number {
  if (value.k === 'text' || value.k === 'parameter' || asked.isThere(value)) return 0
  const { by } = value
  if (!by || value.k === 'merge' || value.k === 'made' || value.k === 'turns') return Infinity
  if (value.k === 'load' && !asked.values.isStable(by)) return Infinity
  if (value.k === 'constant' && readsMemory(by) && !asked.values.isStable(by)) return Infinity
  let sum = costOf(value)
  for (const each of value.args) {
    if (sum > most) return Infinity
    const own = asked.isInLoop(each) ? again(each, asked, most - sum) : 0
    // undefined and true are no numbers: a test of what was on the tape might say something else
    const canBeTaped = value.k !== 'constant' || each.k === 'operation' || each.holder?.kind === 'reference'
    sum += canBeTaped ? Math.min(own, TAPED) : own
  }
  return sum > most ? Infinity : sum
}

/** Whether the variable that holds a value gets another one before the run of the value's block, or the function, ends. */
export function isOverwritten(
  value: PrimalValue,
  _f: StructuredFunction,
  values: PrimalValues,
  isInLoop: boolean,
): boolean {
  const { holder, by, home } = value
  if (!holder || holder.isFixed || !home) return false
  const gets = (statements: Statements) => statements.some(each => assignedBy(each).has(holder))
  // what a unit was called with
  if (!by) return gets(home)
  if (home.indexOf(by) === -1) {
    // the value at the start of a turn
    return by.k !== 'loop' || gets([...by.before, ...by.body])
  }
  if (gets(home.slice(home.indexOf(by) + 1))) return true
  const parent = values.parents.get(home)
  if (parent?.owner.k === 'loop' && parent.owner.before === home) return gets(parent.owner.body)
  if (isInLoop) return false
  for (let at = parent; at; at = values.parents.get(at.block)) if (gets(at.block.slice(at.index + 1))) return true
  return false
}

// ---- whether what did not arrive must be told from a zero

/** Rows whose partials are finite wherever the value is. */
const TAME = new Set([
  ...'add sub mul neg mod exp expm1 sin cos tan atan sinh cosh tanh asinh abs sign floor ceil round trunc max min hypot'.split(
    ' ',
  ),
  sharedRule('max'),
  sharedRule('min'),
])

/**
 * Whether an adjoint of 0 may be taken for one that did not arrive: where no partial can be infinite, both pass on nothing.
 * Source: docs/decisions/0021.
 */
export function isTame(statements: Iterable<Statement>, isActive: (variable: Variable) => boolean): boolean {
  for (const each of statements) {
    if (each.k !== 'operation' || !isActive(each.target) || TAME.has(each.rule)) continue
    const [, second] = each.operands
    if (each.rule === 'pow' && typeof second === 'string' && /^[1-9]\d*$/.test(second)) continue
    if (each.rule === 'div' && (typeof second === 'string' || !isActive(second!))) continue
    return false
  }
  return true
}
