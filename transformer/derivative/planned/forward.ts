/**
 * The first half of a derivative: the function as it is, which keeps what the plan says. It must not know how that is used.
 */
import { allIn, type Statement, type Statements, type Unit } from '../structured.ts'
import type { FusedLines } from './backward.ts'
import type { Formula, Local } from './formulas.ts'
import { declaredBefore } from './forward/declarations.ts'
import { keptAtEnd, snapshot } from './forward/kept.ts'
import { isOfNextLoop, loopLines } from './forward/loops.ts'
import { madeLines } from './forward/made.ts'
import { shadowFormula } from './forward/shadows.ts'
import { isPair, statementLines } from './forward/statements.ts'
import { type ForwardWay, hoistedIn, shadowedForward, snapshotsOf } from './forward/way.ts'
import { type Line, placeLines } from './lines.ts'
import { formulaOf, isReadByName, type PlannedWriting } from './writing.ts'

export interface Forward {
  readonly lines: readonly Line[]
  /** Variables that both halves see, though one of them is declared inside of a block. */
  readonly hoisted: readonly Local[]
  /** The units as functions. */
  readonly units: readonly Line[]
}

export function plannedForward(writing: PlannedWriting, fused?: FusedLines): Forward {
  const { f } = writing
  const shadowed = shadowedForward(writing)
  const hoistedInTurns = hoistedIn(writing, shadowed, fused)
  const hoisted = new Set([...hoistedInTurns.values()].flatMap(all => [...all]))
  const statements = allIn(f)
  const snapshots = snapshotsOf(writing)
  const way: ForwardWay = { writing, statements, hoisted, hoistedInTurns, snapshots, shadowed, fused, block }
  return {
    lines: block(way, f.body),
    hoisted: [...hoistedInTurns.get(f.body)!],
    units: f.units.map(unit => unitFunction(way, unit)),
  }
}

function block(way: ForwardWay, all: Statements, without?: Statement): Line[] {
  const { writing, snapshots } = way
  const lines: Line[] = (snapshots.starts.get(all) ?? []).flatMap(each => snapshot(way, each))
  const skipped = new Set<Statement | undefined>([without])
  for (const [i, each] of all.entries()) {
    if (skipped.has(each) || stands(writing, each)) continue
    const from = lines.length
    if (way.fused && all === writing.f.body && i === way.fused.from) lines.push(...way.fused.before)
    lines.push(...declaredBefore(way, each, all))
    if (each.k === 'make') lines.push(...madeLines(way, each, all, skipped))
    else if (each.k === 'loop') lines.push(...loopLines(way, each, all))
    else if (isOfNextLoop(way, each, all, i)) continue
    else lines.push(...statementLines(way, each, all))
    for (const value of snapshots.behind.get(each) ?? []) lines.push(...snapshot(way, value))
    placeLines(lines, from, each.at)
    if (each.k === 'throw') return lines
  }
  return [...lines, ...keptAtEnd(way, all)]
}

/** Whether a statement stands in the place of its only reader. */
const stands = (writing: PlannedWriting, each: Statement): boolean =>
  'target' in each && each.target !== undefined && writing.inlined.has(each.target) && !isReadByName(writing, each)

function unitFunction(way: ForwardWay, unit: Unit): Line {
  const { writing, shadowed } = way
  const { parameters, body, result } = unit
  const value = formulaOf(writing, result)
  const pair: Formula = { k: 'list', elements: [value, shadowFormula(way, result)] }
  const end: Line[] =
    result === 'undefined' ? [] : [{ k: 'end', word: 'return', value: isPair(way, unit) ? pair : value }]
  return {
    k: 'function',
    local: writing.unitLocal(unit, 'forward'),
    parameters: parameters.flatMap(each => [
      writing.local(each),
      ...(shadowed.has(each) ? [writing.shadowLocal(each)] : []),
    ]),
    body: [...block(way, body), ...end],
  }
}
