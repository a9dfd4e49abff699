/**
 * Functions of the project, written in the places where they are called. It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import {
  asStored,
  DerivativeFault,
  type Enter,
  type EnteredValue,
  type Escape,
  isFunction,
  isReference,
  type KnownFunction,
  refused,
} from './context.ts'

export function inlineOf(enter: Enter): Pick<Enter, 'inline'> {
  const { ts } = enter

  const inline: Enter['inline'] = (f, args, at) => {
    const { node } = f
    if (enter.activations.some(each => each.node === node))
      throw new DerivativeFault(catalogue.recursive, at, ownName(f))
    if (node.asteriskToken || node.modifiers?.some(each => each.kind === ts.SyntaxKind.AsyncKeyword))
      throw refused(at, 'an async function or a generator')
    enter.activations.push({ node, at, returned: enter.changing('returned', 'scalar'), result: undefined, loops: [] })
    for (const [i, parameter] of node.parameters.entries()) bindParameter(parameter, args, i)
    const value = ts.isBlock(node.body) ? ofBlock(node.body) : enter.value(node.body)
    // its variables stand for those of the last call
    if (value !== undefined && isFunction(value)) throw new DerivativeFault(catalogue.functionAsValue, at)
    // not after a fault, whose message needs the path
    enter.activations.pop()
    return value
  }

  const bindParameter = (parameter: ts.ParameterDeclaration, args: readonly EnteredValue[], i: number) => {
    if (ts.isIdentifier(parameter.name) && parameter.name.text === 'this') throw refused(parameter, '`this`')
    if (parameter.dotDotDotToken) {
      const rest = enter.reference('rest')
      enter.emit({ k: 'make', target: rest, of: 'array' })
      for (const each of args.slice(i)) {
        enter.emit({ k: 'push', to: rest, from: asStored(each, parameter) })
      }
      return enter.bind(parameter.name, rest, parameter)
    }
    if (!parameter.initializer) return enter.bind(parameter.name, i < args.length ? args[i] : 'undefined', parameter)
    const given = args[i]
    if (i >= args.length || given === 'undefined')
      return enter.bind(parameter.name, enter.value(parameter.initializer), parameter)
    if (given === undefined || isFunction(given) || isReference(given))
      return enter.bind(parameter.name, given, parameter)
    // an argument may be undefined at run time
    const target = enter.changing('given', 'scalar')
    const test = enter.constant(given, ' === undefined')
    const then = enter.block(() => enter.set(target, enter.atom(parameter.initializer!)))
    const otherwise = enter.block(() => enter.set(target, given))
    enter.emit({ k: 'if', test, whenTrue: then, whenFalse: otherwise })
    return enter.bind(parameter.name, target, parameter)
  }

  const ofBlock = (body: ts.Block): EnteredValue => {
    const activation = enter.activations.at(-1)!
    const last = body.statements.at(-1)
    if (last && ts.isReturnStatement(last) && last.expression) {
      // the usual function: nothing returns before its end
      let so: Escape | undefined
      const before = enter.block(() => {
        so = enter.statements(body.statements.slice(0, -1))
      })
      if (so!.by.size === 0 && !so!.always) {
        for (const each of before) enter.emit(each)
        const value = enter.value(last.expression)
        return value === undefined || isFunction(value) ? value : enter.settled(value)
      }
      activation.result = undefined
    }
    const inside = enter.block(() => void enter.statements(body.statements))
    enter.set(activation.returned, 'false')
    const { result } = activation
    if (result) enter.set(result, 'undefined')
    for (const each of inside) enter.emit(each)
    return result && enter.copied(result)
  }

  const ownName = ({ node }: KnownFunction) => node.name?.text ?? 'the function'

  return { inline }
}
