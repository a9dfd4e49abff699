/**
 * The import graph of a program, and the files whose declarations all other files see.
 * Imports of types count like any other. It must not know operators.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { InternalFile, InternalProgram } from '../compiler/undocumented.ts'

/** The files that a file imports or refers to. */
export function referencesOf(ts: TypeScript, program: ts.Program, file: ts.SourceFile): readonly ts.SourceFile[] {
  const { imports = [] }: InternalFile = file
  const imported = imports.map(specifier => resolvedFile(program, specifier, file))
  const named = file.referencedFiles.map(({ fileName }) =>
    program.getSourceFile(ts.resolveTripleslashReference(fileName, file.fileName)),
  )
  return [...imported, ...named].filter(each => each !== undefined)
}

/** An import of a module that TypeScript does not find, and that no `declare module` describes. */
export interface UnresolvedImport {
  readonly fileName: string
  readonly specifier: string
  /** `import('…')`, whose value is of type `any`. */
  readonly isDynamic: boolean
}

/** Those of each file of a program that has any. What is imported for its effects alone gives nothing a type. */
export function unresolvedImports(
  ts: TypeScript,
  program: ts.Program,
): ReadonlyMap<string, readonly UnresolvedImport[]> {
  const checker = program.getTypeChecker()
  const found = new Map<string, UnresolvedImport[]>()
  for (const file of program.getSourceFiles()) {
    const { imports = [], fileName }: InternalFile = file
    for (const specifier of imports) {
      const { parent } = specifier
      // an import that the compiler adds itself, of tslib, has no place
      if (!parent || (ts.isImportDeclaration(parent) && !parent.importClause)) continue
      if (
        hasNoClasses(specifier.text) ||
        resolutionOf(program, specifier, file) ||
        checker.getSymbolAtLocation(specifier)
      )
        continue
      append(found, fileName, { fileName, specifier: specifier.text, isDynamic: ts.isCallExpression(parent) })
    }
  }
  return found
}

/** Whether a module is a part of a runtime, or what a bundler makes of a file that is no code: neither has a class that names operators. */
const hasNoClasses = (specifier: string): boolean =>
  /^(?:node|bun|deno|cloudflare):|\?(?:.*&)?(?:raw|url|inline|no-inline|worker|sharedworker)(?:[&=]|$)/.test(
    specifier,
  ) ||
  RUNTIME_MODULES.has(specifier.replace(/\/(?:promises|strict|posix|win32|web|consumers|types|test)$/, '')) ||
  ASSET.test(specifier)

/** Names by which Node and Bun have modules of their own; their types may not be installed. */
const RUNTIME_MODULES = new Set(
  (
    'assert async_hooks buffer bun child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 ' +
    'https inspector module net os path perf_hooks process punycode querystring readline repl stream string_decoder timers tls tty url util ' +
    'v8 vm worker_threads zlib'
  ).split(' '),
)

/** Styles, data, texts, pictures, sound, film, fonts and shaders, as bundlers take them. */
const ASSET =
  /\.(?:css|s[ac]ss|sss|less|styl(?:us)?|p(?:ost)?css|json5?|ya?ml|toml|csv|txt|mdx?|html?|gql|graphql|pdf|webmanifest|svg|png|jpe?g|jfif|gif|webp|avif|ico|bmp|woff2?|ttf|otf|eot|mp[34]|webm|ogg|wav|flac|aac|opus|mov|m4a|vtt|glb|gltf|wasm|glsl|wgsl|vert|frag)$/i

/** The files whose modules a file augments (`declare module 'decimal.js' { … }`). */
export function augmentedBy(ts: TypeScript, program: ts.Program, file: ts.SourceFile): readonly ts.SourceFile[] {
  const { moduleAugmentations = [] }: InternalFile = file
  return moduleAugmentations
    .filter(name => ts.isStringLiteral(name))
    .map(name => resolvedFile(program, name, file))
    .filter(each => each !== undefined)
}

/** Whether all files see the declarations of a file: a script, or a module with `declare global`. */
export function declaresGlobals(ts: TypeScript, file: ts.SourceFile): boolean {
  const { moduleAugmentations = [] }: InternalFile = file
  return !ts.isExternalModule(file) || moduleAugmentations.some(name => ts.isIdentifier(name))
}

function resolvedFile(
  program: ts.Program,
  specifier: ts.StringLiteralLike,
  file: ts.SourceFile,
): ts.SourceFile | undefined {
  const name = resolutionOf(program, specifier, file)?.resolvedFileName
  return name === undefined ? undefined : program.getSourceFile(name)
}

const resolutionOf = (program: ts.Program, specifier: ts.StringLiteralLike, file: ts.SourceFile) =>
  (program as InternalProgram).getResolvedModuleFromModuleSpecifier(specifier, file)?.resolvedModule

/** The transitive imports and importers of files. */
export interface Dependencies {
  /** The given files and all files that they import, over any number of steps. */
  below(files: Iterable<string>): ReadonlySet<string>
  /** The files that import one of the given ones, over any number of steps. */
  above(files: readonly string[]): ReadonlySet<string>
}

/** A file with global declarations, or with an augmentation of a module, counts as imported by each file that could see them. */
export function dependenciesIn(ts: TypeScript, program: ts.Program): Dependencies {
  const below = new Map<string, string[]>()
  const above = new Map<string, string[]>()
  const connect = (from: string, to: string) => {
    append(below, from, to)
    append(above, to, from)
  }
  const seenByAll: string[] = []
  for (const file of program.getSourceFiles()) {
    if (program.isSourceFileDefaultLibrary(file)) continue
    for (const to of referencesOf(ts, program, file)) connect(file.fileName, to.fileName)
    // importers of the module see the augmentation
    for (const to of augmentedBy(ts, program, file)) connect(to.fileName, file.fileName)
    if (declaresGlobals(ts, file)) seenByAll.push(file.fileName)
  }
  const all = () => new Set(program.getSourceFiles().map(({ fileName }) => fileName))
  return {
    below: files => closure([...files, ...seenByAll], below),
    above(files) {
      const direct = [...files].flatMap(name => above.get(name) ?? [])
      const reached = closure(direct, above)
      const isSeen = (name: string) => reached.has(name) || [...files].includes(name)
      return seenByAll.some(isSeen) ? all() : reached
    },
  }
}

/** Adds an edge. */
export function append<K, V>(edges: Map<K, V[]>, at: K, to: V): void {
  const known = edges.get(at)
  if (known) known.push(to)
  else edges.set(at, [to])
}

function closure(from: Iterable<string>, edges: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set(from)
  for (const name of reached) for (const next of edges.get(name) ?? []) reached.add(next)
  return reached
}
