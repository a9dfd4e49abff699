/**
 * The second half of a derivative: the statements backwards, which add up adjoints.
 * It reads memory only where nothing wrote it since. It must not spell a line.
 *
 * Source: Griewank & Walther, "Evaluating Derivatives", 2008, chapter 3 (reverse mode), sections 4.2 and 5 (what is kept).
 */
import type { Statement, Statements, Variable } from '../structured.ts'
import { contribute } from './backward/adjoints.ts'
import { assignmentBackwards } from './backward/assignments.ts'
import { blockBackwards, choiceBackwards } from './backward/blocks.ts'
import { callBackwards, unitBackwards } from './backward/calls.ts'
import { loopBackwards } from './backward/loops.ts'
import { isReversedUnit } from './backward/reversed.ts'
import { type BackwardWalk, type FusedWalk, type Learned, newFrame } from './backward/walk.ts'
import { writeBackwards } from './backward/writes.ts'
import { callOf, choice, infix, type Local, localOf, text } from './formulas.ts'
import type { Fusing } from './fusing.ts'
import type { Line } from './lines.ts'
import { adjointName, newLocal, type PlannedWriting } from './writing.ts'

export interface Backward {
  readonly lines: readonly Line[]
  /** The units that run backwards, as functions, behind the adjoints of what they share. */
  readonly units: readonly Line[]
  readonly fused: FusedLines | undefined
}

/** What runs backwards in the turns of loops that run forwards. */
export interface FusedLines {
  /** The place of the first of them in the function's own block, and what stands before it. */
  readonly from: number
  readonly before: readonly Line[]
  readonly turns: ReadonlyMap<Statement, readonly Line[]>
  readonly seed: Local
}

export function plannedBackward(writing: PlannedWriting, learned: Learned): Backward {
  const { f } = writing
  const common = newFrame([], false)
  const fused = learned.fusing && fusedWalk(writing, learned.fusing)
  const walk: BackwardWalk = { writing, learned, frames: [], common, arrivals: new Map(), out: [], fused, reversed }
  const units = f.units.flatMap((unit, place) => (isReversedUnit(writing, place) ? [unitBackwards(walk, unit)] : []))
  const lines = blockBackwards(walk, f.body, false, () => seeded(walk))
  // adjoints of what they share are declared before them
  const all = { units: [...common.lines, ...units] }
  if (!fused) return { ...all, lines, fused }
  const { from, turns, seed, linesBefore = lines.length } = fused
  return { ...all, lines: lines.slice(linesBefore), fused: { from, turns, seed, before: lines.slice(0, linesBefore) } }
}

const fusedWalk = ({ f }: PlannedWriting, fusing: Fusing): FusedWalk => ({
  ...fusing,
  turns: new Map(),
  seed: newLocal(adjointName((f.result as Variable).wanted), true),
  linesBefore: undefined,
})

/** What the result begins with. */
function seeded(walk: BackwardWalk): void {
  const { f, local, shadowLocal } = walk.writing
  const variable = f.result as Variable
  if (walk.fused) {
    walk.frames[0]!.adjoints.set(variable, walk.fused.seed)
    walk.arrivals.set(variable, 'sure')
    return
  }
  const result = localOf(local(variable))
  const seed = callOf('seed', result)
  if (variable.kind === 'reference') {
    walk.out.push({ k: 'do', value: callOf('$.seeded', localOf(shadowLocal(variable)), seed, result) })
    return
  }
  // on the tape each number that a NaN was computed of has the derivative NaN
  contribute(walk, variable, f.isTangent ? seed : choice(infix('===', result, result), seed, text('NaN')))
}

function reversed(walk: BackwardWalk, each: Statement, block: Statements): void {
  const { fused, writing } = walk
  if (fused && block === writing.f.body && block.indexOf(each) < fused.from) fused.linesBefore ??= walk.out.length
  if (each.k === 'store' || each.k === 'push') writeBackwards(walk, each, block)
  else if (each.k === 'if') choiceBackwards(walk, each)
  else if (each.k === 'loop') loopBackwards(walk, each)
  else if (each.k === 'call') callBackwards(walk, each, block)
  else if ('target' in each && each.target)
    assignmentBackwards(walk, each as Statement & { readonly target: Variable }, block)
}
