/** What the names of a function mean where its derivative is written. It must not know what is derived. */
import type ts from 'typescript'
import type { Checker } from '../compiler/checker.ts'
import type { TypeScript } from '../compiler/typescript.ts'
import type { Enter } from './enter/context.ts'

/** What a captured name is at the site, if it is the same there; it is noted as taken. */
export function visibleAt(
  ts: TypeScript,
  checker: ts.TypeChecker,
  site: ts.Node,
  outside: Map<string, ts.Symbol>,
): Enter['captured'] {
  const inScope = namesInScope(ts, checker, site)
  // of what a module exports there is a symbol inside of it, and another one for all others
  const target = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : checker.getExportSymbolOfSymbol(symbol)
  return symbol => {
    const there = inScope(symbol.name)
    if (!there || target(there) !== target(symbol) || isTypeOnly(ts, there)) return undefined
    outside.set(symbol.name, symbol)
    return symbol.name
  }
}

/** What names mean at the site. */
export function namesInScope(
  ts: TypeScript,
  checker: ts.TypeChecker,
  site: ts.Node,
): (name: string) => ts.Symbol | undefined {
  const meaning = ts.SymbolFlags.Value | ts.SymbolFlags.Alias
  const { symbolInScope } = checker as Partial<Checker>
  if (symbolInScope) return name => symbolInScope(name, site, meaning) as ts.Symbol | undefined
  let all: ReadonlyMap<string, ts.Symbol> | undefined
  return name => {
    all ??= new Map(checker.getSymbolsInScope(site, meaning).map(each => [each.name, each]))
    return all.get(name)
  }
}

function isTypeOnly(ts: TypeScript, symbol: ts.Symbol): boolean {
  return symbol.declarations?.some(each => ts.isTypeOnlyImportOrExportDeclaration(each)) ?? false
}
