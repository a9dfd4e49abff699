/** The module names in the imports of a JavaScript text. It must not know what they name. */
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import type { Range } from './messages.ts'

/** In quotes, from first to last. */
export function specifiersOf(ts: TypeScript, code: string): readonly Range[] {
  const file = ts.createSourceFile('/main.js', code, ts.ScriptTarget.ES2023)
  return file.statements.flatMap(statement => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return []
    const name = statement.moduleSpecifier
    return name ? [{ from: name.getStart(file), to: name.end }] : []
  })
}
