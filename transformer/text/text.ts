/**
 * A text made of copied pieces of an original text and of insertions, with the origin of each character.
 * It must not know TypeScript, nor how such a text is written.
 */

/** A piece of the generated text: a copy of the original range, or an insertion that belongs to that range. */
export interface Piece {
  readonly generated: number
  readonly length: number
  readonly start: number
  readonly end: number
  readonly copied: boolean
  readonly from?: Origin | undefined
}

/** Where an insertion comes from, if that is not the range that it belongs to: a place of the original, or of another original text. */
export interface Origin {
  readonly start: number
  readonly other?: OtherText | undefined
}

/** The original text of another file. */
export interface OtherText {
  readonly fileName: string
  readonly text: string
}

/** A text that is inserted at a place of a mapped text, where it belongs to a range. */
export interface InsertedText {
  readonly at: number
  readonly text: string
  readonly span: Span
  readonly from?: Origin | undefined
}

/** A range of a text. */
export interface Span {
  readonly start: number
  readonly length: number
}

/** A text that stands where a range of the original stood. */
export interface Replacement {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The decoded form of a source map line: [generated column, source index, original line, original column]. */
export type Segment = [number, number, number, number]

/** A finished text with the origin of each character. */
export class MappedText {
  readonly original: string
  readonly text: string
  readonly pieces: readonly Piece[]
  #copies: readonly Piece[] | undefined

  constructor(original: string, text: string, pieces: readonly Piece[]) {
    this.original = original
    this.text = text
    this.pieces = pieces
  }

  /** This text with others inserted at places in it, in their order; each belongs to the original range of its span in this text. */
  inserting(insertions: readonly InsertedText[]): MappedText {
    const parts: string[] = []
    const pieces: Piece[] = []
    let length = 0
    const add = (text: string, piece: Omit<Piece, 'generated' | 'length'>) => {
      pieces.push({ ...piece, generated: length, length: text.length })
      parts.push(text)
      length += text.length
    }
    const pending = [...insertions]
    const insertAt = (offset: number) => {
      for (let next = pending[0]; next && next.at <= offset; pending.shift(), next = pending[0]) {
        const { start, length: size } = this.toOriginal(next.span)
        add(next.text, { start, end: start + size, copied: false, from: next.from })
      }
    }
    for (const [i, piece] of this.pieces.entries()) {
      const end = piece.generated + piece.length
      for (let at = piece.generated; at < end; ) {
        insertAt(at)
        const stop = Math.min(end, pending[0]?.at ?? end)
        const start = piece.start + (piece.copied ? at - piece.generated : 0)
        add(this.text.slice(at, stop), {
          start,
          end: piece.copied ? start + stop - at : piece.end,
          copied: piece.copied,
          from: piece.from,
        })
        at = stop
      }
      // a space between two pieces belongs to none
      const next = this.pieces[i + 1]?.generated ?? this.text.length
      if (next > end) add(this.text.slice(end, next), { start: piece.end, end: piece.end, copied: false })
    }
    insertAt(this.text.length)
    return new MappedText(this.original, parts.join(''), pieces)
  }

  /** The inserted pieces. */
  insertions(): Span[] {
    return this.pieces.filter(({ copied }) => !copied).map(({ generated, length }) => ({ start: generated, length }))
  }

  /**
   * What was replaced between the copies, in the order of the original: `text` instead of the range. A second copy of a range is part of
   * such a text.
   */
  edits(): Replacement[] {
    const edits: Replacement[] = []
    let [original, generated] = [0, 0]
    const replace = (start: number, end: number) => {
      const text = this.text.slice(generated, end)
      if (text !== '' || start > original) edits.push({ start: original, end: start, text })
    }
    for (const piece of this.pieces) {
      if (!piece.copied || piece.start < original) continue
      replace(piece.start, piece.generated)
      original = piece.end
      generated = piece.generated + piece.length
    }
    replace(this.original.length, this.text.length)
    return edits
  }

  /** The original range of a range of the generated text: the hull of the pieces that it overlaps. */
  toOriginal({ start, length }: Span): Span {
    const end = start + length
    let from = Number.POSITIVE_INFINITY
    let to = Number.NEGATIVE_INFINITY
    for (let i = this.#pieceAt(start); i < this.pieces.length; i++) {
      const piece = this.pieces[i]!
      if (i > 0 && piece.generated >= Math.max(end, start + 1)) break
      if (!piece.copied) {
        from = Math.min(from, piece.start)
        to = Math.max(to, piece.end)
        continue
      }
      const first = Math.min(Math.max(start - piece.generated, 0), piece.length)
      const last = Math.min(Math.max(end - piece.generated, first), piece.length)
      from = Math.min(from, piece.start + first)
      to = Math.max(to, piece.start + last)
    }
    return Number.isFinite(from) ? { start: from, length: Math.max(0, to - from) } : { start: 0, length: 0 }
  }

  /** The place of the last copy of an original range in the generated text. */
  toGenerated({ start, length }: Span): Span | undefined {
    this.#copies ??= this.pieces.filter(({ copied }) => copied).sort((u, v) => u.start - v.start)
    const copies = this.#copies
    let at = lastBefore(copies, piece => piece.start, start)
    while (at >= 0 && copies[at]!.end < start + length) at--
    const copy = copies[at]
    return copy && { start: copy.generated + start - copy.start, length }
  }

  /** The same as `toOriginal`, for a range that was copied as a whole; undefined for any other. */
  toCopied({ start, length }: Span): Span | undefined {
    const end = start + length
    for (let i = this.#pieceAt(start); i >= 0 && this.pieces[i]!.generated + this.pieces[i]!.length >= end; i--) {
      const piece = this.pieces[i]!
      if (piece.copied) return { start: piece.start + start - piece.generated, length }
    }
    return undefined
  }

  /** The original position of a place between two characters; undefined when neither is a copy. */
  positionToOriginal(position: number): number | undefined {
    return this.toCopied({ start: position, length: 0 })?.start
  }

  /**
   * The generated position of a place between two original characters: beside the copy of the character after it, or with
   * `before` of the one before it; if that character was not copied, beside the other; else in the insertion for it.
   */
  positionToGenerated(position: number, side: 'before' | 'after' = 'after'): number {
    const beside = { after: { start: position, length: 1 }, before: { start: position - 1, length: 1 } }
    const last = this.toGenerated(beside[side])
    if (last) return last.start + position - beside[side].start
    const other = side === 'after' ? 'before' : 'after'
    const next = this.toGenerated(beside[other])
    if (next) return next.start + position - beside[other].start
    const inserted = this.pieces.find(({ start, end, copied }) => !copied && start <= position && position <= end)
    return inserted ? inserted.generated : this.text.length
  }

  /** The other texts that insertions come from, in the order in which segments count them, from 1 on. */
  others(): readonly OtherText[] {
    const found = new Map<string, OtherText>()
    for (const { from } of this.pieces) if (from?.other) found.set(from.other.fileName, from.other)
    return [...found.values()]
  }

  /** Where insertions come from, as one text: what differs leads elsewhere. */
  origins(): string {
    return this.pieces.flatMap(({ from }) => (from ? [`${from.other?.fileName ?? ''}:${from.start}`] : [])).join(' ')
  }

  /** Source map segments by line: one at every word and sign, so that columns inside a copied piece are exact. */
  segments(): Segment[][] {
    const lines: Segment[][] = [[]]
    const position = positionIn(this.original)
    const others = this.others()
    const names = others.map(({ fileName }) => fileName)
    const positions = others.map(({ text }) => positionIn(text))
    let generatedLineStart = 0
    for (const piece of this.pieces) {
      const text = this.text.slice(piece.generated, piece.generated + piece.length)
      for (const { index } of text.matchAll(piece.copied ? /[\p{ID_Continue}$]+|./gsu : /[^\n]+|\n/g)) {
        const { from } = piece
        const source = from?.other ? names.indexOf(from.other.fileName) : -1
        const [line, column] = (positions[source] ?? position)(from?.start ?? piece.start + (piece.copied ? index : 0))
        lines.at(-1)!.push([piece.generated + index - generatedLineStart, source + 1, line, column])
        if (text[index] === '\n') {
          lines.push([])
          generatedLineStart = piece.generated + index + 1
        }
      }
    }
    return lines
  }

  /** The last piece that starts at or before a generated offset. */
  #pieceAt(offset: number): number {
    return Math.max(
      0,
      lastBefore(this.pieces, piece => piece.generated, offset),
    )
  }
}

/** The index of the last item whose position is at or before an offset, of items in the order of their positions; -1 for none. */
function lastBefore<T>(items: readonly T[], position: (item: T) => number, offset: number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (position(items[middle]!) <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}

function positionIn(text: string): (offset: number) => [line: number, column: number] {
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  return offset => {
    const low = lastBefore(lineStarts, start => start, offset)
    return [low, offset - lineStarts[low]!]
  }
}
