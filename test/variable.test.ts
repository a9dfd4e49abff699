/**
 * DeZero's Variable and Function, against the printed results of the book and central differences.
 */
import { inspect } from 'node:util'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { Binary } from '../runtime/index.ts'
import {
  Add,
  add,
  asArray,
  type Data,
  Exp,
  exp,
  // biome-ignore lint/suspicious/noShadowRestrictedNames: the book's name
  Function,
  Mul,
  mul,
  numericalDiff,
  Square,
  square,
  Variable,
} from '../runtime/variable.ts'

const array = (...xs: number[]) => Float64Array.from(xs)

describe('the book', () => {
  test('steps 1 and 2: a box and a function', () => {
    const y = new Square().call(new Variable(10))
    expectTypeOf(y).toEqualTypeOf<Variable>()
    expect(y.data).toBe(100)
  })

  test('steps 3 to 9: exp(x²)² at 0.5', () => {
    const x = new Variable(0.5)
    const y = square(exp(square(x)))
    y.backward()
    expect(y.data).toBe(1.648721270700128)
    expect(x.grad).toBeCloseTo(3.297442541400256, 12)
    expect(numericalDiff(v => square(exp(square(v))), new Variable(0.5))).toBeCloseTo(3.2974426293330694, 10)
  })

  test('step 6: backward by hand', () => {
    const [first, second, third] = [new Square(), new Exp(), new Square()]
    const x = new Variable(0.5)
    const a = first.call(x)
    const b = second.call(a)
    const y = third.call(b)
    y.grad = 1
    b.grad = third.backward(y.grad)
    a.grad = second.backward(b.grad)
    x.grad = first.backward(a.grad)
    expect(x.grad).toBeCloseTo(3.297442541400256, 12)
    expect([y.creator, y.creator!.inputs[0], b.creator, x.creator]).toEqual([third, b, second, null])
  })

  test('steps 11 to 13: several inputs', () => {
    const x = new Variable(2)
    const y = new Variable(3)
    const z = add(square(x), square(y))
    z.backward()
    expect([z.data, x.grad, y.grad]).toEqual([13, 4, 6])
  })

  test('step 14: the same variable twice; gradients add up until cleared', () => {
    const x = new Variable(3)
    add(x, x).backward()
    expect(x.grad).toBe(2)
    add(add(x, x), x).backward()
    expect(x.grad).toBe(5)
    x.clearGrad()
    expect(x.grad).toBe(null)
    add(add(x, x), x).backward()
    expect(x.grad).toBe(3)
  })

  test('step 16: a shared intermediate', () => {
    const x = new Variable(2)
    const a = square(x)
    const y = add(square(a), square(a))
    y.backward()
    expect([y.data, x.grad, a.grad]).toEqual([32, 64, 16])
    expect([x, a, y].map(v => v.generation)).toEqual([0, 1, 3])
  })
})

test('backward twice doubles what was made by hand, and nothing else', () => {
  const x = new Variable(2)
  const a = square(x)
  const y = square(a)
  y.backward()
  y.backward()
  expect([y.grad, a.grad, x.grad]).toEqual([1, 8, 64])
  x.clearGrad()
  a.backward()
  expect(x.grad).toBe(4)
})

test('a gradient set by hand is the seed', () => {
  const x = new Variable(2)
  const y = square(x)
  y.grad = 10
  y.backward()
  expect(x.grad).toBe(40)
  expect(() => {
    x.grad = '1' as never
  }).toThrow(TypeError)
})

describe('arrays', () => {
  test('a root is seeded with ones', () => {
    const x = new Variable(array(1, 2, 3))
    const y = square(x)
    y.backward()
    expect([y.data, y.grad, x.grad]).toEqual([array(1, 4, 9), array(1, 1, 1), array(2, 4, 6)])
    add(x, x).backward()
    expect(x.grad).toEqual(array(4, 6, 8))
  })

  test('a number meets every element, and sums their gradients', () => {
    const k = new Variable(2)
    const c = new Variable(10)
    const x = new Variable(array(1, 2, 3))
    const y = add(mul(x, k), c)
    y.backward()
    expect([y.data, x.grad, k.grad, c.grad]).toEqual([array(12, 14, 16), array(2, 2, 2), 6, 3])
    const z = mul(k, x)
    k.clearGrad()
    z.backward()
    expect(k.grad).toBe(6)
  })

  test('exp, and numericalDiff of all elements', () => {
    const x = new Variable(array(0, 1))
    exp(x).backward()
    expect(x.grad).toEqual(array(1, Math.E))
    const difference = numericalDiff(square, new Variable(array(1, 2))) as Float64Array
    expect([...difference].map(d => Math.round(d * 1e6) / 1e6)).toEqual([2, 4])
  })

  test('lengths that differ throw', () => {
    const x = new Variable(array(1, 2))
    expect(() => add(x, array(1, 2, 3))).toThrow(new RangeError('arrays must have the same length; got 2 and 3'))
  })

  test('asArray', () => {
    const x = array(1, 2)
    expect(asArray(x)).toBe(x)
    expect([asArray(0.5), asArray([1, 2])]).toEqual([array(0.5), x])
    expect(() => asArray('1' as never)).toThrow(TypeError)
  })
})

describe('functions of one’s own', () => {
  class SumAndDifference extends Function<Variable[]> {
    override forward(a: Data, b: Data): Data[] {
      return [(a as number) + (b as number), (a as number) - (b as number)]
    }
    override backward(sum: Data, difference: Data): Data[] {
      return [(sum as number) + (difference as number), (sum as number) - (difference as number)]
    }
  }

  test('several outputs', () => {
    const a = new Variable(3)
    const b = new Variable(2)
    const [sum, difference] = new SumAndDifference().call(a, b)
    mul(sum!, difference!).backward()
    expect([a.grad, b.grad, sum!.grad, difference!.grad]).toEqual([6, -4, 1, 5])
    expect(sum!.creator!.outputs).toEqual([sum, difference])
  })

  test('an output that is not used has gradient 0', () => {
    const a = new Variable(3)
    const [sum] = new SumAndDifference().call(a, 2)
    sum!.backward()
    expect(a.grad).toBe(1)
  })
})

test('a chain of 100,000 and a ladder of 60 doublings', () => {
  const x = new Variable(1)
  let y: Variable = x
  for (let i = 0; i < 100_000; i++) y = add(y, 1)
  y.backward()
  expect(x.grad).toBe(1)
  x.clearGrad()
  let z: Variable = x
  for (let i = 0; i < 60; i++) z = add(z, z)
  z.backward()
  expect(x.grad).toBe(2 ** 60)
})

describe('operators', () => {
  test('methods, with plain data on either side', () => {
    const x = new Variable(3)
    expect([x.add(2), x.radd(2), x.mul(2), x.rmul(array(1, 2))].map(v => v.data)).toEqual([5, 5, 6, array(3, 6)])
    expect(x.radd(2).creator!.inputs[1]).toBe(x)
    expect(x.add(x).creator).toBeInstanceOf(Add)
    expect(x.mul(x).creator).toBeInstanceOf(Mul)
    expectTypeOf<Binary<'+', Variable, Variable>>().toEqualTypeOf<Variable>()
    expectTypeOf<Binary<'*', 2, Variable>>().toEqualTypeOf<Variable>()
  })

  test('a native operator throws, text works', () => {
    const x = new Variable(3)
    // biome-ignore lint/suspicious/noExplicitAny: what untransformed code does
    expect(() => (x as any) * 2).toThrow(/^JavaScript asked a Variable for a primitive value/)
    expect([`${x}`, inspect(new Variable(array(1, 2)))]).toEqual(['variable(3)', 'variable(1,2)'])
  })
})

test.each([
  ['1', 'string'],
  [null, 'null'],
  [[1], 'Array'],
  [new Float32Array(1), 'Float32Array'],
  [undefined, 'undefined'],
])('data %s throws and is named', (data, kind) => {
  const message = new TypeError(`${kind} is not supported: a Variable holds a number or a Float64Array`)
  expect(() => new Variable(data as never)).toThrow(message)
  expect(() => square(data as never)).toThrow(message)
})
