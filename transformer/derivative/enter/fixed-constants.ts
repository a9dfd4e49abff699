/**
 * Constants whose value is written out and that nothing changes, `const nodes = [-0.7, 0, 0.7]`: where their name means nothing, the text
 * holds them itself. It must not know statements.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { walk } from '../../syntax/walk.ts'
import { type Atom, isVariable, type Variable } from '../structured.ts'
import { isAssignment } from './assigned.ts'
import { type Enter, inner } from './context.ts'
import { symbolAt } from './package-names.ts'
import { isOfLibrary } from './types.ts'

type AskedOfConstants = Pick<Enter, 'ts' | 'checker'>

/** What a constant is declared as. */
export function constantOf(ts: TypeScript, symbol: ts.Symbol): ts.Expression | undefined {
  const declaration = symbol.valueDeclaration
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return undefined
  if (!(ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) || !ts.isIdentifier(declaration.name))
    return undefined
  return inner(ts, declaration.initializer) as ts.Expression
}

/** The value of such a number or text; undefined for all else. */
export function fixedAtom(enter: Enter, symbol: ts.Symbol): Atom | undefined {
  const value = constantOf(enter.ts, symbol)
  return value && isWritten(enter, value, false) ? enter.atom(value) : undefined
}

/** A variable with such an array or record, which is made once, at the start; undefined for all else. */
export function fixedReference(enter: Enter, symbol: ts.Symbol): Variable | undefined {
  const value = constantOf(enter.ts, symbol)
  if (!value || !isWritten(enter, value, true) || !isConstantForever(enter, symbol)) return undefined
  let found: Variable | undefined
  enter.atStart(() => {
    const made = enter.value(value)
    if (made !== undefined && isVariable(made as Atom)) found = made as Variable
  })
  if (found) found.wanted = symbol.name
  return found
}

/** Whether an expression says its value by itself: literals, arithmetic of these, and arrays and records of them. */
function isWritten(enter: Enter, written: ts.Expression, isWhole: boolean): boolean {
  const { ts, checker } = enter
  const node = inner(ts, written) as ts.Expression
  const each = (part: ts.Expression) => isWritten(enter, part, isWhole)
  if (ts.isNumericLiteral(node) || ts.isStringLiteralLike(node)) return true
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return true
  if (ts.isPrefixUnaryExpression(node))
    return [ts.SyntaxKind.MinusToken, ts.SyntaxKind.PlusToken].includes(node.operator as never) && each(node.operand)
  if (ts.isBinaryExpression(node))
    return /^(?:[-+*/%]|\*\*)$/.test(node.operatorToken.getText()) && each(node.left) && each(node.right)
  if (ts.isIdentifier(node)) {
    const value = constantOf(ts, symbolAt(ts, checker, node)!)
    return value !== undefined && isWritten(enter, value, false)
  }
  const ofMath = ts.isCallExpression(node) ? node.expression : node
  if (ts.isPropertyAccessExpression(ofMath))
    return (
      ts.isIdentifier(ofMath.expression) &&
      /^(?:Math|Number)$/.test(ofMath.expression.text) &&
      ofMath.name.text !== 'random' &&
      isOfLibrary(checker.getSymbolAtLocation(ofMath.expression)) &&
      (!ts.isCallExpression(node) || node.arguments.every(each))
    )
  if (!isWhole) return false
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(each)
  return (
    ts.isObjectLiteralExpression(node) &&
    node.properties.every(own => ts.isPropertyAssignment(own) && ts.isIdentifier(own.name) && each(own.initializer))
  )
}

/** Whether an array or a record keeps its value: TypeScript forbids to change it, or nothing but its file knows it, and only reads it. */
function isConstantForever({ ts, checker }: AskedOfConstants, symbol: ts.Symbol): boolean {
  const declaration = symbol.valueDeclaration as ts.VariableDeclaration
  if (isNeverWritten(ts, checker, declaration)) return true
  const file = declaration.getSourceFile()
  const exported = checker.getSymbolAtLocation(file)?.exports?.values() ?? []
  const aliased = (each: ts.Symbol) => (each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each)
  if ([...exported].some(each => aliased(each).valueDeclaration === declaration)) return false
  let isRead = true
  walk(ts, file, each => {
    if (!isRead || ts.isTypeNode(each)) return 'skip'
    if (!ts.isIdentifier(each) || each.text !== symbol.name || each.parent === declaration) return undefined
    if (checker.getSymbolAtLocation(each)?.valueDeclaration === declaration) isRead = isReading({ ts, checker }, each)
    return undefined
  })
  return isRead
}

/** `as const`, or a `readonly number[]`. */
function isNeverWritten(
  ts: AskedOfConstants['ts'],
  checker: ts.TypeChecker,
  declaration: ts.VariableDeclaration,
): boolean {
  if (/\bas\s+const$/.test(declaration.initializer!.getText())) return true
  const type = checker.getTypeAtLocation(declaration)
  const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number)
  const isReadonly = /^(?:ReadonlyArray|readonly )/.test(declaration.type?.getText() ?? '')
  return isReadonly && element !== undefined && (element.flags & ts.TypeFlags.NumberLike) !== 0
}

const READING =
  /^(?:at|every|filter|find\w*|forEach|includes|indexOf|lastIndexOf|map|reduce\w*|slice|some|concat|entries|keys|toSorted|toReversed)$/

/** `c[i] * x`, `c[i][j]`, `c.length`, `c.map(…)`, but for what is assigned; a row that is handed on could be changed there. */
function isReading({ ts, checker }: AskedOfConstants, name: ts.Identifier): boolean {
  const isFlat = (node: ts.Node) => {
    const element = checker.getIndexTypeOfType(checker.getTypeAtLocation(node), ts.IndexKind.Number)
    return element !== undefined && isPrimitive(ts, element)
  }
  let at: ts.Node = name
  for (;;) {
    const { parent } = at
    const isOfMember = ts.isElementAccessExpression(parent) || ts.isPropertyAccessExpression(parent)
    if (!ts.isNonNullExpression(parent) && !(isOfMember && parent.expression === at)) break
    if (
      ts.isPropertyAccessExpression(parent) &&
      ts.isCallExpression(parent.parent) &&
      parent.parent.expression === parent
    )
      return READING.test(parent.name.text) && isFlat(at)
    at = parent
  }
  const { parent } = at
  if ((ts.isForOfStatement(parent) && parent.expression === at) || ts.isSpreadElement(parent)) return isFlat(at)
  const isChanged =
    (ts.isBinaryExpression(parent) && parent.left === at && isAssignment(ts, parent.operatorToken.kind)) ||
    ((ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) &&
      !/^[-+!~]$/.test(ts.tokenToString(parent.operator)!)) ||
    // `[c[0], c[1]] = …`
    ts.isArrayLiteralExpression(parent) ||
    ts.isPropertyAssignment(parent)
  return !isChanged && isPrimitive(ts, checker.getNonNullableType(checker.getTypeAtLocation(at)))
}

const isPrimitive = (ts: AskedOfConstants['ts'], { flags }: ts.Type) =>
  (flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.StringLike | ts.TypeFlags.BooleanLike)) !== 0
