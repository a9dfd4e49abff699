/**
 * `--build`: lowers a project and all its references, in the compiler's own order.
 * It must not know how files are lowered.
 */
import type ts from 'typescript'
import type { CompilerWithCommandLine } from '../../transformer/compiler/undocumented.ts'
import { requireMeasurable } from '../project/request.ts'
import { type Builder, type LoweringStatistics, loweringBuilder } from './lowering-builder.ts'
import { isPrettyIn, outputOf, storeFor, watchStatusReporter } from './output.ts'
import { createStatistics } from './statistics.ts'

/** The exit code; undefined where nothing is compiled, and tsc itself answers. */
export function buildProjects(
  ts: CompilerWithCommandLine,
  args: readonly string[],
  usesKept: boolean,
): number | undefined {
  const { buildOptions, watchOptions, projects, errors } = ts.parseBuildCommand(args)
  const { locale } = buildOptions
  if (typeof locale === 'string') ts.validateLocaleAndSetLanguage(locale, ts.sys, errors)
  if (errors.length > 0 || buildOptions.help || buildOptions.clean) return undefined
  requireMeasurable(buildOptions)
  const isPretty = isPrettyIn(buildOptions)
  const output = outputOf(ts, isPretty)
  const { report, reportStatus, summarize } = output
  const statistics = createStatistics(ts)
  let lowerings: LoweringStatistics[] = []
  let lowered: LoweringStatistics | undefined
  const build = loweringBuilder(
    ts,
    false,
    usesKept ? storeFor(ts, buildOptions) : undefined,
    lowering => {
      lowered = lowering
      lowerings.push(lowering)
    },
    report,
  )
  const createProgram: typeof build = (rootNames, options, ...rest) => {
    if (options) statistics.begin(options)
    return build(rootNames, options, ...rest)
  }
  const finished = (builder: Builder) => {
    statistics.end(builder.getProgram(), lowered ? [lowered] : [])
    lowered = undefined
  }
  if (buildOptions.watch) {
    const takeLowerings = () => {
      const taken = lowerings
      lowerings = []
      return taken
    }
    const status = watchStatusReporter(ts, output, isPretty, takeLowerings)
    const host = ts.createSolutionBuilderWithWatchHost(ts.sys, createProgram, report, reportStatus, status)
    ts.createSolutionBuilderWithWatch(withHooks(ts, host, finished), projects, buildOptions, watchOptions).build()
    // the compiler's watchers keep the process alive after the return
    return ts.ExitStatus.Success
  }
  const summary: ts.ReportEmitErrorSummary | undefined = summarize && ((count, places) => summarize(count, places))
  const host = ts.createSolutionBuilderHost(ts.sys, createProgram, report, reportStatus, summary)
  return ts.createSolutionBuilder(withHooks(ts, host, finished), projects, buildOptions).build()
}

function withHooks<H extends ts.SolutionBuilderHostBase<Builder>>(
  ts: CompilerWithCommandLine,
  host: H,
  finished: (builder: Builder) => void,
): H {
  return Object.assign(host, {
    jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeErrors,
    afterProgramEmitAndDiagnostics: finished,
  })
}
