/**
 * The values that statements need when they run backwards, and the shadows of references: each is a text, at hand, computed again, in
 * scope, or taken back from the tape; what is chosen goes into the plan. It must not know adjoints.
 */
import { isVariable, type Statement, type Statements } from '../../structured.ts'
import { type Formula, infix, localOf, memberFormula, text } from '../formulas.ts'
import type { Line } from '../lines.ts'
import { haveOf, type KeptValue, type StorageQuestion } from '../storage.ts'
import { isWholeValue, type PrimalValue } from '../values/value.ts'
import { adjointName, computed, held, memberOf, newLocal, outerFormula } from '../writing.ts'
import { type BackwardWalk, type Frame, frameOf, isInFusedTurn, isInLoop } from './walk.ts'

const questionOf = (walk: BackwardWalk): StorageQuestion => ({
  values: walk.writing.values,
  settings: walk.writing.settings,
  isThere: value => value.home !== undefined && frameOf(walk, value).there.has(value),
  isActive: ({ holder }) => holder !== undefined && walk.writing.memory.isActive(holder),
  isInLoop: value => value.home !== undefined && isInLoop(walk, frameOf(walk, value)),
  isInFusedTurn: value => value.home !== undefined && isInFusedTurn(walk, frameOf(walk, value)),
})

export function need(walk: BackwardWalk, value: PrimalValue): Formula {
  const { writing } = walk
  const have = haveOf(value, questionOf(walk))
  if (have === 'text') {
    if (value.holder?.outer !== undefined) return outerFormula(value.holder)
    if (value.text === 'undefined') return text('(undefined as any)')
    return value.k === 'text' ? parsed(walk, value.text) : localOf(writing.local(value.holder!))
  }
  const frame = frameOf(walk, value)
  if (have === 'there') return frame.there.get(value)!
  if (have === 'again') return again(walk, frame, value)
  if (have === 'scope') return inScope(walk, value, 'value')
  const isObject = value.holder?.kind === 'reference'
  return keepOnTape(walk, frame, { value, of: 'value' }, isObject)
}

const parsed = ({ writing }: BackwardWalk, source: string) =>
  computed(writing, { k: 'constant', text: [source] } as unknown as Statement)

function again(walk: BackwardWalk, frame: Frame, value: PrimalValue): Formula {
  const { writing } = walk
  const args = value.args.map((each, i) => (isNeeded(value, i) ? need(walk, each) : text('')))
  const found = computed(writing, value.by!, (_, i) => args[i]!)
  // a step of an index is no variable
  if (value.k !== 'load' && args.every(each => each.k === 'text' || each.k === 'local') && value.text.length < 9) {
    if (value.k === 'constant' || isWholeValue(value, writing.values.counted)) return found
  }
  const local = newLocal(value.holder!.wanted)
  frame.lines.push({ k: 'declare', local, value: found, at: value.by?.at })
  frame.there.set(value, localOf(local))
  return localOf(local)
}

/** Whether a value is computed of one of its arguments: the others are pieces of a text. */
export const isNeeded = ({ by }: PrimalValue, i: number): boolean => by!.k !== 'constant' || isVariable(by!.text[i]!)

function inScope(walk: BackwardWalk, value: PrimalValue, of: KeptValue['of']): Formula {
  const { writing, fused, learned } = walk
  const { plan, f } = writing
  // a loop that runs backwards at once has nothing of what follows
  if (fused?.linesBefore === undefined && fused && value.home === f.body && !isBefore(value, f.body, fused.from)) {
    learned.fusing = undefined
    learned.isChanged = true
  }
  plan.inScope.set(value, (plan.inScope.get(value) ?? new Set()).add(of))
  return localOf(held(writing, value, of, false))
}

/** Whether a value of a block is there before the statement at a place of it. */
const isBefore = ({ by }: PrimalValue, block: Statements, place: number): boolean =>
  by !== undefined && block.includes(by) && block.indexOf(by) < place

// ---- the tape

function keepOnTape({ writing: { plan } }: BackwardWalk, frame: Frame, kept: KeptValue, isObject: boolean): Formula {
  const there = kept.of === 'value' ? frame.there : frame.shadows
  const { value } = kept
  const wanted = value.k === 'turns' ? 'turns' : value.holder!.wanted
  const local = newLocal(kept.of === 'value' ? wanted : adjointName(wanted))
  if (isObject) plan.objects.set(frame.block, [...(plan.objects.get(frame.block) ?? []), kept])
  else plan.taped.set(frame.block, [...(plan.taped.get(frame.block) ?? []), value])
  frame.popped.push({ local, isObject })
  there.set(value, localOf(local))
  return localOf(local)
}

/** What a run of a block takes back first. */
export function takenFromTape({ writing }: BackwardWalk, { popped }: Frame): Line[] {
  const numbers = popped.filter(each => !each.isObject)
  const objects = popped.filter(each => each.isObject)
  const [T, sp] = [localOf(writing.tape), localOf(writing.top)]
  return [
    ...(numbers.length > 0 ? [{ k: 'assign', to: sp, sign: '-=', value: text(`${numbers.length}`) } as const] : []),
    ...numbers.map(({ local }, i): Line => {
      const value = memberFormula(T, i === 0 ? sp : infix('+', sp, text(`${i}`)))
      return { k: 'declare', local, value }
    }),
    ...objects.toReversed().map(({ local }): Line => {
      const value: Formula = { k: 'call', of: memberFormula(text('R'), 'pop'), args: [] }
      return { k: 'declare', local, value }
    }),
  ]
}

// ---- shadows

/** The shadow of what a reference holds. */
export function needShadow(walk: BackwardWalk, value: PrimalValue): Formula {
  const { writing } = walk
  const { holder } = value
  if (holder && !writing.memory.isShadowed(holder)) return text('undefined')
  if (value.home === undefined)
    return holder?.outer === undefined && holder ? localOf(writing.shadowLocal(holder)) : text('undefined')
  const frame = frameOf(walk, value)
  const known = frame.shadows.get(value) ?? shadowAgain(walk, frame, value)
  if (known) return known
  if (!isInLoop(walk, frame)) return inScope(walk, value, 'shadow')
  return keepOnTape(walk, frame, { value, of: 'shadow' }, true)
}

/** The shadow in the place where the reference was loaded from. */
function shadowAgain(walk: BackwardWalk, frame: Frame, value: PrimalValue): Formula | undefined {
  const { memory, values, settings } = walk.writing
  const { by, holder } = value
  if (by?.k !== 'load' || !values.isStable(by) || !settings.again) return undefined
  if (memory.mayLackShadow(by.from) || !memory.isShadowed(by.from)) return undefined
  const [from, key] = [value.args[0]!, value.args[1]!]
  if (haveOf(key, questionOf(walk)) === 'kept') return undefined
  const local = newLocal(adjointName(holder!.wanted))
  const found = memberOf(needShadow(walk, from), by.key, need(walk, key))
  frame.lines.push({ k: 'declare', local, value: found })
  frame.shadows.set(value, localOf(local))
  return localOf(local)
}
