/**
 * The functions of this package on plain numbers: rows of the rules by their names, and reductions as the loops that they are.
 * Values are those of runtime/arrays/reductions.ts to the last digit. It must not know derivatives.
 */
import type ts from 'typescript'
import { quotedRules } from '../quoted-rules.ts'
import type { Atom, Variable } from '../structured.ts'
import { countIn, made, pushInto, throwIf } from './arrays.ts'
import { asAtom, asReference, asVariable, type Enter, type EnteredValue, refused } from './context.ts'
import { packageName } from './package-names.ts'
import { isTrackedType } from './types.ts'

const ANY_COUNT = new Set(['max', 'min', 'hypot'])
export function packageFunctionsOf(enter: Enter): Pick<Enter, 'packageCall'> {
  const { ts, checker } = enter
  const { constant, operation } = enter

  /** The name in the package of a function of numbers. */
  const nameOf = (callee: ts.Expression): string | undefined => {
    const found = packageName(ts, checker, callee)
    if (!found) return undefined
    const { name, symbol, room } = found
    const signatures = checker.getTypeOfSymbol(symbol).getCallSignatures()
    const isKnown = name === 'detach' || name === 'softmax' || room === 'linear'
    if (room === 'verbs' && !isKnown) return undefined
    return isKnown || signatures.some(each => isTrackedType(each.getReturnType())) ? name : undefined
  }

  // ---- reductions

  const folded = (
    xs: Variable,
    start: Atom,
    step: (total: Variable, x: Variable, index: Variable) => Atom,
  ): Variable => {
    const total = enter.changing('total', 'scalar')
    enter.set(total, start)
    enter.times(countIn(enter, xs), index =>
      enter.set(total, step(enter.copied(total), enter.element(xs, 'scalar', index), index)),
    )
    return enter.copied(total)
  }
  const total = (xs: Variable) => folded(xs, '-0', (sum, x) => operation('add', [sum, x]))
  const greatest = (xs: Variable) => folded(xs, '-Infinity', (most, x) => constant('Math.max(', most, ', ', x, ')'))
  const requireTerms = (xs: Variable, name: string) =>
    throwIf(
      enter,
      constant('!(', xs, '.length > 0)'),
      `new RangeError('${name}: expected at least one number; got an empty array')`,
    )

  const norm = (xs: Variable): Atom => {
    const scale = folded(xs, '0', (most, x) => constant('Math.max(', most, ', Math.abs(', x, '))'))
    const result = enter.changing('norm', 'scalar')
    const ordinary = enter.block(() => {
      const squares = folded(xs, '0', (sum, x) =>
        operation('add', [sum, operation('pow', [operation('div', [x, scale]), '2'])]),
      )
      enter.set(result, operation('mul', [scale, operation('sqrt', [squares])]))
    })
    // of Infinity the derivative is NaN, and that at the origin is 0
    const endless = enter.block(() => {
      const squares = folded(xs, '0', (sum, x) => operation('add', [sum, operation('mul', [x, x])]))
      enter.set(result, operation('sqrt', [squares]))
    })
    // its second derivative there is none, as that of any kink
    const origin = enter.block(() =>
      enter.set(
        result,
        folded(xs, '0', (length, x) => operation('hypot', [length, x])),
      ),
    )
    const others = enter.block(() => {
      const isZero = constant(scale, ' === 0')
      enter.emit({ k: 'if', test: isZero, whenTrue: origin, whenFalse: endless })
    })
    const isOrdinary = constant(scale, ' > 0 && ', scale, ' < Infinity')
    enter.emit({ k: 'if', test: isOrdinary, whenTrue: ordinary, whenFalse: others })
    return enter.copied(result)
  }

  const logSumExp = (xs: Variable): Atom => {
    const shift = greatest(xs)
    const top = constant(xs, '.indexOf(', shift, ')')
    const result = enter.changing('logSumExp', 'scalar')
    const ordinary = enter.block(() => {
      const most = enter.load(xs, top, 'most', 'scalar')
      // the greatest term is exp(0) = 1
      const others = folded(xs, '0', (sum, x, index) => {
        const next = enter.changing('sum', 'scalar')
        const add = enter.block(() =>
          enter.set(next, operation('add', [sum, operation('exp', [operation('sub', [x, most])])])),
        )
        const keep = enter.block(() => enter.set(next, sum))
        enter.emit({ k: 'if', test: constant(index, ' !== ', top), whenTrue: add, whenFalse: keep })
        return enter.copied(next)
      })
      enter.set(result, operation('add', [most, operation('log1p', [others])]))
    })
    // the value is the shift, and each derivative NaN
    const endless = enter.block(() => {
      const sum = folded(xs, '0', (sum, x) => operation('add', [sum, operation('exp', [x])]))
      enter.set(result, operation('neg', [operation('log', [operation('div', ['1', sum])])]))
    })
    const isOrdinary = constant(shift, ' - ', shift, ' === 0')
    enter.emit({ k: 'if', test: isOrdinary, whenTrue: ordinary, whenFalse: endless })
    return enter.copied(result)
  }

  const softmax = (xs: Variable, node: ts.Node): Variable => {
    const shift = greatest(xs)
    const exponentials = made(enter, 'array')
    enter.times(countIn(enter, xs), index => {
      const x = enter.element(xs, 'scalar', index)
      pushInto(enter, exponentials, operation('exp', [operation('sub', [x, shift])]), node)
    })
    const sum = folded(exponentials, '0', (sum, x) => operation('add', [sum, x]))
    const shares = made(enter, 'array')
    enter.times(countIn(enter, xs), index => {
      pushInto(enter, shares, operation('div', [enter.element(exponentials, 'scalar', index), sum]), node)
    })
    return shares
  }

  const dot = (u: Variable, v: Variable): Atom => {
    const text = "new RangeError('dot: the vectors must have the same length')"
    throwIf(enter, constant(u, '.length !== ', v, '.length'), text)
    return folded(u, '0', (sum, x, index) =>
      operation('add', [sum, operation('mul', [x, enter.element(v, 'scalar', index)])]),
    )
  }

  const reductions: Readonly<
    Record<string, (xs: Variable, more: readonly EnteredValue[], node: ts.Node) => EnteredValue>
  > = {
    sum: total,
    mean: xs => operation('div', [total(xs), countIn(enter, xs)]),
    prod: xs => folded(xs, '1', (product, x) => operation('mul', [product, x])),
    dot: (u, [v], node) => dot(u, asReference(v, node)),
    norm,
    logSumExp,
    softmax: (xs, _, node) => softmax(xs, node),
  }

  // ---- steps, as runtime/special/steps.ts has them

  const clamp = (x: Atom, low: Atom, high: Atom): Atom => {
    const text = ['new RangeError(`clamp: low must not be above high; got ${', low, '} and ${', high, '}`)']
    throwIf(enter, constant(asVariable(enter, low), ' > ', high), ...text)
    return operation('min', [operation('max', [x, low]), high])
  }
  const smoothstep = (x: Atom, from: Atom, to: Atom): Atom => {
    const text = ['new RangeError(`smoothstep: from must be below to; got ${', from, '} and ${', to, '}`)']
    throwIf(enter, constant('!(', asVariable(enter, from), ' < ', to, ')'), ...text)
    const part = operation('div', [operation('sub', [x, from]), operation('sub', [to, from])])
    const t = operation('min', [operation('max', [part, '0']), '1'])
    return operation('mul', [operation('mul', [t, t]), operation('add', [operation('mul', [t, '(-2)']), '3'])])
  }
  const steps: Readonly<Record<string, (...operands: readonly [Atom, Atom, Atom]) => Atom>> = { clamp, smoothstep }

  // ---- calls

  /** A function of numbers by its name. */
  const ofNumbers = (name: string, operands: readonly Atom[], node: ts.Node): Atom | undefined => {
    const step = Object.hasOwn(steps, name) ? steps[name] : undefined
    const row = Object.hasOwn(quotedRules, name) ? quotedRules[name] : undefined
    if (!step && !row) return undefined
    if (operands.length !== (row?.partials.length ?? 3) && !(ANY_COUNT.has(name) && operands.length > 1))
      throw refused(node, `\`${name}\` with ${operands.length} arguments`)
    return step ? step(...(operands as [Atom, Atom, Atom])) : operation(name, operands)
  }

  const packageCall: Enter['packageCall'] = node => {
    const name = nameOf(node.expression)
    if (name === undefined) return undefined
    if (node.arguments.some(ts.isSpreadElement)) throw refused(node, 'a call with a spread list')
    const values = enter.inOrder(node.arguments)
    if (name === 'detach') return { value: constant(asAtom(values[0], node)) }
    const matrix = enter.linearCall(name, values, node)
    if (matrix) return { value: matrix }
    if (Object.hasOwn(reductions, name)) {
      const [first, ...more] = values
      const xs = enter.settled(asReference(first, node))
      if (name !== 'softmax') requireTerms(xs, name)
      return { value: reductions[name]!(xs, more, node) }
    }
    const operands = values.map((each, i) => asAtom(each, node.arguments[i]!))
    const value = ofNumbers(name, operands, node)
    return value === undefined ? undefined : { value }
  }

  return { packageCall }
}
