/** What stands before the first token of an expression that compilers keep. It must not know operators. */
import type { Span } from './text.ts'

/** Where a `<` may begin a type assertion, it ends at the `>` of the same depth; strings and arrows in it have others. */
const INSIDE_OF_TYPE = /'[^']*'|"[^"]*"|`[^`]*`|=>|\/\*[\s\S]*?\*\/|\/\/.*|[\s\S]/y

/** The length of blanks, comments, parentheses and, where there can be some, type assertions at the start of a text. */
export function lengthOfLead(text: string, hasAssertions: boolean): number {
  const blank = /(?:[\s(]|\/\*[\s\S]*?\*\/|\/\/.*)*/y
  for (;;) {
    blank.exec(text)
    const at = blank.lastIndex
    const end = hasAssertions && text[at] === '<' ? endOfType(text, at) : undefined
    if (end === undefined) return at
    blank.lastIndex = end
  }
}

/** The line breaks in the comments of several lines in a text of blanks, comments, parentheses and types. */
export function lineBreaksInComments(text: string): readonly Span[] {
  return [...text.matchAll(/\/\*[\s\S]*?\*\/|\/\/.*/g)].flatMap(({ index, 0: comment }) =>
    [...comment.matchAll(/\r\n|[\n\r\u2028\u2029]/g)].map(found => ({
      start: index + found.index,
      length: found[0].length,
    })),
  )
}

function endOfType(text: string, start: number): number | undefined {
  let depth = 0
  for (let at = start; at < text.length; ) {
    INSIDE_OF_TYPE.lastIndex = at
    const [found] = INSIDE_OF_TYPE.exec(text)!
    at += found.length
    if (found === '<') depth++
    else if (found === '>' && --depth === 0) return at
  }
  return undefined
}
