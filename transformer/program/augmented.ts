/**
 * A fault of the compiler's declaration emit: it binds members with computed names to the symbol that a class had before another file augmented
 * it, so who asks the class later finds none of them. It must not know operators.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { augmentedBy } from './imports.ts'

/** Asks for the members of augmented classes before any declaration is emitted, as `createLateBoundIndexSignatures` of the compiler does not. */
export function bindAugmented(ts: TypeScript, program: ts.Program): void {
  const augmented = new Set(program.getSourceFiles().flatMap(file => augmentedBy(ts, program, file)))
  for (const file of augmented) if (!file.isDeclarationFile) bindClassesOf(ts, program.getTypeChecker(), file)
}

function bindClassesOf(ts: TypeScript, checker: ts.TypeChecker, file: ts.SourceFile): void {
  for (const statement of file.statements) {
    const symbol =
      ts.isClassDeclaration(statement) && statement.name ? checker.getSymbolAtLocation(statement.name) : undefined
    if (symbol) checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
  }
}
