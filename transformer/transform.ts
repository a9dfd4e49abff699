/**
 * From a program with natural math to one with method calls: what is concerned, what it means, the lowered program.
 * It must not know any host.
 */
import type ts from 'typescript'
import { lowerAnew, reportingOf } from './build/anew.ts'
import type { LoweredFile } from './build/lowered-file.ts'
import { createRemembering, lowerRemembering, type Remembered } from './build/remembering.ts'
import type { Store } from './build/store.ts'
import type { TypeScript } from './compiler/typescript.ts'
import { failedProgram } from './program/lowered-program.ts'
import { failure } from './report/errors.ts'

/**
 * The program that the compiler should check and emit in place of `program`.
 * `warn` takes what ends no build. Without operators of classes, and errors at others, it is `program` itself; with a fault of tsgrad it only reports, and emits nothing.
 *
 * @param store keeps what is found out, for the next build of an incremental project. It changes no result.
 */
export function transform(
  ts: TypeScript,
  program: ts.Program,
  host?: ts.CompilerHost,
  warn: (warning: ts.Diagnostic) => void = () => {},
  store?: Store,
): ts.Program {
  try {
    const remembered = store && host && attempted(() => lowerRemembering(ts, program, host, store))
    const { files, program: lowered } = remembered ?? lowerProgram(ts, program, host)
    warnOf(files, warn)
    return lowered
  } catch (error) {
    const files = program.getSourceFiles().filter(({ isDeclarationFile }) => !isDeclarationFile)
    return failedProgram(program, [failure(ts, error, files)])
  }
}

/** A program that was made, with what the compiler should check and emit in its place. */
export interface Transformed {
  readonly original: ts.Program
  readonly program: ts.Program
  /** The number of files with a lowered text. */
  readonly lowered: number
}

/** How a program is made. */
export interface UnmadeProgram {
  readonly options: ts.CompilerOptions
  readonly host: ts.CompilerHost
  create(host: ts.CompilerHost): ts.Program
  /** Whether the program is the `oldProgram` of the next one, so that no file of it may have a lowered text. */
  readonly keepsOriginals?: boolean
}

/** Makes a program and transforms it. Files that are as they were may have lowered texts in `original` too. */
export function createTransformed(
  ts: TypeScript,
  given: UnmadeProgram,
  warn: (warning: ts.Diagnostic) => void,
  store?: Store,
): Transformed {
  const { create, options, host, keepsOriginals } = given
  const remembered = store && !keepsOriginals && attempted(() => createRemembering(ts, create, options, host, store))
  if (remembered) {
    warnOf(remembered.files, warn)
    return remembered
  }
  const original = create(host)
  const program = transform(ts, original, host, warn, keepsOriginals ? store : undefined)
  const isLowered = ({ fileName, text }: ts.SourceFile) => program.getSourceFile(fileName)?.text !== text
  return { original, program, lowered: program === original ? 0 : original.getSourceFiles().filter(isLowered).length }
}

/** Undefined for a fault, which is found again without a store, and reported there. */
function attempted(work: () => Remembered | undefined): Remembered | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

function warnOf(files: readonly LoweredFile[], warn: (warning: ts.Diagnostic) => void): void {
  for (const { warnings = [] } of files) warnings.forEach(warn)
}

/** A program that is lowered, with what became of its files. */
export interface LoweredProgram {
  readonly files: readonly LoweredFile[]
  readonly program: ts.Program
}

/** Like `transform`, with what became of each file. @throws what `failure` turns into a diagnostic. */
export function lowerProgram(ts: TypeScript, program: ts.Program, host?: ts.CompilerHost): LoweredProgram {
  const found = lowerAnew(ts, program, host)
  return { files: found.files, program: reportingOf(ts, host, found) ?? program }
}

/** The files that may hold operators of a class, each with what was found out about them and what they are lowered to. */
export function explain(ts: TypeScript, program: ts.Program, host?: ts.CompilerHost): readonly LoweredFile[] {
  return lowerProgram(ts, program, host).files
}
