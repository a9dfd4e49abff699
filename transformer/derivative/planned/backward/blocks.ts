/** Blocks and choices backwards: statements last first, behind what the run of the block kept. It must not know what a statement is backwards. */
import type { Statement, Statements } from '../../structured.ts'
import type { Formula } from '../formulas.ts'
import { type Line, placeLines } from '../lines.ts'
import { need, takenFromTape } from './needed.ts'
import { type BackwardWalk, type Frame, joinedArrivals, linesWithin, newFrame } from './walk.ts'

/** The lines of a block; `start` writes what its end begins with. */
export function blockBackwards(
  walk: BackwardWalk,
  block: Statements,
  isTurn: boolean,
  start?: (frame: Frame) => void,
): Line[] {
  const frame = newFrame(block, isTurn)
  const work = () => {
    walk.frames.push(frame)
    start?.(frame)
    if (!block.some(({ k }) => k === 'throw'))
      for (const each of block.toReversed()) {
        const from = walk.out.length
        walk.reversed(walk, each, block)
        placeLines(walk.out, from, each.at)
      }
    walk.frames.pop()
  }
  linesWithin(walk, work, frame.lines)
  for (const variable of frame.adjoints.keys()) walk.arrivals.delete(variable)
  return [...takenFromTape(walk, frame), ...frame.lines]
}

export function choiceBackwards(walk: BackwardWalk, each: Statement & { k: 'if' }): void {
  const before = new Map(walk.arrivals)
  const whenTrue = blockBackwards(walk, each.whenTrue, false)
  const after = walk.arrivals
  walk.arrivals = before
  const whenFalse = blockBackwards(walk, each.whenFalse, false)
  walk.arrivals = joinedArrivals(after, walk.arrivals)
  if (whenTrue.length + whenFalse.length === 0) return
  const test = need(walk, walk.writing.values.read(each)[0]!)
  if (whenTrue.length === 0) walk.out.push({ k: 'if', test: not(test), whenTrue: whenFalse, whenFalse: [] })
  else walk.out.push({ k: 'if', test, whenTrue, whenFalse })
}
const not = (of: Formula): Formula => ({ k: 'unary', sign: '!', of })
