/**
 * Checks and builds with a native TypeScript: its command line parses the options, its API compiles, and this prints as tsc does.
 * It must not know how the API is called.
 */
import { spawnSync } from 'node:child_process'
import { EOL } from 'node:os'
import { join } from 'node:path'
import { catalogue, stated } from '../../transformer/report/diagnostics.ts'
import type { InstalledCompiler } from '../project/compiler.ts'
import { configFor } from '../project/config.ts'
import { isBuildOfProjects, withNamedProject } from '../project/request.ts'
import { CommandError } from '../report/command-error.ts'
import {
  createReporter,
  errorLocations,
  flattened,
  isPrettyByDefault,
  type PlainDiagnostic,
  type Reporter,
} from '../report/report.ts'
import type { Call, Engine } from './engine.ts'
import type { CompileResult, OpenedProject, OpenProject } from './native-compiler.ts'
import { compileInOrder, projectsRequestOf } from './native-projects.ts'
import { watchNative } from './native-watch.ts'

export const nativeEngine =
  (compiler: InstalledCompiler, open: OpenProject): Engine =>
  async call => {
    const { folder, version } = compiler
    if (isBuildOfProjects(call.args)) return compileProjects(compiler, open, call)
    const request = nativeRequestOf(folder, call)
    if (typeof request === 'number') return request
    const { configFile, overrides } = request
    const project = await open(folder, configFile, overrides)
    if (request.isWatching)
      return watchNative({
        ...{ ...request, project, reopen: () => open(folder, configFile, overrides) },
        compile: each => compiled(request, each),
        inOrder,
      })
    try {
      const result = await compiled(request, project)
      const errors = print(request, result, listed(request, project, result), version)
      return errors === 0 ? 0 : statusOf(request, result, version)
    } finally {
      project.close()
    }
  }

async function compileProjects(compiler: InstalledCompiler, open: OpenProject, call: Call): Promise<number> {
  const { name, args } = call
  const request = projectsRequestOf(name, args)
  if (!request) return answeredBy(compiler.folder, args)
  const engine = nativeEngine(compiler, open)
  return compileInOrder(request, config => engine({ ...call, args: ['-p', config, ...request.rest] }))
}

const answeredBy = (folder: string, args: readonly string[]): number =>
  spawnSync(process.execPath, [join(folder, 'bin/tsc'), ...args], { stdio: 'inherit' }).status ?? 1

interface NativeRequest {
  readonly configFile: string
  readonly overrides: Readonly<Record<string, unknown>>
  readonly isChecking: boolean
  readonly isWatching: boolean
  readonly keepsScreen: boolean
  readonly listsFiles: boolean
  readonly listsEmitted: boolean
  readonly isPretty: boolean
  readonly reporter: Reporter
}

/** The request; or an exit code, where the compiler's own command line answers and its answer is printed. */
function nativeRequestOf(folder: string, { name, args }: Call): NativeRequest | number {
  const { flags, rest } = ownFlags(args)
  const named = withNamedProject(rest, namedFiles)
  const shown = spawnSync(process.execPath, [join(folder, 'bin/tsc'), '--showConfig', ...named], { encoding: 'utf8' })
  if (shown.error) throw shown.error
  const answersItself = named.some(arg => /^--?(init|version|v|all|showConfig)$/i.test(arg))
  if (answersItself) return answeredBy(folder, named)
  if (shown.status !== 0) {
    process.stdout.write(shown.stdout)
    process.stderr.write(shown.stderr)
    return shown.status ?? 1
  }
  if (namedFiles(named).length > 0)
    throw new CommandError(
      `${name} compiles a project, not single files, with TypeScript 7. Pass its tsconfig.json with -p`,
    )
  const configFile = configFor(named)
  if (!configFile) throw new CommandError(stated(catalogue.noProject, process.cwd()))
  const { compilerOptions } = JSON.parse(shown.stdout) as { compilerOptions: Record<string, unknown> }
  const isPretty = flags.pretty ?? isPrettyByDefault()
  return {
    configFile,
    overrides: compilerOptions,
    isChecking: compilerOptions.noEmit === true,
    isWatching: flags.watch ?? false,
    keepsScreen: flags.preserveWatchOutput ?? false,
    listsFiles: flags.listFiles ?? false,
    listsEmitted: flags.listEmittedFiles ?? false,
    isPretty,
    reporter: createReporter(isPretty, process.cwd()),
  }
}

type Flags = {
  -readonly [name in 'watch' | 'pretty' | 'preserveWatchOutput' | 'listFiles' | 'listEmittedFiles']?: boolean
}
const FLAGS: Readonly<Record<string, keyof Flags>> = {
  w: 'watch',
  watch: 'watch',
  pretty: 'pretty',
  preservewatchoutput: 'preserveWatchOutput',
  listfiles: 'listFiles',
  listemittedfiles: 'listEmittedFiles',
}

/** The options for printing and watching, which --showConfig leaves out, and the other arguments. */
function ownFlags(args: readonly string[]): { readonly flags: Flags; readonly rest: readonly string[] } {
  const flags: Flags = {}
  const rest: string[] = []
  for (let i = 0; i < args.length; i++) {
    const flag = FLAGS[/^--?(\w+)$/.exec(args[i]!)?.[1]?.toLowerCase() ?? '']
    const isValue = /^(true|false)$/.test(args[i + 1] ?? '')
    if (!flag) rest.push(args[i]!)
    else flags[flag] = isValue ? args[++i] === 'true' : true
  }
  return { flags, rest }
}

/** The arguments before the first option. Later ones may be values of options, which only a list of all options could tell. */
function namedFiles(args: readonly string[]): readonly string[] {
  const first = args.findIndex(arg => arg.startsWith('-') && !/^--?noEmit$/i.test(arg))
  return args.slice(0, first < 0 ? undefined : first).filter(arg => !arg.startsWith('-'))
}

const compiled = async ({ isChecking }: NativeRequest, project: OpenedProject): Promise<CompileResult> =>
  isChecking ? project.check() : project.build()

/** Prints the diagnostics and the names of files; returns the number of errors. */
function print(
  { reporter, isPretty }: NativeRequest,
  { diagnostics }: CompileResult,
  names: readonly string[],
  version: string,
): number {
  const sorted = inOrder(diagnostics)
  for (const each of sorted) process.stdout.write(reporter.diagnostic(each))
  for (const name of names) process.stdout.write(name + EOL)
  const places = errorLocations(sorted)
  process.stdout.write(reporter.summary(places.length, places))
  const hasTable = new Set(places.map(place => place?.fileName)).size > 1
  if (isPretty && hasTable && Number.parseInt(version, 10) >= 7) process.stdout.write(EOL)
  return places.length
}

/** The exit code of tsc after errors. With --noEmit, 7.0 differs from all other versions. */
function statusOf({ isChecking }: NativeRequest, { emitSkipped }: CompileResult, version: string): number {
  const isSkipped = isChecking ? version.startsWith('7.0.') : emitSkipped
  return isSkipped ? 1 : 2
}

/** The lines of `--listEmittedFiles` and `--listFiles`. */
function listed(
  { listsEmitted, listsFiles, configFile }: NativeRequest,
  project: OpenedProject,
  { emitted }: CompileResult,
): readonly string[] {
  const written = listsEmitted ? emitted.map(name => `TSFILE: ${name}`) : []
  return listsFiles ? [...written, ...project.fileNames().filter(name => name !== configFile)] : written
}

/** Sorted by file and position, without repetitions, as in tsc. */
function inOrder(diagnostics: readonly PlainDiagnostic[]): readonly PlainDiagnostic[] {
  const keyed = diagnostics.map(each => ({ each, text: flattened(each.messageText) }))
  const compared = keyed.sort(
    (a, b) =>
      order(a.each.file?.fileName ?? '', b.each.file?.fileName ?? '') ||
      (a.each.start ?? 0) - (b.each.start ?? 0) ||
      (a.each.length ?? 0) - (b.each.length ?? 0) ||
      a.each.code - b.each.code ||
      order(a.text, b.text),
  )
  const key = ({ each: { file, start, length, code }, text }: (typeof keyed)[number]) =>
    JSON.stringify([file?.fileName, start, length, code, text])
  return compared.filter((each, i) => i === 0 || key(each) !== key(compared[i - 1]!)).map(({ each }) => each)
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
