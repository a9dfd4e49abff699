/**
 * The part of a file that other files can see: its declarations, as the compiler writes them, and the types that these leave out.
 * It must not know operators.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { InternalProgram } from '../compiler/undocumented.ts'
import { hiddenTypesIn } from '../syntax/hidden-types.ts'

/**
 * A text that changes when another file could see a difference; undefined for a file that is not there.
 * The compiler decides by the declarations alone whether an incremental build must check the importers of a file again.
 */
export function shapeOf(ts: TypeScript, program: ts.Program, fileName: string): string | undefined {
  const file = program.getSourceFile(fileName)
  // without what is internal its declarations tell too little
  if (!file || file.isDeclarationFile || program.getCompilerOptions().stripInternal) return file?.text
  const texts: string[] = []
  const write: ts.WriteFileCallback = (_, text) => void texts.push(text)
  ;(program as InternalProgram).emit(file, write, undefined, true, undefined, true)
  return [...texts, ...hiddenTypes(ts, program, file)].join('\n')
}

function hiddenTypes(ts: TypeScript, program: ts.Program, file: ts.SourceFile): readonly string[] {
  const { members, local } = hiddenTypesIn(ts, file)
  const checker = program.getTypeChecker()
  const shown = (member: ts.Declaration) =>
    checker.typeToString(checker.getTypeAtLocation(member), member, ts.TypeFormatFlags.NoTruncation)
  return [...members.map(shown), ...local.map(each => each.getText(file))]
}
