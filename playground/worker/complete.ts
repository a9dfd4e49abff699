/**
 * Completions at a position: the members of the expression before a dot, or the visible names.
 * A placeholder is inserted there, and the program with it is asked. It must not know how a list is shown.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../transformer/compiler/typescript.ts'
import { analyse, loweredStart, nodeAt } from './analysis.ts'
import type { Completion } from './messages.ts'
import type { Project } from './project.ts'

const PLACEHOLDER = 'placeholderOfCompletion'

export function completions(ts: TypeScript, project: Project, text: string, position: number): readonly Completion[] {
  const before = text.slice(0, position).replace(/[\w$]*$/, '')
  const after = text.slice(position).replace(/^[\w$]*/, '')
  const analysis = analyse(ts, project, before + PLACEHOLDER + after)
  const start = loweredStart(analysis, before.length, PLACEHOLDER.length)
  if (start === undefined) return []
  const name = nodeAt(ts, analysis.lowered, start, start + PLACEHOLDER.length, ts.isIdentifier)
  if (!name) return []
  const checker = analysis.program.getTypeChecker()
  const { parent } = name
  if (ts.isPropertyAccessExpression(parent) && parent.name === name) {
    const members = checker.getApparentType(checker.getTypeAtLocation(parent.expression)).getProperties()
    return members.filter(isPublic).map(member => completion(ts, checker, member, name))
  }
  if (!before.trimEnd().endsWith('.')) return namesInSight(ts, checker, name)
  return []
}

function namesInSight(ts: TypeScript, checker: ts.TypeChecker, at: ts.Node): readonly Completion[] {
  const { Variable, Function: functions, Class, Alias } = ts.SymbolFlags
  const symbols = checker.getSymbolsInScope(at, Variable | functions | Class | Alias)
  return symbols
    .filter(({ name }) => name !== PLACEHOLDER && /^[a-z]/i.test(name))
    .map(symbol => completion(ts, checker, symbol, at))
}

/** Internal names start with an underscore, symbols with two. */
const isPublic = ({ name }: ts.Symbol) => !name.startsWith('_')

function completion(ts: TypeScript, checker: ts.TypeChecker, symbol: ts.Symbol, at: ts.Node): Completion {
  const { Method, Function: functions, Class, Property, Accessor, Alias } = ts.SymbolFlags
  const { flags } = symbol.flags & Alias ? checker.getAliasedSymbol(symbol) : symbol
  const kind = flags & Method ? 'method' : flags & functions ? 'function' : flags & Class ? 'class' : undefined
  const isMember = flags & (Property | Accessor)
  const detail = kind || !isMember ? '' : checker.typeToString(checker.getTypeOfSymbolAtLocation(symbol, at))
  return { label: symbol.name, kind: kind ?? (isMember ? 'property' : 'variable'), detail }
}
