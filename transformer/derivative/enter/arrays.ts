/**
 * How arrays are made, and their methods, as loops over their elements. It must not know derivatives.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { quotedRules } from '../quoted-rules.ts'
import { type Atom, isVariable, type Variable } from '../structured.ts'
import {
  DerivativeFault,
  type Enter,
  type EnteredValue,
  inner,
  isArrayType,
  isFloat64Array,
  isFunction,
  isOfLibrary,
  isReference,
  kindOfType,
} from './context.ts'

type ArrayMethodCall = ts.CallExpression & { readonly expression: ts.PropertyAccessExpression }

interface ArrayCalls {
  /** `new Array(n).fill(0)`, `Array.from(…)`, `new Float64Array(n)`; undefined for any other call. */
  made(node: ts.CallExpression | ts.NewExpression): EnteredValue
  /** A method of an array; undefined where the object is none. */
  method(node: ArrayMethodCall): { readonly value: EnteredValue } | undefined
}

export function arrayCallsOf(enter: Enter): ArrayCalls {
  const { ts, checker } = enter
  const refused = (node: ts.Node, what: string) => new DerivativeFault(catalogue.notDerived, node, what)
  const isGlobal = (node: ts.Node, name: string) =>
    ts.isIdentifier(node) && node.text === name && isOfLibrary(checker.getSymbolAtLocation(node))

  const made = (of: 'array' | 'typed', length?: Atom): Variable => {
    const target = enter.reference('list')
    enter.emit({ k: 'make', target, of, ...(length !== undefined && { length }) })
    return target
  }
  const constant = (...text: readonly Atom[]): Variable => {
    const target = enter.scalar('t')
    enter.emit({ k: 'constant', target, text })
    return target
  }
  const push = (to: Variable, value: EnteredValue, node: ts.Node) => {
    if (value === undefined || isFunction(value)) throw new DerivativeFault(catalogue.functionAsValue, node)
    enter.emit({ k: 'push', to, from: value })
  }
  const write = (to: Variable, key: Atom, value: EnteredValue, node: ts.Node) => {
    if (value === undefined || isFunction(value)) throw new DerivativeFault(catalogue.functionAsValue, node)
    enter.emit({ k: 'store', to, key, from: value })
  }
  /** Runs `work` for 0, 1, … below a length. */
  const times = (length: Atom, work: (index: Variable) => void, from: Atom = '0') => {
    const counter = enter.changing('i', 'scalar')
    enter.emit({ k: 'set', target: counter, from })
    let test: Variable
    const before = enter.block(() => {
      test = constant(counter, ' < ', length)
    })
    const body = enter.block(() => {
      const index = enter.scalar('i')
      enter.emit({ k: 'set', target: index, from: counter })
      work(index)
      const next = enter.scalar('next')
      enter.emit({ k: 'operation', target: next, rule: 'add', operands: [index, '1'] })
      enter.emit({ k: 'set', target: counter, from: next })
    })
    enter.emit({ k: 'loop', before, test: test!, body })
  }

  /** A function that an array's method calls. */
  const callback = (
    node: ts.Expression | undefined,
    at: ts.Node,
  ): ((args: readonly EnteredValue[]) => EnteredValue) => {
    if (!node) throw refused(at, 'this call')
    const math = enter.mathOf(inner(ts, node) as ts.Expression)
    if (math !== undefined) {
      const row = Object.entries(quotedRules).find(([, { keys }]) =>
        (keys as readonly string[]).includes(`Math.${math}`),
      )
      if (row?.[1].partials.length !== 1) throw refused(node, `\`Math.${math}\` as a function of each element`)
      return ([x]) => {
        if (x === undefined || isFunction(x) || isReference(x))
          throw refused(node, 'this value where a number is needed')
        const target = enter.scalar('t')
        enter.emit({ k: 'operation', target, rule: row[0], operands: [x] })
        return target
      }
    }
    const f = enter.value(node)
    if (!isFunction(f)) throw new DerivativeFault(catalogue.unknownBody, node, node.getText().slice(0, 40))
    return args => enter.inline(f, args, at)
  }

  const lengthOf = (array: Variable) => constant(array, '.length')
  const copied = (into: Variable, array: Variable, kind: Variable['kind'], from: Atom, to: Atom, isTyped: boolean) =>
    times(
      to,
      index => {
        if (!isTyped) enter.emit({ k: 'dense', of: array, key: index })
        const target = kind === 'scalar' ? enter.scalar('each') : enter.reference('each')
        enter.emit({ k: 'load', target, from: array, key: index })
        if (isTyped) enter.emit({ k: 'store', to: into, key: constant(index, ' - ', from), from: target })
        else enter.emit({ k: 'push', to: into, from: target })
      },
      from,
    )

  // ---- new arrays

  const isArrayOfLength = (node: ts.Expression): node is ts.CallExpression | ts.NewExpression =>
    (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
    isGlobal(node.expression, 'Array') &&
    node.arguments?.length === 1

  const filled = (node: ArrayMethodCall): Variable | undefined => {
    const start = inner(ts, node.expression.expression) as ts.Expression
    if (node.expression.name.text !== 'fill' || !isArrayOfLength(start) || node.arguments.length !== 1) return undefined
    const length = enter.atom(start.arguments![0]!)
    const kept = isVariable(length) && !length.isFixed ? (enter.copied(length) as Variable) : length
    const value = enter.value(node.arguments[0]!)
    const target = made('array')
    times(kept, () => push(target, value, node))
    return target
  }

  const fromArray = (node: ArrayMethodCall): Variable => {
    const [source, f] = node.arguments
    const object = source && (inner(ts, source) as ts.Expression)
    const apply = f && callback(f, node)
    const target = made('array')
    if (object && ts.isObjectLiteralExpression(object)) {
      const [length, ...others] = object.properties
      if (
        !length ||
        others.length > 0 ||
        !ts.isPropertyAssignment(length) ||
        length.name.getText() !== 'length' ||
        !apply
      )
        throw refused(node, '`Array.from` of this')
      const count = enter.atom(length.initializer)
      const kept = isVariable(count) && !count.isFixed ? (enter.copied(count) as Variable) : count
      times(kept, index => push(target, apply(['undefined', index]), node))
      return target
    }
    if (!source) throw refused(node, '`Array.from` of this')
    const [array, kind, isEntries] = enter.iterated(source)
    if (isEntries) throw refused(node, '`Array.from` of this')
    enter.each(
      array,
      kind,
      false,
      (element, index) => void push(target, apply ? apply([element, index]) : element, node),
    )
    return target
  }

  const madeBy = (node: ts.CallExpression | ts.NewExpression): EnteredValue => {
    const { expression } = node
    if (ts.isNewExpression(node) && isGlobal(expression, 'Array') && !node.arguments?.length) return made('array')
    if (isArrayOfLength(node)) throw new DerivativeFault(catalogue.unfilled, node)
    if (ts.isNewExpression(node) && isGlobal(expression, 'Float64Array')) return typed(node)
    if (
      ts.isNewExpression(node) &&
      /^(Float32|BigU?Int64|U?[Ii]nt\d+(Clamped)?)/.test(expression.getText()) &&
      isOfLibrary(checker.getSymbolAtLocation(expression))
    )
      throw new DerivativeFault(catalogue.rounds, node, expression.getText())
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(expression)) return undefined
    if (isGlobal(expression.expression, 'Array') && expression.name.text === 'from')
      return fromArray(node as ArrayMethodCall)
    return filled(node as ArrayMethodCall)
  }
  const typed = (node: ts.NewExpression): Variable => {
    const [given, ...others] = node.arguments ?? []
    if (!given || others.length > 0) throw refused(node, 'this Float64Array')
    const value = enter.value(given)
    if (value === undefined || isFunction(value)) throw refused(node, 'this Float64Array')
    if (!isReference(value)) return made('typed', value)
    const kind = enter.elementKind(given)
    const target = made('typed', lengthOf(value))
    copied(target, value, kind, '0', lengthOf(value), true)
    return target
  }

  // ---- methods

  const method = (node: ArrayMethodCall): { readonly value: EnteredValue } | undefined => {
    const { expression: object, name } = node.expression
    const type = checker.getNonNullableType(checker.getTypeAtLocation(object))
    if (!isArrayType(checker, type)) return undefined
    if (node.expression.questionDotToken) throw refused(node, '`?.`')
    if (node.arguments.some(ts.isSpreadElement)) throw refused(node, 'a call with a spread list')
    const run = methods[name.text]
    if (!run) throw new DerivativeFault(catalogue.unknownMethod, name, name.text)
    const written = enter.array(object)
    const array = written.isFixed ? written : (enter.copied(written) as Variable)
    return { value: run(node, array, enter.elementKind(object), isFloat64Array(type)) }
  }

  type Method = (node: ArrayMethodCall, array: Variable, kind: Variable['kind'], isTyped: boolean) => EnteredValue
  const visited = (
    node: ArrayMethodCall,
    array: Variable,
    kind: Variable['kind'],
    work: (result: EnteredValue, index: Variable, element: Variable) => void,
  ) => {
    if (node.arguments.length !== 1) throw refused(node, 'this call')
    const apply = callback(node.arguments[0], node)
    const length = lengthOf(array)
    times(length, index => {
      enter.emit({ k: 'dense', of: array, key: index })
      const element = kind === 'scalar' ? enter.scalar('each') : enter.reference('each')
      enter.emit({ k: 'load', target: element, from: array, key: index })
      work(apply([element, index, array]), index, element)
    })
  }
  const methods: Readonly<Record<string, Method>> = {
    push(node, array) {
      for (const value of enter.inOrder(node.arguments)) push(array, value, node)
      enter.obligations.push({ kind: 'written', about: array, node })
      return lengthOf(array)
    },
    map(node, array, kind, isTyped) {
      const target = isTyped ? made('typed', lengthOf(array)) : made('array')
      visited(node, array, kind, (result, index) =>
        isTyped ? write(target, index, result, node) : push(target, result, node),
      )
      return target
    },
    forEach(node, array, kind) {
      visited(node, array, kind, () => {})
      return undefined
    },
    filter(node, array, kind, isTyped) {
      if (isTyped) throw refused(node, 'filter of a Float64Array')
      const target = made('array')
      visited(node, array, kind, (result, _, element) => {
        if (result === undefined || isFunction(result) || isReference(result)) throw refused(node, 'this test')
        enter.emit({ k: 'if', test: result, whenTrue: enter.block(() => push(target, element, node)), whenFalse: [] })
      })
      return target
    },
    reduce(node, array, kind) {
      const [f, start, ...others] = node.arguments
      if (!f || others.length > 0) throw refused(node, 'this call')
      const apply = callback(f, node)
      const first = start && enter.value(start)
      if (isFunction(first)) throw new DerivativeFault(catalogue.functionAsValue, start!)
      const isOwn = first !== undefined
      const total = enter.changing('total', isOwn ? (isReference(first) ? 'reference' : 'scalar') : kind)
      if (isOwn) enter.emit({ k: 'set', target: total, from: first })
      else {
        const test = constant(array, '.length > 0')
        const text = ["new TypeError('Reduce of empty array with no initial value')"]
        enter.emit({ k: 'if', test, whenTrue: [], whenFalse: enter.block(() => enter.emit({ k: 'throw', text })) })
        const element = kind === 'scalar' ? enter.scalar('each') : enter.reference('each')
        enter.emit({ k: 'dense', of: array, key: '0' })
        enter.emit({ k: 'load', target: element, from: array, key: '0' })
        enter.emit({ k: 'set', target: total, from: element })
      }
      times(
        lengthOf(array),
        index => {
          enter.emit({ k: 'dense', of: array, key: index })
          const element = kind === 'scalar' ? enter.scalar('each') : enter.reference('each')
          enter.emit({ k: 'load', target: element, from: array, key: index })
          const before = enter.copied(total)
          const value = apply([before, element, index, array])
          if (value === undefined || isFunction(value)) throw new DerivativeFault(catalogue.functionAsValue, node)
          if (isReference(value) !== (total.kind === 'reference'))
            throw refused(node, 'a reduction that holds now a number, now an array,')
          enter.emit({ k: 'set', target: total, from: value })
        },
        isOwn ? '0' : '1',
      )
      return enter.copied(total)
    },
    slice(node, array, kind, isTyped) {
      const [from, to] = enter.atoms(node.arguments)
      const length = lengthOf(array)
      const placed = (at: Atom) =>
        constant(
          '(Math.trunc(',
          at,
          ') || 0) < 0 ? Math.max(',
          length,
          ' + Math.trunc(',
          at,
          '), 0) : Math.min(Math.trunc(',
          at,
          ') || 0, ',
          length,
          ')',
        )
      const start = from === undefined || from === 'undefined' ? '0' : placed(from)
      const end = to === undefined || to === 'undefined' ? length : placed(to)
      const target = isTyped ? made('typed', constant('Math.max(', end, ' - ', start, ', 0)')) : made('array')
      copied(target, array, kind, start, end, isTyped)
      return target
    },
    concat(node, array, kind, isTyped) {
      if (isTyped) throw refused(node, 'concat of a Float64Array')
      const target = made('array')
      copied(target, array, kind, '0', lengthOf(array), false)
      const values = enter.inOrder(node.arguments)
      node.arguments.forEach((argument, i) => {
        const type = checker.getTypeAtLocation(argument)
        const value = values[i]
        const isList = checker.isArrayType(type) || checker.isTupleType(type)
        if (isList && value !== undefined && isReference(value))
          copied(target, value, enter.elementKind(argument), '0', lengthOf(value), false)
        else if (kindOfType(enter, type) === 'scalar') push(target, value, argument)
        else throw refused(argument, '`concat` of this')
      })
      return target
    },
    fill(node, array) {
      if (node.arguments.length !== 1) throw refused(node, '`fill` of a part')
      const value = enter.value(node.arguments[0]!)
      enter.obligations.push({ kind: 'written', about: array, node })
      times(lengthOf(array), index => write(array, index, value, node))
      return array
    },
  }

  return { made: madeBy, method }
}
