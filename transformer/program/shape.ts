/**
 * What other files can see of a file: its declarations, as the compiler writes them.
 * It must not know operators.
 */
import type ts from 'typescript'

/** With the last parameter, which is not in the compiler's public types; the same in TypeScript 5.9 and 6. */
type Emit = (
  file: ts.SourceFile,
  writeFile: ts.WriteFileCallback,
  token: undefined,
  onlyDeclarations: true,
  transformers: undefined,
  forceDeclarations: true,
) => ts.EmitResult

/**
 * A text that changes when another file could see a difference; undefined for a file that is not there.
 * The compiler tells by the same text whether an incremental build must check the importers of a file again.
 */
export function shapeOf(program: ts.Program, fileName: string): string | undefined {
  const file = program.getSourceFile(fileName)
  if (!file || file.isDeclarationFile) return file?.text
  const texts: string[] = []
  ;(program.emit as Emit)(file, (_, text) => void texts.push(text), undefined, true, undefined, true)
  return texts.join('\n')
}
