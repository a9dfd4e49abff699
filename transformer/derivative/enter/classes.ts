/**
 * Classes that are records in disguise: no parent, no accessors, and a constructor that only assigns fields. Their methods are entered
 * where they are called, since no other class can stand behind an object that the function made. It must not know derivatives.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import type { Variable } from '../structured.ts'
import { throwIf } from './arrays.ts'
import { asReference, asStored, type Enter, type FunctionNode, refused } from './context.ts'
import { isPlainlyTyped } from './outer-types.ts'
import { symbolAt } from './package-names.ts'
import { visibleCalls } from './scopes.ts'
import { isProjectClass, objectTypeOf, recordClass } from './types.ts'

export function classesOf(enter: Enter): Pick<Enter, 'instance' | 'methodCall' | 'self'> {
  const { ts, checker } = enter

  const store = (to: Variable, name: ts.PropertyName, value: ts.Expression) =>
    enter.emit({ k: 'store', to, key: JSON.stringify(name.getText()), from: asStored(enter.value(value), value) })

  const instance: Enter['instance'] = node => {
    const found = recordClass(ts, checker, checker.getTypeAtLocation(node))
    if (!found) return undefined
    const args = enter.passed(node.arguments ?? [], node)
    const target = enter.reference(found.name?.text.toLowerCase() ?? 'object')
    enter.emit({ k: 'make', target, of: 'record' })
    for (const member of found.members)
      if (ts.isPropertyDeclaration(member) && member.initializer) store(target, member.name, member.initializer)
    const made = found.members.find(each => ts.isConstructorDeclaration(each) && each.body)
    if (made) enter.inline({ node: made as FunctionNode, self: target }, args, node)
    return target
  }

  /** Objects from outside of which no class below can stand in the place. */
  const exact = new WeakSet<Variable>()
  /** Whether a captured object is of no other class than its type says: a constant that `new` made. */
  const isExact = (node: ts.Expression): boolean => {
    const declaration = ts.isIdentifier(node) ? symbolAt(ts, checker, node)?.valueDeclaration : undefined
    if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return false
    const isConstant = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0
    const made = checker.getTypeAtLocation(declaration.initializer)
    return (
      isConstant && ts.isNewExpression(declaration.initializer) && made.symbol === objectTypeOf(checker, node).symbol
    )
  }
  const methodCall: Enter['methodCall'] = node => {
    const { expression } = node
    if (!ts.isPropertyAccessExpression(expression)) return undefined
    const object = expression.expression
    const isThis = object.kind === ts.SyntaxKind.ThisKeyword
    const type = objectTypeOf(checker, object)
    const isRecord = recordClass(ts, checker, type) !== undefined
    if (!isThis && !isRecord && !isProjectClass(ts, type)) return undefined
    const method = checker.getSymbolAtLocation(expression.name)?.valueDeclaration
    if (!method || !ts.isMethodDeclaration(method) || !method.body) return undefined
    const self = enter.settled(asReference(enter.value(object), object))
    if (isExact(object)) exact.add(self)
    // of an object that comes from outside, another class may have the method
    if (enter.isFromOutside(self)) {
      if (!exact.has(self)) requireMethod(self, method, node)
    } else if (!isThis) {
      if (!isRecord) return undefined
      enter.oblige('foreign', self, node)
    }
    return { value: enter.inline({ node: method as FunctionNode, self }, enter.passed(node.arguments, node), node) }
  }
  /** A class below may have another method of this name, which only the run can tell. */
  const requireMethod = (self: Variable, method: ts.MethodDeclaration, node: ts.CallExpression) => {
    const named = (method.parent as ts.ClassLikeDeclaration).name
    const symbol = named && checker.getSymbolAtLocation(named)
    const owner = symbol && enter.captured(symbol)
    const name = method.name.getText()
    if (ts.isPrivateIdentifier(method.name)) return
    if (owner === undefined)
      throw refused(
        node,
        `\`${node.expression.getText()}\` of a class whose name means nothing where the gradient is taken,`,
      )
    const isPublic = !(ts.getCombinedModifierFlags(method) & ts.ModifierFlags.NonPublicAccessibilityModifier)
    const known = isPublic ? `${owner}.prototype` : `(${owner}.prototype as any)`
    throwIf(
      enter,
      enter.constant(self, `.${name} !== ${known}.${name}`),
      `new TypeError("the derivative was compiled for the method '${name}' of ${owner}, and this object has another one")`,
    )
  }

  /** One variable, so that its arrays are one place. */
  let outerThis: Variable | undefined
  const madeOuterThis = (node: ts.Expression): Variable => {
    const isUntyped = !isPlainlyTyped(enter, objectTypeOf(checker, node), true)
    return { wanted: 'this', kind: 'reference', isFixed: true, outer: 'this', isUntyped }
  }
  const self: Enter['self'] = node => {
    const around = containerOfThis(ts, node)
    const found = [...visibleCalls(enter.activations.at(-1))].find(each => each.node === around)?.self
    if (found) return found
    // what `this` is where the derivative is taken
    if (ts.isClassElement(around) && around === enter.siteOfThis) {
      outerThis ??= madeOuterThis(node)
      return outerThis
    }
    throw refused(node, '`this`, but for that of an object which is made here, or of the method around,')
  }

  return { instance, methodCall, self }
}

/** The function, or the part of a class, whose `this` is meant at a node. */
export function containerOfThis(ts: TypeScript, node: ts.Node): ts.Node {
  let around = node
  while (around.parent && (ts.isArrowFunction(around) || !(ts.isFunctionLike(around) || ts.isClassElement(around))))
    around = around.parent
  return around
}
