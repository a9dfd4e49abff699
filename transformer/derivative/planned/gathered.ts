/**
 * What each turn of a loop adds to one place of a gradient, as in `dX[0] += d`, is added up in a variable: a place of memory is slower.
 * It must not know what the lines compute.
 */
import { type Formula, formulaParts, infix, type Local, localOf, text } from './formulas.ts'
import { blocksIn, formulasIn, type Line } from './lines.ts'
import { newLocal, type PlannedWriting } from './writing.ts'

/** Who has what memory: nothing in `plain` is a gradient, and nothing else than a name in `gradients` leads to one. */
export interface Memories {
  readonly gradients: ReadonlySet<Local>
  readonly plain: ReadonlySet<Local>
}

/** Of the memory of a function. */
export const memoriesOf = ({ f, tape, scopes, local, shadowLocal }: PlannedWriting): Memories => {
  const isReference = ({ kind }: { readonly kind: string }) => kind === 'reference'
  return {
    gradients: new Set(f.inputs.filter(isReference).map(shadowLocal)),
    plain: new Set([tape, ...[...scopes.keys()].filter(isReference).map(local)]),
  }
}

/** A loop with what stands before and behind it; the loop alone if it reads or writes other memory. */
export function gathered(loop: Line & { k: 'for' | 'while' }, memories: Memories): readonly Line[] {
  if (!isUnderstood(loop, memories)) return [loop]
  const sums = new Map<string, { readonly sum: Local; readonly to: Formula }>()
  const within = (line: Line): Line => {
    const place = line.k === 'assign' && line.sign !== '=' ? placeIn(line.to, memories) : undefined
    if (line.k === 'assign' && place) {
      const known = sums.get(place.key) ?? { sum: newLocal(place.wanted, true), to: line.to }
      sums.set(place.key, known)
      return { ...line, to: localOf(known.sum) }
    }
    switch (line.k) {
      case 'if':
        return { ...line, whenTrue: line.whenTrue.map(within), whenFalse: line.whenFalse.map(within) }
      case 'for':
      case 'while':
        return { ...line, body: line.body.map(within) }
      default:
        return line
    }
  }
  const inner = within(loop)
  const all = [...sums.values()]
  return [
    ...all.map(({ sum }): Line => ({ k: 'declare', local: sum, value: text('0') })),
    inner,
    ...all.map(({ sum, to }): Line => {
      const added: Line = { k: 'assign', to, sign: '+=', value: localOf(sum) }
      return { k: 'if', test: infix('!==', localOf(sum), text('0')), whenTrue: [added], whenFalse: [] }
    }),
  ]
}

/** A place of a gradient that is the same in each turn. */
function placeIn(to: Formula, { gradients }: Memories): { readonly key: string; readonly wanted: string } | undefined {
  if (to.k !== 'member' || to.of.k !== 'local' || !gradients.has(to.of.local)) return undefined
  const name = typeof to.key === 'string' ? to.key : to.key.k === 'text' ? to.key.text : undefined
  if (name === undefined || !/^(?:\d+|[A-Za-z_]\w*)$/.test(name)) return undefined
  const { wanted } = to.of.local
  return {
    key: `${[...gradients].indexOf(to.of.local)} ${name}`,
    wanted: `${wanted}${name[0]!.toUpperCase()}${name.slice(1)}`,
  }
}

/** Whether all that lines read and write of memory is known. */
function isUnderstood(line: Line, memories: Memories): boolean {
  if (line.k === 'do' || line.k === 'function' || line.k === 'group') return false
  if (line.k === 'assign' && line.to.k === 'member' && !(line.sign !== '=' && placeIn(line.to, memories))) return false
  const read = line.k === 'assign' && line.to.k === 'member' ? [line.value] : formulasIn(line)
  const isKnown = (part: Formula): boolean => {
    if (part.k === 'once' || part.k === 'pieces') return false
    if (part.k === 'call') return part.of.k === 'text'
    if (part.k !== 'member') return true
    return part.of.k === 'member' || (part.of.k === 'local' && memories.plain.has(part.of.local))
  }
  for (const each of read) for (const part of formulaParts(each)) if (!isKnown(part)) return false
  return blocksIn(line).every(block => block.every(each => isUnderstood(each, memories)))
}
