/**
 * The plugin for bundlers with Rollup's plugin interface; unplugin.ts adapts it for the others.
 * It must hold no logic of its own: on-demand.ts lowers modules. It must not load code that one bundler alone needs.
 */
import type { UnpluginBuildContext, UnpluginMessage } from 'unplugin'
import type { Plugin, ViteDevServer } from 'vite'
import { COMPONENT, fileNameOf, namesFile } from '../program/file-names.ts'
import { lowerComponent } from './components/components.ts'
import { besideWriter, declarationWriterIn } from './modules/declaration-plugins.ts'
import { frame, type HostDiagnostic, message } from './modules/host-diagnostic.ts'
import { createMadeUp } from './modules/made-up.ts'
import {
  componentOf,
  DECLARATION,
  madeUpLoader,
  madeUpName,
  moduleId,
  ownSource,
  SOURCE,
} from './modules/module-ids.ts'
import { textOnDisk } from './modules/on-disk.ts'
import { type OptionalPart, requireReleases } from './modules/tool-releases.ts'
import {
  type BundlerOptions,
  createOnDemand,
  declarationErrors,
  type LoweredModule,
  type OnDemand,
} from './on-demand.ts'
import { inVitest } from './vitest.ts'
import { checkAtEnd } from './webpack-like.ts'

/** The `this` of the hooks: Rollup's plugin context. */
export type BuildContext = Pick<UnpluginBuildContext, 'addWatchFile'> & {
  error(message: UnpluginMessage | string): void
  warn?(message: UnpluginMessage | string): void
}
/** The same at the end of a build: only Rollup and its like list the modules. */
type EndContext = Pick<BuildContext, 'addWatchFile'> & Partial<BuildContext & { getModuleIds(): Iterable<string> }>

export type { BundlerOptions }

/** How a bundler takes an error: with its place, as text, or by an exception. */
export type Telling = 'place' | 'text' | 'exception'

export function bundled(part: OptionalPart, options: BundlerOptions = {}, telling: Telling = 'place') {
  const root = process.cwd()
  requireReleases(part, root)
  const onDemand = createOnDemand(options, root)
  const served: ServerHolder = { server: undefined }
  const madeUp = createMadeUp(onDemand)
  let writer: string | undefined
  let isDue = true
  return {
    name: 'tsgrad',
    enforce: 'pre' as const,
    buildStart(options?: { readonly plugins?: readonly unknown[] }) {
      writer = declarationWriterIn(options?.plugins ?? [])
      isDue = true
      onDemand.refresh()
    },
    watchChange: (id: string) => onDemand.update([fileNameOf(id, root)]),
    transform: {
      // before plugins that turn components into JavaScript and are `enforce: 'pre'` too, as Astro's is
      order: 'pre' as const,
      filter: { id: { include: [SOURCE, COMPONENT], exclude: DECLARATION } },
      handler(this: BuildContext, code: string, id: string) {
        const take = (lowered: LoweredModule | undefined) => {
          // a dev server writes no declarations
          const found = served.server ? lowered : besideWriter(lowered, writer)
          if (!found) return undefined
          watch(this, served.server, found.watched)
          for (const each of found.warnings ?? []) this.warn?.(messageFor([each], id, root, telling))
          if (found.errors.length === 0) return found.output
          const error = messageFor(found.errors, id, root, telling)
          if (telling === 'exception') throw new Error(error.message)
          this.error(error)
          return undefined
        }
        // the plugins of frameworks take the text of a whole component from Vite, and read its parts from the disk elsewhere
        if (COMPONENT.test(id) && namesFile(id))
          return lowerComponent(fileNameOf(id, root), code, root, onDemand, part === 'vite').then(take)
        const loader = madeUpLoader(id)
        if (loader) return take(madeUp.lower(id, madeUpName(id, loader, served.root ?? root), code))
        // older versions know no filters
        if (ownSource(id) === undefined) return undefined
        const { fileName, isMadeOfIt, isText } = moduleId(id)
        // a query that nobody knows leaves the file as it is
        const isOther = isMadeOfIt && (isText || code !== textOnDisk(fileName))
        return take(isOther ? undefined : onDemand.lower(fileName, code))
      },
    },
    buildEnd(this: EndContext, error?: Error) {
      // a dev server's build never ends
      const missed = error || served.server ? undefined : onDemand.missedIn(this.getModuleIds?.() ?? [])
      if (missed) this.error?.(missed)
    },
    writeBundle() {
      // once for a build that writes several bundles
      const errors = isDue ? declarationErrors(options, root) : []
      isDue = false
      if (errors.length > 0) throw new Error(message(errors, root))
    },
    webpack: checkAtEnd(onDemand),
    rspack: checkAtEnd(onDemand),
    // importing Vitest's types would make Vitest a required package
    vite: { ...inVite(onDemand, served, madeUp.idOf), ...inVitest(onDemand) } as Partial<Plugin>,
  }
}

/** What Vite says: its root, and its server, once there is one. */
interface ServerHolder {
  root?: string
  server: ViteDevServer | undefined
}

function watch(context: BuildContext, server: ViteDevServer | undefined, files: readonly string[]): void {
  for (const file of files)
    if (!server) context.addWatchFile(file)
    // Vite's server watches its root already, and `addWatchFile` would add the file to the module graph
    else if (!file.startsWith(`${server.config.root}/`)) server.watcher.add(file)
}

/** The first error with its place, and all of them in the message. */
function messageFor(errors: readonly HostDiagnostic[], id: string, root: string, telling: Telling): UnpluginMessage {
  const place = errors[0]?.place
  const text = message(errors, root)
  if (!place) return { id, message: text }
  const code = frame(place)
  if (telling !== 'place') return { id, message: `${text}\n\n${code}` }
  const { fileName: file, line, column } = place
  return Object.assign({ id, message: text, loc: { file, line, column } }, { frame: code })
}

/** The modules that an edit of another file changes, which Vite cannot know, since it does not follow type imports. */
function inVite(
  onDemand: OnDemand,
  served: ServerHolder,
  madeUpId: (fileName: string) => string | undefined,
): Partial<Plugin> {
  let last: { timestamp: number; files: readonly string[] } | undefined
  return {
    configResolved({ root }) {
      served.root = root
    },
    configureServer(server) {
      served.server = server
    },
    hotUpdate({ timestamp, modules }) {
      // Vite calls this hook once for each environment
      if (last?.timestamp !== timestamp) last = { timestamp, files: onDemand.stale() }
      const { moduleGraph } = this.environment
      const others = last.files.flatMap(file => {
        const id = madeUpId(file)
        return id === undefined
          ? [...(moduleGraph.getModulesByFile(componentOf(file)) ?? [])]
          : (moduleGraph.getModuleById(id) ?? [])
      })
      return others.length > 0 ? [...new Set([...modules, ...others])] : undefined
    },
  }
}
