/**
 * The comments that silence diagnostics, which TypeScript 7's API does not report.
 * It must not know diagnostics.
 */
import type ts from 'typescript'
import type { Scanning } from './package.ts'

export interface Directive {
  readonly range: ts.TextRange
  readonly type: number
}

/** The `@ts-expect-error` (0) and `@ts-expect-error` (1) comments of a file. */
export function directivesIn(ast: Scanning, file: ts.SourceFile): readonly Directive[] {
  const found: Directive[] = []
  // on a line of its own or behind code, or on the last line of a longer comment
  for (const match of file.text.matchAll(/(?:\/\/\/?|\/\*|^[ \t]*\**)[ \t*]*@ts-(expect-error|ignore)/gm)) {
    const pos = match.index + match[0].length - match[1]!.length - '@ts-'.length
    if (isInComment(ast, file, pos))
      found.push({ range: { pos, end: match.index + match[0].length }, type: match[1] === 'ignore' ? 1 : 0 })
  }
  return found
}

/** `@ts-check` or `@ts-nocheck`, in front of everything else. */
export function checkDirective(ast: Scanning, { text }: ts.SourceFile): { readonly enabled: boolean } | undefined {
  if (!text.includes('@ts-')) return undefined
  const start = text.startsWith('#!') ? text.indexOf('\n') + 1 : 0
  const comments = ast.getLeadingCommentRanges(text, start) ?? []
  const directives = comments.flatMap(({ pos, end }) => {
    const found = /^\/\/\/?\s*@ts-(no)?check\b/.exec(text.slice(pos, end))
    return found ? [{ enabled: found[1] === undefined }] : []
  })
  return directives.at(-1)
}

function isInComment(ast: Scanning, file: ts.SourceFile, position: number): boolean {
  const token = ast.getTokenAtPosition(file, position)
  return position < token.getStart(file) || position >= token.end
}
