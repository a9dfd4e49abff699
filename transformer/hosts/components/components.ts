/**
 * Natural math in the scripts and templates of components of Vue, Svelte and Astro: it is lowered in what stands for the component, and what
 * changed there is changed in the component; where that has no place for a change, it is an error.
 * It must not know the host.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TypeScript } from '../../compiler/typescript.ts'
import { type FileName, fileNameOf } from '../../program/file-names.ts'
import { catalogue, stated } from '../../report/diagnostics.ts'
import { textMap } from '../../text/positions.ts'
import type { Replacement } from '../../text/text.ts'
import { Writer } from '../../text/writer.ts'
import { compilerOf } from '../modules/compiler.ts'
import type { HostDiagnostic, HostLocation } from '../modules/host-diagnostic.ts'
import type { LoweredModule, OnDemand } from '../on-demand.ts'
import { type Converted, mappedScript } from './mapped.ts'
import type { ComponentScript } from './script.ts'
import { type VueTools, vueScript } from './vue.ts'

type Asked = Pick<OnDemand, 'lower' | 'passesBy'>

/**
 * Lowers a component; undefined where it holds no TypeScript, or its project does not use tsgrad.
 *
 * @param isTaken whether the host takes the lowered text; else natural math is an error.
 */
export async function lowerComponent(
  fileName: FileName,
  code: string,
  root: string,
  { lower, passesBy }: Asked,
  isTaken = true,
): Promise<LoweredModule | undefined> {
  if (passesBy(fileName, code)) return undefined
  const script = await scriptOf(fileName, code, root)
  if (typeof script === 'string')
    return { output: undefined, errors: [fault(script, catalogue.componentUnread.code)], watched: [] }
  if (!script) return undefined
  const found = lower(fileNameOf(fileName + script.extension, root), script.text)
  if (!found) return undefined
  const [errors, warnings] = [found.errors, found.warnings ?? []].map(all =>
    all.map(each => placed(each, fileName, script, code)),
  ) as [HostDiagnostic[], HostDiagnostic[]]
  if (errors.length > 0 || !found.mapped) return { ...found, errors, warnings, output: undefined }
  const edits = found.mapped.edits()
  const own = edits.map(edit => editInComponent(edit, script, code))
  const lost = own.indexOf(undefined)
  const once = isTaken && lost < 0 ? appliedOnce(own as Replacement[]) : undefined
  if (!once) {
    const text = stated(catalogue.componentMath, fileName.slice(fileName.lastIndexOf('.')))
    const at = nearOrigin(script, edits[Math.max(0, lost)]!.start) ?? 0
    return { ...found, output: undefined, errors: [{ ...fault(text), place: locationIn(fileName, code, at) }] }
  }
  const mapped = edited(code, once)
  if (process.env.TSGRAD_PROVE === '1') await proveComponent(fileName, mapped.text, root, lower)
  return { ...found, errors, warnings, output: { code: mapped.text, map: textMap(mapped, fileName) } }
}

/** The lowered component holds no natural math, and its script no error. */
async function proveComponent(fileName: FileName, code: string, root: string, lower: Asked['lower']): Promise<void> {
  const script = await scriptOf(fileName, code, root)
  if (!script || typeof script === 'string') throw new Error(`${fileName} has no script after lowering`)
  const again = lower(fileNameOf(`${fileName}.lowered${script.extension}`, root), script.text)
  if (again?.mapped || again?.errors.length !== 0)
    throw new Error(`${fileName} is not lowered:\n${code}\n${again?.errors.map(({ text }) => text).join('\n')}`)
}

const fault = (text: string, code: number = catalogue.componentMath.code): HostDiagnostic => ({
  code,
  text,
  place: undefined,
})

/** What stands for a component, or why it cannot be had. */
async function scriptOf(fileName: FileName, code: string, root: string): Promise<ComponentScript | string | undefined> {
  if (fileName.endsWith('.vue')) {
    const tools = found<VueTools>(root, '@vue/language-core', 'vue-tsc')
    return tools ? vueScript(tools, compilerOf(root) as TypeScript, fileName, code) : missing('vue', 'vue-tsc')
  }
  if (fileName.endsWith('.svelte')) {
    if (!/<script\b[^>]*\blang=["']?ts\b/.test(code)) return undefined
    const tool = found<{ svelte2tsx(code: string, options: object): Converted }>(root, 'svelte2tsx')
    if (!tool) return missing('svelte', 'svelte2tsx')
    const converted = tool.svelte2tsx(code, { filename: fileName, isTsFile: true, mode: 'ts' })
    const types = join(requireFrom(root).resolve('svelte2tsx'), '../svelte-shims-v4.d.ts')
    return mappedScript(converted, code, '.ts', `/// <reference path=${JSON.stringify(types)} />\n`)
  }
  const path = resolved(root, '@astrojs/compiler', 'astro')
  if (path === undefined) return missing('astro', '@astrojs/compiler')
  const { convertToTSX } = (await import(pathToFileURL(path).href)) as {
    convertToTSX(code: string, options: object): Promise<Converted>
  }
  return mappedScript(await convertToTSX(code, { filename: fileName }), code, '.tsx')
}

const missing = (kind: string, tool: string) => stated(catalogue.componentUnread, `.${kind}`, tool)

const requireFrom = (folder: string) => createRequire(join(folder, 'package.json'))

/** The path of a tool that the project sees, or that a package which the project sees has. */
function resolved(root: string, tool: string, behind?: string): string | undefined {
  const own = requireFrom(root)
  for (const from of [own, ...(behind === undefined ? [] : [behind])]) {
    try {
      return (typeof from === 'string' ? createRequire(own.resolve(`${from}/package.json`)) : from).resolve(tool)
    } catch {
      // the next one may have it
    }
  }
  return undefined
}

function found<Tool>(root: string, tool: string, behind?: string): Tool | undefined {
  const path = resolved(root, tool, behind)
  return path === undefined ? undefined : (createRequire(path)(path) as Tool)
}

/** The edit in the component itself; undefined where it is outside of what was copied from it, or copies what was not. */
function editInComponent(
  { start, end, text }: Replacement,
  script: ComponentScript,
  code: string,
): Replacement | undefined {
  const { origin } = script
  const from = origin(start) ?? (IMPORT.test(text) ? nearOrigin(script, start) : undefined)
  const to = start === end ? from : origin(end)
  const isCopy = from !== undefined && to !== undefined && to - from === end - start
  return isCopy && !isForeign(text, code.slice(0, from)) ? { start: from, end: to, text } : undefined
}

/** In the order of the component; undefined where two of them meet. An expression that the tool wrote twice is edited once, alike. */
function appliedOnce(edits: readonly Replacement[]): readonly Replacement[] | undefined {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end)
  const once = sorted.filter((each, i) => i === 0 || JSON.stringify(each) !== JSON.stringify(sorted[i - 1]))
  const isApart = once.every(
    (each, i) => i === 0 || (once[i - 1]!.end <= each.start && once[i - 1]!.start < each.start),
  )
  return isApart ? once : undefined
}

/** The import of what lowered texts call: it stands among the imports, beside what a tool may have written there. */
const IMPORT = /^[;\s]*import \{/

/** The place in the component nearest to one of the script: before it, else behind it. */
function nearOrigin({ origin, text }: ComponentScript, position: number): number | undefined {
  for (let at = position; at >= 0; at--) if (origin(at) !== undefined) return origin(at)
  for (let at = position; at < text.length; at++) if (origin(at) !== undefined) return origin(at)
  return undefined
}

/** Whether a text would end the attribute that it stands in, be read as markup, or names what only the tool's text has. */
const isForeign = (text: string, before: string): boolean =>
  /__VLS_|["<&]/.test(text) || (text.includes("'") && /=\s*'[^']*$/.test(before))

function edited(code: string, edits: readonly Replacement[]) {
  const writer = new Writer(code)
  let at = 0
  for (const { start, end, text } of edits) {
    writer.copy(at, start)
    writer.insert(text, start, end)
    at = end
  }
  writer.copy(at, code.length)
  return writer.finish()
}

/** The same error at its place in the component. */
function placed(error: HostDiagnostic, fileName: FileName, script: ComponentScript, code: string): HostDiagnostic {
  if (!error.place) return error
  const { line, column, length } = error.place
  const lines = script.text.split('\n')
  const position = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column
  const origin = script.origin(position)
  return { ...error, place: origin === undefined ? undefined : { ...locationIn(fileName, code, origin), length } }
}

function locationIn(fileName: FileName, code: string, position: number): HostLocation {
  const before = code.slice(0, position).split('\n')
  const lineText = code.split('\n')[before.length - 1]!.replace(/\r$/, '')
  return { fileName, line: before.length, column: before.at(-1)!.length, length: 1, lineText }
}
