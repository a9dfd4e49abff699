/**
 * The variables that adjoints are added up in: where they are declared, what is added to them, whether anything arrived, and when they
 * begin anew. It must not know which statement hands on what.
 */
import { type Atom, isVariable, type Statement, type Statements, type Variable } from '../../structured.ts'
import { callOf, type Formula, infix, type Local, localOf, text } from '../formulas.ts'
import { adjointName, isFirstSet, newLocal } from '../writing.ts'
import { type BackwardWalk, type Frame, ifSo } from './walk.ts'

export const isActive = ({ writing }: BackwardWalk, atom: Atom): atom is Variable =>
  isVariable(atom) && writing.memory.isActive(atom)

/** Whether -0 stands for what did not arrive. */
export const isZeroMarked = ({ writing }: BackwardWalk): boolean => writing.zero === '-0'
export const zeroOf = ({ writing }: BackwardWalk): Formula => text(writing.zero)

function frameFor({ writing: { shared, scopes }, common, frames }: BackwardWalk, variable: Variable): Frame {
  if (shared.has(variable)) return common
  const scope = scopes.get(variable)!
  return frames.find(({ block }) => block === scope) ?? frames[0]!
}

const isGradient = ({ writing }: BackwardWalk, variable: Variable) => writing.f.inputs.includes(variable)

/** Lets the next walk mark what did not arrive at a variable. */
export function ask({ learned }: BackwardWalk, variable: Variable): void {
  if (learned.asked.has(variable)) return
  learned.asked.add(variable)
  learned.isChanged = true
}

export function adjointOf(walk: BackwardWalk, variable: Variable): Local {
  const { shared, shadowLocal } = walk.writing
  if (isGradient(walk, variable)) return shadowLocal(variable)
  const frame = frameFor(walk, variable)
  const known = frame.adjoints.get(variable)
  if (known) return known
  const local = newLocal(adjointName(variable.wanted), true)
  frame.adjoints.set(variable, local)
  if (shared.has(variable)) local.isShared = true
  frame.lines.push({ k: 'declare', local, value: zeroOf(walk) })
  return local
}

export function contribute(walk: BackwardWalk, variable: Variable, amount: Formula): void {
  const { arrivals, learned, out } = walk
  const isShared = walk.writing.shared.has(variable)
  const value = isZeroMarked(walk) && (isShared || learned.asked.has(variable)) ? plusZero(amount) : amount
  const frame = frameFor(walk, variable)
  if (!isGradient(walk, variable) && !isShared && !frame.adjoints.has(variable) && out === frame.lines) {
    const local = newLocal(adjointName(variable.wanted), true)
    frame.adjoints.set(variable, local)
    out.push({ k: 'declare', local, value })
  } else {
    const to = localOf(adjointOf(walk, variable))
    const isFresh = !isGradient(walk, variable) && !isShared && !arrivals.has(variable)
    out.push({ k: 'assign', to, sign: isFresh ? '=' : '+=', value })
  }
  arrivals.set(variable, isShared ? 'maybe' : 'sure')
}

/** What a unit hands back, which may be nothing. */
export function handBack(walk: BackwardWalk, variable: Variable, amount: Formula): void {
  walk.out.push({ k: 'assign', to: localOf(adjointOf(walk, variable)), sign: '+=', value: amount })
  walk.arrivals.set(variable, 'maybe')
}

/** -0 + 0 is 0: what arrived is never the mark of what did not. */
export const plusZero = (amount: Formula): Formula => ({ k: 'binary', sign: '+', left: amount, right: text('0') })

export function didArrive(walk: BackwardWalk, of: Formula): Formula {
  const zero = zeroOf(walk)
  return isZeroMarked(walk) ? { k: 'unary', sign: '!', of: callOf('Object.is', of, zero) } : infix('!==', of, zero)
}

/** Runs `work` where an adjoint arrived. */
export function whereArrived(walk: BackwardWalk, variable: Variable, isAsked: boolean, work: () => void): void {
  const isSure = walk.writing.settings.reached && walk.arrivals.get(variable) === 'sure'
  if (isSure || !isAsked || isGradient(walk, variable)) return work()
  ask(walk, variable)
  ifSo(walk, didArrive(walk, localOf(adjointOf(walk, variable))), work)
}

/** Nothing has arrived at a variable before the statement that assigns it. */
export function clearAdjoint(walk: BackwardWalk, variable: Variable, each: Statement, block: Statements): void {
  walk.arrivals.delete(variable)
  if (!walk.writing.shared.has(variable) && isFirstSet(walk.writing, each, variable, block)) return
  walk.out.push({ k: 'assign', to: localOf(adjointOf(walk, variable)), sign: '=', value: zeroOf(walk) })
}

/** Whether anything may have arrived: a call may hand on to what it shares. */
export const hasArrivals = ({ arrivals, writing }: BackwardWalk, variable: Variable): boolean =>
  arrivals.has(variable) || writing.shared.has(variable)
