/**
 * Derivatives of functions on plain numbers, as an editor shows them: what a build would refuse, without writing a text while one types,
 * and the text of the one that is pointed at. It must not know how a derivative is found.
 */
import type ts from 'typescript'
import { refusalsIn, warningsIn } from '../../build/derivatives.ts'
import { unchangedFile } from '../../build/lowered-file.ts'
import type { TypeScript } from '../../compiler/typescript.ts'
import { deriveMarks } from '../../derivative/derive.ts'
import { type Mark, marksIn } from '../../derivative/marks.ts'
import { allSettings } from '../../derivative/planned/settings.ts'
import type { MappedText } from '../../text/text.ts'
import { parseErrors } from './parsed.ts'
import type { EditorProject } from './project.ts'

/** A file in which derivatives are asked for, with the program that has its text and those of all that it imports. */
interface AskedFile {
  readonly file: ts.SourceFile
  readonly original: ts.SourceFile
  readonly mapped: MappedText
  readonly checker: ts.TypeChecker
  readonly marks: readonly Mark[]
}

function askedFile(ts: TypeScript, project: EditorProject, fileName: string): AskedFile | undefined {
  const now = project.now()
  const original = now?.program.getSourceFile(fileName)
  if (!now || !original || now.fault || !now.candidates.includes(original.fileName)) return undefined
  const { fileName: name } = original
  const program = () => {
    const found = project.service().getProgram()!
    return { file: found.getSourceFile(name)!, checker: found.getTypeChecker() }
  }
  const isWhole = (each: string) => {
    const lowered = project.lowered(each)
    return lowered ? !lowered.isHalfTyped : parseErrors(now.program.getSourceFile(each)!).length === 0
  }
  if (!isWhole(name)) return undefined
  const before = program()
  if (marksIn(ts, before.checker, before.file).length === 0) return undefined
  // a function of another file is derived by its lowered text
  const reached = [...now.dependencies.below([name])].filter(each => now.candidates.includes(each))
  project.lowerTogether(reached)
  if (!reached.every(isWhole)) return undefined
  const { file, checker } = program()
  const { mapped } = project.lowered(name) ?? unchangedFile(original)
  return { file, original, mapped, checker, marks: marksIn(ts, checker, file) }
}

/** Errors and warnings of a file's derivatives, in its original text. While a file that it imports is half typed there are none. */
export function derivativeErrors(ts: TypeScript, project: EditorProject, fileName: string): readonly ts.Diagnostic[] {
  const asked = askedFile(ts, project, fileName)
  if (!asked) return []
  const found = deriveMarks(ts, asked.checker, asked.marks, undefined)
  return [...refusalsIn(ts, asked.file, asked, found), ...warningsIn(ts, asked.file, asked, found)]
}

/** The text of the derivatives that a call asks for, where a position is on the name of what is called. */
export function derivativeTextAt(
  ts: TypeScript,
  project: EditorProject,
  fileName: string,
  position: number,
): string | undefined {
  const asked = askedFile(ts, project, fileName)
  if (!asked) return undefined
  const at = asked.mapped.positionToGenerated(position)
  const isHere = ({ argument: { parent } }: Mark) => {
    const { expression } = parent as ts.CallExpression
    const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression
    return name.getStart(asked.file) <= at && at <= name.end
  }
  const { derived } = deriveMarks(ts, asked.checker, asked.marks.filter(isHere), allSettings)
  const texts = derived.flatMap(each => [...each.texts].map(([kind, { text }]) => `// ${kind}\n${text}`))
  return texts.length > 0 ? texts.join('\n\n') : undefined
}
