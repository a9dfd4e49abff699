/**
 * What the declarations of a file, as the compiler writes them for other files, leave out of types that these files may see all the same.
 * It must not know who goes by declarations.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { walk } from './walk.ts'

/** Types of private members are left out; of a class or an interface inside of a function stands only the name. */
export interface HiddenTypes {
  readonly members: readonly ts.Declaration[]
  readonly local: readonly ts.Declaration[]
}

export function hiddenTypesIn(ts: TypeScript, file: ts.SourceFile): HiddenTypes {
  const members: ts.Declaration[] = []
  const local: ts.Declaration[] = []
  const outer = new Set<ts.Node>(file.statements)
  // also `@private` in a comment of JavaScript
  const mayBePrivate = /\bprivate\b/.test(file.text)
  walk(ts, file, node => {
    if (ts.isModuleBlock(node)) for (const each of node.statements) outer.add(each)
    if (isType(ts, node) && !outer.has(node)) local.push(node)
    else if (mayBePrivate && isMember(ts, node) && isPrivate(ts, node)) members.push(node)
  })
  return { members, local }
}

export function hidesTypes(ts: TypeScript, file: ts.SourceFile): boolean {
  const { members, local } = hiddenTypesIn(ts, file)
  return members.length + local.length > 0
}

const isType = (ts: TypeScript, node: ts.Node): node is ts.DeclarationStatement | ts.ClassLikeDeclaration =>
  ts.isClassLike(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isEnumDeclaration(node) ||
  ts.isTypeAliasDeclaration(node)

/** Of a class; a parameter of a constructor may be one too. */
const isMember = (ts: TypeScript, node: ts.Node): node is ts.ClassElement | ts.ParameterDeclaration =>
  ts.isClassElement(node) || ts.isParameter(node)

const isPrivate = (ts: TypeScript, node: ts.Declaration): boolean =>
  (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) !== 0
