/** Loops as `for (let i = …; …)` where they count and stand alone, else as `while`. It must not know what is in a turn. */
import type { Statement, Statements } from '../../structured.ts'
import { type Formula, infix, type Local, localOf, text } from '../formulas.ts'
import { gathered, memoriesOf } from '../gathered.ts'
import type { Line } from '../lines.ts'
import { isMentionedBy } from '../simplified.ts'
import { computed, endsWithStep, formulaOf, hasStepAtEnd, isReadByName, namedIn } from '../writing.ts'
import { copied, headsOf } from './kept.ts'
import { statementLines } from './statements.ts'
import { ANY, type Assigning, type ForwardWay } from './way.ts'

type Loop = Statement & { readonly k: 'loop' }

function isForm({ writing }: ForwardWay, each: Loop): boolean {
  const { values, inlined, plan } = writing
  if (!hasStepAtEnd(writing, each)) return false
  if (namedIn(plan).has(values.result(each.body.at(-1)!)) || namedIn(plan).has(values.turns(each))) return false
  return each.before.every(
    one => 'target' in one && one.target && inlined.has(one.target) && !isReadByName(writing, one),
  )
}

/** Whether a statement is the start of a `for (let i = …; …)` that follows. */
export function isOfNextLoop(way: ForwardWay, each: Statement, all: Statements, i: number): each is Assigning {
  if (!('target' in each) || !each.target) return false
  const { writing, hoisted } = way
  const { target } = each
  const next = all[i + 1]
  if (next?.k !== 'loop' || !isForm(way, next) || writing.values.counted(next)!.counter !== target) return false
  if (writing.scopes.get(target) !== all || hoisted.has(writing.local(target)) || writing.f.result === target)
    return false
  return !all.some((one, j) => j !== i && j !== i + 1 && isMentionedBy(one, target))
}

export function loopLines(way: ForwardWay, each: Loop, all: Statements): Line[] {
  const start = all[all.indexOf(each) - 1]
  if (start && isOfNextLoop(way, start, all, all.indexOf(start))) return forLoop(way, each, start)
  const { writing } = way
  const turns = writing.values.turns(each)
  const isCounted = namedIn(writing.plan).has(turns)
  const local = writing.turnsLocal(each)
  const before = way.block(way, each.before)
  const test = each.test === 'true' ? text('true') : formulaOf(writing, each.test)
  const next: Line[] = isCounted ? [{ k: 'assign', to: localOf(local), sign: '=', value: oneMore(local) }] : []
  const body = [...turnLines(way, each, false), ...next]
  const first: Line[] = isCounted ? [copied(way, local, text('0'))] : []
  const heads = headsOf(way, each)
  if (before.length + heads.length === 0) return [...first, { k: 'while', test, body }]
  const ends = each.test === 'true' ? [] : [unless(test)]
  return [...first, { k: 'while', test: text('true'), body: [...heads, ...before, ...ends, ...body] }]
}

const oneMore = (local: Local): Formula => infix('+', localOf(local), text('1'))

/** Ends a loop where its test fails. */
const unless = (test: Formula): Line => ({
  k: 'if',
  test: { k: 'unary', sign: '!', of: test },
  whenTrue: [{ k: 'end', word: 'break' }],
  whenFalse: [],
})

function forLoop(way: ForwardWay, each: Loop, start: Assigning): Line[] {
  const { writing, snapshots } = way
  const { counter, step } = writing.values.counted(each)!
  const heads = headsOf(way, each)
  const value = start.k === 'set' ? formulaOf(writing, start.from) : computed(writing, start)
  const starts = (snapshots.behind.get(start) ?? []).map(one => writing.snapshot(one, 'value'))
  const from = starts.length > 0 ? localOf(starts[0]!) : value
  const copies = starts.map((local, i) => copied(way, local, i === 0 ? value : from))
  const body = [...heads, ...turnLines(way, each, true)]
  const test = formulaOf(writing, each.test)
  const line = { k: 'for', counter: writing.local(counter), from, test, step: step > 0 ? '++' : '--', body } as const
  const isGathered = way.fused?.turns.has(each) && writing.settings.gathered
  return [...copies, ...(isGathered ? gathered(line, memoriesOf(writing)) : [line])]
}

/** A turn, forwards and, where it is fused, backwards; the step of a counter comes last, or stands in the head of the loop. */
function turnLines(way: ForwardWay, loop: Loop, isStepInHead: boolean): Line[] {
  const { writing, fused, hoistedInTurns } = way
  const { body } = loop
  const last = body.at(-1)!
  const backwards = fused?.turns.get(loop)
  if (!backwards) return way.block(way, body, isStepInHead ? last : undefined)
  const isLater = endsWithStep(writing, loop)
  return [
    ...[...(hoistedInTurns.get(body) ?? [])].map((local): Line => ({ k: 'declare', local, type: ANY })),
    ...way.block(way, body, isLater || isStepInHead ? last : undefined),
    ...backwards,
    ...(isLater && !isStepInHead ? statementLines(way, last as Statement & { k: 'operation' }, body) : []),
  ]
}
