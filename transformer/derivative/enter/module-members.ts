/**
 * What a module, a namespace, an enum or a class holds beside functions: `settings.rate` behind `import * as settings`, `Model.rate`.
 * It must not know statements.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { type Atom, isVariable, type Variable } from '../structured.ts'
import { DerivativeFault, type Enter } from './context.ts'
import { fixedReference } from './fixed-constants.ts'
import { literalOf } from './names.ts'
import { isPlainlyTyped, outerText } from './outer-types.ts'
import { isMemberOfModule, symbolAt } from './package-names.ts'
import { isInside } from './scopes.ts'
import { isProjectClass, kindOfType } from './types.ts'

/** Such a member that is a number, an array or a record; undefined for all else. */
export function memberOfModule(enter: Enter, node: ts.Expression): Atom | undefined {
  const { ts, checker, bound } = enter
  // `this` has the symbol of its class
  if (!isMemberOfModule(ts, checker, node) || node.expression.kind === ts.SyntaxKind.ThisKeyword) return undefined
  const symbol = symbolAt(ts, checker, node)
  if (!symbol?.valueDeclaration || ts.isPrivateIdentifier(node.name)) return undefined
  const known = bound.has(symbol) ? bound.get(symbol) : undefined
  if (known !== undefined) return isVariable(known as Atom) ? (known as Variable) : undefined
  const type = checker.getTypeOfSymbol(symbol)
  const kind = isProjectClass(ts, type) ? 'reference' : kindOfType(enter, type)
  if (kind !== 'scalar' && kind !== 'reference') return undefined
  const path = pathOf(enter, node)
  if (kind === 'scalar') return path === undefined ? literalOf(enter, symbol, node) : outerText(enter, path, type)
  if (path === undefined) {
    const fixed = fixedReference(enter, symbol)
    if (!fixed) throw new DerivativeFault(catalogue.notVisible, node, node.getText())
    bound.set(symbol, fixed)
    return fixed
  }
  const isUntyped = !isPlainlyTyped(enter, type)
  const variable: Variable = { wanted: symbol.name, kind, isFixed: true, outer: path, isUntyped }
  bound.set(symbol, variable)
  return variable
}

/** The text of such a member where the gradient is taken; undefined where its first name means something else there. */
function pathOf(enter: Enter, node: ts.PropertyAccessExpression): string | undefined {
  const { ts, checker, activations } = enter
  const root = node.expression
  const named = checker.getSymbolAtLocation(root)
  const isOwn = named?.declarations?.some(each => activations.some(({ node }) => isInside(each, node)))
  const text = ts.isIdentifier(root) ? named && !isOwn && enter.captured(named) : rootPath(enter, root)
  if (!text) return undefined
  const declared = symbolAt(ts, checker, node)!.valueDeclaration!
  const isPublic = !(ts.getCombinedModifierFlags(declared) & ts.ModifierFlags.NonPublicAccessibilityModifier)
  return `${isPublic ? text : `(${text} as any)`}.${node.name.text}`
}

const rootPath = (enter: Enter, root: ts.Expression) =>
  enter.ts.isPropertyAccessExpression(root) ? pathOf(enter, root) : undefined
