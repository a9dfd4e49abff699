/**
 * From a program with natural math to one with method calls: what is concerned, what it means, the lowered program.
 * It must not know any host.
 */
import type ts from 'typescript'
import { lowerAnew } from './build/anew.ts'
import { isChanged, type LoweredFile } from './build/lowered-file.ts'
import { createRemembering, lowerRemembering } from './build/remembering.ts'
import type { Store } from './build/store.ts'
import type { TypeScript } from './compiler/typescript.ts'
import { failedProgram, reportingProgram } from './program/lowered-program.ts'
import { failure } from './report/errors.ts'

/**
 * The program that the compiler should check and emit in place of `program`.
 * Without operators of classes it is `program` itself; with a fault of tsgrad it only reports, and emits nothing.
 *
 * @param store keeps what is found out, for the next build of an incremental project. It changes no result.
 */
export function transform(ts: TypeScript, program: ts.Program, host?: ts.CompilerHost, store?: Store): ts.Program {
  try {
    const remembered = store && host && lowerRemembering(ts, program, host, store)
    return remembered?.program ?? lowerProgram(ts, program, host).program
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

/**
 * Makes a program and transforms it. Unless `keepsOriginal` says otherwise, files that are as they were have lowered texts in `original` too, so
 * that it must be the `oldProgram` of no other one.
 */
export function createTransformed(
  ts: TypeScript,
  create: (host: ts.CompilerHost) => ts.Program,
  options: ts.CompilerOptions,
  host: ts.CompilerHost,
  store: Store | undefined,
  keepsOriginal = false,
): Transformed {
  const remembered = store && !keepsOriginal ? rememberedIn(ts, create, options, host, store) : undefined
  if (remembered) return remembered
  const original = create(host)
  const program = transform(ts, original, host, store)
  const isLowered = ({ fileName, text }: ts.SourceFile) => program.getSourceFile(fileName)?.text !== text
  return { original, program, lowered: program === original ? 0 : original.getSourceFiles().filter(isLowered).length }
}

function rememberedIn(...args: Parameters<typeof createRemembering>): Transformed | undefined {
  try {
    return createRemembering(...args)
  } catch {
    // the same fault is found in the original texts, and reported there
    return undefined
  }
}

/** A program that is lowered, with what became of its files. */
export interface LoweredProgram {
  readonly files: readonly LoweredFile[]
  readonly program: ts.Program
}

/** Like `transform`, with what became of each file. @throws what `failure` turns into a diagnostic. */
export function lowerProgram(ts: TypeScript, program: ts.Program, host?: ts.CompilerHost): LoweredProgram {
  const { files, program: lowered } = lowerAnew(ts, program, host)
  const changed = files.filter(isChanged)
  return { files, program: changed.length === 0 ? program : reportingProgram(ts, host, changed, lowered) }
}

/** The files that may hold operators of a class, each with what was found out about them and what they are lowered to. */
export function explain(ts: TypeScript, program: ts.Program, host?: ts.CompilerHost): readonly LoweredFile[] {
  return lowerProgram(ts, program, host).files
}
