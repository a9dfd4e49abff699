/**
 * The adapter for bundlers, all of them by one factory.
 * It must hold no logic of its own: what becomes of a module is said in on-demand.ts.
 */
import { createUnplugin, type UnpluginBuildContext, type UnpluginMessage } from 'unplugin'
import type { Plugin, ViteDevServer } from 'vite'
import { setUpEsbuild } from './esbuild-setup.ts'
import { FOREIGN, moduleId, SOURCE } from './modules/module-ids.ts'
import { createOnDemand, type HostOptions, type LoweredModule, type OnDemand } from './modules/on-demand.ts'
import { frame, message } from './modules/reported.ts'

export const tsgrad = createUnplugin<HostOptions | undefined, false>((options = {}, { framework }) => {
  const root = process.cwd()
  const onDemand = createOnDemand(options, root)
  const name = 'tsgrad'
  if (framework === 'esbuild') return { name, esbuild: { setup: build => setUpEsbuild(build, onDemand, root) } }
  const served: Served = { server: undefined }
  return {
    name,
    enforce: 'pre',
    buildStart: () => onDemand.refresh(),
    watchChange: id => onDemand.update([id]),
    transform: {
      filter: { id: { include: [SOURCE], exclude: [...FOREIGN] } },
      handler(code, id) {
        const { fileName, isMadeOfIt } = moduleId(id)
        const found = isMadeOfIt ? undefined : onDemand.lower(fileName, code)
        if (!found) return undefined
        watch(this, served.server, found.watched)
        if (found.errors.length > 0) {
          const error = errorOf(found, id, root, framework)
          // Farm's own `error` ends the process when it is given one
          if (framework === 'farm') throw new Error(error.message)
          return this.error(error)
        }
        return found.output
      },
    },
    vite: inVite(onDemand, served),
  }
})

/** Vite's server, once there is one. */
interface Served {
  server: ViteDevServer | undefined
}

function watch(context: UnpluginBuildContext, server: ViteDevServer | undefined, files: readonly string[]): void {
  for (const file of files)
    if (!server) context.addWatchFile(file)
    // its server watches what lies in its root; `addWatchFile` would make an import of the file
    else if (!file.startsWith(`${server.config.root}/`)) server.watcher.add(file)
}

export type { HostOptions }

/** The first error with its place, and all of them in the message. */
function errorOf({ errors }: LoweredModule, id: string, root: string, framework: string): UnpluginMessage {
  const place = errors[0]?.place
  const text = message(errors, root)
  if (!place) return { id, message: text }
  const code = frame(place)
  // these take no more than a message
  if (['webpack', 'rspack', 'farm'].includes(framework)) return { id, message: `${text}\n\n${code}` }
  const { fileName: file, line, column } = place
  return Object.assign({ id, message: text, loc: { file, line, column } }, { frame: code })
}

/** What an edit makes of other modules, which Vite cannot know: imports of types are no imports to it. */
function inVite(onDemand: OnDemand, served: Served): Partial<Plugin> {
  let last: { timestamp: number; files: readonly string[] } | undefined
  return {
    configureServer(server) {
      served.server = server
    },
    hotUpdate({ timestamp, modules }) {
      // it is called for each environment
      if (last?.timestamp !== timestamp) last = { timestamp, files: onDemand.stale() }
      const { moduleGraph } = this.environment
      const others = last.files.flatMap(file => [...(moduleGraph.getModulesByFile(file) ?? [])])
      return others.length > 0 ? [...new Set([...modules, ...others])] : undefined
    },
  }
}
