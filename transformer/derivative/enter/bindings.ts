/**
 * Declared names: what each stands for from its declaration on. It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { walk } from '../../syntax/walk.ts'
import { isMadeUpName, isVariable } from '../structured.ts'
import {
  asStored,
  asVariable,
  DerivativeFault,
  type Enter,
  type EnteredValue,
  isAbsent,
  isFunction,
  kindIn,
  refused,
} from './context.ts'
import { isOfMathOnly } from './math-names.ts'
import { kindOfType } from './types.ts'

export function bindingsOf(enter: Enter): Pick<Enter, 'declare' | 'bind' | 'orDefault' | 'restOf'> {
  const { ts, checker } = enter

  const declare: Enter['declare'] = list => {
    if (!(list.flags & (ts.NodeFlags.Let | ts.NodeFlags.Const))) throw refused(list, 'a `var`')
    for (const declaration of list.declarations) {
      const { name, initializer, type } = declaration
      if (isOfMathOnly(enter, declaration)) continue
      if (initializer) bind(name, enter.value(initializer), initializer)
      else if (ts.isIdentifier(name)) bindUndefined(name, type ?? firstAssigned(name) ?? name)
      else throw refused(name, 'this declaration')
    }
  }
  /** What is assigned first to a variable without a type: it has the type of what it holds. */
  const firstAssigned = (name: ts.Identifier): ts.Expression | undefined => {
    const symbol = checker.getSymbolAtLocation(name)
    let found: ts.Expression | undefined
    walk(ts, name.getSourceFile(), node => {
      if (found) return 'skip'
      const isAssignment = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken
      if (isAssignment && ts.isIdentifier(node.left) && checker.getSymbolAtLocation(node.left) === symbol)
        found = node.right
      return undefined
    })
    return found
  }
  /** A variable without a value yet. */
  const bindUndefined = (name: ts.Identifier, typed: ts.Node) => {
    const variable = enter.changing(name.text, enter.kindAt(typed, name))
    enter.set(variable, 'undefined')
    enter.bound.set(checker.getSymbolAtLocation(name)!, variable)
  }

  const bind: Enter['bind'] = (name, value, node) => {
    if (ts.isIdentifier(name)) return bindName(name, value, node)
    enter.bindParts(name, value, node)
  }

  const bindName = (name: ts.Identifier, value: EnteredValue, node: ts.Node) => {
    const symbol = checker.getSymbolAtLocation(name)
    if (!symbol) throw refused(name, 'this name')
    if (value === undefined) throw refused(node, 'a call that returns nothing, as a value,')
    const isAssigned = enter.isAssigned(symbol)
    if (isFunction(value)) {
      if (isAssigned) throw new DerivativeFault(catalogue.functionAsValue, node)
      enter.bound.set(symbol, value)
    } else if (!isAssigned && !isAbsent(value) && (!isVariable(value) || value.isFixed)) {
      if (isVariable(value) && isMadeUpName(value.wanted)) value.wanted = name.text
      enter.bound.set(symbol, value)
    } else {
      const isOfType = kindOfType(enter, checker.getTypeAtLocation(name)) === 'reference'
      const kind = isAbsent(value) && isOfType ? 'reference' : kindIn(value)
      const variable = isAssigned ? enter.changing(name.text, kind) : enter.fixed(name.text, kind)
      enter.set(variable, value)
      enter.bound.set(symbol, variable)
    }
  }

  const orDefault: Enter['orDefault'] = (given, initializer) => {
    const test = enter.constant(asVariable(enter, given), ' === undefined')
    return enter.chosen(
      test,
      () => enter.value(initializer),
      () => given,
      initializer,
    )
  }
  const restOf: Enter['restOf'] = (args, at) => {
    const rest = enter.reference('rest')
    enter.emit({ k: 'make', target: rest, of: 'array' })
    for (const each of args) enter.emit({ k: 'push', to: rest, from: asStored(each, at) })
    return rest
  }

  return { declare, bind, orDefault, restOf }
}
