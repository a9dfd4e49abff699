/**
 * Edits of JSON with comments that leave all else as it is written.
 * It must not know what the files are for.
 */
import jsonc from 'jsonc-parser'

export type Path = readonly (string | number)[]

/** The value of a text; undefined where the text is no JSON, comments and last commas apart. */
export function recordOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const errors: jsonc.ParseError[] = []
  const value: unknown = jsonc.parse(text, errors, { allowTrailingComma: true })
  return errors.length === 0 && hasKeys(value) ? value : undefined
}

export const hasKeys = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The text with a value at a path, in the style of the text. */
export function withValue(text: string, path: Path, value: unknown): string {
  const [, indentation] = /^([\t ]+)\S/m.exec(text) ?? []
  const formattingOptions = {
    insertSpaces: indentation !== '\t',
    tabSize: indentation === undefined || indentation === '\t' ? 2 : indentation.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  }
  return jsonc.applyEdits(text, jsonc.modify(text, [...path], value, { formattingOptions }))
}

/** The text with a value after the last one of an array, which is made where there is none. */
export function withElement(text: string, path: Path, value: unknown): string {
  const node = jsonc.findNodeAtLocation(jsonc.parseTree(text)!, [...path])
  if (!node) return withElement(withValue(text, path, []), path, value)
  const last = node.children?.at(-1)
  if (!last) return `${text.slice(0, node.offset)}[${oneLine(value)}]${text.slice(node.offset + node.length)}`
  const at = last.offset + last.length
  // on a line of its own where the elements stand so
  const [, line = ' '] = /(\r?\n[\t ]*)$/.exec(text.slice(node.offset + 1, node.children![0]!.offset)) ?? []
  return `${text.slice(0, at)},${line}${oneLine(value)}${text.slice(at)}`
}

/** As people write a small object. */
const oneLine = (value: unknown): string =>
  JSON.stringify(value, undefined, 1)
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\[ /g, '[')
    .replace(/ \]/g, ']')
