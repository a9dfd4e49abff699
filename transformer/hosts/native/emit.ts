/**
 * Writes the outputs of a lowered project: through the compiler's API where that can emit (from TypeScript 7.1 on), else by its
 * command on a staging folder. The outputs refer to the original files. It must not know operators.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type ts from 'typescript'
import type { InternalFile, InternalProgram } from '../../compiler/undocumented.ts'
import type { ProgramFile } from '../../program/lowered-program.ts'
import { isInPackage } from '../../program/packages.ts'
import { isIncremental } from '../../program/type-check.ts'
import { originalSourceMap } from '../../text/positions.ts'
import { moveFile } from '../disk/replace.ts'
import { endingBySignals, type HeldSignal } from '../disk/signals.ts'
import { buildInfoOf, copyBuildInfo } from './build-info.ts'
import { makeOwnFolder } from './own-folder.ts'
import type { NativePackage, NativeProgram } from './package.ts'
import { declarationNameOf, declarationsOfReferences } from './references.ts'
import { runCompiler } from './run-compiler.ts'
import { type Stage, type StagedFile, stageProject } from './staging.ts'

export interface Emitting {
  readonly native: NativePackage
  readonly tsconfig: string
  /** Options that the tsconfig.json does not have. */
  readonly overrides: object
  /** The program of the lowered texts. */
  readonly program: ts.Program
  readonly files: readonly ProgramFile[]
}

export interface Emitted {
  readonly names: readonly string[]
  /** What the compiler's command printed, if it failed. */
  readonly failure?: string
}

/** Outputs take their places when all of them are finished. A signal ends the process after what it began was removed. */
export async function emit(emitting: Emitting): Promise<Emitted> {
  const { emitToString } = emitting.program as ts.Program & Pick<NativeProgram, 'emitToString'>
  return endingBySignals(held =>
    // the API writes no .tsbuildinfo
    emitToString && !isIncremental(emitting.program.getCompilerOptions())
      ? emitByProgram(emitting, emitToString())
      : emitByStage(emitting, held),
  )
}

const byName = (files: readonly ProgramFile[]) => new Map(files.map(file => [file.original.fileName, file]))

async function emitByProgram(
  { files, tsconfig, program }: Emitting,
  output: ReturnType<NonNullable<NativeProgram['emitToString']>>,
): Promise<Emitted> {
  const lowered = byName(files)
  const outputs = [...output.outputFiles]
  const waiting = makeOwnFolder(dirname(tsconfig), program.getCompilerOptions())
  try {
    for (const [i, [name, { text, sourceFileName }]] of outputs.entries()) {
      const sources = sourceFileName === undefined ? [] : [{ fileName: sourceFileName }]
      writeFileSync(join(waiting.folder, `${i}`), originalSourceMap(lowered, name, text, sources))
    }
    for (const [i, [name]] of outputs.entries()) publish(join(waiting.folder, `${i}`), name)
    return { names: outputs.map(([name]) => name) }
  } finally {
    waiting.remove()
  }
}

function publish(from: string, name: string): void {
  if (from === name) return
  mkdirSync(dirname(name), { recursive: true })
  moveFile(from, name)
}

async function emitByStage(
  { native, tsconfig, overrides, program, files }: Emitting,
  held: HeldSignal,
): Promise<Emitted> {
  const options = program.getCompilerOptions()
  const roots = program.getRootFileNames()
  const declarations = declarationsOfReferences(native, tsconfig)
  const missing = [...declarations].find(([source, name]) => program.getSourceFile(source) && !existsSync(name))
  if (missing) return { names: [], failure: notBuilt(...missing) }
  const staged = stagedFiles(program, files, declarations)
  const stage = stageProject({ tsconfig, options, overrides, roots, files: staged })
  try {
    const info = isIncremental(options) ? buildInfoOf(options, tsconfig) : undefined
    if (info) copyBuildInfo(info, stage.staged(info), stage.staged)
    // the texts are checked already, but an incremental build must store the results of a check
    const args = ['-p', stage.tsconfig, '--listEmittedFiles', '--pretty', 'false', ...(info ? [] : ['--noCheck'])]
    const { output, hasFailed } = await runCompiler(native, args, dirname(tsconfig), held)
    if (held.received()) return { names: [] }
    const written = [...output.matchAll(/^TSFILE: (.*)$/gm)].map(([, name]) => resolve(name!))
    const outputs = written.filter(name => !name.endsWith('.tsbuildinfo'))
    const rootDir = options.sourceRoot === undefined ? undefined : (options.rootDir ?? dirname(tsconfig))
    for (const name of outputs) rewriteOutput(stage, byName(files), name, rootDir)
    for (const name of outputs) publish(name, stage.real(name))
    // the last one, since it says that the others are there
    if (info) copyBuildInfo(stage.staged(info), info, stage.real)
    return { names: written.map(stage.real), ...(hasFailed && { failure: stage.withoutStage(output) }) }
  } finally {
    stage.remove()
  }
}

const notBuilt = (source: string, declaration: string) =>
  `error TS6305: Output file '${declaration}' has not been built from source file '${source}'.\n`

/**
 * All files of the project itself and of packages that are linked into it, with the texts that are compiled; of a project that it refers
 * to, the declarations.
 */
function stagedFiles(
  program: ts.Program,
  files: readonly ProgramFile[],
  declarations: ReadonlyMap<string, string>,
): readonly StagedFile[] {
  const lowered = byName(files)
  const resolving = program as InternalProgram
  const own = program.getSourceFiles().filter(file => !isInPackage(file.fileName))
  const referenced = own.filter(file => declarations.has(file.fileName))
  const declared = referenced.map(({ fileName }) => ({
    name: declarationNameOf(fileName),
    text: readFileSync(declarations.get(fileName)!, 'utf8'),
    neighbours: [],
  }))
  const sources = own.filter(file => !declarations.has(file.fileName))
  const written = sources.map((file: InternalFile) => ({
    name: file.fileName,
    text: lowered.get(file.fileName)?.mapped.text ?? file.text,
    neighbours: (file.imports ?? []).flatMap(specifier => {
      const name = resolving.getResolvedModuleFromModuleSpecifier(specifier, file)?.resolvedModule?.resolvedFileName
      return specifier.text.startsWith('.') && name !== undefined ? [name] : []
    }),
  }))
  return [...written, ...declared]
}

/** Source maps, references and file names in an output lead to the project, not to the stage. */
function rewriteOutput(
  stage: Stage,
  files: ReadonlyMap<string, ProgramFile>,
  name: string,
  rootDir: string | undefined,
): void {
  const text = readFileSync(name, 'utf8')
  // with a sourceRoot the names in a map are relative to the sources' root, as they would be without a stage
  const folder = rootDir === undefined ? dirname(name) : stage.staged(rootDir)
  const sources: { fileName: string }[] = []
  const renamed = withMaps(name, text, map => {
    const names = map.sources.map(source => stage.real(resolve(folder, source)))
    sources.push(...names.map(fileName => ({ fileName })))
    return { ...map, sources: names.map(each => relative(stage.real(folder), each).replaceAll('\\', '/')) }
  })
  const rewritten = stage.withoutStage(originalSourceMap(files, name, renamed, sources))
  if (rewritten !== text) writeFileSync(name, rewritten)
}

interface SourceMap {
  readonly sources: readonly string[]
}

/** A text with another source map, if it is one or holds one. */
function withMaps(name: string, text: string, change: (map: SourceMap) => SourceMap): string {
  if (name.endsWith('.map')) return JSON.stringify(change(JSON.parse(text)))
  return text.replace(/(\/\/# sourceMappingURL=data:application\/json;base64,)([\w+/=]+)\s*$/, (_, start, map) => {
    const changed = JSON.stringify(change(JSON.parse(Buffer.from(map, 'base64').toString('utf8'))))
    return start + Buffer.from(changed, 'utf8').toString('base64')
  })
}
