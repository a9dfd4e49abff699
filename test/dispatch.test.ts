/**
 * Operators decided at run time: every branch of the dispatchers.
 */
import { describe, expect, test } from 'vitest'
import {
  type BinaryKey,
  dispatchBinary,
  dispatchMath,
  dispatchUnary,
  evaluatedFirst,
  foldMath,
  NumberWithGrad,
  type UnaryKey,
} from '../runtime/index.ts'
// the transformer's list, which must be the runtime's
import type { BINARY_KEYS } from '../transformer/syntax/syntax.ts'

const a = new NumberWithGrad(3)
const left = { add: (other: unknown) => `left+${String(other)}` }
const right = { radd: (other: unknown) => `${String(other)}+right` }
const plain = {}
/** Its methods take one operand each. */
const joining = (n: number): unknown => ({
  max: (o: unknown) => `max(${n}, ${o})`,
  rmax: (o: unknown) => joining(100 * Number(o) + n),
})
/** Objects that can be called. */
const leftCall = Object.assign((x: number) => x, left)
const rightCall = Object.assign((x: number) => x, right)
const plainCall = () => 1

const native = {
  '+': [7, 2, 9],
  '-': [7, 2, 5],
  '*': [7, 2, 14],
  '/': [7, 2, 3.5],
  '%': [7, 2, 1],
  '**': [7, 2, 49],
  '&': [7, 2, 2],
  '|': [5, 2, 7],
  '^': [7, 2, 5],
  '<<': [7, 2, 28],
  '>>': [-7, 1, -4],
  '>>>': [-1, 28, 15],
  '<': [7, 2, false],
  '>': [7, 2, true],
  '<=': [2, 2, true],
  '>=': [1, 2, false],
} satisfies Record<BinaryKey | (typeof BINARY_KEYS)[number], [number, number, number | boolean]>

describe('dispatchBinary', () => {
  test.each(Object.entries(native))('%s on two numbers', (key, [l, r, expected]) => {
    expect(dispatchBinary(key as BinaryKey, 'm', 'r', l as number, r as number)).toBe(expected)
  })

  const call = (l: unknown, r: unknown, key: BinaryKey = '+'): unknown =>
    dispatchBinary(key, 'add', 'radd', l as object, r as object)
  test.each([
    ['the left object answers', left, 1, 'left+1'],
    ['the left object answers before the right one', left, 'x', 'left+x'],
    ['the right object answers', 1, right, '1+right'],
    ['the right object answers an undefined left', undefined, right, 'undefined+right'],
    ['the right object answers for a left one without the method', plain, right, '[object Object]+right'],
    ['the left object answers, if it can be called', leftCall, 1, 'left+1'],
    ['the right object answers, if it can be called', 1, rightCall, '1+right'],
    [
      'a class answers by its static method',
      class {
        static add = left.add
        readonly k = 1
      },
      1,
      'left+1',
    ],
    ['a string on the left joins', 'loss ', a, 'loss 3'],
    ['primitives: strings', 1, 'x', '1x'],
    ['primitives: bigints', 1n, 2n, 3n],
    ['primitives: a boolean', true, 2, 3],
  ])('%s', (_name, l, r, expected) => expect(call(l, r)).toBe(expected))

  test('tracked on either side', () => {
    expect(String(dispatchBinary('-', 'sub', 'rsub', 10, a))).toBe('7')
    expect(String(dispatchBinary('-', 'sub', 'rsub', a, 10))).toBe('-7')
  })

  test.each([
    ['left', plain, 1, '`+` is not defined for Object and number'],
    ['left without a prototype', Object.create(null), 1, '`+` is not defined for object and number'],
    ['left, if it can be called', plainCall, 1, '`+` is not defined for function and number'],
    ['right, if it can be called', 1, plainCall, '`+` is not defined for number and function'],
    ['right', 1, plain, '`+` is not defined for number and Object'],
    ['null beside a number', null, 2, '`+` is not defined for null and number'],
    ['right beside null', null, plain, '`+` is not defined for null and Object'],
  ])('an object without a method throws: %s', (_name, l, r, message) => {
    expect(() => call(l, r)).toThrow(new TypeError(message))
  })

  test('a left object that is not asked leaves the answer to the right one', () => {
    const right = { rsub: (left: number[]) => left.length }
    expect(dispatchBinary('-', '', 'rsub', [1, 2, 3], right)).toBe(3)
    expect(() => dispatchBinary('-', '', 'rsub', [1, 2, 3], plain)).toThrow('`-` is not defined for Array and Object')
  })

  test('a string joins only by +', () => {
    expect(call('6', 2, '-')).toBe(4)
    expect(() => dispatchBinary('-', 'sub', 'rsub', '6', a)).toThrow('NumberWithGrad.rsub: expected a number')
  })
})

describe('dispatchUnary', () => {
  test.each([
    ['unary -', '3', -3],
    ['unary +', '3', 3],
    ['~', 3, -4],
    ['++', 3, 4],
    ['--', 3, 2],
    ['++', 3n, 4n],
    ['unary -', 3n, -3n],
  ] satisfies [UnaryKey, unknown, unknown][])('%s of the primitive %s', (key, operand, expected) => {
    expect(dispatchUnary(key, 'm', operand)).toBe(expected)
  })

  test('an object answers by its method, a step with 1', () => {
    const shown = (x: unknown) => String(x)
    expect(shown(dispatchUnary('unary -', 'neg', a))).toBe('-3')
    expect(dispatchUnary('unary +', 'pos', a)).toBe(a)
    expect(shown(dispatchUnary('++', 'add', a))).toBe('4')
    expect(shown(dispatchUnary('--', 'sub', a))).toBe('2')
  })

  test('an object that can be called answers', () => {
    const turn = Object.assign(() => 1, { neg: () => 'turned', add: (k: number) => `stepped by ${k}` })
    expect(dispatchUnary('unary -', 'neg', turn)).toBe('turned')
    expect(dispatchUnary('++', 'add', turn)).toBe('stepped by 1')
    expect(() => dispatchUnary('~', 'not', turn)).toThrow(new TypeError('`~` is not defined for function'))
  })

  test('an object without the method throws', () => {
    expect(() => dispatchUnary('~', 'not', a)).toThrow(new TypeError('`~` is not defined for NumberWithGrad'))
  })
})

describe('dispatchMath', () => {
  const b = new NumberWithGrad(5)
  const call = (name: string, ...args: unknown[]): unknown => dispatchMath(name, name, `r${name}`, ...args)
  test.each([
    ['no object: native', 'max', [1, 4, 2], '4'],
    ['no argument', 'max', [], '-Infinity'],
    ['one object', 'tanh', [new NumberWithGrad(0)], '0'],
    ['an object first', 'max', [a, 1, b], '5'],
    ['one plain before', 'atan2', [0, a], '0'],
    ['several plain before, none after', 'max', [1, 2, a], '3'],
    ['several plain before and after', 'hypot', [0, 0, a, 4], '5'],
    ['two objects, plain ones between', 'min', [9, a, 7, b], '3'],
    ['methods of one operand, with one before and one after', 'max', [1, joining(5), 3], 'max(105, 3)'],
    [
      'one that can be called',
      'max',
      [1, Object.assign(() => 1, { rmax: (k: number) => `largest of ${k}` })],
      'largest of 1',
    ],
  ])('%s', (_case, name, args, expected) => expect(String(call(name, ...args))).toBe(expected))

  test('a method with a rest parameter takes all operands, its own first', () => {
    const y = call('max', 1, a, 2) as NumberWithGrad
    expect(y.depends_on.map(String)).toEqual(['3', '1', '2'])
  })

  test('foldMath takes two at a time, and each operand', () => {
    const fold = (...args: unknown[]): unknown => foldMath('max', 'max', 'rmax', ...args)
    expect(fold(3)).toBe(3)
    expect(fold(1, 2, joining(5), 3)).toBe('max(205, 3)')
    expect(fold(joining(5), 'x')).toBe('max(5, x)')
    expect(() => fold(joining(5), 3, 4)).not.toThrow()
    expect(() => fold(1, 2, plain)).toThrow('`Math.max` is not defined for number and Object')
  })

  test.each([
    ['no method', 'fround', [a]],
    ['no reflected method', 'tanh', [1, a]],
    ['a plain object', 'max', [1, plain]],
  ])('throws: %s', (_case, name, args) => {
    expect(() => call(name, ...args)).toThrow(`\`Math.${name}\` is not defined for`)
  })
})

test('evaluatedFirst gives the first, after both were evaluated', () => {
  let x = 1
  const old = evaluatedFirst(x, (x = 2))
  expect([old, x]).toEqual([1, 2])
})
