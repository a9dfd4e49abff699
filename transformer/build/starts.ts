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
  if (!ts.isElementAccessExpression(inner) && !ts.isPropertyAccessExpression(inner)) return undefined
  const name = ts.isPropertyAccessExpression(inner) ? inner.name : inner.argumentExpression
  const isNamed = ts.isMemberName(name) || ts.isStringLiteralLike(name)
  const property = isNamed ? propertyOf(at, inner.expression, name.text) : undefined
  return property ?? (ts.isElementAccessExpression(inner) ? declarationOf(at, inner.expression) : undefined)
}

/** Of `this`, of a class, of `new C()`, or of an object that is written out. */
function propertyOf(at: InFile, object: ts.Expression, name: string): Declared | undefined {
  const { ts } = at
  if (object.kind === ts.SyntaxKind.ThisKeyword) return fieldOf(at, ts.findAncestor(object, ts.isClassLike), name)
  const value = declarationOf(at, object)?.initializer
  if (value && ts.isObjectLiteralExpression(value)) return value.properties.find(each => isProperty(at, each, name))
  const named = value && ts.isNewExpression(value) ? value.expression : object
  return ts.isIdentifier(named) ? fieldOf(at, classNamed(at, named.text), name) : undefined
}

function fieldOf(at: InFile, owner: ts.ClassLikeDeclaration | undefined, name: string): Declared | undefined {
  const { ts } = at
  const isField = (each: ts.ClassElement): each is ts.PropertyDeclaration =>
    ts.isPropertyDeclaration(each) && spelled(ts, each.name) === name
  const [base] = owner?.heritageClauses?.[0]?.types ?? []
  const parent = base && ts.isIdentifier(base.expression) ? classNamed(at, base.expression.text) : undefined
  return owner?.members.find(isField) ?? (parent && parent.pos < owner!.pos ? fieldOf(at, parent, name) : undefined)
}

const isProperty = ({ ts }: InFile, each: ts.ObjectLiteralElementLike, name: string): each is ts.PropertyAssignment =>
  ts.isPropertyAssignment(each) && spelled(ts, each.name) === name

const spelled = (ts: TypeScript, name: ts.PropertyName) => (ts.isComputedPropertyName(name) ? undefined : name.text)

function classNamed({ ts, file }: InFile, name: string): ts.ClassDeclaration | undefined {
  let found: ts.ClassDeclaration | undefined
  walk(ts, file, node => {
    if (ts.isClassDeclaration(node) && node.name?.text === name) found = node
  })
  return found
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
