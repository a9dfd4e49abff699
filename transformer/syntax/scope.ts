/**
 * The declarations of a file that hide a global name (`Math`, `String`), found by syntax alone.
 * When unsure, a name counts as hidden: then the code stays as it is, and the compiler reports errors.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { walk } from './walk.ts'

/** A test whether, at a node, `name` refers to a declaration of the file. */
export function hidden(ts: TypeScript, file: ts.SourceFile, name: string): (at: ts.Node) => boolean {
  // fast path: nearly every file only writes `Math.x(…)` and declares no such name, with an escape or as `namespace Math.x`
  const declaring = `\\b${name}\\b(?!\\s*\\.)|\\b(?:module|namespace)\\b[^;{}]*\\b${name}\\b|\\\\u`
  if (!new RegExp(declaring).test(file.text)) return () => false
  const scopes = new Set<ts.Node>()
  walk(ts, file, node => {
    if (ts.isIdentifier(node) && node.text === name && declares(ts, node)) scopes.add(scopeOf(ts, node))
  })
  const names = new Set([...scopes].flatMap(scope => mergedName(ts, scope) ?? []))
  return at => {
    for (let node = at; node; node = node.parent) {
      if (scopes.has(node)) return true
      const merged = names.size > 0 ? mergedName(ts, node) : undefined
      if (merged !== undefined && names.has(merged)) return true
    }
    return false
  }
}

/** Whether a node is in a namespace or an enum, of which other files may have parts. */
export function isInParts(ts: TypeScript, at: ts.Node): boolean {
  return ts.findAncestor(at, node => ts.isModuleBlock(node) || ts.isEnumDeclaration(node)) !== undefined
}

/** Whether a file has a part of a namespace or of an enum, in which `Math` or `Number` may mean what another file exports. */
export function hasParts(ts: TypeScript, { statements, text }: ts.SourceFile): boolean {
  const isPart = (each: ts.Statement) => ts.isModuleDeclaration(each) || ts.isEnumDeclaration(each)
  return statements.some(isPart) && /\b(?:Math|Number)\b|\\u/.test(text)
}

/** The name of a namespace or an enum, all of whose blocks see what one of them exports. */
function mergedName(ts: TypeScript, scope: ts.Node): string | undefined {
  if (ts.isEnumDeclaration(scope)) return scope.name.text
  return ts.isModuleBlock(scope) ? scope.parent.name.text : undefined
}

function declares(ts: TypeScript, id: ts.Identifier): boolean {
  const { parent } = id
  return (
    (ts.isVariableDeclaration(parent) ||
      ts.isParameter(parent) ||
      ts.isBindingElement(parent) ||
      ts.isFunctionDeclaration(parent) ||
      ts.isFunctionExpression(parent) ||
      ts.isClassLike(parent) ||
      ts.isEnumDeclaration(parent) ||
      ts.isEnumMember(parent) ||
      ts.isModuleDeclaration(parent) ||
      ts.isImportClause(parent) ||
      ts.isImportSpecifier(parent) ||
      ts.isNamespaceImport(parent) ||
      ts.isImportEqualsDeclaration(parent)) &&
    parent.name === id
  )
}

/** The node in which a declared name is visible; too wide at worst. */
function scopeOf(ts: TypeScript, id: ts.Identifier): ts.Node {
  let node: ts.Node = id.parent
  const isVar = ts.isVariableDeclaration(rootDeclaration(ts, node)) && !isBlockScoped(ts, rootDeclaration(ts, node))
  if (!ts.isFunctionExpression(node) && !ts.isClassExpression(node)) node = node.parent
  while (!ts.isSourceFile(node)) {
    if (ts.isFunctionLike(node) || ts.isModuleBlock(node) || ts.isClassExpression(node)) return node
    if (ts.isEnumDeclaration(node)) return node
    if (
      !isVar &&
      (ts.isBlock(node) || ts.isCaseBlock(node) || ts.isCatchClause(node) || ts.isIterationStatement(node, false))
    )
      return node
    node = node.parent
  }
  return node
}

function rootDeclaration(ts: TypeScript, node: ts.Node): ts.Node {
  let at = node
  while (ts.isBindingElement(at) || ts.isObjectBindingPattern(at) || ts.isArrayBindingPattern(at)) at = at.parent
  return at
}

function isBlockScoped(ts: TypeScript, declaration: ts.Node): boolean {
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.BlockScoped) !== 0 || ts.isCatchClause(declaration.parent)
}
