/**
 * Which loads may be repeated: those of which no write that may run behind them meets the array.
 * It must not know what is computed.
 */
import type { Allocation, Memory } from '../../memory.ts'
import {
  type Atom,
  blocksOf,
  isVariable,
  readBy,
  type Statement,
  type Statements,
  type StructuredFunction,
  type Variable,
} from '../../structured.ts'
import { bodiesOf } from '../captured.ts'
import type { Numbered } from './numbered.ts'
import { isInsideBlock, type PrimalValue, type PrimalValues } from './value.ts'

/** Whether no statement that may run behind a load writes what it reads. */
export function isUntouched(
  load: Statement,
  f: StructuredFunction,
  memory: Memory,
  values: Numbered,
  parents: PrimalValues['parents'],
): boolean {
  const objects = readBy(load).filter((atom): atom is Variable => isVariable(atom) && atom.kind === 'reference')
  const key = load.k === 'load' ? load.key : undefined
  return objects.every(object => {
    const at = readBy(load).indexOf(object)
    const reference = values.read(load)[at]!
    return [...memory.placesOf(object)].every(place =>
      bodiesOf(f).every(body =>
        writesTo(place, body, memory).every(write => {
          if (isOtherProperty(write, key)) return true
          // each call of a unit has objects of its own, of which nothing is known here
          return f.units.length === 0 && isHarmless(write, place, reference, load, values, parents)
        }),
      ),
    )
  })
}

type Write = Statement & { readonly k: 'store' | 'push' | 'shrink' }

function writesTo(place: Allocation, statements: Statements, memory: Memory): readonly Write[] {
  return statements.flatMap((each): readonly Write[] => {
    if (each.k === 'store' || each.k === 'push') return memory.placesOf(each.to).has(place) ? [each] : []
    if (each.k === 'shrink') return memory.placesOf(each.of).has(place) ? [each] : []
    return blocksOf(each).flatMap(block => writesTo(place, block, memory))
  })
}

function isOtherProperty(write: Write, key: Atom | undefined): boolean {
  const isProperty = (atom: Atom | undefined) => typeof atom === 'string' && atom.startsWith('"')
  return write.k === 'store' && isProperty(key) && isProperty(write.key) && key !== write.key
}

function isHarmless(
  write: Write,
  place: Allocation,
  reference: PrimalValue,
  load: Statement,
  values: Numbered,
  parents: PrimalValues['parents'],
): boolean {
  const { by } = place
  // what is captured or given is written nowhere; else a write through another name may come at any time
  if (!by) return false
  const written = values.read(write)[0]!
  if (written.k !== 'made' || written.by !== by) return false
  const made = values.blockOf(by)
  const isInBefore = (block: Statements) => {
    const parent = parents.get(block)
    return parent?.owner.k === 'loop' && parent.owner.before === block
  }
  if (isInBefore(made)) return false
  const own = values.blockOf(load)
  // outside of its turn: a write in another one meets another object
  if (!isInsideBlock(own, made, parents)) return true
  return isOlder(reference, by, made, values, parents) || !mayFollow(write, load, made, values, parents)
}

/** Whether a reference was there before the object was made, so that it is another object. */
function isOlder(
  reference: PrimalValue,
  by: Statement,
  made: Statements,
  values: Numbered,
  parents: PrimalValues['parents'],
): boolean {
  if (reference.home === undefined) return true
  if (reference.home !== made) return isInsideBlock(made, reference.home, parents)
  if (reference.k === 'merge' && reference.by?.k === 'loop' && reference.by.body === made) return true
  return (
    reference.by !== undefined && values.blockOf(reference.by) === made && made.indexOf(reference.by) < made.indexOf(by)
  )
}

/** Whether a write may run behind a load in the same run of a block around both. */
function mayFollow(
  write: Statement,
  load: Statement,
  around: Statements,
  values: Numbered,
  parents: PrimalValues['parents'],
): boolean {
  const pathOf = (statement: Statement) => {
    const path: { block: Statements; index: number; owner: Statement }[] = []
    let block = values.blockOf(statement)
    let owner = statement
    for (;;) {
      path.unshift({ block, index: block.indexOf(owner), owner })
      const parent = parents.get(block)
      if (block === around || !parent) return path
      block = parent.block
      owner = parent.owner
    }
  }
  const [a, b] = [pathOf(write), pathOf(load)]
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (a[i]!.block !== b[i]!.block) return false // two sides of a choice
    if (a[i]!.index !== b[i]!.index) return a[i]!.index > b[i]!.index
    if (a[i]!.owner.k === 'loop') return true
  }
  return true
}
