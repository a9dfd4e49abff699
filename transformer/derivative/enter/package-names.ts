/**
 * The functions of this package by their names, wherever a file imports them from. It must not know what they compute.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'

/** Where the package declares functions that a derived function may call. */
const HOME =
  /\/runtime\/(?:generated\/surface\/(?:special-)?functions|arrays\/reductions|special\/steps|linear\/(?:products|solutions|best-solution)|verbs\/(?:verbs|directional|into)|number\/custom-rule)\.d?\.?[cm]?ts$/

/** What an expression names, behind imports. */
export function symbolAt(ts: TypeScript, checker: ts.TypeChecker, node: ts.Expression): ts.Symbol | undefined {
  const named = checker.getSymbolAtLocation(node)
  return named && named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named
}

/** The name in the package of what is called, with the file of its declaration; undefined for what is not of the package. */
export function packageName(
  ts: TypeScript,
  checker: ts.TypeChecker,
  callee: ts.Expression,
): { readonly name: string; readonly symbol: ts.Symbol; readonly room: string } | undefined {
  const symbol = symbolAt(ts, checker, callee)
  const file = symbol?.declarations?.[0]?.getSourceFile().fileName
  const room = file === undefined ? undefined : HOME.exec(file)?.[0].split('/').at(-2)
  return symbol && room !== undefined ? { name: symbol.name, symbol, room } : undefined
}

/** Whether an expression is a member of a module or a namespace, or static in a class: `model.loss` behind `import * as model`. */
export function isMemberOfModule(
  ts: TypeScript,
  checker: ts.TypeChecker,
  node: ts.Expression,
): node is ts.PropertyAccessExpression {
  if (!ts.isPropertyAccessExpression(node)) return false
  const { Module, Class } = ts.SymbolFlags
  return ((symbolAt(ts, checker, node.expression)?.flags ?? 0) & (Module | Class)) !== 0
}
