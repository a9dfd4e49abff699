/**
 * Writes a text once, from left to right, of copied pieces of an original text and of insertions. It must not know TypeScript.
 */
import { lengthOfLead, lineBreaksInComments } from './lead.ts'
import { MappedText, type Piece, type Span } from './text.ts'

/** A text that is inserted if what follows it asks for it; `undefined` where that cannot be said yet. */
interface Pending {
  readonly text: string
  readonly at: number
  isDue(next: string, start: number | undefined): boolean | undefined
}

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{ID_Continue}$\u200c\u200d]/u.test(character)

/** Two words must not become one, `return-a` is `return a.neg()`, nor two signs: `b/Math.abs(/a/)` has no comment. */
const wouldJoin = (last: string | undefined, next: string): boolean =>
  (isWordCharacter(last) && isWordCharacter(next[0])) ||
  (last === '/' && /^[/*]/.test(next)) ||
  ((last === '+' || last === '-') && next[0] === last)

/** Writes one text from the pieces of another. */
export class Writer {
  readonly #original: string
  readonly #parts: string[] = []
  readonly #pieces: Piece[] = []
  #length = 0
  #lines = 0
  #last: string | undefined
  #pending: Pending | undefined
  #lead: { readonly hasAssertions: boolean } | undefined

  constructor(original: string) {
    this.#original = original
  }

  /** Copies the original range. */
  copy(start: number, end: number): void {
    if (end <= start) return
    const text = this.#original.slice(start, end)
    let at = start
    for (const each of this.#lineBreaks(text)) {
      this.#write(this.#original.slice(at, start + each.start), at, start + each.start, true)
      at = start + each.start + each.length
      this.#write(' ', at - each.length, at, false)
    }
    this.#write(this.#original.slice(at, end), at, end, true)
  }

  /** Inserts a text that belongs to the original range: diagnostics and source map segments of it point there. */
  insert(text: string, start: number, end = start): void {
    if (!text) return
    this.#lineBreaks(text)
    this.#write(text, start, end, false)
  }

  /** Writes comments in one line until the next token, since a line break there would end the statement. */
  holdLine(hasAssertions: boolean): void {
    this.#lead = { hasAssertions }
  }

  /**
   * Inserts a text before the next one, if `isDue` says so of that: of its text and, where it is copied, of its place in the
   * original. As long as it says undefined, the text after the next one decides.
   */
  insertIf(text: string, at: number, isDue: Pending['isDue']): void {
    this.#pending = { text, at, isDue }
  }

  /** Writes line breaks that an original range has and that were not written with it, so that what follows stays in its line. */
  keepLines(missing: number, at: number): void {
    if (missing > 0) this.insert('\n'.repeat(missing), at)
  }

  /** The line breaks so far. */
  get lines(): number {
    return this.#lines
  }

  /** The length of the text so far. */
  get length(): number {
    return this.#length
  }

  finish(): MappedText {
    return new MappedText(this.#original, this.#parts.join(''), this.#pieces)
  }

  /** Those that may not be written. */
  #lineBreaks(text: string): readonly Span[] {
    if (!this.#lead) return []
    const length = lengthOfLead(text, this.#lead.hasAssertions)
    if (length < text.length) this.#lead = undefined
    return lineBreaksInComments(text.slice(0, length))
  }

  #write(text: string, start: number, end: number, copied: boolean): void {
    const pending = this.#pending
    const isDue = pending?.isDue(text, copied ? start : undefined)
    if (isDue !== undefined) this.#pending = undefined
    if (pending && isDue) this.#write(pending.text, pending.at, pending.at, false)
    const previous = this.#pieces.at(-1)
    const continues = copied && previous?.copied === true && previous.end === start
    if (continues) {
      this.#pieces[this.#pieces.length - 1] = { ...previous, length: previous.length + text.length, end }
    } else {
      if (wouldJoin(this.#last, text)) this.#append(' ')
      this.#pieces.push({ generated: this.#length, length: text.length, start, end, copied })
    }
    this.#append(text)
  }

  #append(text: string): void {
    this.#parts.push(text)
    this.#length += text.length
    this.#lines += text.match(/\r\n|[\n\r\u2028\u2029]/g)?.length ?? 0
    this.#last = text.at(-1)
  }
}
