/**
 * The entry `tsgrad/bun`: the bundler of Bun asks for a module as its runtime and its test runner do, and takes no source maps from plugins.
 * It must hold no logic of its own: what becomes of a module is said in on-demand.ts.
 */
import { readFileSync } from 'node:fs'
import { inputsOf } from './modules/inputs.ts'
import { loaderOf } from './modules/module-ids.ts'
import { loweredOrRefused, RefusedError } from './modules/refused.ts'
import { createOnDemand, type HostOptions, type OnDemand } from './on-demand.ts'

export type { HostOptions }

/** What this takes of Bun's own types. */
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
/** What the bundler has, and the runtime has not. */
interface Bundling {
  /** What `Bun.build` was given. */
  readonly config: { metafile?: boolean }
  onEnd(callback: (result: Parameters<ReturnType<typeof inputsOf>>[0]) => void): unknown
}
interface BunLoadResult {
  contents: string
  loader: 'ts' | 'tsx'
}

/** TypeScript files that are not a package's. */
const OWN_SOURCES = /^(?!.*[\\/]node_modules[\\/]).*\.[mc]?tsx?$/
/** Those that its runtime cannot but take for CommonJS are left to it: of what a plugin gives, it runs no CommonJS, and says nothing. */
const OWN_MODULES = /^(?!.*[\\/]node_modules[\\/]).*\.m?tsx?$/

export default function plugin(options: HostOptions = {}): BunPlugin {
  return {
    name: 'tsgrad',
    setup(build) {
      const root = process.cwd()
      const onDemand = createOnDemand(options, root)
      const isRuntime = build.config === undefined
      if (hasEnd(build)) checkAtBuildEnd(build, onDemand, root)
      build.onLoad({ filter: isRuntime ? OWN_MODULES : OWN_SOURCES }, ({ path }) => {
        const text = readFileSync(path, 'utf8')
        const output = loweredOrRefused(onDemand, path, text)
        // the bundler goes on by itself, also where a file is imported as something else than a module
        if (!output && !isRuntime) return undefined
        const code = output?.code ?? text
        // a file without imports and exports is run then, and fails aloud where it is CommonJS
        return { contents: isRuntime ? `${code}\nexport {}` : code, loader: loaderOf(path) }
      })
    },
  }
}

/** Old versions of the bundler have no end. */
const hasEnd = (build: BunBuild): build is BunBuild & Bundling => build.config !== undefined && 'onEnd' in build

function checkAtBuildEnd({ config, onEnd }: Bundling, onDemand: OnDemand, root: string): void {
  const read = inputsOf(config, root)
  onEnd(result => {
    const text = onDemand.missedIn(read(result))
    if (text !== undefined) throw new RefusedError(text)
  })
}
