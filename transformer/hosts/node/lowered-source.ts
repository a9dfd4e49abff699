/**
 * The text of a lowered file as Node is to run it, types and all, with a map in its last line.
 * It is loaded when a file is lowered; it must not know Node's hooks.
 */
import { pathToFileURL } from 'node:url'
import { withInlineMap } from '../modules/source-maps.ts'
import type { LoweredModule } from '../on-demand.ts'

export function loweredSource(
  { code, map }: NonNullable<LoweredModule['output']>,
  fileName: string,
  isCommonJs: boolean,
): string {
  return withInlineMap(isCommonJs ? withRequire(code) : code, { ...map, sources: [pathToFileURL(fileName).href] })
}

/** Node takes types out and changes nothing else; so the inserted `import … = require(…)` is written as JavaScript, in as many characters. */
function withRequire(text: string): string {
  return text.replace(/\bimport (__tsgrad\w* = require\('tsgrad'\);)/, 'const  $1')
}
