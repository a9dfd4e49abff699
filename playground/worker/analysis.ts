/**
 * Analyses a text: the program of its lowered text, and the mapping between both texts.
 * It must not know the questions about it.
 */
import type ts from 'typescript'
import type { LoweredFile } from '../../transformer/build/lowered-file.ts'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { failure } from '../../transformer/report/errors.ts'
import { walk } from '../../transformer/syntax/walk.ts'
import { lowerProgram } from '../../transformer/transform.ts'
import { MAIN, type Project } from './project.ts'

export interface Analysis {
  readonly ts: TypeScript
  /** The lowered program; the original one after an internal error. */
  readonly program: ts.Program
  readonly original: ts.SourceFile
  /** The file of the lowered text. */
  readonly lowered: ts.SourceFile
  /** Absent when the text holds no operator of a class, or has a syntax error. */
  readonly explained: LoweredFile | undefined
  readonly problems: readonly ts.Diagnostic[]
}

export function analyse(ts: TypeScript, project: Project, text: string): Analysis {
  const before = project.programOf(text)
  const original = before.getSourceFile(MAIN)!
  const syntactic = before.getSyntacticDiagnostics(original)
  // incomplete code has types too
  if (syntactic.length > 0)
    return { ts, program: before, original, lowered: original, explained: undefined, problems: syntactic }
  try {
    const { files, program } = lowerProgram(ts, before, project.host)
    const explained = files.find(file => file.original === original)
    const problems = [...program.getOptionsDiagnostics(), ...program.getSemanticDiagnostics(original)]
    return { ts, program, original, lowered: program.getSourceFile(MAIN)!, explained, problems }
  } catch (error) {
    const problems = [failure(ts, error)]
    return { ts, program: before, original, lowered: original, explained: undefined, problems }
  }
}

/** The place of an original range in the lowered text; undefined if it was not copied. */
export function loweredStart({ explained }: Analysis, start: number, length: number): number | undefined {
  return explained ? explained.mapped.toGenerated({ start, length })?.start : start
}

/** The outermost node of a file with exactly this range that `fits`. */
export function nodeAt(
  ts: TypeScript,
  file: ts.SourceFile,
  start: number,
  end: number,
  fits: (node: ts.Node) => boolean = () => true,
): ts.Node | undefined {
  return around(ts, file, start, end).find(node => node.getStart(file) === start && node.end === end && fits(node))
}

/** The name at a position: the one that starts there, else the one that ends there. */
export function nameAt(ts: TypeScript, file: ts.SourceFile, position: number): ts.Identifier | undefined {
  return around(ts, file, position, position).findLast(ts.isIdentifier)
}

/** The nodes that contain a range, outer before inner. */
export function around(ts: TypeScript, file: ts.SourceFile, start: number, end: number): readonly ts.Node[] {
  const found: ts.Node[] = []
  walk(ts, file, node => {
    if (node.getStart(file) > start || node.end < end) return 'skip'
    found.push(node)
    return undefined
  })
  return found
}
