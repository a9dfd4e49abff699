/**
 * The entry `tsgrad/bun`. Bun's bundler, runtime and test runner load modules through the same hooks; its plugins cannot pass source maps.
 * It must hold no logic of its own: on-demand.ts lowers modules.
 */
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileNameOf } from '../program/file-names.ts'
import { inputNames, inputsOf } from './modules/inputs.ts'
import { type LoadingPlugin, loadedBefore, otherSources, takeLoads } from './modules/loads.ts'
import { createMadeUp, type MadeUp } from './modules/made-up.ts'
import { loaderOf, madeUpName } from './modules/module-ids.ts'
import { loweredOrRefused, RefusedError, refusalFor } from './modules/refused.ts'
import { createOnDemand, type HostOptions, type OnDemand } from './on-demand.ts'

export type { HostOptions }

/** The members of Bun's types that this adapter uses. */
export interface BunPlugin {
  readonly name: string
  setup(build: BunBuild): void
}
interface BunBuild extends Partial<Bundling> {
  onLoad(
    constraints: { readonly filter: RegExp },
    callback: (args: { readonly path: string }) => BunLoadResult | undefined,
  ): unknown
}
/** Members of the bundler that the runtime does not have. */
interface Bundling {
  /** The options of `Bun.build`. */
  readonly config: {
    metafile?: boolean
    readonly plugins?: readonly LoadingPlugin[]
    readonly loader?: Readonly<Record<string, string>>
  }
  onEnd(callback: (result: Parameters<ReturnType<typeof inputsOf>>[0]) => void): unknown
}
interface BunLoadResult {
  contents: string
  loader: 'ts' | 'tsx'
}

const SOURCES = /\.[mc]?tsx?$/
/** Files that the runtime treats as CommonJS by their names are left to it: it silently skips CommonJS that a plugin returns. */
const MODULES = /\.m?tsx?$/

export default function plugin(options: HostOptions = {}): BunPlugin {
  return {
    name: 'tsgrad',
    setup(build) {
      const root = process.cwd()
      const onDemand = createOnDemand(options, root)
      const isRuntime = build.config === undefined
      const madeUp = createMadeUp(onDemand)
      const seen = takenLoads(build.config?.plugins ?? [], madeUp, root)
      for (const { filter, loader } of otherSources(build.config?.loader))
        build.onLoad({ filter }, ({ path }) => {
          seen.add(path)
          const contents = madeUpOrRefused(
            madeUp,
            path,
            madeUpName(path, loader, dirname(path)),
            readFileSync(path, 'utf8'),
          )
          return contents === undefined ? undefined : { contents, loader }
        })
      if (hasEnd(build)) checkAtBuildEnd(build, seen, onDemand, root)
      build.onLoad({ filter: isRuntime ? MODULES : SOURCES }, ({ path }) => {
        seen.add(path)
        const text = readFileSync(path, 'utf8')
        const output = loweredOrRefused(onDemand, fileNameOf(path, root), text)
        // undefined lets the bundler continue, also for a file imported as text or as a URL
        if (!output && !isRuntime) return undefined
        const code = output?.code ?? text
        // Bun then runs a file without imports and exports as a module, and a CommonJS file fails with an error
        return { contents: isRuntime ? `${code}\nexport {}` : code, loader: loaderOf(path) }
      })
    },
  }
}

/** Old versions of the bundler have no `onEnd`. */
const hasEnd = (build: BunBuild): build is BunBuild & Bundling => build.config !== undefined && 'onEnd' in build

/** What plugins behind this one load is lowered too. @returns the modules that they loaded. */
const takenLoads = (plugins: readonly LoadingPlugin[], madeUp: MadeUp, root: string): Set<string> =>
  takeLoads(plugins, ({ id, text, loader, resolveDir = root }) => {
    const contents = madeUpOrRefused(madeUp, id, madeUpName(id, loader, resolveDir), text)
    return contents === undefined ? undefined : { contents }
  })

/** The JavaScript of a module without a file of that name. */
function madeUpOrRefused({ lower }: MadeUp, ...module: Parameters<MadeUp['lower']>): string | undefined {
  const found = lower(...module)
  if (found && found.errors.length > 0) throw refusalFor(found.errors)
  return found?.output?.code
}

function checkAtBuildEnd(
  { config, onEnd }: Bundling,
  seen: ReadonlySet<string>,
  onDemand: OnDemand,
  root: string,
): void {
  const read = inputsOf(config)
  onEnd(result => {
    const inputs = read(result)
    const text = onDemand.missedIn(inputNames(inputs, root)) ?? loadedBefore(inputs, seen, root, onDemand)
    if (text !== undefined) throw new RefusedError(text)
  })
}
