/**
 * The functions of this package by their names, wherever a file imports them from. It must not know what they compute.
 */
import type ts from 'typescript'

/** Where the package declares functions that a derived function may call. */
const HOME =
  /\/runtime\/(?:generated\/surface\/(?:special-)?functions|arrays\/reductions|special\/steps|linear\/(?:products|solutions|best-solution)|verbs\/(?:verbs|directional|into)|number\/custom-rule)\.d?\.?[cm]?ts$/

/** What an expression names, behind imports. */
export function symbolAt(
  ts: typeof import('typescript'),
  checker: ts.TypeChecker,
  node: ts.Expression,
): ts.Symbol | undefined {
  const named = checker.getSymbolAtLocation(node)
  return named && named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named
}

/** The name in the package of what is called, with the file of its declaration; undefined for what is not of the package. */
export function packageName(
  ts: typeof import('typescript'),
  checker: ts.TypeChecker,
  callee: ts.Expression,
): { readonly name: string; readonly symbol: ts.Symbol; readonly room: string } | undefined {
  const symbol = symbolAt(ts, checker, callee)
  const file = symbol?.declarations?.[0]?.getSourceFile().fileName
  const room = file === undefined ? undefined : HOME.exec(file)?.[0].split('/').at(-2)
  return symbol && room !== undefined ? { name: symbol.name, symbol, room } : undefined
}
