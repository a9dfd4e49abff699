/**
 * Functions of the project, written in the places where they are called. It must not know derivatives.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { catalogue } from '../../report/diagnostics.ts'
import { walk } from '../../syntax/walk.ts'
import type { Variable } from '../structured.ts'
import { namesInScope } from '../visible-names.ts'
import {
  asAtom,
  asStored,
  DerivativeFault,
  type Enter,
  type EnteredValue,
  type FunctionNode,
  isFunction,
  refused,
} from './context.ts'
import { labelOf } from './names.ts'
import { callAround } from './scopes.ts'
import { typesOfCall } from './type-parameters.ts'

type Called = () => EnteredValue

/** How often a function may be called inside of its own call, through functions that are passed to it. */
const MOST_INSIDE = 16

export function inlineOf(enter: Enter): Pick<Enter, 'inline' | 'entered'> {
  const { ts } = enter

  const inline: Enter['inline'] = (f, args, at) => {
    const { node } = f
    if (f.otherwise) {
      const { otherwise, ...first } = f
      const sides = [first, otherwise.f].map(each => () => inline(each, args, at)) as [Called, Called]
      return enter.chosen(otherwise.test, ...sides, at as ts.Expression)
    }
    if (f.rule) return enter.operation(f.rule, [asAtom(args[0], at)])
    if (f.taken) return enter.derivativeCall(f, args, at)
    if (node.asteriskToken || node.modifiers?.some(each => each.kind === ts.SyntaxKind.AsyncKeyword))
      throw refused(at, 'an async function or a generator')
    if (enter.isRecursive(node)) return enter.calledUnit(f, args, at)
    const [, second, ...more] = enter.activations.filter(each => each.node === node)
    if (second && more.length >= MOST_INSIDE) {
      const fault = new DerivativeFault(catalogue.recursive, at, labelOf(ts, node) ?? 'the function')
      fault.path = enter.activations.slice(0, enter.activations.indexOf(second) + 1)
      throw fault
    }
    return entered(f, args, at)
  }

  const entered: Enter['entered'] = (f, args, at, isRestMade = false) => {
    const { node, self } = f
    enter.activations.push({
      node,
      self,
      around: 'around' in f ? f.around : callAround(enter, node),
      bound: new Map(),
      at,
      returned: enter.changing('returned', 'scalar'),
      types: typesOfCall(ts, enter.checker, node, at),
      result: undefined,
      targets: [],
    })
    for (const [i, parameter] of node.parameters.entries()) {
      if (isRestMade && parameter.dotDotDotToken) enter.bind(parameter.name, args[i], parameter)
      else bindParameter(parameter, args, i)
      if (self && ts.isParameterPropertyDeclaration(parameter, node)) {
        assignField(self, parameter.name as ts.Identifier)
        bindInBody(node, parameter.name as ts.Identifier)
      }
    }
    const value = ts.isBlock(node.body) ? ofBlock(node.body) : enter.value(node.body)
    // not after a fault, whose message needs the path
    enter.activations.pop()
    return value
  }

  /** `constructor(readonly x: number)`. */
  const assignField = (to: Variable, name: ts.Identifier) =>
    enter.emit({ k: 'store', to, key: JSON.stringify(name.text), from: asStored(enter.value(name), name) })

  /** Inside of the constructor the name of such a parameter is another symbol than at its declaration. */
  const bindInBody = ({ body }: FunctionNode, name: ts.Identifier) => {
    const inside = namesInScope(ts, enter.checker, ts.isBlock(body) ? (body.statements[0] ?? body) : body)(name.text)
    const own = enter.checker.getSymbolAtLocation(name)
    if (inside && own && inside !== own) enter.bound.set(inside, enter.bound.get(own))
  }

  const bindParameter = (parameter: ts.ParameterDeclaration, args: readonly EnteredValue[], i: number) => {
    if (ts.isIdentifier(parameter.name) && parameter.name.text === 'this') throw refused(parameter, '`this`')
    if (parameter.dotDotDotToken) return enter.bind(parameter.name, enter.restOf(args.slice(i), parameter), parameter)
    if (!parameter.initializer) return enter.bind(parameter.name, i < args.length ? args[i] : 'undefined', parameter)
    const given = args[i]
    if (i >= args.length || given === 'undefined')
      return enter.bind(parameter.name, enter.value(parameter.initializer), parameter)
    if (given === undefined || isFunction(given)) return enter.bind(parameter.name, given, parameter)
    enter.bind(parameter.name, enter.orDefault(given, parameter.initializer), parameter)
  }

  const ofBlock = (body: ts.Block): EnteredValue => {
    const activation = enter.activations.at(-1)!
    const last = body.statements.at(-1)
    const before = body.statements.slice(0, -1)
    // the usual function: nothing returns before its end
    if (last && ts.isReturnStatement(last) && last.expression && !before.some(each => returns(ts, each))) {
      enter.statements(before)
      const { expression } = last
      return enter.from(last, () => {
        const value = enter.value(expression)
        return value === undefined || isFunction(value) ? value : enter.settled(value)
      })
    }
    const inside = enter.block(() => void enter.statements(body.statements))
    enter.set(activation.returned, 'false')
    const { result } = activation
    if (result) enter.set(result, 'undefined')
    for (const each of inside) enter.emit(each)
    return result && enter.copied(result)
  }

  return { inline, entered }
}

/** Whether a statement returns from the function around it. */
function returns(ts: TypeScript, root: ts.Statement): boolean {
  let found = false
  walk(ts, root, node => {
    if (ts.isReturnStatement(node)) found = true
    return found || ts.isFunctionLike(node) ? 'skip' : undefined
  })
  return found
}
