/** Optimisers against sequences that were computed elsewhere, and what they refuse. */
import { describe, expect, test } from 'vitest'
import { type AdamState, adam, type MomentumState, momentum, NumberWithGrad, sgd, zeroGrad } from '../runtime/index.ts'

const leaves = (...xs: number[]) => xs.map(x => new NumberWithGrad(x))
const values = (parameters: readonly NumberWithGrad[]) => parameters.map(parameter => parameter.num)

function expectAllClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length)
  actual.forEach((x, i) => {
    expect(Math.abs(x - expected[i]!)).toBeLessThan(1e-13)
  })
}

test('zeroGrad forgets all gradients, of any iterable', () => {
  const [a, b] = leaves(2, 3)
  a!.mul(b!).backward()
  expect([a!.grad, b!.grad]).toEqual([3, 2])
  zeroGrad(new Set([a!, b!]))
  expect([a!.grad, b!.grad]).toEqual([null, null])
})

test('sgd shrinks x² by 1 - 2 · rate each step', () => {
  const x = new NumberWithGrad(1)
  for (let step = 1; step <= 20; step++) {
    zeroGrad([x])
    x.mul(x).backward()
    sgd([x], { rate: 0.1 })
    expectAllClose([x.num], [0.8 ** step])
  }
})

test('momentum on x² / 2 gives 0.9, 0.72, 0.486, 0.2268 (by hand)', () => {
  const x = new NumberWithGrad(1)
  let state: MomentumState | undefined
  for (const expected of [0.9, 0.72, 0.486, 0.2268]) {
    zeroGrad([x])
    x.mul(x).div(2).backward()
    state = momentum([x], state, { rate: 0.1 })
    expectAllClose([x.num], [expected])
  }
  expectAllClose(state!.velocities, [2.592])
})

/** (x - 1)² + y⁴ / 4 from (3, -2): algorithm 1 of the paper in 40 decimal digits. */
const ADAM = [
  [2.90000000025, -1.900000000125],
  [2.8001664861157005, -1.8006926974918778],
  [2.7006233920464644, -1.7025794861609798],
  [2.6015048952894197, -1.6061707759959938],
  [2.5029557812950105, -1.5119663622082733],
]
const ADAM_AFTER_100 = [0.9915771995890393, -0.09882369609646462]

test('adam follows algorithm 1 of its paper', () => {
  const [x, y] = leaves(3, -2) as [NumberWithGrad, NumberWithGrad]
  let state: AdamState | undefined
  for (let step = 0; step < 100; step++) {
    zeroGrad([x, y])
    x.sub(1).pow(2).add(y.pow(4).div(4)).backward()
    state = adam([x, y], state, { rate: 0.1 })
    if (step < ADAM.length) expectAllClose(values([x, y]), ADAM[step]!)
  }
  expectAllClose(values([x, y]), ADAM_AFTER_100)
  expect(state!.steps).toEqual([100, 100])
})

test('a state is not changed, so that a step can be taken again from it', () => {
  const take = (state: AdamState | undefined) => {
    const w = new NumberWithGrad(3)
    w.mul(w).backward()
    const next = adam([w], state, { rate: 0.1 })
    return [w.num, next] as const
  }
  const [, first] = take(undefined)
  const copy = structuredClone(first)
  expect(take(first)).toEqual(take(first))
  expect(first).toEqual(copy)
})

/** One step of each method, from a state of `size` parameters. */
const methods: [string, (parameters: readonly NumberWithGrad[], rate: number, size?: number) => unknown][] = [
  ['sgd', (parameters, rate) => sgd(parameters, { rate })],
  [
    'momentum',
    (parameters, rate, size) =>
      momentum(parameters, size === undefined ? size : { velocities: Array(size).fill(0) }, { rate }),
  ],
  [
    'adam',
    (parameters, rate, size) => {
      const zeros = Array(size ?? 0).fill(0)
      return adam(parameters, size === undefined ? size : { means: zeros, squares: zeros, steps: zeros }, { rate })
    },
  ],
]

describe.each(methods)('%s', (name, step) => {
  test('leaves alone a parameter that no backward reached', () => {
    const [used, unused] = leaves(2, 5) as [NumberWithGrad, NumberWithGrad]
    used.mul(3).backward()
    step([used, unused], 0.1)
    expect(used.num).toBeLessThan(2)
    expect(unused.num).toBe(5)
  })

  test('refuses what is no leaf', () => {
    const [a] = leaves(2) as [NumberWithGrad]
    expect(() => step([a, a.mul(2)], 0.1)).toThrow(
      new TypeError(`${name}: parameter 1 is the result of \`mul\`; only a leaf can be updated`),
    )
  })

  test.each([-1, NaN, Infinity])('refuses a rate of %s', rate => {
    expect(() => step(leaves(1), rate)).toThrow(
      new RangeError(`${name}: rate is ${rate}; it must be at least 0 and finite`),
    )
  })

  if (name !== 'sgd')
    test('refuses a state of other length', () => {
      expect(() => step(leaves(1, 2), 0.1, 3)).toThrow(
        new RangeError(`${name}: the state must hold one number per parameter; got 3 for 2`),
      )
    })
})

test('decays of 1 are refused', () => {
  const parameters = leaves(1)
  const message = (name: string, what: string) =>
    new RangeError(`${name}: ${what} is 1; it must be at least 0 and below 1`)
  expect(() => momentum(parameters, undefined, { rate: 1, decay: 1 })).toThrow(message('momentum', 'decay'))
  expect(() => adam(parameters, undefined, { decay: 1 })).toThrow(message('adam', 'decay'))
  expect(() => adam(parameters, undefined, { squareDecay: 1 })).toThrow(message('adam', 'squareDecay'))
})

describe('the same parameter twice', () => {
  const calls: Record<string, (parameters: readonly NumberWithGrad[]) => unknown> = {
    sgd: parameters => sgd(parameters, { rate: 0.1 }),
    momentum: parameters => momentum(parameters, undefined, { rate: 0.1 }),
    adam: parameters => adam(parameters, undefined),
  }
  test.each(Object.entries(calls))('%s throws before anything moves', (name, step) => {
    const [a, b] = leaves(1, 2)
    a!.mul(b!).backward()
    expect(() => step([a!, b!, a!])).toThrow(
      new RangeError(
        `${name}: parameter 2 is parameter 0 again, and would move twice. Give each once: \`[...new Set(parameters)]\`.`,
      ),
    )
    expect(values([a!, b!])).toEqual([1, 2])
    step([...new Set([a!, b!, a!])])
    expect(a!.num).toBeLessThan(1)
  })
})

test("adam with weight decay shrinks a parameter apart from its gradient, as PyTorch's AdamW", () => {
  const [w, still] = leaves(2, 5)
  w!.mul(3).backward()
  const state = adam([w!, still!], undefined, { rate: 0.1, weightDecay: 0.01 })
  // 2 (1 - 0.1 · 0.01) less the step, which epsilon shortens; a parameter without a gradient stays
  const step = 0.3 / (3 + 1e-8)
  expectAllClose([w!.num, still!.num], [1.998 - step, 5])
  zeroGrad([w!])
  w!.mul(3).backward()
  adam([w!], { means: [state.means[0]!], squares: [state.squares[0]!], steps: [1] }, { rate: 0.1, weightDecay: 0.01 })
  expectAllClose([w!.num], [(1.998 - step) * 0.999 - step])
  expect(() => adam([w!], undefined, { weightDecay: -1 })).toThrow('adam: weightDecay is -1; it must be at least 0')
})
