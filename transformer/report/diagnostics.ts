/**
 * The catalogue of tsgrad's own messages: each code with its text. docs/errors.md is generated from it.
 * It must not know how a fault is found.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { derivativeMessages } from './derivative-messages.ts'
import { operatorMessages } from './operator-messages.ts'
import { projectMessages } from './project-messages.ts'

export interface CatalogueEntry {
  readonly code: number
  /** The text, with `{0}`, `{1}` … for the arguments. */
  readonly text: string
  /** What it means and what to do, for the documentation. */
  readonly advice: string
}

/**
 * 91xxx: syntax that is refused. 92xxx: operators and types. 93xxx: configuration. 94xxx: functions on plain numbers without a
 * derivative. 99xxx: faults of tsgrad itself.
 */
export const catalogue = {
  ...operatorMessages,
  ...projectMessages,
  ...derivativeMessages,
  internal: {
    code: 99001,
    text: 'tsgrad failed here, so nothing was compiled. This is a bug in tsgrad; please report it.\n{0}',
    advice:
      'This is a bug in tsgrad. The build stops, because code that is not transformed would compute something else.',
  },
  tooDeep: {
    code: 99002,
    text: 'This statement is nested too deeply for the compiler, whose stack overflows. Assign parts of it to variables: `const part = …`.',
    advice:
      'TypeScript and tsgrad go into nested calls, powers and parentheses by recursion, some hundreds of levels on the stack that Node has by default; `node --stack-size=4000` gives them more. A chain to the left, `a + b + c + …`, may have any length.',
  },
} as const satisfies Record<string, CatalogueEntry>

/** A diagnostic of tsgrad, in the original file. */
export function diagnostic(
  ts: TypeScript,
  entry: CatalogueEntry,
  file: ts.SourceFile | undefined,
  { start, end }: { start: number; end: number },
  ...args: readonly string[]
): ts.Diagnostic {
  return {
    category: ts.DiagnosticCategory.Error,
    code: entry.code,
    source: 'tsgrad',
    file,
    start: file && start,
    length: file && end - start,
    messageText: filled(entry.text, args),
  }
}

/** The same as a warning, which ends no build. */
export const warningOf = (ts: TypeScript, fault: ts.Diagnostic): ts.Diagnostic => ({
  ...fault,
  category: ts.DiagnosticCategory.Warning,
})

/** A message without a place, as the compiler prints it. */
export const stated = ({ code, text }: CatalogueEntry, ...args: readonly string[]): string =>
  `error TS${code}: ${filled(text, args)}`

/** A text with its arguments filled in. */
export function filled(text: string, args: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (_, index) => args[Number(index)] ?? '')
}
