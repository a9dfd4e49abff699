/** The end of a build by webpack or Rspack, for which unplugin has no list of modules. It must not know how files are lowered. */
import type { OnDemand } from './on-demand.ts'

/** The members that the compilers of both share. */
interface Compiler {
  readonly webpack: { readonly WebpackError: new (message: string) => Error }
  readonly hooks: {
    readonly afterCompile: { tap(name: string, hook: (compilation: Compilation) => void): void }
  }
}
interface Compilation {
  readonly fileDependencies: Iterable<string>
  readonly errors: { push(error: Error): unknown }
}

export const checkAtEnd = (onDemand: OnDemand) => (compiler: unknown) => {
  const { hooks, webpack } = compiler as Compiler
  hooks.afterCompile.tap('tsgrad', ({ fileDependencies, errors }) => {
    const missed = onDemand.missedIn(fileDependencies)
    if (missed) errors.push(new webpack.WebpackError(missed))
  })
}
