/**
 * A walk through the statements of a function, last first: the blocks that it is in, which adjoints may have arrived, and the lines that it
 * writes. It must not know what a statement is backwards.
 */
import type { Statement, Statements, Variable } from '../../structured.ts'
import { type Formula, isText, type Local } from '../formulas.ts'
import type { Fusing } from '../fusing.ts'
import type { Line } from '../lines.ts'
import type { PrimalValue } from '../values/value.ts'
import type { PlannedWriting } from '../writing.ts'

/** Whether an adjoint arrives in some runs, or in each; one that is not in the map never does. */
type Arrival = 'maybe' | 'sure'
export type Arrivals = Map<Variable, Arrival>

/** What a walk learned that the next one needs. */
export interface Learned {
  /** What arrives at the end of a turn, when it runs backwards. */
  readonly turns: Map<Statement, ReadonlyMap<Variable, Arrival>>
  /** Adjoints that are asked whether they arrived. */
  readonly asked: Set<Variable>
  /** Loops that run backwards in the turns that run forwards; undefined where the way back wants what is not there yet. */
  fusing: Fusing | undefined
  isChanged: boolean
}
export const nothingLearned = (fusing: Fusing | undefined): Learned => ({
  turns: new Map(),
  asked: new Set(),
  fusing,
  isChanged: false,
})

/** A block that runs backwards. */
export interface Frame {
  readonly block: Statements
  readonly lines: Line[]
  readonly isTurn: boolean
  readonly there: Map<PrimalValue, Formula>
  readonly shadows: Map<PrimalValue, Formula>
  readonly adjoints: Map<Variable, Local>
  /** What a run takes back from the tape first. */
  readonly popped: { readonly local: Local; readonly isObject: boolean }[]
}

export const newFrame = (block: Statements, isTurn: boolean): Frame => ({
  block,
  lines: [],
  isTurn,
  there: new Map(),
  shadows: new Map(),
  adjoints: new Map(),
  popped: [],
})

/** What runs backwards in the turns of loops, and before them. */
export interface FusedWalk extends Fusing {
  /** Of each loop the lines of a turn. */
  readonly turns: Map<Statement, readonly Line[]>
  /** The adjoint of the result, which is declared outside. */
  readonly seed: Local
  /** How many lines stand before the first of the loops; undefined while they are being written. */
  linesBefore: number | undefined
}

export interface BackwardWalk {
  readonly writing: PlannedWriting
  readonly learned: Learned
  /** The blocks around the statement, outer before inner. */
  readonly frames: Frame[]
  /** Adjoints of what units share with the function around them. */
  readonly common: Frame
  arrivals: Arrivals
  /** The lines of the innermost block. */
  out: Line[]
  readonly fused: FusedWalk | undefined
  /** Writes what a statement is backwards. */
  readonly reversed: (walk: BackwardWalk, each: Statement, block: Statements) => void
}

export function frameOf({ frames, writing: { values } }: BackwardWalk, value: PrimalValue): Frame {
  for (let i = frames.length - 1; i >= 0; i--) {
    const { block } = frames[i]!
    if (block === value.home) return frames[i]!
    const owner = values.parents.get(block)?.owner
    if (owner?.k === 'loop' && (value.home === owner.before || value.home === owner.body)) return frames[i]!
  }
  throw new Error(`a derivative needs '${value.holder?.wanted}' where it is not known`)
}

export const isInLoop = ({ frames }: BackwardWalk, frame: Frame): boolean =>
  frames.slice(0, frames.indexOf(frame) + 1).some(each => each.isTurn)

/** Whether a block runs backwards behind itself, in a turn of a loop or inside of one. */
export const isInFusedTurn = ({ frames, fused }: BackwardWalk, frame: Frame): boolean =>
  fused !== undefined &&
  frames.slice(0, frames.indexOf(frame) + 1).some(({ block }) => [...fused.loops].some(loop => loop.body === block))

/** Lines inside of the current ones. */
export function linesWithin(walk: BackwardWalk, work: () => void, own: Line[] = []): Line[] {
  const outer = walk.out
  walk.out = own
  work()
  walk.out = outer
  return own
}

/** What arrives behind two ways. */
export function joinedArrivals(a: Arrivals, b: Arrivals): Arrivals {
  const found: Arrivals = new Map()
  for (const each of new Set([...a.keys(), ...b.keys()]))
    found.set(each, a.get(each) === 'sure' && b.get(each) === 'sure' ? 'sure' : 'maybe')
  return found
}

/** Lines that only run if `test` holds. */
export function ifSo(walk: BackwardWalk, test: Formula, work: () => void): void {
  if (isText(test, 'true')) return work()
  const before = new Map(walk.arrivals)
  const whenTrue = linesWithin(walk, work)
  walk.arrivals = joinedArrivals(before, walk.arrivals)
  if (whenTrue.length > 0) walk.out.push({ k: 'if', test, whenTrue, whenFalse: [] })
}
