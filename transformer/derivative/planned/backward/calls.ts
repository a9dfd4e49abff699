/**
 * Calls of units backwards, and units as functions that run backwards. What a call kept is taken back whether anything arrives at its
 * result or not. It must not know what the statements of a unit are backwards.
 */
import type { Statement, Statements, Unit, Variable } from '../../structured.ts'
import { type Formula, type Local, localOf, memberFormula, text } from '../formulas.ts'
import type { Line } from '../lines.ts'
import { adjointName, newLocal } from '../writing.ts'
import { adjointOf, ask, clearAdjoint, handBack, hasArrivals, isActive, isZeroMarked, zeroOf } from './adjoints.ts'
import { blockBackwards } from './blocks.ts'
import { activeParameters, isActiveResult, isReversedUnit } from './reversed.ts'
import type { BackwardWalk, Frame } from './walk.ts'

export function callBackwards(walk: BackwardWalk, each: Statement & { k: 'call' }, block: Statements): void {
  const { writing, out } = walk
  if (!isReversedUnit(writing, each.unit)) return
  const unit = writing.f.units[each.unit]!
  const target = each.target && isActive(walk, each.target) && each.target.kind === 'scalar' ? each.target : undefined
  const isDue = target !== undefined && hasArrivals(walk, target)
  if (isDue && isZeroMarked(walk)) ask(walk, target)
  const given = isActiveResult(writing, unit) ? [isDue ? localOf(adjointOf(walk, target)) : zeroOf(walk)] : []
  const of = localOf(writing.unitLocal(unit, 'backward'))
  const call: Formula = { k: 'once', of: { k: 'call', of, args: given } }
  const active = activeParameters(writing, unit)
  const uses = active.flatMap((parameter, i) => {
    const from = each.operands[unit.parameters.indexOf(parameter)]!
    return isActive(walk, from) ? [[from, i] as const] : []
  })
  const local = newLocal('arrived')
  if (uses.length === 0) out.push({ k: 'do', value: call })
  else out.push({ k: 'declare', local, value: call })
  if (isDue) clearAdjoint(walk, target, each, block)
  for (const [from, i] of uses)
    handBack(walk, from, active.length === 1 ? localOf(local) : memberFormula(localOf(local), text(`${i}`)))
}

export function unitBackwards(walk: BackwardWalk, unit: Unit): Line {
  const { writing } = walk
  const before = walk.arrivals
  walk.arrivals = new Map()
  const given: Local[] = []
  const parameters = activeParameters(writing, unit)
  let own: Frame | undefined
  const body = blockBackwards(walk, unit.body, true, frame => {
    own = frame
    if (isZeroMarked(walk)) for (const each of parameters) ask(walk, each)
    if (!isActiveResult(writing, unit)) return
    const result = unit.result as Variable
    if (isZeroMarked(walk)) ask(walk, result)
    const local = newLocal(adjointName(result.wanted), true)
    given.push(local)
    frame.adjoints.set(result, local)
    walk.arrivals.set(result, 'maybe')
  })
  walk.arrivals = before
  const found = parameters.map(each => {
    const local = own!.adjoints.get(each)
    return local ? localOf(local) : zeroOf(walk)
  })
  const value: Formula = found.length === 1 ? found[0]! : { k: 'list', elements: found }
  const end: Line[] = found.length > 0 ? [{ k: 'end', word: 'return', value }] : []
  return { k: 'function', local: writing.unitLocal(unit, 'backward'), parameters: given, body: [...body, ...end] }
}
