/**
 * The end of a build by webpack or Rspack, for which unplugin has no list of modules: files that were passed by, and those that a request
 * such as `!!ts-loader!./a.ts` loads without tsgrad. It must not know how files are lowered.
 */
import { catalogue, stated } from '../report/diagnostics.ts'
import { ownSource } from './modules/module-ids.ts'
import { textOnDisk } from './modules/on-disk.ts'
import type { OnDemand } from './on-demand.ts'

/** The members that the compilers of both share. */
interface Compiler {
  readonly webpack: { readonly WebpackError: new (message: string) => Error }
  readonly hooks: {
    readonly compilation: { tap(name: string, hook: (compilation: Compiling) => void): void }
    readonly afterCompile: { tap(name: string, hook: (compilation: Compilation) => void): void }
  }
}
interface Compilation {
  readonly fileDependencies: Iterable<string>
  readonly errors: { push(error: Error): unknown }
}

interface Compiling extends Pick<Compilation, 'errors'> {
  readonly hooks: { readonly finishModules: { tap(name: string, hook: (modules: Iterable<Module>) => void): void } }
}
/** A module of a file has a request, the loaders' among it. */
interface Module {
  readonly type?: string
  readonly request?: string
  readonly resource?: string
}

export const checkAtEnd = (onDemand: OnDemand) => (compiler: unknown) => {
  const { hooks, webpack } = compiler as Compiler
  hooks.compilation.tap('tsgrad', ({ hooks: { finishModules }, errors }) =>
    finishModules.tap('tsgrad', modules => {
      for (const name of passedTsgrad(modules, onDemand))
        errors.push(new webpack.WebpackError(stated(catalogue.loadedWithout, name)))
    }),
  )
  hooks.afterCompile.tap('tsgrad', ({ fileDependencies, errors }) => {
    const missed = onDemand.missedIn(fileDependencies)
    if (missed) errors.push(new webpack.WebpackError(missed))
  })
}

/** The sources with natural math, or errors in it, that are JavaScript in the bundle and went through no loader of unplugin. */
function passedTsgrad(modules: Iterable<Module>, { lower }: OnDemand): readonly string[] {
  return [...modules].flatMap(({ type = '', request = '', resource = '' }) => {
    const source = ownSource(resource)
    // what makes JavaScript of it; others give its text
    const isCompiled = /(?:ts|swc|esbuild|babel|sucrase)-loader/.test(request)
    if (!source || !type.startsWith('javascript') || !isCompiled || /[\\/]unplugin[\\/]/.test(request)) return []
    const text = textOnDisk(source)
    const found = text === undefined ? undefined : lower(source, text)
    return found && (found.output || found.errors.length > 0) ? [source] : []
  })
}
