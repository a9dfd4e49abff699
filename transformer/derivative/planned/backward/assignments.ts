/**
 * Assignments of numbers backwards: what arrived at the variable goes on, and what it held before has its own adjoint again.
 * It must not know partials.
 */
import { isVariable, readBy, type Statement, type Statements, type Variable } from '../../structured.ts'
import { type Formula, localOf } from '../formulas.ts'
import { addsTo, leavesOf } from '../sums.ts'
import { adjointName, isChoosing, newLocal, passesNothing, passesReached } from '../writing.ts'
import {
  adjointOf,
  clearAdjoint,
  hasArrivals,
  isActive,
  isZeroMarked,
  plusZero,
  whereArrived,
  zeroOf,
} from './adjoints.ts'
import { type Own, pulled } from './flows.ts'
import type { BackwardWalk } from './walk.ts'

type NumberAssignment = Statement & { readonly target: Variable }

export function assignmentBackwards(walk: BackwardWalk, each: NumberAssignment, block: Statements): void {
  const { memory, inlined } = walk.writing
  const { target } = each
  if (inlined.has(target) || target.kind === 'reference' || !memory.isActive(target)) return
  if (each.k === 'set' && !isActive(walk, each.from)) {
    if (hasArrivals(walk, target)) clearAdjoint(walk, target, each, block)
    return
  }
  if (!(each.k === 'set' || each.k === 'operation' || each.k === 'load') || !hasArrivals(walk, target)) return
  const d = localOf(adjointOf(walk, target))
  const owns = leavesOf(walk.writing, each).filter(leaf => leaf === target).length
  const isAsked = !isPlainSum(walk, each)
  if (owns === 0) {
    whereArrived(walk, target, isAsked, () => pulled(walk, each, d))
    clearAdjoint(walk, target, each, block)
  } else if (owns === 1 && addsTo(walk.writing, each, target))
    whereArrived(walk, target, isAsked, () => pulled(walk, each, d, { variable: target }))
  else
    whereArrived(walk, target, isAsked, () =>
      owns === 1 && !isChosenWithin(walk, each) ? replaced(walk, each, d) : begunAnew(walk, each, d),
    )
}

/** The adjoint of a variable becomes what goes on to the same variable. */
function replaced(walk: BackwardWalk, each: NumberAssignment, d: Formula): void {
  const own: Own = { variable: each.target }
  pulled(walk, each, d, own)
  if (!own.amount) return
  const isAsked = isZeroMarked(walk) && walk.learned.asked.has(each.target)
  walk.out.push({ k: 'assign', to: d, sign: '=', value: isAsked ? plusZero(own.amount) : own.amount })
}

/** The adjoint of a variable begins anew before anything goes on to it. */
function begunAnew(walk: BackwardWalk, each: NumberAssignment, d: Formula): void {
  const before = newLocal(`${adjointName(each.target.wanted)}Next`)
  walk.out.push({ k: 'declare', local: before, value: d })
  walk.out.push({ k: 'assign', to: d, sign: '=', value: zeroOf(walk) })
  walk.arrivals.delete(each.target)
  pulled(walk, each, localOf(before))
}

// ---- what a statement is made of

/** Whether an adjoint of 0 goes on as 0; one that did not arrive must not arrive behind a sum. */
function isPlainSum(walk: BackwardWalk, each: Statement): boolean {
  if (isZeroMarked(walk)) return false
  if (each.k === 'set') return true
  if (each.k !== 'operation' || !/^(?:add|sub|neg)$/.test(each.rule)) return false
  return readBy(each).every(atom => {
    const inner = isActive(walk, atom) ? walk.writing.inlined.get(atom) : undefined
    return !inner || isPlainSum(walk, inner)
  })
}

const isChosenWithin = (walk: BackwardWalk, each: Statement): boolean =>
  (each.k === 'operation' && (isChoosing(each) || passesNothing(each) || passesReached(each))) ||
  readBy(each).some(atom => {
    const inner = isVariable(atom) ? walk.writing.inlined.get(atom) : undefined
    return inner !== undefined && isChosenWithin(walk, inner)
  })
