/**
 * The part of a file that other files can see: its declarations, as the compiler writes them.
 * It must not know operators.
 */
import type ts from 'typescript'
import type { InternalProgram } from '../compiler/undocumented.ts'

/**
 * A text that changes when another file could see a difference; undefined for a file that is not there.
 * The compiler decides by the same text whether an incremental build must check the importers of a file again.
 */
export function shapeOf(program: ts.Program, fileName: string): string | undefined {
  const file = program.getSourceFile(fileName)
  if (!file || file.isDeclarationFile) return file?.text
  const texts: string[] = []
  const write: ts.WriteFileCallback = (_, text) => void texts.push(text)
  ;(program as InternalProgram).emit(file, write, undefined, true, undefined, true)
  return texts.join('\n')
}
