/**
 * Comments between two tokens, which stay where the tokens around them move or go. It must not know operators.
 */
import type ts from 'typescript'
import { afterBlank } from '../syntax/syntax.ts'
import type { Span } from '../text/text.ts'
import type { Writer } from '../text/writer.ts'

/** The comments of a range that holds no other slashes and no strings: blanks, names, brackets and dots. */
export function commentsBetween({ text }: ts.SourceFile, start: number, end: number): readonly Span[] {
  const found = text.slice(start, end).matchAll(/\/\*[\s\S]*?\*\/|\/\/.*/g)
  return [...found].map(({ index, 0: comment }) => ({ start: start + index, length: comment.length }))
}

/** Whether a line must end in or after the comments. JavaScript knows four characters that end one. */
export function isOfSeveralLines({ text }: ts.SourceFile, comments: readonly Span[]): boolean {
  return comments.some(({ start, length }) => /^\/\/|[\n\r\u2028\u2029]/.test(text.slice(start, start + length)))
}

/** Writes comments before the next token. */
export function writeComments({ text }: ts.SourceFile, comments: readonly Span[], writer: Writer): void {
  for (const { start, length } of comments) {
    const end = start + length
    writer.copy(start, end)
    writer.insert(text.startsWith('//', start) ? '\n' : ' ', end)
  }
}

/** Strings, and what stands between tokens. */
const QUOTED_OR_GAP = /(['"`])(?:\\[\s\S]|(?!\1)[^\\])*\1|(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)+/g

/** Copies what was copied before, without its line breaks, so that all that follows keeps its lines. */
export function copyOnOneLine({ text }: ts.SourceFile, start: number, end: number, writer: Writer): void {
  let at = start
  for (const { index, 0: found, 1: quote } of text.slice(start, end).matchAll(QUOTED_OR_GAP)) {
    if (quote || !/[\n\r\u2028\u2029]/.test(found)) continue
    writer.copy(at, start + index)
    writer.insert(' ', start + index)
    at = start + index + found.length
  }
  writer.copy(at, end)
}

/** Drops the spaces around a token that goes, and keeps line breaks and comments. */
export function copyGap(file: ts.SourceFile, start: number, end: number, writer: Writer): void {
  if (/\S|[\n\r]/.test(file.text.slice(start, end))) writer.copy(start, end)
}

/** The same behind the last argument of a call, where a comma may stand that a call with fewer arguments would not have. */
export function copyGapWithoutComma(file: ts.SourceFile, start: number, end: number, writer: Writer): void {
  const at = afterBlank(file, start)
  if (at >= end) return copyGap(file, start, end, writer)
  copyGap(file, start, at, writer)
  copyGap(file, at + 1, end, writer)
}
