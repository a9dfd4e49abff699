/**
 * The scripts of a single-file component as TypeScript modules in which each character stands at its place in the component.
 * It must not know what is done with them.
 */
import type { FileName } from '../../program/file-names.ts'

/** Ids of whole components; with a query they are parts that a framework's plugin has made. */
export const COMPONENT = /\.(vue|svelte|astro)$/

export interface Script {
  /** A name beside the component, so that imports lead to the same files. */
  readonly name: FileName
  readonly text: string
}

/** A comment, or a script with its attributes and its text; quoted attributes may hold `>`. */
const PIECE = /<!--[\s\S]*?-->|<script\b((?:"[^"]*"|'[^']*'|[^>"'])*)>([\s\S]*?)<\/script\s*>/gi
const FRONTMATTER = /^\s*---([\s\S]*?)^---/m
const IN_TYPESCRIPT = /\blang\s*=\s*["']?tsx?\b/i

/** What the frameworks declare globally, such as `defineProps` and `$state`. */
const globals: Readonly<Record<string, string>> = { vue: 'vue', svelte: 'svelte' }

export function scriptsOf(fileName: FileName, text: string): readonly Script[] {
  const [, kind = ''] = COMPONENT.exec(fileName) ?? []
  const found =
    kind === 'astro' ? ofAstro(text) : [tagged(text).filter(({ attributes }) => IN_TYPESCRIPT.test(attributes))]
  const end = globals[kind] === undefined ? '' : `\nimport type {} from '${globals[kind]}'`
  return found
    .filter(pieces => pieces.length > 0)
    .map((pieces, i) => ({ name: `${fileName}.${i}.ts` as FileName, text: inPlace(text, pieces) + end }))
}

interface Piece {
  readonly start: number
  readonly code: string
}

interface Tagged extends Piece {
  readonly attributes: string
}

function tagged(text: string): readonly Tagged[] {
  return [...text.matchAll(PIECE)].flatMap(({ 1: attributes = '', 2: code, index }) =>
    code === undefined ? [] : [{ attributes, code, start: index + `<script${attributes}>`.length }],
  )
}

/** Its frontmatter and each of its scripts are modules, and all are TypeScript. */
function ofAstro(text: string): readonly (readonly Piece[])[] {
  const found = FRONTMATTER.exec(text)
  if (!found) return tagged(text).map(piece => [piece])
  const [all, code] = found as unknown as [string, string]
  const end = found.index + all.length
  return [
    [{ code, start: end - code.length - '---'.length }],
    ...tagged(blank(text.slice(0, end)) + text.slice(end)).map(piece => [piece]),
  ]
}

function inPlace(text: string, pieces: readonly Piece[]): string {
  let at = 0
  let placed = ''
  for (const { start, code } of pieces) {
    placed += `${blank(text.slice(at, start))}${code};`
    // the semicolon stands for the `<` of the end
    at = start + code.length + 1
  }
  return placed + blank(text.slice(at))
}

/** A blank for each character but ends of lines. */
const blank = (text: string) => text.replace(/[^\r\n\u2028\u2029]/g, ' ')
