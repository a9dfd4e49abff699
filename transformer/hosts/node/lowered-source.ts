/**
 * The text of a lowered file as Node is to run it, with a map in its last line: with its types, or without them.
 * It is loaded when a file is lowered; it must not know Node's hooks.
 */
import { pathToFileURL } from 'node:url'
import type { FileName } from '../../program/file-names.ts'
import { loweredOrRefused } from '../modules/refused.ts'
import { composedSourceMap, withInlineMap, withoutInlineMap } from '../modules/source-maps.ts'
import { createTypeRemover, type TypeRemover } from '../modules/type-remover.ts'
import type { LoweredModule, OnDemand } from '../on-demand.ts'

/** The lowered text, types and all. @param text what was lowered; a tool before may have put its own map into it. */
export function loweredSource(
  { code, map }: NonNullable<LoweredModule['output']>,
  fileName: string,
  text: string,
  isCommonJs: boolean,
): string {
  const sources = [pathToFileURL(fileName).href]
  const { map: before } = withoutInlineMap(text)
  const own = { ...map, sources }
  const whole = before === undefined ? own : { ...composedSourceMap(own, JSON.parse(before)), sources }
  const source = withInlineMap(isCommonJs ? withRequire(code) : code, whole)
  lastLines.set(fileName, lastLineOf(source))
  return source
}

/** The line with the map, by the names of files: Node takes types out and leaves it as it is. */
const lastLines = new Map<string, string>()
const lastLineOf = (text: string) => text.slice(text.lastIndexOf('\n', text.length - 2) + 1)

/** Whether a text was made of a lowered one by Node itself. */
export const isMadeByHooks = (text: string, fileName: string): boolean => lastLines.get(fileName) === lastLineOf(text)

/** JavaScript made of the text on the disk; undefined where that holds no operator of a class. */
export function plainSource(
  files: OnDemand,
  fileName: FileName,
  text: string,
  isCommonJs: boolean,
): string | undefined {
  const output = loweredOrRefused(files, fileName, text)
  if (!output) return undefined
  remover ??= createTypeRemover(process.cwd())
  const { code, map } = remover.plain(output.code, fileName, !isCommonJs)
  const sources = [pathToFileURL(fileName).href]
  return withInlineMap(code, { ...composedSourceMap(map, { ...output.map, sources }), sources })
}

let remover: TypeRemover | undefined

/** Node takes types out and changes nothing else; so the inserted `import … = require(…)` is written as JavaScript, in as many characters. */
function withRequire(text: string): string {
  return text.replace(/\bimport (__tsgrad\w* = require\('tsgrad'\);)/, 'const  $1')
}
