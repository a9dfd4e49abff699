/**
 * Verbs inside of a differentiated function: the derivative of the inner function along directions, as statements that are derived in turn.
 * A gradient takes a direction for each of its numbers. It must not know how a tangent is found.
 */
import type ts from 'typescript'
import { catalogue } from '../../report/diagnostics.ts'
import { memoryOf } from '../memory.ts'
import {
  type Atom,
  allOf,
  isSeen,
  isVariable,
  readBy,
  type Statements,
  targetsIn,
  type Variable,
} from '../structured.ts'
import { type TangentFunction, tangentOf } from '../tangent.ts'
import { countIn, made } from './arrays.ts'
import {
  asAtom,
  asStored,
  DerivativeFault,
  type Enter,
  type EnteredValue,
  isReference,
  type KnownFunction,
  type NestedVerb,
  refused,
} from './context.ts'
import { packageName } from './package-names.ts'
import { isArrayType, isFloat64Array, kindOfType } from './types.ts'

const VERBS: readonly NestedVerb[] = ['grad', 'valueAndGrad', 'jvp']

export function nestedDerivativesOf(enter: Enter): Pick<Enter, 'verbCall' | 'derivativeCall'> {
  const { ts, checker } = enter

  const verbCall: Enter['verbCall'] = node => {
    if (!ts.isCallExpression(node)) return undefined
    const verb = packageName(ts, checker, node.expression)?.name
    if (verb === undefined || !OTHERS.has(verb)) return undefined
    const found = VERBS.find(each => each === verb)
    if (!found) throw refused(node, `\`${verb}\` inside of a differentiated function`)
    const [f, ...options] = node.arguments
    if (!f || options.length > 0) throw refused(node, `\`${verb}\` with options inside of a differentiated function`)
    const known = enter.value(f)
    if (typeof known !== 'object' || !('node' in known))
      throw new DerivativeFault(catalogue.unknownBody, f, f.getText().slice(0, 40))
    if (known.rule || known.otherwise)
      throw refused(f, `the derivative of \`${f.getText().slice(0, 40)}\` inside of a differentiated function`)
    if (known.taken) throw refused(node, 'a derivative of a derivative inside of a differentiated function')
    return { ...known, taken: found }
  }

  // ---- shapes

  interface Parameter {
    readonly variable: Variable
    readonly type: ts.Type
  }
  const elementOf = (type: ts.Type) => checker.getIndexTypeOfType(type, ts.IndexKind.Number)!
  const requireShape = (type: ts.Type, at: ts.Node) => {
    const kind = type.isUnion() && !(type.flags & ts.TypeFlags.NumberLike) ? undefined : kindOfType(enter, type)
    if ((kind !== 'scalar' || !(type.flags & ts.TypeFlags.NumberLike)) && kind !== 'reference')
      throw refused(
        at,
        `the derivative by a value of type '${checker.typeToString(type)}' inside of a differentiated function`,
      )
  }
  /** A value of the shape of another one, whose numbers `number` gives, from left to right. */
  const shapedLike = (type: ts.Type, value: Atom, at: ts.Node, number: () => Atom): Atom => {
    requireShape(type, at)
    if (!isReference(value)) return number()
    if (!isArrayType(checker, type)) {
      const record = enter.reference('record')
      enter.emit({ k: 'make', target: record, of: 'record' })
      for (const property of type.getProperties()) {
        const own = checker.getTypeOfSymbol(property)
        const key = JSON.stringify(property.name)
        const from = isReferenceType(own) ? enter.load(value, key, property.name, 'reference') : '0'
        enter.emit({ k: 'store', to: record, key, from: shapedLike(own, from, at, number) })
      }
      return record
    }
    const isTyped = isFloat64Array(type)
    const element = elementOf(type)
    const list = isTyped ? made(enter, 'Float64Array', countIn(enter, value)) : made(enter, 'array')
    enter.times(countIn(enter, value), index => {
      const from = isReferenceType(element) ? enter.load(value, index, 'each', 'reference') : '0'
      const own = shapedLike(element, from, at, number)
      enter.emit(isTyped ? { k: 'store', to: list, key: index, from: own } : { k: 'push', to: list, from: own })
    })
    return list
  }
  const isReferenceType = (type: ts.Type) => kindOfType(enter, type) === 'reference'

  // ---- the inner function with its tangent

  const movingBody = (f: KnownFunction, inputs: readonly Parameter[], at: ts.Node): TangentFunction => {
    let result: Atom = 'undefined'
    const parameters = inputs.map(({ variable }) => variable)
    enter.order++
    const body = enter.block(() => {
      result = asStored(enter.inline(withoutVerb(f), parameters, at), at)
    })
    enter.order--
    if (allOf(body).some(({ k }) => k === 'call'))
      throw refused(at, 'the derivative of a function that calls itself, inside of a differentiated function,')
    const captured = capturedBy(body, parameters)
    const entered = { parameters: [...parameters, ...captured], inputs: parameters, units: [], body, result }
    requireOwnWrites(entered, at)
    return tangentOf(entered)
  }
  /** Arrays and records from around the inner function. */
  const capturedBy = (body: Statements, parameters: readonly Variable[]): readonly Variable[] => {
    const assigned = targetsIn(allOf(body))
    const read = new Set(allOf(body).flatMap(readBy))
    return [...read].filter(
      (each): each is Variable =>
        isVariable(each) &&
        each.kind === 'reference' &&
        each.outer === undefined &&
        !assigned.has(each) &&
        !parameters.includes(each),
    )
  }
  /** What the inner function wrote into arrays from around it would lose its derivative on the way back. */
  const requireOwnWrites = (entered: Parameters<typeof memoryOf>[0], at: ts.Node) => {
    const memory = memoryOf(entered)
    for (const each of allOf(entered.body)) {
      const to = each.k === 'store' || each.k === 'push' ? each.to : undefined
      const source = to && [...memory.placesOf(to)].find(place => place.source)?.source
      if (source) throw new DerivativeFault(catalogue.writesInput, at, source.wanted)
    }
  }

  // ---- calls

  const derivativeCall: Enter['derivativeCall'] = (f, args, at) => {
    if (enter.order > 1) throw refused(at, 'a third derivative')
    const count = f.node.parameters.length
    const given = f.taken === 'jvp' ? args.slice(0, args.length / 2) : args
    if (given.length !== count || given.length === 0) throw refused(at, 'this call of a derivative')
    const inputs = given.map((each, i): Parameter => {
      const variable = enter.copied(asStored(each, at))
      return { variable, type: checker.getTypeAtLocation(f.node.parameters[i]!) }
    })
    if (f.taken === 'jvp')
      return alongDirections(
        f,
        inputs,
        args.slice(count).map(each => asStored(each, at)),
        at,
      )
    if (inputs.length === 1 && inputs[0]!.variable.kind === 'scalar') {
      const { value, tangent } = alongOne(f, inputs, ['1'], at)
      return f.taken === 'grad' ? asAtom(tangent, at) : pair(value, asAtom(tangent, at))
    }
    return gradient(f, inputs, at)
  }
  const pair = (value: Atom, other: Atom): Variable => {
    const target = made(enter, 'array')
    for (const from of [value, other]) enter.emit({ k: 'push', to: target, from })
    return target
  }
  /** Emits the function with its tangent along directions. */
  const alongOne = (f: KnownFunction, inputs: readonly Parameter[], directions: readonly Atom[], at: ts.Node) => {
    const moving = movingBody(f, inputs, at)
    const dots = moving.parameters.slice(-inputs.length)
    for (const [i, dot] of dots.entries()) enter.set(dot, directions[i]!)
    for (const each of moving.body) enter.emit(each)
    return { value: moving.result, tangent: settledTangent(moving.tangent) }
  }
  /** What never moved has the derivative 0. */
  const settledTangent = (tangent: Atom): Atom => {
    if (!isVariable(tangent)) return '0'
    return isReference(tangent) ? tangent : enter.operation('add', [tangent, '0'], 'slope')
  }
  const alongDirections = (
    f: KnownFunction,
    inputs: readonly Parameter[],
    directions: readonly Atom[],
    at: ts.Node,
  ): EnteredValue => {
    if (inputs.some(({ variable }) => variable.kind === 'reference'))
      throw refused(at, '`jvp` of an array inside of a differentiated function')
    // along 0 nothing moves
    const moved = directions.map(each => (each === '0' ? '-0' : each))
    const { value, tangent } = alongOne(f, inputs, moved, at)
    if (isReference(tangent))
      throw refused(at, '`jvp` of a function that returns an array inside of a differentiated function')
    return pair(value, tangent)
  }

  /** A direction for each number of the arguments, then a turn for each direction. */
  const gradient = (f: KnownFunction, inputs: readonly Parameter[], at: ts.Node): EnteredValue => {
    const lists = inputs.map(() => made(enter, 'array'))
    const numbers = enter.changing('count', 'scalar')
    enter.set(numbers, '0')
    const next = () => {
      const before = enter.copied(numbers)
      enter.set(numbers, enter.operation('add', [before, '1'], 'next'))
      return before
    }
    // how many numbers there are
    for (const { type, variable } of inputs)
      shapedLike(type, variable, at, () => {
        next()
        return '0'
      })
    const total = enter.copied(numbers)
    enter.times(total, turn => {
      enter.set(numbers, '0')
      inputs.forEach(({ type, variable }, i) => {
        const from = shapedLike(type, variable, at, () => {
          const own = next()
          return enter.chosen(
            enter.constant(own, ' === ', turn),
            () => '1',
            () => '-0',
            at as ts.Expression,
          )
        })
        enter.emit({ k: 'push', to: lists[i]!, from })
      })
    })
    const slopes = made(enter, 'array')
    const value = enter.changing('value', 'scalar')
    if (f.taken === 'valueAndGrad')
      enter.set(
        value,
        asAtom(
          enter.inline(
            withoutVerb(f),
            inputs.map(each => each.variable),
            at,
          ),
          at,
        ),
      )
    enter.times(total, turn => {
      const directions = inputs.map(({ variable }, i) => enter.load(lists[i]!, turn, 'along', variable.kind))
      const inside = enter.block(() => {
        enter.emit({ k: 'push', to: slopes, from: asAtom(alongOne(f, inputs, directions, at).tangent, at) })
      })
      if (allOf(inside).some(isSeen))
        throw refused(at, 'the gradient of a function with effects, inside of a differentiated function,')
      for (const each of inside) enter.emit(each)
    })
    enter.set(numbers, '0')
    const gradients = inputs.map(({ type, variable }) =>
      shapedLike(type, variable, at, () => enter.load(slopes, next(), 'slope', 'scalar')),
    )
    const found = gradients.length === 1 ? gradients[0]! : listed(gradients)
    return f.taken === 'grad' ? found : pair(enter.copied(value), found)
  }
  const listed = (values: readonly Atom[]): Variable => {
    const target = made(enter, 'array')
    for (const from of values) enter.emit({ k: 'push', to: target, from })
    return target
  }

  return { verbCall, derivativeCall }
}

const withoutVerb = ({ taken: _, ...f }: KnownFunction): KnownFunction => f

const OTHERS = new Set([...VERBS, 'hvp', 'hessian', 'vjp', 'jacobian', 'gradInto'] as readonly string[])
