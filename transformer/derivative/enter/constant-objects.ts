/**
 * Functions that are properties of constant objects, `const activations = { relu: (x: number) => … }`, and those of Math as values.
 * It must not know statements.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { walk } from '../../syntax/walk.ts'
import { quotedRules } from '../quoted-rules.ts'
import { type Enter, type EnteredValue, type FunctionNode, inner, isFunction, type KnownFunction } from './context.ts'
import { constantOf } from './fixed-constants.ts'
import { nameInMath } from './math-names.ts'
import { nameValue } from './names.ts'
import { ruleNamed } from './operators.ts'
import { symbolAt } from './package-names.ts'
import { functionHere } from './scopes.ts'

/** The function that such a member always is; undefined for all else. */
export function memberOfConstant(enter: Enter, node: ts.Expression): KnownFunction | undefined {
  const { ts, checker } = enter
  const found = propertyOfConstant(ts, checker, node)
  if (found === undefined) return ofMath(enter, node)
  if (ts.isMethodDeclaration(found)) return functionHere(enter, found as FunctionNode)
  const value: EnteredValue = ts.isShorthandPropertyAssignment(found)
    ? nameValue(enter, found.name, checker.getShorthandAssignmentValueSymbol(found))
    : enter.value(found)
  return isFunction(value) ? value : undefined
}

/** `Math.tanh` where a function is passed on. */
function ofMath(enter: Enter, node: ts.Expression): KnownFunction | undefined {
  const name = nameInMath(enter, node)
  const rule = name === undefined ? undefined : ruleNamed(`Math.${name}`)
  const isOfOne = rule !== undefined && quotedRules[rule]!.partials.length === 1
  return isOfOne ? { node: node as ts.Node as FunctionNode, rule } : undefined
}

/** What a name stands for that is a member of Math, `const { sin, PI } = Math`; undefined for all else. */
export function memberOfMath(enter: Enter, node: ts.Identifier): EnteredValue {
  const name = nameInMath(enter, node)
  if (name === undefined) return undefined
  return enter.checker.getTypeAtLocation(node).flags & enter.ts.TypeFlags.NumberLike
    ? `Math.${name}`
    : ofMath(enter, node)
}

/** What a property of an object that nothing changes was written as: a method, or a value. */
export function propertyOfConstant(
  ts: TypeScript,
  checker: ts.TypeChecker,
  node: ts.Expression,
): ts.Expression | ts.MethodDeclaration | ts.ShorthandPropertyAssignment | undefined {
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return undefined
  const symbol = symbolAt(ts, checker, node.expression)
  const object = symbol && constantOf(ts, symbol)
  if (!object || !ts.isObjectLiteralExpression(object)) return undefined
  if (checker.getTypeAtLocation(node).getCallSignatures().length === 0) return undefined
  const own = object.properties.findLast(each => ts.isSpreadAssignment(each) || each.name?.getText() === node.name.text)
  if (!own || ts.isSpreadAssignment(own) || !isNeverChanged(ts, checker, symbol)) return undefined
  if (ts.isMethodDeclaration(own) && own.body) return own
  if (ts.isShorthandPropertyAssignment(own)) return own
  return ts.isPropertyAssignment(own) ? (inner(ts, own.initializer) as ts.Expression) : undefined
}

/** Whether an object is `as const`, or is nowhere in its file but before a dot, and in no other file. */
function isNeverChanged(ts: TypeScript, checker: ts.TypeChecker, symbol: ts.Symbol): boolean {
  const declaration = symbol.valueDeclaration as ts.VariableDeclaration
  if (/\bas\s+const$|^<const>/.test(declaration.initializer!.getText())) return true
  const file = declaration.getSourceFile()
  const exported = checker.getSymbolAtLocation(file)?.exports?.values() ?? []
  if ([...exported].some(each => aliased(ts, checker, each).valueDeclaration === declaration)) return false
  const isMeant = (each: ts.Identifier) => checker.getSymbolAtLocation(each)?.valueDeclaration === declaration
  let isChanged = false
  walk(ts, file, each => {
    if (isChanged || ts.isTypeNode(each)) return 'skip'
    if (!ts.isIdentifier(each) || each.text !== symbol.name || each.parent === declaration) return undefined
    if (isMeant(each) && !isOnlyRead(ts, each)) isChanged = true
    return undefined
  })
  return !isChanged
}

const aliased = (ts: TypeScript, checker: ts.TypeChecker, symbol: ts.Symbol) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol

/** `activations.relu`, but for what an assignment has on its left. */
function isOnlyRead(ts: TypeScript, name: ts.Identifier): boolean {
  const { parent } = name
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== name) return false
  let at: ts.Node = parent
  while (ts.isParenthesizedExpression(at.parent) || ts.isNonNullExpression(at.parent)) at = at.parent
  if (ts.isCallExpression(at.parent) && at.parent.expression === at) return true
  const isPassed =
    ts.isCallExpression(at.parent) || ts.isVariableDeclaration(at.parent) || ts.isArrowFunction(at.parent)
  return isPassed || ts.isConditionalExpression(at.parent) || ts.isReturnStatement(at.parent)
}
