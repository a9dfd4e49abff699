/**
 * The text of a tsconfig.json with other compiler options, with the place on the disk of each piece.
 * It must not know single options.
 */
import type { MappedText } from '../../text/text.ts'
import { Writer } from '../../text/writer.ts'

/** Undefined when no option differs. If an option occurs twice, the compiler uses the last one. */
export function configWith(text: string, overrides: object): MappedText | undefined {
  if (Object.keys(overrides).length === 0) return undefined
  return withMembers(text, overrides, endOfOptions(text))
}

/** The project with these files alone, and those that they import. */
export const configOfFiles = (text: string, files: readonly string[]): MappedText =>
  withMembers(text, { files, include: [] }, endOfConfig(text))

function withMembers(text: string, members: object, { at, before, after }: Insertion): MappedText {
  const writer = new Writer(text)
  writer.copy(0, at)
  writer.insert(before + JSON.stringify(members).slice(1, -1) + after, at)
  writer.copy(at, text.length)
  return writer.finish()
}

/** The place where options can be added, and the text around them. */
interface Insertion {
  readonly at: number
  readonly before: string
  readonly after: string
}

/** Strings, comments and brackets; all else but white space in one token, too. */
const TOKEN = /"(?:\\.|[^"\\])*"|\/\/.*|\/\*[\s\S]*?\*\/|[{}[\]:,]|[^\s"{}[\]:,/]+/g

/** Before the last bracket; of a text without any, behind all of it. */
function endOfConfig(text: string): Insertion {
  const tokens = [...text.matchAll(TOKEN)].filter(({ 0: token }) => !/^\/[/*]/.test(token))
  const end = tokens.findLastIndex(({ 0: token }) => token === '}')
  if (end < 0) return { at: text.length, before: '\n{', after: '}' }
  const isComma = ['{', ','].includes(tokens[end - 1]?.[0] ?? '')
  return { at: tokens[end]!.index, before: isComma ? '' : ',', after: '' }
}

/** At the end of `compilerOptions`; of a text without them, at its beginning. */
function endOfOptions(text: string): Insertion {
  let depth = 0
  let [last, isNamed, isInside] = ['', false, false]
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (/^\/[/*]/.test(token)) continue
    if (isInside && depth === 2 && token === '}')
      return { at: index, before: last === '{' || last === ',' ? '' : ',', after: '' }
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    isInside ||= isNamed && token === '{' && last === ':'
    isNamed = depth === 1 && (token === '"compilerOptions"' || (isNamed && token === ':'))
    last = token
  }
  const first = text.indexOf('{')
  if (first < 0) return { at: text.length, before: '\n{"compilerOptions":{', after: '}}' }
  return { at: first + 1, before: '"compilerOptions":{', after: '},' }
}
