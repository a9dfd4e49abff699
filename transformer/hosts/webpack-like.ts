/** The adapter for webpack and Rspack. It must hold no logic of its own: what becomes of a module is said in on-demand.ts. */
import { createRequire } from 'node:module'
import { reachedSince, sourcesIn, takesPart } from './modules/bystander.ts'
import { createOnDemand, type HostOptions } from './on-demand.ts'

/** What the compilers of both have. */
interface Compiler {
  readonly context: string
  readonly options: {
    readonly entry: (() => unknown) | Readonly<Record<string, { readonly import?: readonly string[] }>>
  }
  readonly webpack: { readonly WebpackError: new (message: string) => Error }
  readonly hooks: {
    readonly watchRun: { tap(name: string, hook: () => void): void }
    readonly afterCompile: { tap(name: string, hook: (compilation: Compilation) => void): void }
  }
}
interface Compilation {
  readonly fileDependencies: Iterable<string>
  readonly errors: { push(error: Error): unknown }
}

export function pluginFor(framework: 'webpack' | 'rspack', options: HostOptions = {}) {
  return {
    apply(compiler: unknown) {
      const { context, options: given, webpack, hooks } = compiler as Compiler
      const { entry } = given
      const onDemand = createOnDemand(options, process.cwd())
      const isKnown = typeof entry !== 'function'
      const entries = isKnown ? Object.values(entry).flatMap(each => each.import ?? []) : []
      if (!isKnown || takesPart(onDemand, context, entries)) {
        unplugin()
          [framework](options)
          .apply(compiler as never)
        return
      }
      hooks.watchRun.tap('tsgrad', () => onDemand.refresh())
      hooks.afterCompile.tap('tsgrad', ({ fileDependencies, errors }) => {
        const text = reachedSince(onDemand, sourcesIn(fileDependencies))
        if (text) errors.push(new webpack.WebpackError(text))
      })
    },
  }
}

/** Loaded late, since loading it takes longer than all else. */
const unplugin = () => (createRequire(import.meta.url)('./unplugin.js') as typeof import('./unplugin.ts')).tsgrad
