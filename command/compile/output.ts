/**
 * How the compiler in this process prints.
 * It must not know what is compiled.
 */
import { performance } from 'node:perf_hooks'
import type ts from 'typescript'
import type { Store } from '../../transformer/build/store.ts'
import type { CompilerWithCommandLine } from '../../transformer/compiler/undocumented.ts'
import { buildStore } from '../../transformer/hosts/disk/disk-store.ts'
import { createReporter, type ErrorLocation, flattened, isPrettyByDefault, type Reporter } from '../report/report.ts'
import { createWatchStatus, seconds } from '../report/watch-status.ts'
import type { LoweringStatistics } from './lowering-builder.ts'

export interface Output {
  readonly reporter: Reporter
  report(diagnostic: ts.Diagnostic): void
  /** Undefined in plain output, as in tsc. */
  readonly summarize: ((count: number, places: (ErrorLocation | undefined)[]) => void) | undefined
  /** A line of `--build --verbose`. */
  reportStatus(diagnostic: ts.Diagnostic): void
}

export function outputOf({ sys }: CompilerWithCommandLine, isPretty: boolean): Output {
  const reporter = createReporter(isPretty, sys.getCurrentDirectory())
  const { newLine } = sys
  return {
    reporter,
    report: diagnostic => sys.write(reporter.diagnostic(diagnostic)),
    summarize: isPretty ? (count, places) => sys.write(reporter.summary(count, places)) : undefined,
    reportStatus: ({ messageText }) => sys.write(reporter.status(flattened(messageText)) + newLine + newLine),
  }
}

/** The value of `--pretty`, or whether standard output is a terminal. */
export const isPrettyIn = ({ pretty }: Readonly<Record<string, unknown>>) =>
  typeof pretty === 'boolean' ? pretty : isPrettyByDefault()

/** What builds keep on the disk; `--verbose` and `--diagnostics` say what of it is used. */
export function storeFor(
  { sys }: CompilerWithCommandLine,
  options: Readonly<Record<string, unknown>>,
): Store | undefined {
  const isTold = options.verbose || options.diagnostics || options.extendedDiagnostics
  return buildStore(isTold ? line => sys.write(line + sys.newLine) : undefined, !options.watch)
}

/** "Starting compilation in watch mode" and "File change detected". */
const BEGINS = new Set([6031, 6032])
/** "Found 1 error. Watching for file changes." and the same of several. */
const ENDS = new Set([6193, 6194])

/** Prints a watcher's lines between compilations; before the last line, the number of files lowered since the first, and the time. */
export function watchStatusReporter(
  { sys }: CompilerWithCommandLine,
  { reporter }: Output,
  isPretty: boolean,
  takeLowerings: () => readonly LoweringStatistics[],
): ts.WatchStatusReporter {
  return ({ code, messageText }, _newLine, { preserveWatchOutput, diagnostics, extendedDiagnostics }) => {
    const isKept = preserveWatchOutput || diagnostics || extendedDiagnostics
    const clearScreen = isKept ? undefined : () => sys.clearScreen?.()
    const status = createWatchStatus(reporter, { isPretty, clearScreen, write: text => sys.write(text) })
    const text = flattened(messageText)
    if (BEGINS.has(code)) return status.begins(text)
    const lowerings = ENDS.has(code) ? takeLowerings() : []
    if (lowerings.length > 0) status.note(workDone(lowerings))
    status.ends(text)
  }
}

function workDone(lowerings: readonly LoweringStatistics[]): string {
  const sum = (count: (lowering: LoweringStatistics) => number) => lowerings.reduce((all, each) => all + count(each), 0)
  const time = performance.now() - Math.min(...lowerings.map(({ start }) => start))
  return `Lowered ${sum(({ lowered }) => lowered)} of ${sum(({ files }) => files)} files, compiled in ${seconds(time)}.`
}
