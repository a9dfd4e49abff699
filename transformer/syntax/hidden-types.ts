/**
 * Whether the declarations of a file, as the compiler writes them for other files, leave out types that these files may see all the same.
 * It must not know who goes by declarations.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { walk } from './walk.ts'

/** Types of private members are left out; of an interface inside of a function stands only the name. May be true of others too. */
export function hidesTypes(ts: TypeScript, file: ts.SourceFile): boolean {
  // also `@private` in a comment of JavaScript
  if (/\bprivate\b/.test(file.text)) return true
  const isType = (node: ts.Node) =>
    ts.isClassLike(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isTypeAliasDeclaration(node)
  const outer = new Set<ts.Node>(file.statements)
  let hides = false
  walk(ts, file, node => {
    if (ts.isModuleBlock(node)) for (const each of node.statements) outer.add(each)
    hides ||= isType(node) && !outer.has(node)
    return hides ? 'skip' : undefined
  })
  return hides
}
