/**
 * The adapter for esbuild, whose plugins select the files that they load.
 * It must hold no logic of its own: on-demand.ts lowers modules.
 */
import { readFile } from 'node:fs/promises'
import type { OnLoadResult, PartialMessage, PluginBuild } from 'esbuild'
import type { HostDiagnostic } from './modules/host-diagnostic.ts'
import { inputsOf } from './modules/inputs.ts'
import { loaderOf, moduleId, ownSource } from './modules/module-ids.ts'
import type { LoweredModule, OnDemand } from './on-demand.ts'

export function setUpEsbuild(build: PluginBuild, onDemand: OnDemand, root: string): void {
  const { initialOptions } = build
  const read = inputsOf(initialOptions, initialOptions.absWorkingDir ?? root)
  build.onStart(() => onDemand.refresh())
  build.onLoad({ filter: /\.[mc]?tsx?$/, namespace: 'file' }, async ({ path, suffix }) => {
    const fileName = ownSource(path)
    if (fileName === undefined || moduleId(path + suffix).isMadeOfIt) return undefined
    const text = await readFile(path, 'utf8')
    const found = onDemand.lower(fileName, text)
    return found && resultOf(found, path, text)
  })
  build.onEnd(result => {
    const text = onDemand.missedIn(read(result))
    return text === undefined ? undefined : { errors: [{ text }] }
  })
}

function resultOf({ output, errors, watched }: LoweredModule, path: string, text: string): OnLoadResult {
  const watchFiles = [...watched]
  if (errors.length > 0) return { errors: errors.map(messageOf), watchFiles }
  const contents = output ? `${output.code}\n//# sourceMappingURL=${inlined(output.map)}` : text
  return { contents, loader: loaderOf(path), watchFiles }
}

function messageOf({ text, place }: HostDiagnostic): PartialMessage {
  if (!place) return { text }
  const { fileName: file, line, column, length, lineText } = place
  return { text, location: { file, line, column, length, lineText } }
}

const inlined = (map: object) =>
  `data:application/json;base64,${Buffer.from(JSON.stringify(map), 'utf8').toString('base64')}`
