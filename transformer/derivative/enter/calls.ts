/**
 * Calls: functions of the project in their places, and the functions of Math, Number and Array that are understood.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { quotedRules } from '../quoted-rules.ts'
import { type Atom, isVariable, type Variable } from '../structured.ts'
import { arrayCallsOf } from './arrays.ts'
import {
  DerivativeFault,
  type Enter,
  type EnteredValue,
  type Escape,
  inner,
  isFunction,
  isOfLibrary,
  isReference,
  type KnownFunction,
  kindOfType,
} from './context.ts'

const rowByKey = new Map(
  Object.entries(quotedRules).flatMap(([name, { keys }]) => keys.map(key => [key as string, name])),
)
/** Rows that take any number of operands. */
const ANY_NUMBER = new Set(['max', 'min', 'hypot'])
const TESTS = new Set(['isFinite', 'isNaN', 'isInteger', 'isSafeInteger'])

export function callsOf(enter: Enter): Pick<Enter, 'call' | 'inline' | 'iterated' | 'kindAt' | 'mathOf'> {
  const { ts, checker } = enter
  const refused = (node: ts.Node, what: string) => new DerivativeFault(catalogue.notDerived, node, what)
  const arrays = arrayCallsOf(enter)

  const kindAt = (node: ts.Node, named: ts.Node): Variable['kind'] => {
    const type = checker.getTypeAtLocation(node)
    const kind = kindOfType(enter, type)
    if (kind === 'tracked') throw new DerivativeFault(catalogue.tracked, named, named.getText())
    if (kind === 'scalar' || kind === 'reference') return kind
    throw refused(named, `a value of type '${checker.typeToString(type)}'`)
  }

  const isGlobal = (node: ts.Expression, name?: string) =>
    ts.isIdentifier(node) &&
    (name === undefined || node.text === name) &&
    isOfLibrary(checker.getSymbolAtLocation(node))

  /** The name under `Math` that an expression is. */
  const mathOf = (node: ts.Expression): string | undefined =>
    ts.isPropertyAccessExpression(node) && isGlobal(node.expression, 'Math') ? node.name.text : undefined

  const callOfMath = (name: string, node: ts.CallExpression): Atom => {
    const row = rowByKey.get(`Math.${name}`)
    const { arguments: args } = node
    if (args.some(ts.isSpreadElement))
      throw refused(
        node,
        `a spread list in \`Math.${name}\`, where \`xs.reduce((a, b) => Math.${name}(a, b))\` has one,`,
      )
    const arity = row === undefined ? 0 : quotedRules[row]!.partials.length
    if (row === undefined) throw refused(node, `\`Math.${name}\``)
    const operands = enter.atoms(args)
    if (ANY_NUMBER.has(row)) {
      if (operands.length === 0) throw refused(node, `\`Math.${name}\` without arguments`)
      if (operands.length === 1) return row === 'hypot' ? operation('abs', operands) : operands[0]!
    } else if (operands.length !== arity) throw refused(node, `\`Math.${name}\` with ${operands.length} arguments`)
    return operation(row, operands)
  }
  const operation = (rule: string, operands: readonly Atom[]): Variable => {
    const target = enter.scalar('t')
    enter.emit({ k: 'operation', target, rule, operands })
    return target
  }

  const testOf = (node: ts.CallExpression): Atom | undefined => {
    const { expression } = node
    const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText()
    const isNumbers = ts.isPropertyAccessExpression(expression) && isGlobal(expression.expression, 'Number')
    const isOwn = /^is(NaN|Finite)$/.test(name) && isGlobal(expression)
    if (!TESTS.has(name) || !(isNumbers || isOwn) || node.arguments.length !== 1) return undefined
    const target = enter.scalar('t')
    enter.emit({ k: 'constant', target, text: [`${expression.getText()}(`, enter.atom(node.arguments[0]!), ')'] })
    return target
  }

  const call = (node: ts.CallExpression | ts.NewExpression): EnteredValue => {
    const found = arrays.made(node)
    if (found) return found
    if (ts.isNewExpression(node)) throw new DerivativeFault(catalogue.object, node, node.expression.getText())
    if (node.questionDotToken) throw refused(node, '`?.`')
    const { expression } = node
    const math = mathOf(expression)
    if (math !== undefined) return callOfMath(math, node)
    const test = testOf(node)
    if (test) return test
    if (ts.isPropertyAccessExpression(expression)) {
      const method = arrays.method(node as ts.CallExpression & { expression: ts.PropertyAccessExpression })
      if (method) return method.value
      const type = checker.getTypeAtLocation(expression.expression)
      if (kindOfType(enter, type) === 'tracked')
        throw new DerivativeFault(catalogue.tracked, expression, expression.expression.getText())
      throw new DerivativeFault(catalogue.unknownBody, node, expression.getText().slice(0, 40))
    }
    const callee = inner(ts, expression) as ts.Expression
    if (!ts.isIdentifier(callee) && !ts.isArrowFunction(callee) && !ts.isFunctionExpression(callee))
      throw new DerivativeFault(catalogue.unknownBody, node, expression.getText().slice(0, 40))
    const f = enter.value(callee)
    if (!isFunction(f)) throw new DerivativeFault(catalogue.unknownBody, node, expression.getText())
    if (node.arguments.some(ts.isSpreadElement)) throw refused(node, 'a call with a spread list')
    return inline(f, enter.inOrder(node.arguments), node)
  }

  // ---- functions in their places

  const inline = (f: KnownFunction, args: readonly EnteredValue[], at: ts.Node): EnteredValue => {
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
        if (each === undefined || isFunction(each)) throw new DerivativeFault(catalogue.functionAsValue, parameter)
        enter.emit({ k: 'push', to: rest, from: each })
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
    const test = enter.scalar('t')
    enter.emit({ k: 'constant', target: test, text: [given, ' === undefined'] })
    const then = enter.block(() => enter.emit({ k: 'set', target, from: enter.atom(parameter.initializer!) }))
    const otherwise = enter.block(() => enter.emit({ k: 'set', target, from: given }))
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
        return value !== undefined && !isFunction(value) && isVariable(value) && !value.isFixed
          ? enter.copied(value)
          : value
      }
      activation.result = undefined
    }
    const inside = enter.block(() => void enter.statements(body.statements))
    enter.emit({ k: 'set', target: activation.returned, from: 'false' })
    const { result } = activation
    if (result) enter.emit({ k: 'set', target: result, from: 'undefined' })
    for (const each of inside) enter.emit(each)
    return result && enter.copied(result)
  }

  const ownName = ({ node }: KnownFunction) => node.name?.text ?? 'the function'

  const iterated = (written: ts.Expression): [array: Variable, kind: Variable['kind'], isEntries: boolean] => {
    const node = inner(ts, written) as ts.Expression
    const isEntries =
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'entries'
    const array = isEntries ? ((node as ts.CallExpression).expression as ts.PropertyAccessExpression).expression : node
    const kind = enter.elementKind(array)
    const value = enter.array(array)
    return [value.isFixed ? value : (enter.copied(value) as Variable), kind, isEntries]
  }

  return { call, inline, iterated, kindAt, mathOf }
}
