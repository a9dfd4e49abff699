/**
 * Functions with derivatives of their own: those of `customRule`, and functions of the type `Differentiable` without text, whose
 * derivative hangs on the function. It must not know how a derivative is written.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { isMarked } from '../marks.ts'
import { FLOW } from '../rows.ts'
import { type Atom, isVariable, type Variable } from '../structured.ts'
import { countIn } from './arrays.ts'
import {
  asAtom,
  asReference,
  asStored,
  DerivativeFault,
  type Enter,
  type EnteredValue,
  type FunctionNode,
  inner,
  isFunction,
  isReference,
  type KnownFunction,
  refused,
} from './context.ts'
import { constantOf } from './fixed-constants.ts'
import { packageName, symbolAt } from './package-names.ts'
import { isArrayType, isOfNumbers, kindOfType } from './types.ts'

export function ownDerivativesOf(enter: Enter): Pick<Enter, 'ownDerivativeCall'> {
  const { ts, checker } = enter

  // ---- customRule

  const ruleOf = (callee: ts.Expression): ts.ObjectLiteralExpression | undefined => {
    const symbol = ts.isIdentifier(callee) ? symbolAt(ts, checker, callee) : undefined
    const made = symbol ? constantOf(ts, symbol) : callee
    if (!made || !ts.isCallExpression(made)) return undefined
    if (packageName(ts, checker, made.expression)?.name !== 'customRule') return undefined
    const rule = made.arguments[0] && (inner(ts, made.arguments[0]) as ts.Expression)
    if (!rule || !ts.isObjectLiteralExpression(rule)) throw refused(callee, 'a custom rule that is not written out')
    return rule
  }
  const partOf = (rule: ts.ObjectLiteralExpression, name: string, at: ts.Node): KnownFunction => {
    const part = rule.properties.find(each => each.name?.getText() === name)
    if (part && ts.isMethodDeclaration(part) && part.body) return { node: part as FunctionNode }
    const value = part && ts.isPropertyAssignment(part) ? enter.value(part.initializer) : undefined
    if (value === undefined || !isFunction(value)) throw refused(at, `a custom rule without \`${name}\``)
    return value
  }
  const ruleCall = (rule: ts.ObjectLiteralExpression, args: readonly EnteredValue[], at: ts.Node): Atom => {
    const operands = args.map(each => enter.settled(asAtom(each, at)))
    const still = operands.map(each => (isVariable(each) ? enter.constant(each) : each))
    const value = asAtom(enter.inline(partOf(rule, 'value', at), still, at), at)
    // a second derivative is that of the partials as they are written
    const partials = enter.inline(partOf(rule, 'partials', at), enter.order > 1 ? operands : still, at)
    const list = asReference(partials, at)
    return operands.reduce(
      (total: Atom, operand, i) =>
        isVariable(operand)
          ? enter.operation(FLOW, [total, enter.load(list, `${i}`, 'partial', 'scalar'), operand])
          : total,
      enter.constant(value),
    )
  }

  // ---- Differentiable

  /** The name of such a function where the derivative is taken. */
  const carrierOf = (callee: ts.Expression): string | undefined => {
    if (!ts.isIdentifier(callee) || !isMarked(checker.getTypeAtLocation(callee))) return undefined
    const symbol = checker.getSymbolAtLocation(callee)
    if (!symbol || enter.bound.has(symbol)) return undefined
    const name = enter.captured(symbol)
    if (name === undefined) throw new DerivativeFault(catalogue.notVisible, callee, callee.text)
    return name
  }
  const carriedCall = (name: string, args: readonly EnteredValue[], node: ts.CallExpression): Atom => {
    if (enter.order > 1) throw refused(node, `a second derivative through \`${name}\`, which has no text here,`)
    if (kindOfType(enter, checker.getTypeAtLocation(node)) !== 'scalar')
      throw refused(node, `\`${name}\`, which has no text here and does not return one number,`)
    const operands = args.map(each => enter.settled(asStored(each, node)))
    const found = enter.reference('derived')
    const list = operands.flatMap((each, i) => (i === 0 ? [each] : [', ', each]))
    enter.emit({ k: 'effect', target: found, text: [`$.derived(${name}, [`, ...list, '])'], mayWrite: true })
    const total = enter.changing('value', 'scalar')
    enter.set(total, enter.load(found, '0', 'value', 'scalar'))
    operands.forEach((operand, i) => {
      if (!isVariable(operand)) return
      const type = checker.getTypeAtLocation(node.arguments[i]!)
      if (!isOfNumbers(enter, type)) throw refused(node.arguments[i]!, 'this argument of a function without text')
      const kind = isReference(operand) ? 'reference' : 'scalar'
      flowAll(total, type, operand, enter.load(found, `${i + 1}`, 'slope', kind), node)
    })
    return enter.copied(total)
  }
  /** Each number of an argument with its partial. */
  const flowAll = (total: Variable, type: ts.Type, from: Variable, partials: Variable, at: ts.Node): void => {
    if (!isReference(from)) return enter.set(total, enter.operation(FLOW, [enter.copied(total), partials, from]))
    const part = (own: ts.Type, key: Atom, wanted: string) => {
      const kind = kindOfType(enter, own)
      if (own.isUnion() || (kind !== 'scalar' && kind !== 'reference'))
        throw refused(at, `an argument of type '${checker.typeToString(own)}' of a function without text`)
      const value = enter.load(from, key, wanted, kind)
      flowAll(total, own, value, enter.load(partials, key, 'slope', kind), at)
    }
    if (isArrayType(checker, type)) {
      const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number)!
      enter.times(countIn(enter, from), index => part(element, index, 'each'))
    } else
      for (const property of type.getProperties())
        part(checker.getTypeOfSymbol(property), JSON.stringify(property.name), property.name)
  }

  return {
    ownDerivativeCall(node) {
      const callee = inner(ts, node.expression) as ts.Expression
      const rule = ruleOf(callee)
      const name = rule ? undefined : carrierOf(callee)
      if (!rule && name === undefined) return undefined
      if (node.arguments.some(ts.isSpreadElement)) throw refused(node, 'a call with a spread list')
      const args = enter.inOrder(node.arguments)
      return rule ? ruleCall(rule, args, node) : carriedCall(name!, args, node)
    },
  }
}
