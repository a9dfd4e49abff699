/** Numbers that are slots of the tape are what numbers outside of it are: random programs, and what a slot shows of itself. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grad, NumberWithGrad, type Numeric, noGrad, sum, valueAndGrad } from '../runtime/index.ts'
import { rules } from '../runtime/rules/rules.ts'

type Method = (this: NumberWithGrad, ...others: readonly Numeric[]) => NumberWithGrad

const names = Object.entries(rules).flatMap(([name, { arity }]) => (arity === 1 ? [name] : [name, `r${name}`]))

/** One operation: its method, and where its operands are from. */
const step = fc.record({
  method: fc.constantFrom(...names),
  own: fc.nat(),
  kind: fc.constantFrom('earlier', 'earlier', 'number', 'outside', 'new', 'constant'),
  other: fc.nat(),
  number: fc.integer({ min: -200, max: 200 }).map(i => i / 100 + 0.0123),
  summed: fc.boolean(),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** The last value of a program, each of whose steps takes what earlier ones gave. */
function result(steps: readonly Step[], inputs: readonly NumberWithGrad[], outside: NumberWithGrad): NumberWithGrad {
  const values = [...inputs]
  for (const { method, own, kind, other, number, summed } of steps) {
    const earlier = values[other % values.length]!
    const operand = {
      earlier,
      number,
      outside,
      new: new NumberWithGrad(number),
      constant: noGrad(() => earlier.mul(number)),
    }[kind]
    const start = kind === 'outside' && summed ? outside : values[own % values.length]!
    const next = (start as unknown as Record<string, Method>)[method]!.call(start, operand)
    values.push(summed ? (sum([next, earlier, number, outside]) as NumberWithGrad) : next)
  }
  return values.at(-1)!
}

const close = (a: number, b: number) => a === b || Math.abs(a - b) <= 1e-9 * (1 + Math.abs(a) + Math.abs(b))

test('500 random programs of all operations give the same on the tape and outside of it', () => {
  let compared = 0
  let nonzero = 0
  const program = fc.tuple(
    fc.array(step, { minLength: 2, maxLength: 9 }),
    fc.tuple(
      step.map(s => s.number),
      step.map(s => s.number),
    ),
  )
  for (const [steps, at] of fc.sample(program, { numRuns: 4000, seed: 11 })) {
    if (compared === 500) break
    const [first, second] = [new NumberWithGrad(0.7), new NumberWithGrad(0.7)]
    const leaves = at.map(x => new NumberWithGrad(x))
    const y = result(steps, leaves, first)
    y.backward()
    const expected = leaves.map(leaf => leaf.grad ?? 0)
    if (![y.num, ...expected].every(Number.isFinite)) continue
    const f = valueAndGrad((xs: readonly NumberWithGrad[]) => result(steps, xs, second))
    const [value, gradient] = noGrad(() => f(at)) // in noGrad, numbers from outside are constants
    const text = JSON.stringify({ at, steps })
    expect(value, text).toBe(y.num)
    gradient.forEach(
      (derivative, i) =>
        void expect(close(derivative, expected[i]!), `${text}: ${gradient} for ${expected}`).toBe(true),
    )
    expect(second.grad).toBe(null)
    // called inside, backward() reaches what is outside
    const sweeping = grad((xs: readonly NumberWithGrad[]) => {
      const root = result(steps, xs, second)
      root.backward()
      return root
    })
    const inside = noGrad(() => sweeping(at))
    inside.forEach((derivative, i) => void expect(close(derivative, expected[i]!), text).toBe(true))
    expect(close(second.grad ?? 0, first.grad ?? 0), `${text}: ${second.grad} for ${first.grad}`).toBe(true)
    compared++
    if (expected.some(each => each !== 0)) nonzero++
  }
  expect(compared).toBe(500)
  expect(nonzero).toBeGreaterThan(200)
})

test('a slot shows its operands, its name and its gradient as any number does', () => {
  const outside = new NumberWithGrad(5)
  const seen: unknown[] = []
  const f = grad((x: NumberWithGrad) => {
    const y = x.mul(outside)
    const z = y.rsub(2)
    seen.push(
      y.depends_on[0] === x,
      y.depends_on[1] === outside,
      z.depends_on.map(each => each.num),
      z.creation_op,
    )
    seen.push(x.creation_op, x.depends_on, z.neg().depends_on.length, z.grad)
    z.backward()
    seen.push(z.grad, y.grad, x.grad, outside.grad)
    return z
  })
  noGrad(() => f(3))
  expect(seen).toEqual([true, true, [2, 15], 'sub', '', [], 1, null, 1, -1, -5, -3])
})

test('an argument is the same number for operands, also where the function changes its array', () => {
  const same: boolean[] = []
  const gradient = grad((xs: NumberWithGrad[]) => {
    const [x, y] = xs as [NumberWithGrad, NumberWithGrad]
    const z = x.mul(y)
    xs[0] = z
    xs.length = 1
    same.push(z.depends_on[0] === x, z.depends_on[1] === y, xs[0].mul(y).depends_on[1] === y)
    return xs[0].mul(y)
  })([2, 3])
  expect(same).toEqual([true, true, true])
  expect(gradient).toEqual([9, 12])
})
