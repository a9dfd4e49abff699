/**
 * Where a name of a file is declared, and whether its start makes it a number. By names alone; it must not know types.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { walk } from '../syntax/walk.ts'

interface InFile {
  readonly ts: TypeScript
  readonly file: ts.SourceFile
}

export type Declared = ts.VariableDeclaration | ts.ParameterDeclaration | ts.PropertyDeclaration | ts.PropertyAssignment

/** Where the variable, the property or the elements are declared; by names, in this file. */
export function declarationOf(at: InFile, target: ts.Expression): Declared | undefined {
  const { ts } = at
  const inner = ts.isNonNullExpression(target) ? target.expression : target
  if (ts.isIdentifier(inner)) return variableNamed(at, inner)
  if (ts.isElementAccessExpression(inner)) return declarationOf(at, inner.expression)
  if (!ts.isPropertyAccessExpression(inner)) return undefined
  const name = inner.name.text
  if (inner.expression.kind === ts.SyntaxKind.ThisKeyword) {
    const owner = ts.findAncestor(inner, ts.isClassLike)
    return owner?.members.find(
      (each): each is ts.PropertyDeclaration => ts.isPropertyDeclaration(each) && each.name.getText(at.file) === name,
    )
  }
  const object = declarationOf(at, inner.expression)
  const value = object?.initializer
  return value && ts.isObjectLiteralExpression(value)
    ? value.properties.find(
        (each): each is ts.PropertyAssignment => ts.isPropertyAssignment(each) && each.name.getText(at.file) === name,
      )
    : undefined
}

/** The innermost declaration of a name around it. */
export function variableNamed(
  { ts, file }: InFile,
  name: ts.Identifier,
): ts.VariableDeclaration | ts.ParameterDeclaration | undefined {
  let found: ts.VariableDeclaration | ts.ParameterDeclaration | undefined
  walk(ts, file, node => {
    if (!ts.isVariableDeclaration(node) && !ts.isParameter(node)) return
    if (!ts.isIdentifier(node.name) || node.name.text !== name.text) return
    const scope = ts.isParameter(node)
      ? node.parent
      : ts.findAncestor(node, each => ts.isBlock(each) || ts.isSourceFile(each) || ts.isForStatement(each))
    if (scope && scope.pos <= name.pos && scope.end >= name.end) found = node
  })
  return found
}

/** The declaration with a type: `let s: Numeric = 0`, `total: Numeric = 0`, `sum: 0 as Numeric`. */
export function typed({ ts, file }: InFile, declaration: Declared, start: ts.Expression, wanted: string): string {
  const name = declaration.name.getText(file)
  const isArray = ts.isArrayLiteralExpression(start)
  const type = isArray ? `${wanted.includes('|') ? `(${wanted})` : wanted}[]` : wanted
  if (ts.isPropertyAssignment(declaration)) return `${name}: ${start.getText(file)} as ${type}`
  const keyword = ts.isVariableDeclaration(declaration)
    ? (/^\w+ /.exec(declaration.parent.getText(file))?.[0] ?? '')
    : ''
  return `${keyword}${name}: ${type} = ${start.getText(file)}`
}

/** Whether a start makes its variable a number, or an array of numbers. */
export function holdsNumbers(ts: TypeScript, start: ts.Expression): boolean {
  return ts.isArrayLiteralExpression(start) ? start.elements.every(each => isNumber(ts, each)) : isNumber(ts, start)
}

/** `0`, `-1` and `-Infinity`. */
export function isNumber(ts: TypeScript, node: ts.Expression): boolean {
  const inner = ts.isPrefixUnaryExpression(node) ? node.operand : node
  return ts.isNumericLiteral(inner) || (ts.isIdentifier(inner) && inner.text === 'Infinity')
}
