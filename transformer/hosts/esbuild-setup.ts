/**
 * The adapter for esbuild, whose plugins say themselves which files they load.
 * It must hold no logic of its own: what becomes of a module is said in on-demand.ts.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { BuildOptions, BuildResult, OnLoadResult, PartialMessage, PluginBuild } from 'esbuild'
import { catalogue, stated } from '../report/diagnostics.ts'
import { inputsOf, reachedSince, takesPart } from './modules/bystander.ts'
import { FOREIGN, loaderOf, moduleId } from './modules/module-ids.ts'
import type { Reported } from './modules/reported.ts'
import type { LoweredModule, OnDemand } from './on-demand.ts'

export function setUpEsbuild(build: PluginBuild, onDemand: OnDemand, root: string): void {
  const { initialOptions } = build
  const folder = initialOptions.absWorkingDir ?? root
  const entries = entriesOf(initialOptions, folder)
  if (!takesPart(onDemand, folder, entries)) {
    const areForeseen = isForeseen(initialOptions, entries)
    if (areForeseen) refuseRuntime(build)
    standBy(build, onDemand, areForeseen ? () => entries : inputsOf(initialOptions, folder))
    return
  }
  build.onStart(() => onDemand.refresh())
  build.onLoad({ filter: /\.[mc]?tsx?$/, namespace: 'file' }, async ({ path, suffix }) => {
    if (FOREIGN.some(each => each.test(path)) || moduleId(path + suffix).isMadeOfIt) return undefined
    const text = await readFile(path, 'utf8')
    const found = onDemand.lower(path, text)
    return found && resultOf(found, path, text)
  })
}

function standBy(
  { onStart, onEnd }: PluginBuild,
  onDemand: OnDemand,
  read: (result: BuildResult) => readonly string[],
) {
  let isFirst = true
  onStart(() => {
    if (!isFirst) onDemand.refresh()
    isFirst = false
  })
  onEnd(result => {
    const text = reachedSince(onDemand, read(result))
    return text === undefined ? undefined : { errors: [{ text }] }
  })
}

/** Who imports tsgrad may have natural math, and is not there where all files were foreseen. */
function refuseRuntime({ onResolve }: PluginBuild): void {
  onResolve({ filter: /^tsgrad(?:\/|$)/ }, ({ importer }) => ({
    errors: [{ text: stated(catalogue.reachedSince, importer) }],
  }))
}

/** Options that lead to no other files than the texts of a project name. */
const HARMLESS = new Set(
  `absWorkingDir banner bundle charset chunkNames color define drop entryNames entryPoints external footer format
  globalName jsx keepNames legalComments logLevel mangleProps metafile minify minifyIdentifiers minifySyntax
  minifyWhitespace outbase outdir outfile packages platform plugins publicPath pure sourcemap sourcesContent splitting
  target treeShaking write`.split(/\s+/),
)

/** Whether a build reads no other files than a look at the project's files finds. */
function isForeseen(options: BuildOptions, entries: readonly string[]): boolean {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const isPlain = given.every(([name]) => HARMLESS.has(name)) && (options.plugins ?? []).length <= 1
  return isPlain && entries.every(entry => existsSync(entry))
}

function entriesOf({ entryPoints = [], stdin }: BuildOptions, folder: string): readonly string[] {
  const listed = Array.isArray(entryPoints)
    ? entryPoints.map(entry => (typeof entry === 'string' ? entry : entry.in))
    : Object.values(entryPoints)
  const files = [...listed, ...(stdin ? [`${stdin.resolveDir ?? '.'}/stdin.ts`] : [])]
  return files.map(entry => resolve(folder, entry))
}

function resultOf({ output, errors, watched }: LoweredModule, path: string, text: string): OnLoadResult {
  const watchFiles = [...watched]
  if (errors.length > 0) return { errors: errors.map(messageOf), watchFiles }
  const contents = output ? `${output.code}\n//# sourceMappingURL=${inlined(output.map)}` : text
  return { contents, loader: loaderOf(path), watchFiles }
}

function messageOf({ text, place }: Reported): PartialMessage {
  if (!place) return { text }
  const { fileName: file, line, column, length, lineText } = place
  return { text, location: { file, line, column, length, lineText } }
}

const inlined = (map: object) =>
  `data:application/json;base64,${Buffer.from(JSON.stringify(map), 'utf8').toString('base64')}`
