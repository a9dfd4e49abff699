/**
 * A value that a statement computes or reads, and what is asked of one alone. It must not know how values are found.
 */
import {
  allIn,
  isVariable,
  readBy,
  type Statement,
  type Statements,
  type StructuredFunction,
  type Variable,
} from '../../structured.ts'

export interface PrimalValue {
  readonly k: 'text' | 'parameter' | 'operation' | 'constant' | 'load' | 'made' | 'merge' | 'counter' | 'turns'
  readonly args: readonly PrimalValue[]
  /** The text itself, or the rule. */
  readonly text: string
  /** The block whose run gives it its value; undefined for what is the same everywhere. */
  readonly home: Statements | undefined
  /** The variable that holds it behind its statement. */
  readonly holder?: Variable
  readonly by?: Statement
}

/** `for (let i = from; i < bound; i++)`, or downwards. */
export interface CountedLoop {
  readonly counter: Variable
  readonly value: PrimalValue
  readonly from: PrimalValue
  readonly bound: PrimalValue
  readonly sign: '<' | '<=' | '>' | '>='
  readonly step: 1 | -1
}

/** A variable that is `from` in the first turn of a loop, a whole number, and one more, or less, in each turn. */
export interface SteppedVariable {
  readonly value: PrimalValue
  readonly from: number
  readonly step: 1 | -1
}

export interface PrimalValues {
  /** The values of what a statement reads, in the order of `readBy`. */
  read(statement: Statement): readonly PrimalValue[]
  /** The value of its target. */
  result(statement: Statement): PrimalValue
  counted(loop: Statement): CountedLoop | undefined
  stepped(loop: Statement): readonly SteppedVariable[]
  /** Whether what a load, or a length, reads stays the same until the function ends. */
  isStable(statement: Statement): boolean
  turns(loop: Statement): PrimalValue
  readonly parents: ReadonlyMap<Statements, Parent>
}

export interface Parent {
  readonly block: Statements
  readonly owner: Statement
  readonly index: number
}

/** Whether `inner` is a block or inside of it. */
export function isInsideBlock(
  inner: Statements | undefined,
  outer: Statements,
  parents: PrimalValues['parents'],
): boolean {
  for (let at = inner; at; at = parents.get(at)?.block) if (at === outer) return true
  return false
}

/** Whether a value is always a whole number. */
export function isWholeValue(value: PrimalValue, counted: PrimalValues['counted']): boolean {
  if (value.k === 'text') return /^\d{1,9}$/.test(value.text)
  if (value.k === 'constant') return value.text === '§.length'
  if (value.k === 'merge')
    return value.by?.k === 'loop' && counted(value.by)?.counter === value.holder && value.home === value.by.body
  return (
    value.k === 'operation' &&
    /^(?:add|sub|mul)$/.test(value.text) &&
    value.args.every(each => isWholeValue(each, counted))
  )
}

// ---- memory

/** Whether something is called that may change whatever the function reads. */
export const hasUnknownCalls = (f: StructuredFunction) => {
  for (const each of allIn(f)) if (each.k === 'effect' && each.mayWrite) return true
  return false
}

/** Whether a statement reads an array or a record. */
export const readsMemory = (statement: Statement): boolean =>
  statement.k === 'load' || readBy(statement).some(atom => isVariable(atom) && atom.kind === 'reference')
