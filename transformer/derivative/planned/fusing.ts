/**
 * Which loops run backwards in the same turn in which they run forwards, so that nothing is kept: those at the end of a function that hand
 * nothing from a turn to the next one but sums. The adjoint of `s` in `s += …` is the same in each turn, so it may be there before the first.
 * It must not know how a statement is written.
 *
 * Source: Griewank & Walther, "Evaluating Derivatives", 2008, section 12.3, where each turn of such a loop is swept on its own.
 */

import type { Memory } from '../memory.ts'
import {
  allIn,
  allOf,
  blocksOf,
  isVariable,
  type Statement,
  type Statements,
  type StructuredFunction,
  targetsIn,
  type Variable,
} from '../structured.ts'
import { isReversed } from './backward/reversed.ts'
import { isFirst } from './inlined.ts'
import { addsTo, leavesOf, type StepQuestion } from './sums.ts'
import { isInsideBlock, type PrimalValues } from './values/value.ts'

type Loop = Statement & { readonly k: 'loop' }

/** The statements of a function's own block from the first of these loops on; all others of them have nothing to do backwards, or only with sums. */
export interface Fusing {
  readonly from: number
  readonly loops: ReadonlySet<Loop>
}

export interface FusingQuestion extends StepQuestion {
  readonly f: StructuredFunction
  readonly memory: Memory
  readonly values: Pick<PrimalValues, 'parents'>
  readonly scopes: ReadonlyMap<Variable, Statements>
}

export function fusingOf(asked: FusingQuestion): Fusing | undefined {
  const { f, memory } = asked
  if (f.isTangent || f.units.length > 0 || !isVariable(f.result) || f.result.kind !== 'scalar') return undefined
  if (!memory.isActive(f.result)) return undefined
  // what is seen from outside must not happen again
  for (const each of allIn(f)) if (each.k === 'effect') return undefined
  const loops: Loop[] = []
  let from = f.body.length
  for (let i = f.body.length - 1; i >= 0; i--) {
    const each = f.body[i]!
    const own = loops.length > 0
    if (each.k === 'loop' && isFusible(each, asked)) {
      loops.push(each)
      from = i
    } else if (own ? !isStill(each, i, asked) : !isStraight(each)) break
  }
  const fused = loops.filter(each => f.body.indexOf(each) >= from)
  if (fused.length === 0 || !areOnlySums(fused, asked)) return undefined
  return { from, loops: new Set(fused) }
}

/** A statement behind the last loop. */
const isStraight = ({ k }: Statement) =>
  k === 'set' || k === 'operation' || k === 'constant' || k === 'load' || k === 'dense'

/** A statement between the loops: it has nothing to do backwards, and writes no memory. */
function isStill(each: Statement, at: number, asked: FusingQuestion): boolean {
  const { f, scopes, values } = asked
  const isBeginning =
    each.k === 'set' &&
    !isVariable(each.from) &&
    scopes.get(each.target) === f.body &&
    isFirst(f.body[at]!, each.target, f.body, f.body, values.parents)
  if (isBeginning) return true
  return allOf([each]).every(one => !isReversed(asked, one) && !/^(?:store|push|shrink)$/.test(one.k))
}

/** Whether a turn writes nothing that another one, or what follows, may read, but variables. */
function isFusible(loop: Loop, asked: FusingQuestion): boolean {
  const { memory, scopes, values } = asked
  const statements = allOf([loop])
  if (allOf(loop.before).some(each => isReversed(asked, each))) return false
  if (!statements.some(each => isReversed(asked, each))) return false
  const made = new Set(statements.filter(({ k }) => k === 'make'))
  const isOwn = (of: Variable) => {
    const places = [...memory.placesOf(of)]
    return places.every(({ by }) => by !== undefined && made.has(by) && !loop.before.includes(by))
  }
  return statements.every(each => {
    if (each.k === 'store' || each.k === 'push') return isOwn(each.to)
    if (each.k === 'shrink') return isOwn(each.of)
    if (!('target' in each) || each.target?.kind !== 'reference') return true
    return isInsideBlock(scopes.get(each.target), loop.body, values.parents)
  })
}

/** Whether all numbers with adjoints that outlast a turn are sums, which nothing else in the loops reads. */
function areOnlySums(loops: readonly Loop[], asked: FusingQuestion): boolean {
  const { memory, scopes, values, inlined } = asked
  const outlasting = loops.flatMap(loop =>
    [...targetsIn(allOf([loop]))].filter(
      each => memory.isActive(each) && !isInsideBlock(scopes.get(each), loop.body, values.parents),
    ),
  )
  const sums = new Set(outlasting)
  return allOf(loops).every(each => {
    if (blocksOf(each).length > 0) return true
    if ('target' in each && each.target && inlined.has(each.target)) return true
    const leaves = leavesOf(asked, each).filter(leaf => sums.has(leaf))
    const target = 'target' in each ? each.target : undefined
    if (!target || !sums.has(target)) return leaves.length === 0
    return leaves.length === 1 && leaves[0] === target && addsTo(asked, each, target)
  })
}
