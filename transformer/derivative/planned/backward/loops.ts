/**
 * Loops backwards: by their counter from its end, or as often as they ran. A loop is walked until what arrives from later turns is known.
 * It must not know what the statements of a turn are backwards.
 */
import { allOf, type Statement } from '../../structured.ts'
import { callOf, type Formula, infix, type Local, localOf, text } from '../formulas.ts'
import { gathered, memoriesOf } from '../gathered.ts'
import type { Line } from '../lines.ts'
import { type CountedLoop, isWholeValue, type PrimalValue } from '../values/value.ts'
import { computed, endsWithStep, newLocal } from '../writing.ts'
import { blockBackwards } from './blocks.ts'
import { isNeeded, need } from './needed.ts'
import { isReversed } from './reversed.ts'
import { type BackwardWalk, type Frame, type FusedWalk, joinedArrivals } from './walk.ts'

type Loop = Statement & { readonly k: 'loop' }

export function loopBackwards(walk: BackwardWalk, each: Loop): void {
  const { writing } = walk
  if (walk.fused?.loops.has(each)) return turnBackwards(walk, each, walk.fused)
  const counted = writing.values.counted(each)
  const before = new Map(walk.arrivals)
  entered(walk, each)
  const hasBefore = allOf(each.before).some(one => isReversed(writing, one))
  const beforeLines = hasBefore ? blockBackwards(walk, each.before, true) : []
  const onlyBefore = new Map(walk.arrivals)
  const isCounted = counted && !hasBefore
  const counter = newLocal(isCounted ? counted.counter.wanted : 'turn')
  const body = blockBackwards(walk, each.body, true, frame => {
    if (isCounted) frame.there.set(counted.value, localOf(counter))
    else if (!hasBefore) stepsThere(walk, each, counter, frame)
  })
  left(walk, each)
  walk.arrivals = joinedArrivals(hasBefore ? onlyBefore : before, walk.arrivals)
  if (body.length + beforeLines.length === 0) return
  if (isCounted) pushLoop(walk, countedLine(walk, each, counted, counter, body))
  else if (hasBefore) turnsWithBefore(walk, each, counter, beforeLines, body)
  else {
    const test = infix('>', localOf(counter), text('0'))
    const from = need(walk, writing.values.turns(each))
    pushLoop(walk, { k: 'for', counter, from, test, step: '--', body })
  }
}

/** What moves by 1 in each turn, by the number of the turn, which begins at 1. */
function stepsThere({ writing: { values } }: BackwardWalk, loop: Loop, counter: Local, { lines, there }: Frame): void {
  const turn = localOf(counter)
  for (const { value, from, step } of values.stepped(loop)) {
    const local = newLocal(value.holder!.wanted)
    const found =
      step > 0 ? infix('-', infix('+', turn, text(`${from}`)), text('1')) : infix('-', text(`${from + 1}`), turn)
    lines.push({ k: 'declare', local, value: found })
    there.set(value, localOf(local))
  }
}

/** A turn that runs backwards at its own end. */
function turnBackwards(walk: BackwardWalk, each: Loop, { turns }: FusedWalk): void {
  const { writing } = walk
  const before = new Map(walk.arrivals)
  entered(walk, each)
  const body = blockBackwards(walk, each.body, false, frame => {
    if (!endsWithStep(writing, each)) return
    const { counter, value } = writing.values.counted(each)!
    frame.there.set(value, localOf(writing.local(counter)))
  })
  left(walk, each)
  walk.arrivals = joinedArrivals(before, walk.arrivals)
  turns.set(each, body)
}

/** A loop whose test computes numbers that have derivatives: the test ran once more than the body. */
function turnsWithBefore(
  walk: BackwardWalk,
  each: Loop,
  counter: Local,
  beforeLines: readonly Line[],
  body: readonly Line[],
): void {
  const turns = need(walk, walk.writing.values.turns(each))
  const ends: Line = {
    k: 'if',
    test: infix('===', localOf(counter), text('0')),
    whenTrue: [{ k: 'end', word: 'break' }],
    whenFalse: [],
  }
  walk.out.push({ k: 'declare', local: counter, value: turns })
  const next: Line = { k: 'assign', to: localOf(counter), sign: '=', value: infix('-', localOf(counter), text('1')) }
  walk.out.push({ k: 'while', test: text('true'), body: [...beforeLines, ends, next, ...body] })
}

// ---- arrivals

/** What may have arrived before a turn: from behind the loop, or from a later turn. */
function entered({ learned, arrivals }: BackwardWalk, loop: Statement): void {
  const known = learned.turns.get(loop)
  if (!known) return
  for (const each of known.keys()) {
    const isSure = known.get(each) === 'sure' && arrivals.get(each) === 'sure'
    arrivals.set(each, isSure ? 'sure' : 'maybe')
  }
  for (const each of arrivals.keys()) if (!known.has(each)) arrivals.set(each, 'maybe')
}

function left({ learned, arrivals }: BackwardWalk, loop: Statement): void {
  const known = learned.turns.get(loop)
  const isSame = known?.size === arrivals.size && [...arrivals].every(([each, so]) => known.get(each) === so)
  if (isSame) return
  learned.turns.set(loop, new Map(arrivals))
  learned.isChanged = true
}

// ---- by the counter

function countedLine(
  walk: BackwardWalk,
  loop: Loop,
  counted: CountedLoop,
  counter: Local,
  body: readonly Line[],
): Line & { k: 'for' } {
  const from = need(walk, counted.from)
  const limit = hoisted(walk, counted.bound, loop)
  const isBelow = counted.step > 0
  return {
    k: 'for',
    counter,
    from: lastOf(walk, counted, limit),
    test: infix(isBelow ? '>=' : '<=', localOf(counter), from),
    step: isBelow ? '--' : '++',
    body,
  }
}

/** The bound of a loop outside of it. */
function hoisted(walk: BackwardWalk, value: PrimalValue, loop: Loop): Formula {
  if (value.home !== loop.before && value.home !== loop.body) return need(walk, value)
  const args = value.args.map((each, i) => (isNeeded(value, i) ? hoisted(walk, each, loop) : text('')))
  return computed(walk.writing, value.by!, (_, i) => args[i]!)
}

/** The counter in the last turn. */
function lastOf({ writing: { values } }: BackwardWalk, { bound, sign, step }: CountedLoop, limit: Formula): Formula {
  const isExact = isWholeValue(bound, values.counted)
  const rounded = (how: string) => (isExact ? limit : callOf(`Math.${how}`, limit))
  const one = text('1')
  if (step > 0) return sign === '<' ? infix('-', rounded('ceil'), one) : rounded('floor')
  return sign === '>' ? infix('+', rounded('floor'), one) : rounded('ceil')
}

function pushLoop({ out, writing }: BackwardWalk, loop: Line & { k: 'for' }): void {
  out.push(...(writing.settings.gathered ? gathered(loop, memoriesOf(writing)) : [loop]))
}
