/** Prints why a command failed: places and messages, no stacks. It must not know what the command does. */
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { hostDiagnostic as inWords, message } from '../../transformer/hosts/modules/host-diagnostic.ts'
import { failure } from '../../transformer/report/errors.ts'
import { CommandError } from './command-error.ts'

/** Diagnostics as lines of `file:line:column - error TS2345: …`, with paths relative to the current folder. */
export function formatted(ts: TypeScript, diagnostics: readonly ts.Diagnostic[]): string {
  const found = diagnostics.map(each => inWords(ts, each))
  return message(found, process.cwd())
}

/** Runs the transformer, and reports what it throws as `tspc` does. */
export function reportingFailures<T>(ts: TypeScript, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new CommandError(formatted(ts, [failure(ts, error)]))
  }
}
