/**
 * Compiles with TypeScript 5.9 and 6 in this process, as tsc does, and lowers between parsing and checking.
 * It must not know how files are lowered.
 */
import type ts from 'typescript'
import type { Store } from '../../transformer/build/store.ts'
import type { CompilerWithCommandLine } from '../../transformer/compiler/undocumented.ts'
import { catalogue, stated } from '../../transformer/report/diagnostics.ts'
import { type InstalledCompiler, loadCompiler } from '../project/compiler.ts'
import {
  commandLineOf,
  isBuildOfProjects,
  type Request,
  requestOf,
  requireMeasurable,
  withNamedProject,
} from '../project/request.ts'
import type { Engine } from './engine.ts'
import { type LoweringStatistics, loweringBuilder, lowerMeasured } from './lowering-builder.ts'
import { isPrettyIn, type Output, outputOf, storeFor, watchStatusReporter } from './output.ts'
import { buildProjects } from './projects.ts'
import { createStatistics } from './statistics.ts'

export const inProcessEngine =
  (installed: InstalledCompiler): Engine =>
  async ({ args, usesKept }) => {
    const ts = loadCompiler(installed) as CompilerWithCommandLine
    // tsc does this first
    ts.sys.setBlocking?.()
    if (isBuildOfProjects(args)) return buildProjects(ts, args, usesKept) ?? answeredByTsc(ts, args)
    const named = withNamedProject(args, each => ts.parseCommandLine(each, ts.sys.readFile).fileNames)
    const request = requestOf(ts, named)
    if (typeof request === 'object') return compileRequest(ts, request, usesKept)
    if (request === 'no project') console.error(stated(catalogue.noProject, process.cwd()))
    return answeredByTsc(ts, named)
  }

/** tsc answers what needs no program, and ends the process. */
function answeredByTsc(ts: CompilerWithCommandLine, args: readonly string[]): number {
  ts.executeCommandLine(ts.sys, () => {}, args)
  return ts.ExitStatus.DiagnosticsPresent_OutputsSkipped
}

function compileRequest(ts: CompilerWithCommandLine, request: Request, usesKept: boolean): number {
  // tsc reports without colours until it has read the options
  const parsed = commandLineOf(ts, request, outputOf(ts, false).report)
  if (!parsed) return ts.ExitStatus.DiagnosticsPresent_OutputsSkipped
  requireMeasurable(parsed.options)
  const isPretty = isPrettyIn(parsed.options)
  const output = outputOf(ts, isPretty)
  const store = usesKept ? storeFor(ts, parsed.options) : undefined
  return parsed.options.watch
    ? watchInProcess(ts, request, output, isPretty, store)
    : compileOnce(ts, parsed, output, store)
}

function compileOnce(
  ts: CompilerWithCommandLine,
  parsed: ts.ParsedCommandLine,
  { report, summarize }: Output,
  store: Store | undefined,
): number {
  const { fileNames: rootNames, options, projectReferences } = parsed
  const statistics = createStatistics(ts)
  statistics.begin(options)
  const isIncremental = options.incremental || options.composite
  const host = isIncremental ? ts.createIncrementalCompilerHost(options, ts.sys) : rememberingHost(ts, options)
  host.jsDocParsingMode = ts.JSDocParsingMode.ParseForTypeErrors
  const lowerings: LoweringStatistics[] = []
  const project = {
    ...{ rootNames, options, host },
    ...(projectReferences && { projectReferences }),
    configFileParsingDiagnostics: ts.getConfigFileParsingDiagnostics(parsed),
  }
  const builder = isIncremental
    ? ts.createIncrementalProgram({
        ...project,
        createProgram: loweringBuilder(ts, false, store, lowering => lowerings.push(lowering), report),
      })
    : undefined
  const program = builder ?? programOf(ts, project, lowerings, report)
  const write = (line: string) => ts.sys.write(line + ts.sys.newLine)
  const status = ts.emitFilesAndReportErrorsAndGetExitStatus(program, report, write, summarize)
  statistics.end('getProgram' in program ? program.getProgram() : program, lowerings)
  return status
}

function programOf(
  ts: CompilerWithCommandLine,
  project: ts.CreateProgramOptions & { readonly host: ts.CompilerHost },
  lowerings: LoweringStatistics[],
  report: Output['report'],
): ts.Program {
  const create = (host: ts.CompilerHost) => ts.createProgram({ ...project, host })
  const given = { create, options: project.options, host: project.host }
  const { program, lowering } = lowerMeasured(ts, given, report)
  lowerings.push(lowering)
  return program
}

function rememberingHost(ts: CompilerWithCommandLine, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options)
  const folder = host.getCurrentDirectory()
  ts.changeCompilerHostLikeToUseCache(host, name => ts.toPath(name, folder, each => host.getCanonicalFileName(each)))
  return host
}

/** The compiler's watchers keep the process alive after the return. */
function watchInProcess(
  ts: CompilerWithCommandLine,
  request: Request,
  output: Output,
  isPretty: boolean,
  store: Store | undefined,
): number {
  const statistics = createStatistics(ts)
  let lowerings: LoweringStatistics[] = []
  const build = loweringBuilder(ts, true, store, lowering => lowerings.push(lowering), output.report)
  const createProgram: typeof build = (rootNames, options, ...rest) => {
    if (options) statistics.begin(options)
    return build(rootNames, options, ...rest)
  }
  const takeLowerings = () => lowerings
  const reportStatus = watchStatusReporter(ts, output, isPretty, takeLowerings)
  const { configFile, fileNames, options, watchOptions } = request
  const common = [ts.sys, createProgram, output.report, reportStatus] as const
  const host = configFile
    ? ts.createWatchCompilerHost(configFile, options, ...common, watchOptions)
    : ts.createWatchCompilerHost([...fileNames], options, ...common, undefined, watchOptions)
  host.jsDocParsingMode = ts.JSDocParsingMode.ParseForTypeErrors
  const emit = host.afterProgramCreate!
  host.afterProgramCreate = builder => {
    emit.call(host, builder)
    statistics.end(builder.getProgram(), lowerings)
    lowerings = []
  }
  if ('configFileName' in host) ts.createWatchProgram(host)
  else ts.createWatchProgram(host)
  return ts.ExitStatus.Success
}
