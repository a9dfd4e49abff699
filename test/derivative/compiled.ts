/** Compiles a function on plain numbers with the whole transformer, and gives its gradient. It must not know what is expected. */
import { compile, run, shown } from '../compile.ts'

/** A flag that a user may set, so that generated text must pass it. */
export const strict = {
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  allowUnreachableCode: false,
  exactOptionalPropertyTypes: true,
  noImplicitReturns: true,
  declaration: false,
}

type ValueAndGradient = (...args: readonly unknown[]) => [value: number, gradient: unknown]

export interface CompiledGradient {
  readonly f: (...args: readonly unknown[]) => number
  readonly derived: ValueAndGradient
  /** The text that the compiler saw. */
  readonly text: string
}

/** `function f(…) { … }`, with other statements before it. */
export const programWith = (source: string) =>
  `import { valueAndGrad } from 'tsgrad'\n${source.replace(/\bfunction f\(/, 'export function f(')}\nexport const derived = valueAndGrad(f)\n`

/** The gradients of functions `f`, one a file of one program. @throws Error for any diagnostic. */
export function compiledGradients(sources: readonly string[]): readonly CompiledGradient[] {
  const files = Object.fromEntries(sources.map((source, i) => [`f${i}.ts`, programWith(source)]))
  const compiled = compile(files, strict)
  if (compiled.diagnostics.length > 0) throw new Error(compiled.diagnostics.map(shown).join('\n'))
  const emitted = compiled.emit()
  return sources.map((_, i) => {
    const { f, derived } = run(emitted.get(`f${i}.js`)!)
    return { f, derived, text: compiled.lowered(`f${i}.ts`) } as CompiledGradient
  })
}

/** What the transformer says of each of such functions. */
export function refusalsOf(sources: readonly string[]): readonly (readonly string[])[] {
  const files = Object.fromEntries(sources.map((source, i) => [`f${i}.ts`, programWith(source)]))
  const { diagnostics } = compile(files)
  return sources.map((_, i) => diagnostics.filter(({ file }) => file?.fileName.endsWith(`/f${i}.ts`)).map(shown))
}
