/**
 * Diagnostics in the form in which bundlers, runners and commands report them: place, text, the line of code.
 * It must not know which host reports.
 */
import { relative } from 'node:path'
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'

export interface HostDiagnostic {
  /** `error TS2345: …` */
  readonly text: string
  readonly code: number
  readonly place: HostLocation | undefined
}

export interface HostLocation {
  readonly fileName: string
  /** From 1. */
  readonly line: number
  /** From 0. */
  readonly column: number
  readonly length: number
  readonly lineText: string
}

export function hostDiagnostic(
  ts: TypeScript,
  { file, start = 0, length = 0, code, category, messageText }: ts.Diagnostic,
): HostDiagnostic {
  const isWarning = category === ts.DiagnosticCategory.Warning
  const text = `${isWarning ? 'warning' : 'error'} TS${code}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  return { text, code, place: file && { ...placeAt(file, start), length } }
}

/** Where a position of a file is. */
export function placeAt(file: ts.SourceFile, position: number): Omit<HostLocation, 'length'> {
  const { line, character } = file.getLineAndCharacterOfPosition(position)
  const starts = file.getLineStarts()
  const lineText = file.text.slice(starts[line], starts[line + 1]).replace(/[\r\n\u2028\u2029]+$/, '')
  return { fileName: file.fileName, line: line + 1, column: character, lineText }
}

/** `src/model.ts:11:15`, both counted from 1, with the path from a folder. */
export function placeText({ fileName, line, column }: Omit<HostLocation, 'length'>, root: string): string {
  return `${relative(root, fileName)}:${line}:${column + 1}`
}

/** `src/model.ts:11:15 - error TS2345: …`, as the compiler says it. */
export function sentence({ place, text }: HostDiagnostic, root: string): string {
  return place ? `${placeText(place, root)} - ${text}` : text
}

/** Several diagnostics as one message. */
export function message(errors: readonly HostDiagnostic[], root: string): string {
  return errors.map(each => sentence(each, root)).join('\n')
}

/** The line of code, with the place marked under it. */
export function frame({ line, column, length, lineText }: HostLocation): string {
  const gutter = `${line} | `
  const marks = '~'.repeat(Math.max(1, Math.min(length, lineText.length - column)))
  // tabs stay tabs, so that the marks line up
  const indent = lineText.slice(0, column).replace(/[^\t]/g, ' ')
  return `${gutter}${lineText}\n${' '.repeat(gutter.length - 2)}| ${indent}${marks}`
}
