/**
 * The result for one file: its operators, its lowered text, and its diagnostics.
 * It must not know how operators are resolved.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { InternalProgram } from '../compiler/undocumented.ts'
import type { LoopStorage } from '../derivative/placed.ts'
import { lower } from '../lower/lower.ts'
import type { ImportStyle } from '../lower/plan.ts'
import type { ResolvedOperator } from '../meaning/resolved-operator.ts'
import { checkTables } from '../meaning/table-check.ts'
import { operatorsKey } from '../meaning/tables.ts'
import type { ProgramFile } from '../program/lowered-program.ts'
import { located } from '../report/errors.ts'
import type { Rewritten } from '../syntax/rewrite.ts'
import { Writer } from '../text/writer.ts'
import { advised } from './advice.ts'
import { coveredBy, faultDiagnostic, notUnderstood, tableDiagnostic } from './faults.ts'
import type { Task } from './task.ts'

/** The result for one file. */
export interface LoweredFile extends ProgramFile {
  readonly operators: readonly ResolvedOperator[]
  readonly rewritten: Rewritten
  /** Operators that still differed at the last verification. */
  readonly wrong: readonly ResolvedOperator[]
  readonly loops?: readonly DerivedLoop[]
  /** What ends no build; the program does not report it. */
  readonly warnings?: readonly ts.Diagnostic[]
}

/** A loop of a function whose derivative a file asks for, and what the derivative keeps of it. */
export interface DerivedLoop extends Pick<LoopStorage, 'kept' | 'countsTurns'> {
  /** Where the function begins that is passed, in the original text. */
  readonly argument: number
  /** What the runtime calls the derivative. */
  readonly kind: string
  /** Where the loop is. */
  readonly fileName: string
  readonly line: number
}

/** The result for a file whose operators are resolved. */
export function loweredFile(
  task: Task,
  original: ts.SourceFile,
  operators: readonly ResolvedOperator[],
  wrong: readonly ResolvedOperator[] = [],
): LoweredFile {
  const { ts, asked } = task
  const rewritten = lower(ts, original, operators, importStyle(ts, asked, original)) ?? unchanged(original.text)
  const { mapped } = rewritten
  const faults = operators.filter(({ fault }) => fault !== undefined)
  const shown = faults.filter(({ fault }) => fault!.at !== 'nowhere')
  const own = shown.map(each => located(original, each.site.node.pos, () => faultDiagnostic(ts, original, each)))
  return {
    original,
    mapped,
    rewritten,
    operators,
    wrong,
    diagnostics: [...tableDiagnostics(task, original), ...own],
    covers: diagnostic => coveredBy(original, faults, diagnostic),
    advise: diagnostic => advised(ts, original, operators, diagnostic),
    inspect: reported => wrong.flatMap(each => notUnderstood(ts, original, each, reported) ?? []),
  }
}

/** A file without operators of classes. */
export function unchangedFile(original: ts.SourceFile): LoweredFile {
  const rewritten = unchanged(original.text)
  return {
    ...{ original, mapped: rewritten.mapped, rewritten, operators: [], wrong: [], diagnostics: [] },
    covers: () => false,
    advise: diagnostic => diagnostic,
    inspect: () => [],
  }
}

/** Whether a file has a lowered text that differs from its own, or diagnostics. */
export function isChanged(file: LoweredFile): boolean {
  return isSpokenOf(file) || file.mapped.text !== file.original.text
}

/** Whether a file has diagnostics of tsgrad's, or operators without a meaning. */
export const isSpokenOf = (file: LoweredFile): boolean => file.wrong.length > 0 || hasFault(file)

/** Whether something in a file is refused: an operator, which stays as it is, or a table. */
export const hasFault = ({ operators, diagnostics }: LoweredFile): boolean =>
  diagnostics.length > 0 || operators.some(({ fault }) => fault)

/** Whether there may be something to say of a file: also advice under TypeScript's error at an operator that stays JavaScript's. */
export const mayBeAdvised = (file: LoweredFile): boolean => file.operators.length > 0 || isChanged(file)

function tableDiagnostics({ ts, asked, home }: Task, file: ts.SourceFile): readonly ts.Diagnostic[] {
  const checker = asked.getTypeChecker()
  const faults = located(file, 0, () =>
    checkTables(ts, checker, file, operatorsKey(ts, checker, asked.getSourceFile(home)!)),
  )
  return faults.map(fault => tableDiagnostic(ts, file, fault))
}

function unchanged(text: string): Rewritten {
  const writer = new Writer(text)
  writer.copy(0, text.length)
  return { mapped: writer.finish(), ranges: new Map() }
}

/** The import that a file may have: in CommonJS with `verbatimModuleSyntax`, or where modules are preserved, none of ES. */
export function importStyle(ts: TypeScript, program: ts.Program, file: ts.SourceFile): ImportStyle {
  const { verbatimModuleSyntax, erasableSyntaxOnly, module = 0 } = program.getCompilerOptions()
  if (!verbatimModuleSyntax && module !== ts.ModuleKind.Preserve) return 'esm'
  const format = (program as InternalProgram).getEmitModuleFormatOfFile(file)
  if (format !== ts.ModuleKind.CommonJS) return 'esm'
  // which `import x = require(…)` does not go with
  const isEsm = module >= ts.ModuleKind.ES2015 && module <= ts.ModuleKind.ESNext
  return erasableSyntaxOnly || isEsm ? 'call' : 'equals'
}
