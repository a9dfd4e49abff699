/**
 * What each loop of a function keeps for the way back, as data that a page can print. It must not know how that is spelled.
 */

import type { LoopStorage } from '../placed.ts'
import { allIn, blocksOf, type Statement, type Statements, type StructuredFunction } from '../structured.ts'
import type { StoragePlan } from './storage.ts'
import type { PrimalValue, PrimalValues } from './values/value.ts'

/** Of each loop, outer before inner. */
export function storedInLoops(f: StructuredFunction, plan: StoragePlan, values: PrimalValues): readonly LoopStorage[] {
  const named = new Set([...plan.inScope.keys(), ...[...plan.taped.values()].flat()])
  return allIn(f).flatMap(each => {
    if (each.k !== 'loop') return []
    const blocks = ownBlocks(each)
    const numbers = blocks.flatMap(block => plan.taped.get(block) ?? [])
    const objects = blocks.flatMap(block => plan.objects.get(block) ?? [])
    return {
      at: each.at,
      kept: [...numbers.map(shownName), ...objects.map(({ value }) => shownName(value))],
      countsTurns: named.has(values.turns(each)),
    }
  })
}

const shownName = ({ k, holder }: PrimalValue) => (k === 'turns' ? 'a number of turns' : (holder?.wanted ?? 'a number'))

/** The blocks of a loop, without those of loops inside of it. */
function ownBlocks(loop: Statement): readonly Statements[] {
  const inside = (block: Statements): readonly Statements[] => [
    block,
    ...block.flatMap(each => (each.k === 'if' ? blocksOf(each).flatMap(inside) : [])),
  ]
  return blocksOf(loop).flatMap(inside)
}
