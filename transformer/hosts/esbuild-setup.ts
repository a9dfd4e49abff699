/**
 * The adapter for esbuild, whose plugins select the files that they load.
 * It must hold no logic of its own: on-demand.ts lowers modules.
 */

import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { BuildOptions, Loader, OnLoadResult, PartialMessage, PluginBuild } from 'esbuild'
import { COMPONENT } from '../program/file-names.ts'
import { catalogue, stated } from '../report/diagnostics.ts'
import { lowerComponent } from './components/components.ts'
import { besideWriter, declarationWriterIn } from './modules/declaration-plugins.ts'
import type { HostDiagnostic } from './modules/host-diagnostic.ts'
import { inputNames, inputsOf } from './modules/inputs.ts'
import { type LoadingPlugin, loadedBefore, otherSources, takeLoads } from './modules/loads.ts'
import { createMadeUp, loadedText, type MadeUp } from './modules/made-up.ts'
import { loaderOf, madeUpName, moduleId, ownSource } from './modules/module-ids.ts'
import { type BundlerOptions, createOnDemand, declarationErrors, type LoweredModule } from './on-demand.ts'

export function setUpEsbuild(build: PluginBuild, options: BundlerOptions, root: string): void {
  const { initialOptions } = build
  const { plugins = [], absWorkingDir: folder = root } = initialOptions
  const onDemand = createOnDemand(options, root)
  const read = inputsOf(initialOptions)
  const writer = declarationWriterIn(plugins)
  const madeUp = createMadeUp(onDemand)
  /** Modules of other plugins, and files that are loaded here. */
  const seen = takeLoads(plugins as readonly LoadingPlugin[], ({ id, text, loader, resolveDir = folder }) => {
    const found = madeUp.lower(id, madeUpName(id, loader, resolveDir), text)
    return found && resultOf(found, loader, text)
  })
  build.onStart(() => {
    onDemand.refresh()
    return { errors: faultsOfStdin(initialOptions, madeUp, folder) }
  })
  build.onLoad({ filter: /\.(?:[mc]?tsx?|vue|svelte|astro)$/, namespace: 'file' }, async ({ path, suffix }) => {
    const isComponent = COMPONENT.test(path)
    const { fileName, isText } = moduleId(path + suffix)
    seen.add(path)
    if ((ownSource(path) === undefined && !isComponent) || isText) return undefined
    const text = await readFile(path, 'utf8')
    const lowered = isComponent
      ? await lowerComponent(fileName, text, root, onDemand, false)
      : onDemand.lower(fileName, text)
    const found = besideWriter(lowered, writer)
    // the plugin of its framework loads a component
    return isComponent && found?.errors.length === 0 ? undefined : found && resultOf(found, loaderOf(path), text)
  })
  for (const { filter, loader } of otherSources(initialOptions.loader))
    build.onLoad({ filter, namespace: 'file' }, async ({ path }) => {
      seen.add(path)
      const text = await readFile(path, 'utf8')
      const found = madeUp.lower(path, madeUpName(path, loader, dirname(path)), text)
      return found && resultOf(found, loader, text)
    })
  build.onEnd(result => {
    const inputs = read(result)
    const text = onDemand.missedIn(inputNames(inputs, folder)) ?? loadedBefore(inputs, seen, folder, onDemand)
    if (text !== undefined) return { errors: [{ text }] }
    return result.errors.length > 0 ? undefined : { errors: declarationErrors(options, root).map(messageOf) }
  })
}

/** No plugin is asked for the text of `stdin`. */
function faultsOfStdin({ stdin }: BuildOptions, { lower }: MadeUp, folder: string): PartialMessage[] {
  const { contents, loader, resolveDir = folder, sourcefile = '<stdin>' } = stdin ?? {}
  if (contents === undefined || (loader !== 'ts' && loader !== 'tsx')) return []
  const found = lower(sourcefile, madeUpName(sourcefile, loader, resolveDir), loadedText(contents))
  if (!found || found.errors.length > 0) return (found?.errors ?? []).map(messageOf)
  return found.output ? [{ text: stated(catalogue.notSeen, sourcefile, 'It is not a file: write it to one.') }] : []
}

function resultOf(
  { output, errors, warnings = [], watched }: LoweredModule,
  loader: Loader,
  text: string,
): OnLoadResult {
  const watchFiles = [...watched]
  if (errors.length > 0) return { errors: errors.map(messageOf), watchFiles }
  const contents = output ? `${output.code}\n//# sourceMappingURL=${inlined(output.map)}` : text
  return { contents, loader, warnings: warnings.map(messageOf), watchFiles }
}

function messageOf({ text, place }: HostDiagnostic): PartialMessage {
  if (!place) return { text }
  const { fileName: file, line, column, length, lineText } = place
  return { text, location: { file, line, column, length, lineText } }
}

const inlined = (map: object) =>
  `data:application/json;base64,${Buffer.from(JSON.stringify(map), 'utf8').toString('base64')}`
