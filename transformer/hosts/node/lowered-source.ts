/**
 * The text of a file as Node is to run it, types and all, with a map in its last line.
 * It is loaded when something can reach tsgrad; it must not know Node's hooks.
 */
import { pathToFileURL } from 'node:url'
import { loweredOrRefused } from '../modules/refused.ts'
import { withInlineMap } from '../modules/source-maps.ts'
import { createOnDemand } from '../on-demand.ts'

/** @returns what lowers a file; it gives undefined where the text stays as it is, and throws a RefusedError. */
export function createLoweredSources(root: string) {
  const files = createOnDemand({}, root)
  return (fileName: string, text: string, isCommonJs: boolean): string | undefined => {
    const lowered = loweredOrRefused(files, fileName, text)
    if (!lowered) return undefined
    const code = isCommonJs ? withRequire(lowered.code) : lowered.code
    return withInlineMap(code, { ...lowered.map, sources: [pathToFileURL(fileName).href] })
  }
}

/** Node takes types out and changes nothing else; so the inserted `import … = require(…)` is written as JavaScript, in as many characters. */
function withRequire(text: string): string {
  return text.replace(/\bimport (__tsgrad\w* = require\('tsgrad'\);)/, 'const  $1')
}
