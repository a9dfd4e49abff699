/**
 * A language service over the files of a project, some of them with other texts. Files with their own text are shared with the
 * project's program: they are parsed and bound once. It must not know what the texts are for.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import type { InternalFile, InternalProgram, InternalServiceHost } from '../../compiler/undocumented.ts'

/** Another text for a file. The same text is the same object, so that it is parsed once. */
export interface ServedText {
  readonly text: string
  readonly version: string
  file?: ts.SourceFile
}

/** Makes texts with versions of their own; `kind` keeps them apart from those of another maker. */
export function servedTexts(kind: string): (text: string) => ServedText {
  let made = 0
  return text => ({ text, version: `tsgrad-${kind}-${++made}` })
}

/** The current content of a shadow. */
export interface Scene {
  /** The project's own program. */
  readonly program: ts.Program
  /** Changes with every change of the content. */
  readonly version: string
  served(file: ts.SourceFile): ServedText | undefined
}

export interface Shadow {
  readonly service: ts.LanguageService
  /** Tells the shadow that modules may be resolved differently from now on. */
  forgetResolutions(): void
}

/** The members of the project's host that do not depend on texts. */
const KEPT = [
  ...[
    'getCurrentDirectory',
    'getDefaultLibFileName',
    'getNewLine',
    'useCaseSensitiveFileNames',
    'getCancellationToken',
  ],
  ...[
    'fileExists',
    'readFile',
    'directoryExists',
    'getDirectories',
    'readDirectory',
    'realpath',
    'log',
    'trace',
    'error',
  ],
  ...['getParsedCommandLine', 'useSourceOfProjectReferenceRedirect', 'getGlobalTypingsCacheLocation'],
  ...['getPackageJsonsVisibleToFile', 'getNearestAncestorDirectoryWithPackageJson', 'getPackageJsonAutoImportProvider'],
  ...['getLocalizedDiagnosticMessages', 'getTypeRootsVersion'],
] as const satisfies (keyof InternalServiceHost)[]

export function createShadow(ts: TypeScript, project: ts.LanguageServiceHost, scene: () => Scene): Shadow {
  const others = new Map<string, { readonly text: string; file?: ts.SourceFile }>()
  let stale = true

  const own = (name: string): InternalFile | undefined => {
    const file: InternalFile | undefined = scene().program.getSourceFile(name)
    return file?.redirectInfo ? file.redirectInfo.unredirected : file
  }
  const servedAt = (name: string): ServedText | undefined => {
    const file = own(name)
    return file && scene().served(file)
  }
  /** A file that only an inserted import resolves to, so that the project does not have it. */
  const other = (name: string) => {
    const known = others.get(name)
    if (known) return known
    const text = project.readFile(name)
    if (text === undefined) return undefined
    const made: { readonly text: string; file?: ts.SourceFile } = { text }
    others.set(name, made)
    return made
  }

  const host: InternalServiceHost = {
    ...(Object.fromEntries(KEPT.flatMap(name => bound(project, name))) as unknown as ts.LanguageServiceHost),
    getProjectVersion: () => scene().version,
    getCompilationSettings: () => scene().program.getCompilerOptions(),
    getProjectReferences: () => scene().program.getProjectReferences(),
    getScriptFileNames: () => [...scene().program.getRootFileNames()],
    getScriptVersion: name => servedAt(name)?.version ?? own(name)?.version ?? 'other',
    getScriptKind: name => own(name)?.scriptKind ?? ts.ScriptKind.Unknown,
    getScriptSnapshot(name) {
      const text = servedAt(name)?.text ?? own(name)?.text ?? other(name)?.text
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    resolveModuleNameLiterals: (literals, containing, redirected, options, file) =>
      literals.map(literal => resolve(literal, containing, redirected, options, file)),
    // the compiler asks for each file, and reuses those whose version is unchanged
    hasInvalidatedResolutions: () => stale,
  }
  const resolve = (
    literal: ts.StringLiteralLike,
    containing: string,
    redirected: ts.ResolvedProjectReference | undefined,
    options: ts.CompilerOptions,
    file: ts.SourceFile,
  ): ts.ResolvedModuleWithFailedLookupLocations => {
    const { program } = scene()
    const mode = ts.getModeForUsageLocation(file, literal, options)
    const original = program.getSourceFile(containing)
    const known = original && (program as InternalProgram).getResolvedModule(original, literal.text, mode)
    return known ?? ts.resolveModuleName(literal.text, containing, options, host as never, undefined, redirected, mode)
  }

  const acquire: ts.DocumentRegistry['acquireDocumentWithKey'] = (
    name,
    _path,
    _settings,
    _key,
    snapshot,
    version,
    kind,
    language,
  ) => {
    const parsed = () =>
      ts.createLanguageServiceSourceFile(name, snapshot, language ?? ts.ScriptTarget.ESNext, version, true, kind)
    const cell = servedAt(name) ?? (own(name) ? undefined : other(name))
    if (!cell) return own(name)!
    cell.file ??= parsed()
    return cell.file
  }
  const registry: Partial<ts.DocumentRegistry> = {
    acquireDocumentWithKey: acquire,
    updateDocumentWithKey: acquire,
    getKeyForCompilationSettings: () => '' as ts.DocumentRegistryBucketKey,
    releaseDocument() {},
    releaseDocumentWithKey() {},
  }
  const service = ts.createLanguageService(host, registry as ts.DocumentRegistry)
  return {
    service: {
      ...service,
      getProgram() {
        const program = service.getProgram()
        stale = false
        return program
      },
    },
    forgetResolutions() {
      stale = true
    },
  }
}

function bound(project: InternalServiceHost, name: keyof InternalServiceHost): [string, unknown][] {
  const value = project[name]
  return typeof value === 'function' ? [[name, value.bind(project)]] : []
}
