/** What a run of a block keeps for the way back: copies of variables that get other values, and what goes to the tape. It must not know how that is used. */
import type { Statement, Statements } from '../../structured.ts'
import { type Formula, infix, type Local, localOf, memberFormula, text } from '../formulas.ts'
import type { Line } from '../lines.ts'
import type { KeptValue } from '../storage.ts'
import type { PrimalValue } from '../values/value.ts'
import { held, type PlannedWriting } from '../writing.ts'
import type { ForwardWay } from './way.ts'

/** Copies of a value and its shadow, as far as the plan wants them. */
export function snapshot(way: ForwardWay, value: PrimalValue): Line[] {
  const { writing } = way
  const { plan } = writing
  return (['value', 'shadow'] as const).flatMap((of): Line[] => {
    const isWanted =
      plan.inScope.get(value)?.has(of) ||
      (of === 'value' && [...plan.taped.values()].some(all => all.includes(value))) ||
      [...plan.objects.values()].some(all => all.some(each => each.value === value && each.of === of))
    if (!isWanted) return []
    const local = writing.snapshot(value, of)
    const from = localOf(of === 'value' ? writing.local(value.holder!) : writing.shadowLocal(value.holder!))
    return [copied(way, local, from)]
  })
}

export const copied = ({ hoisted }: ForwardWay, local: Local, value: Formula): Line =>
  hoisted.has(local) ? { k: 'assign', to: localOf(local), sign: '=', value } : { k: 'declare', local, value }

/** What a block puts on the tape at its end. */
export function keptAtEnd({ writing }: ForwardWay, all: Statements): Line[] {
  const { plan } = writing
  const numbers = plan.taped.get(all) ?? []
  const objects = plan.objects.get(all) ?? []
  const holding = ({ value, of }: KeptValue) => localOf(held(writing, value, of, runsInTurns(writing, all)))
  const lines =
    numbers.length === 0
      ? []
      : taped(
          writing,
          numbers.map(value => holding({ value, of: 'value' })),
        )
  if (objects.length > 0) lines.push({ k: 'do', value: { k: 'call', of: text('R.push'), args: objects.map(holding) } })
  return lines
}

function runsInTurns({ f, values }: PlannedWriting, block: Statements): boolean {
  const parent = values.parents.get(block)
  // each call of a unit is a turn
  if (parent === undefined) return block !== f.body
  return parent.owner.k === 'loop' || runsInTurns({ f, values } as PlannedWriting, parent.block)
}

function taped({ tape, top }: PlannedWriting, numbers: readonly Formula[]): Line[] {
  const [T, sp] = [localOf(tape), localOf(top)]
  const test = infix('>', infix('+', sp, text(`${numbers.length}`)), memberFormula(T, 'length'))
  const grown: Line = { k: 'assign', to: T, sign: '=', value: { k: 'call', of: text('$.grown'), args: [T] } }
  return [
    { k: 'if', test, whenTrue: [grown], whenFalse: [] },
    ...numbers.map((value, i): Line => {
      const to = memberFormula(T, i === 0 ? sp : infix('+', sp, text(`${i}`)))
      return { k: 'assign', to, sign: '=', value }
    }),
    { k: 'assign', to: sp, sign: '+=', value: text(`${numbers.length}`) },
  ]
}

/** Whether a loop's statement is copied at its start. */
export const headsOf = (way: ForwardWay, loop: Statement): Line[] =>
  (way.snapshots.heads.get(loop) ?? []).flatMap(each => snapshot(way, each))
