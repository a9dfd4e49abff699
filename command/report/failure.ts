/** What a command says when it cannot do what it was asked: places and messages, no stacks. */
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { hostDiagnostic as inWords, message } from '../../transformer/hosts/modules/host-diagnostic.ts'
import { failure } from '../../transformer/report/errors.ts'
import { CommandError } from './command-error.ts'

/** Diagnostics as lines of `file:line:column - error TS2345: …`, with paths from where the user is. */
export function formatted(ts: TypeScript, diagnostics: readonly ts.Diagnostic[]): string {
  const found = diagnostics.map(each => inWords(ts, each))
  return message(found, process.cwd())
}

/** Runs the transformer; what it throws is reported as `tspc` would. */
export function reportingFailures<T>(ts: TypeScript, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new CommandError(formatted(ts, [failure(ts, error)]))
  }
}
