/** What a command says when it cannot do what it was asked: places and messages, no stacks. */
import { relative } from 'node:path'
import type ts from 'typescript'
import type { TypeScript } from '../transformer/compiler/typescript.ts'
import { failure } from '../transformer/report/errors.ts'
import { CommandError } from './command-error.ts'

/** Diagnostics as lines of `file:line:column - error TS2345: …`, with paths from where the user is. */
export function formatted(ts: TypeScript, diagnostics: readonly ts.Diagnostic[]): string {
  return diagnostics
    .map(({ file, start, code, messageText }) => {
      const text = `error TS${code}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
      return file ? `${placeOf(ts, file, start ?? 0)} - ${text}` : text
    })
    .join('\n')
}

/** `file:line:column`, both counted from 1. */
export function placeOf(ts: TypeScript, file: ts.SourceFile, position: number): string {
  const { line, character } = ts.getLineAndCharacterOfPosition(file, position)
  return `${relative(process.cwd(), file.fileName)}:${line + 1}:${character + 1}`
}

/** Runs the transformer; what it throws is reported as `tspc` would. */
export function reported<T>(ts: TypeScript, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new CommandError(formatted(ts, [failure(ts, error)]))
  }
}
