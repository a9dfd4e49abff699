/**
 * The entry `tsgrad/bun`: the bundler of Bun asks for a module as its runtime and its test runner do, and takes no source maps from plugins.
 * It must hold no logic of its own: what becomes of a module is said in on-demand.ts.
 */
import { readFileSync } from 'node:fs'
import { loaderOf } from './modules/module-ids.ts'
import { loweredOrRefused } from './modules/refused.ts'
import { createOnDemand, type HostOptions } from './on-demand.ts'

export type { HostOptions }

/** What this takes of Bun's own types. */
export interface BunPlugin {
  readonly name: string
  setup(build: BunBuild): void
}
interface BunBuild {
  /** What `Bun.build` was given; its runtime has none. */
  readonly config?: object
  onLoad(
    constraints: { readonly filter: RegExp },
    callback: (args: { readonly path: string }) => Loaded | undefined,
  ): unknown
}
interface Loaded {
  contents: string
  loader: 'ts' | 'tsx'
}

/** TypeScript files that are not a package's. */
const OWN = /^(?!.*[\\/]node_modules[\\/]).*\.[mc]?tsx?$/
/** Those that its runtime cannot but take for CommonJS are left to it: of what a plugin gives, it runs no CommonJS, and says nothing. */
const OWN_MODULES = /^(?!.*[\\/]node_modules[\\/]).*\.m?tsx?$/

export default function plugin(options: HostOptions = {}): BunPlugin {
  return {
    name: 'tsgrad',
    setup(build) {
      const onDemand = createOnDemand(options, process.cwd())
      const isRuntime = build.config === undefined
      build.onLoad({ filter: isRuntime ? OWN_MODULES : OWN }, ({ path }) => {
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
