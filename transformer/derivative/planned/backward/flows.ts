/**
 * What arrived at the result of a statement goes on to what the statement reads, times the partial, through the statements that stand in
 * their only reader's place. It must not know when a statement is due.
 */
import { NO_FLOW } from '../../rows.ts'
import type { Atom, Statement, Variable } from '../../structured.ts'
import { callOf, choice, type Formula, infix, isNumeral, isText, localOf, opposite, text } from '../formulas.ts'
import type { PrimalValue } from '../values/value.ts'
import {
  adjointName,
  isChoosing,
  memberOf,
  newLocal,
  operationTextsOf,
  partialFormula,
  passesNothing,
  passesReached,
} from '../writing.ts'
import { contribute, isActive, isZeroMarked, plusZero } from './adjoints.ts'
import { need, needShadow } from './needed.ts'
import { type BackwardWalk, ifSo } from './walk.ts'

type Operation = Statement & { readonly k: 'operation' }
type Load = Statement & { readonly k: 'load' }
/** The active operands of an operation, and their places. */
type Flows = readonly (readonly [Variable, number])[]

/** A variable whose own adjoint is taken last, because the statement assigns it. */
export interface Own {
  readonly variable: Variable
  amount?: Formula
}

/** Hands on to a variable. */
export function flow(walk: BackwardWalk, atom: Variable, d: Formula, own?: Own): void {
  if (atom === own?.variable) own.amount = d
  else {
    const statement = walk.writing.inlined.get(atom)
    if (statement) pulled(walk, statement, d, own)
    else contribute(walk, atom, d)
  }
}

/** Hands on what arrived at the result of a statement. */
export function pulled(walk: BackwardWalk, each: Statement, d: Formula, own?: Own): void {
  if (each.k === 'set') return flow(walk, each.from as Variable, d, own)
  if (each.k === 'load') return loadPulled(walk, each, d)
  if (each.k !== 'operation') return
  const { values } = walk.writing
  const flows = each.operands.flatMap((atom, i) => (isActive(walk, atom) ? [[atom, i] as const] : []))
  let arrived = d
  if (flows.length > 1 && d.k !== 'local' && d.k !== 'text') {
    const local = newLocal(adjointName(each.target.wanted))
    walk.out.push({ k: 'declare', local, value: d })
    arrived = localOf(local)
  }
  const args = values.read(each)
  if (passesNothing(each)) {
    for (const [atom, i] of flows)
      ifSo(walk, callOf('Number.isNaN', need(walk, args[i]!)), () => flow(walk, atom, text('NaN'), own))
    return
  }
  if (isChoosing(each)) return chosenPulled(walk, each, flows, arrived, own)
  if (passesReached(each)) return reachedPulled(walk, each, flows, arrived, own)
  // x * x: twice what one factor gets
  const [first, second] = flows
  if (each.rule === 'mul' && first && first[0] === second?.[0])
    return flow(walk, first[0], times(arrived, infix('*', text('2'), need(walk, args[0]!))), own)
  for (const [atom, i] of flows) flow(walk, atom, times(arrived, partialOf(walk, each, i)), own)
}

function partialOf(walk: BackwardWalk, each: Operation, i: number): Formula {
  const { values } = walk.writing
  const args = values.read(each)
  return partialFormula(
    each,
    i,
    index => need(walk, args[index]!),
    () => need(walk, values.result(each)),
  )
}

function times(d: Formula, partial: Formula): Formula {
  if (isText(partial, '1')) return d
  if (isText(partial, '-1')) return opposite(d)
  if (isText(d, '1')) return partial
  if (d.k === 'unary' && d.sign === '-') return opposite(infix('*', d.of, partial))
  return infix('*', d, partial)
}

/** Of the tangent of a row: what is -0 is nothing. */
function reachedPulled(walk: BackwardWalk, each: Operation, flows: Flows, d: Formula, own?: Own): void {
  for (const [atom, i] of flows) {
    if (operationTextsOf(each).partials[i] === NO_FLOW) continue
    const partial = partialOf(walk, each, i)
    if (isText(partial, '1')) {
      flow(walk, atom, d, own)
      continue
    }
    const local = newLocal('partial')
    walk.out.push({ k: 'declare', local, value: partial })
    ifSo(walk, { k: 'unary', sign: '!', of: callOf('Object.is', localOf(local), text('-0')) }, () =>
      flow(walk, atom, times(d, localOf(local)), own),
    )
  }
}

/** The rows that choose an operand: how one loses to another, and to what the only one of relu does. What does not lose a tie shares it. */
const choosingRows: Readonly<Record<string, { readonly loses: string; readonly to?: string }>> = {
  max: { loses: '<' },
  min: { loses: '>' },
  relu: { loses: '<=', to: '0' },
}

function chosenPulled(walk: BackwardWalk, each: Operation, flows: Flows, d: Formula, own?: Own): void {
  const { loses, to } = choosingRows[each.rule]!
  for (const [atom, i] of flows) {
    const it = need(walk, walk.writing.values.read(each)[i]!)
    const rival = to === undefined ? rivalOf(walk, each, i) : text(to)
    const isChosen: Formula = rival ? { k: 'unary', sign: '!', of: infix(loses, it, rival) } : text('true')
    const isShared = rival !== undefined && !loses.endsWith('=')
    ifSo(walk, isChosen, () => {
      const amount = isShared ? choice(infix('===', it, compared(rival)), sharedAmong(walk, each, d), d) : d
      flow(walk, atom, amount, own)
    })
  }
}

/** What an operand is compared with: the other one, the result where there are more, nothing where it is alone. */
function rivalOf(walk: BackwardWalk, each: Operation, i: number): Formula | undefined {
  const { values } = walk.writing
  const args = values.read(each)
  if (args.length === 1) return undefined
  return need(walk, args.length === 2 ? args[1 - i]! : values.result(each))
}

/** The share of each operand that has the value of the result. */
function sharedAmong(walk: BackwardWalk, each: Operation, d: Formula): Formula {
  const { values } = walk.writing
  const args = values.read(each)
  if (args.length === 2) return infix('*', d, text('0.5'))
  const result = need(walk, values.result(each))
  const ties = args.map(one => choice(infix('===', compared(need(walk, one)), result), text('1'), text('0')))
  const count = ties.slice(1).reduce((sum, one) => infix('+', sum, one), ties[0]!)
  return infix('/', d, count)
}
const compared = (of: Formula): Formula =>
  of.k === 'text' && !isNumeral(of) ? { k: 'pieces', pieces: ['(', of, ' as number)'] } : of

// ---- memory

/** The place of an adjoint in a shadow. */
export const adjointPlace = (walk: BackwardWalk, object: PrimalValue, key: Atom, at: PrimalValue): Formula =>
  memberOf(needShadow(walk, object), key, need(walk, at))

/** Runs `work` where an array or a record has a shadow. */
export function ifShadowed(walk: BackwardWalk, variable: Variable, object: Formula, work: () => void): void {
  if (isText(object, 'undefined')) return
  if (walk.writing.memory.mayLackShadow(variable)) ifSo(walk, infix('!==', object, text('undefined')), work)
  else work()
}

function loadPulled(walk: BackwardWalk, each: Load, d: Formula): void {
  const { memory, values } = walk.writing
  const [object, at] = values.read(each) as [PrimalValue, PrimalValue]
  const shadow = needShadow(walk, object)
  const place = adjointPlace(walk, object, each.key, at)
  const isParameter = [...memory.placesOf(each.from)].every(({ source }) => source)
  const value = isZeroMarked(walk) && !isParameter ? plusZero(d) : d
  ifShadowed(walk, each.from, shadow, () => walk.out.push({ k: 'assign', to: place, sign: '+=', value }))
}
