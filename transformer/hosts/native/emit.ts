/**
 * Writes the outputs of a lowered project: through the compiler's API where that can emit (from TypeScript 7.1 on), else by its
 * command on a staging folder. The outputs refer to the original files. It must not know operators.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type ts from 'typescript'
import type { InternalFile, InternalProgram } from '../../compiler/undocumented.ts'
import type { ProgramFile } from '../../program/lowered-program.ts'
import { originalSourceMap } from '../../text/positions.ts'
import type { NativePackage, NativeProgram } from './package.ts'
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

export function emit(emitting: Emitting): Emitted {
  const { emitToString } = emitting.program as ts.Program & Pick<NativeProgram, 'emitToString'>
  // the API writes no .tsbuildinfo
  return emitToString && !isIncremental(emitting.program.getCompilerOptions())
    ? emitByProgram(emitting, emitToString())
    : emitByStage(emitting)
}

const isIncremental = ({ incremental, composite }: ts.CompilerOptions) => incremental || composite

const byName = (files: readonly ProgramFile[]) => new Map(files.map(file => [file.original.fileName, file]))

function emitByProgram({ files }: Emitting, output: ReturnType<NonNullable<NativeProgram['emitToString']>>): Emitted {
  const lowered = byName(files)
  for (const [name, { text, sourceFileName }] of output.outputFiles) {
    const sources = sourceFileName === undefined ? [] : [{ fileName: sourceFileName }]
    mkdirSync(dirname(name), { recursive: true })
    writeFileSync(name, originalSourceMap(lowered, name, text, sources))
  }
  return { names: [...output.outputFiles.keys()] }
}

function emitByStage({ native, tsconfig, overrides, program, files }: Emitting): Emitted {
  const options = program.getCompilerOptions()
  const roots = program.getRootFileNames()
  const stage = stageProject({ tsconfig, options, overrides, roots, files: stagedFiles(program, files) })
  try {
    const info = buildInfoOf(stage, options, tsconfig)
    if (info) renameInfo(info, stage.staged)
    // the texts are checked already, but an incremental build must store the results of a check
    const args = ['-p', stage.tsconfig, '--listEmittedFiles', '--pretty', 'false', ...(info ? [] : ['--noCheck'])]
    const run = spawnSync(process.execPath, [join(native.folder, 'bin/tsc'), ...args], { encoding: 'utf8' })
    const output = run.stdout + run.stderr
    const names = [...output.matchAll(/^TSFILE: (.*)$/gm)].map(([, name]) => resolve(name!))
    const rootDir = options.rootDir ?? dirname(tsconfig)
    for (const name of names) rewriteOutput(stage, byName(files), rootDir, name, options.sourceRoot !== undefined)
    if (info) renameInfo(info, stage.real)
    const failed = run.status !== 0 || run.error !== undefined
    return { names, ...(failed && { failure: withoutStage(stage, `${run.error ?? ''}${output}`) }) }
  } finally {
    stage.remove()
  }
}

/** All files of the project itself, with the texts that are compiled. */
function stagedFiles(program: ts.Program, files: readonly ProgramFile[]): readonly StagedFile[] {
  const lowered = byName(files)
  const resolving = program as InternalProgram
  const own = program.getSourceFiles().filter(file => !file.fileName.includes('/node_modules/'))
  return own.map((file: InternalFile) => ({
    name: file.fileName,
    text: lowered.get(file.fileName)?.mapped.text ?? file.text,
    neighbours: (file.imports ?? []).flatMap(specifier => {
      const name = resolving.getResolvedModuleFromModuleSpecifier(specifier, file)?.resolvedModule?.resolvedFileName
      return specifier.text.startsWith('.') && name !== undefined ? [name] : []
    }),
  }))
}

const withoutStage = ({ name }: Stage, text: string) => text.replaceAll(`${name}/`, '')

/** Source maps, references and file names in an output lead to the project, not to the stage. */
function rewriteOutput(
  stage: Stage,
  files: ReadonlyMap<string, ProgramFile>,
  rootDir: string,
  name: string,
  hasSourceRoot: boolean,
): void {
  if (name.endsWith('.tsbuildinfo')) return
  const text = readFileSync(name, 'utf8')
  // with a sourceRoot the names in a map are relative to the sources' root, as they would be without a stage
  const folder = hasSourceRoot ? stage.staged(rootDir) : dirname(name)
  const shown = hasSourceRoot ? rootDir : dirname(name)
  const sources: { fileName: string }[] = []
  const renamed = withMaps(name, text, map => {
    const names = map.sources.map(source => stage.real(resolve(folder, source)))
    sources.push(...names.map(fileName => ({ fileName })))
    return { ...map, sources: names.map(each => relative(shown, each).replaceAll('\\', '/')) }
  })
  const rewritten = withoutStage(stage, originalSourceMap(files, name, renamed, sources))
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

/** The name of the .tsbuildinfo file, by the compiler's own rule. */
function buildInfoOf(stage: Stage, options: ts.CompilerOptions, tsconfig: string): string | undefined {
  if (!isIncremental(options)) return undefined
  if (options.tsBuildInfoFile !== undefined) return options.tsBuildInfoFile
  const beside = tsconfig.replace(/\.json$/, '.tsbuildinfo')
  if (options.outDir === undefined) return beside
  return resolve(options.outDir, relative(options.rootDir ?? dirname(tsconfig), stage.real(beside)))
}

interface BuildInfo {
  readonly fileNames?: readonly string[]
  readonly packageJsons?: readonly string[]
  readonly missingPackageJsons?: readonly string[]
  readonly options?: { readonly rootDir?: string; readonly rootDirs?: readonly string[] }
}

/** What names sources in a .tsbuildinfo is relative to it. A name that is not changed back costs time in the next build, nothing else. */
function renameInfo(info: string, rename: (name: string) => string): void {
  if (!existsSync(info)) return
  const known = JSON.parse(readFileSync(info, 'utf8')) as BuildInfo
  const folder = dirname(info)
  const changed = (name: string) => {
    const full = resolve(folder, name)
    const other = rename(full)
    if (other === full) return name
    const path = relative(folder, other).replaceAll('\\', '/')
    return path.startsWith('.') ? path : `./${path}`
  }
  const all = <K extends string>(of: { readonly [P in K]?: readonly string[] }, key: K) =>
    of[key] && { [key]: of[key].map(changed) }
  const { options } = known
  const renamed = {
    ...known,
    ...all(known, 'fileNames'),
    ...all(known, 'packageJsons'),
    ...all(known, 'missingPackageJsons'),
    ...(options && {
      options: {
        ...options,
        ...(options.rootDir !== undefined && { rootDir: changed(options.rootDir) }),
        ...all(options, 'rootDirs'),
      },
    }),
  }
  writeFileSync(info, JSON.stringify(renamed))
}
