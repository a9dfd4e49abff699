/** What made a NaN, an Infinity or a zero gradient is found and named. */
import { describe, expect, test } from 'vitest'
import { dot, NumberWithGrad, norm } from '../runtime/index.ts'
import { explainZeroGradients, findAnomaly, recordStacks } from '../runtime/inspect.ts'

const leaf = (x: number) => new NumberWithGrad(x)

describe('findAnomaly', () => {
  test('is silent when all is finite', () => {
    const x = leaf(2)
    const y = x.mul(x).log()
    expect(findAnomaly(y)).toBeUndefined()
    y.backward()
    expect(findAnomaly(y)).toBeUndefined()
  })

  test('names the operation that made the first value, not those that it spoilt', () => {
    const x = leaf(-1)
    const bad = x.sub(1).log()
    const found = findAnomaly(bad.mul(x).add(bad.exp()), { names: { x } })
    expect(found).toMatchObject({ kind: 'value', message: '`log` of -2 returned NaN', stack: undefined })
    expect(found!.node).toBe(bad)
  })

  test('names operands, constants among them', () => {
    const x = leaf(1e200)
    expect(findAnomaly(x.mul(1e200).add(1), { names: { x } })!.message).toBe(
      '`mul` of x = 1e+200, 1e+200 returned Infinity',
    )
    expect(findAnomaly(norm([x, leaf(1), Infinity]) as NumberWithGrad)!.message).toBe(
      '`norm` of 1e+200, 1, Infinity returned Infinity',
    )
  })

  test('names a leaf that was not finite', () => {
    const x = leaf(NaN)
    expect(findAnomaly(x.mul(2), { names: new Map([[x, 'x']]) })).toMatchObject({
      kind: 'leaf',
      node: x,
      message: 'x is NaN, and no operation computed it',
    })
  })

  test('names the operation that made the first gradient', () => {
    const x = leaf(0)
    const root = x.mul(3).sqrt()
    root.mul(2).backward()
    const y = root.mul(2)
    y.backward()
    const found = findAnomaly(y, { names: { x } })
    expect(found).toMatchObject({ kind: 'gradient', message: '`sqrt` of 0 propagated the gradient Infinity to 0' })
    expect(found!.node).toBe(root)
  })

  test.each<[string, (x: NumberWithGrad) => NumberWithGrad]>([
    ['`sqrt` of x = 0 propagated the gradient Infinity to x = 0', x => x.sqrt().add(x.neg())],
    ['`sqrt` of x = 0 propagated the gradient Infinity to x = 0', x => x.neg().add(x.sqrt())],
    ['`atan2` of 0, x = 0 propagated the gradient NaN to x = 0', x => x.ratan2(0).add(x)],
    [
      '`dot` of x = 0, 0, 1e+308, 2 propagated the gradient Infinity to x = 0',
      x => dot([x, x.add(0)], [1e308, 2]).mul(1e10),
    ],
    ['the contributions to the gradient of x add up to Infinity', x => x.mul(1e308).add(x.mul(1e308))],
  ])('%s', (message, f) => {
    const x = leaf(0)
    const y = f(x)
    y.backward()
    expect(findAnomaly(y, { names: { x } })!.message).toBe(message)
  })

  test('names an infinite seed', () => {
    const y = leaf(2).mul(3)
    y.backward(Infinity)
    expect(findAnomaly(y)!.message).toBe('the gradient of the result itself is Infinity')
  })

  test('looks through a deep computation', () => {
    let y = leaf(0).log()
    for (let i = 0; i < 100_000; i++) y = y.add(1)
    expect(findAnomaly(y)!.message).toBe('`log` of 0 returned -Infinity')
  })
})

describe('recordStacks', () => {
  function guiltyFunction(x: NumberWithGrad): NumberWithGrad {
    return x.log()
  }

  test('gives the place where the node was created', () => {
    const [y, stacks] = recordStacks(() => guiltyFunction(leaf(-1)).mul(2))
    const { stack } = findAnomaly(y, { stacks })!
    expect(stack).toMatch(/^Error: `log` was called here/)
    expect(stack).toContain('guiltyFunction')
    expect(stack).toContain('anomaly.test')
  })

  test('ends with the function, also when that throws', () => {
    const record = NumberWithGrad.prototype._record
    expect(() =>
      recordStacks(() => {
        throw new Error('mine')
      }),
    ).toThrow('mine')
    expect(NumberWithGrad.prototype._record).toBe(record)
    const [y, stacks] = recordStacks(() => leaf(1))
    expect(stacks.has(y.log())).toBe(false)
  })
})

describe('explainZeroGradients', () => {
  const explain = (f: (x: NumberWithGrad, y: NumberWithGrad) => NumberWithGrad, seed = 1) => {
    const [x, y] = [leaf(2.5), leaf(-1)]
    const root = f(x, y)
    root.backward(seed)
    return explainZeroGradients(root, { x, y })
  }

  test.each<[string, string[], (x: NumberWithGrad, y: NumberWithGrad) => NumberWithGrad]>([
    ['nothing to say', [], (x, y) => x.mul(y)],
    ['not used', ['y: the gradient is null, because the result was not computed from it'], x => x.mul(2)],
    ['a step', ['x: the gradient is 0, because `floor` of x = 2.5 propagates no gradient'], (x, y) => x.floor().mul(y)],
    [
      'a dead unit',
      ['y: the gradient is 0, because `max` of y = -1, 0 propagates no gradient'],
      (x, y) => y.max(0).add(x),
    ],
    [
      'a dead unit further on',
      ['y: the gradient is 0, because `max` of -10, 0 propagates no gradient'],
      (x, y) => y.mul(10).max(0).add(x),
    ],
    [
      'cancelled in one operation',
      [
        'x: the gradient is 0, because the contributions to x cancel: 1 from `sub` of x = 2.5, x = 2.5 and -1 from `sub` of x = 2.5, x = 2.5',
      ],
      (x, y) => x.sub(x).add(y),
    ],
    [
      'cancelled over two operations',
      [
        'x: the gradient is 0, because the contributions to x cancel: 2 from `mul` of x = 2.5, 2 and -2 from `mul` of x = 2.5, -2',
      ],
      (x, y) => x.mul(2).add(x.mul(-2)).add(y),
    ],
    [
      'cancelled further on',
      [
        'x: the gradient is 0, because the contributions to the number 5 cancel: 1 from `sub` of 5, 5 and -1 from `sub` of 5, 5',
      ],
      (x, y) => {
        const twice = x.mul(2)
        return twice.sub(twice).add(y)
      },
    ],
    [
      'a partial of 0',
      ['x: the gradient is 0, because `mul` of x = 2.5, 0 propagates 0, the partial times the gradient'],
      (x, y) => x.mul(0).add(y),
    ],
    [
      'a partial of 0 further on',
      ['x: the gradient is 0, because `mul` of 5, 0 propagates 0, the partial times the gradient'],
      (x, y) => x.mul(2).mul(0).add(y),
    ],
    [
      'a square at its minimum',
      ['x: the gradient is 0, because `pow` of 0, 2 propagates 0, the partial times the gradient'],
      (x, y) => x.sub(2.5).pow(2).add(y),
    ],
    [
      'not selected, with an infinite derivative behind it',
      ['x: the gradient is 0, because `max` of 0, 1 propagates no gradient'],
      (x, y) => x.sub(2.5).sqrt().max(1).add(y),
    ],
    [
      'one way silent, one zero',
      [
        'x: the gradient is 0, because `floor` of x = 2.5 propagates no gradient; and `mul` of x = 2.5, 0 propagates 0, the partial times the gradient',
      ],
      (x, y) => x.floor().add(x.mul(0)).add(y),
    ],
    [
      'a NaN made by a gradient',
      ['x: the gradient is NaN: `sqrt` of 0 propagated the gradient Infinity to 0'],
      (x, y) => x.sub(2.5).pow(2).sqrt().add(y),
    ],
    [
      'a NaN made by a value spoils all',
      ['x: the gradient is NaN: `log` of y = -1 returned NaN', 'y: the gradient is NaN: `log` of y = -1 returned NaN'],
      (x, y) => y.log().mul(x),
    ],
    [
      'a value that is not finite and not used is not named',
      ['x: the gradient is NaN: `sqrt` of 0 propagated the gradient Infinity to 0'],
      (x, y) => x.sub(2.5).pow(2).sqrt().add(y.add(1).log().max(0)).add(y),
    ],
    [
      'two ways',
      ['x: the gradient is 0, because `floor` of x = 2.5 and `ceil` of x = 2.5 propagate no gradient'],
      (x, y) => x.floor().add(x.ceil()).add(y),
    ],
  ])('%s', (_, sentences, f) => expect(explain(f)).toEqual(sentences))

  test('a NaN seed', () =>
    expect(explain(x => x, NaN)[0]).toBe(
      'x: the gradient is NaN: it was NaN before this backward(), or the seed or a sum of gradients is not finite',
    ))

  test('gradients by createGraph are explained alike', () => {
    const [x, y] = [leaf(2.5), leaf(-1)]
    const root = x.sub(2.5).sqrt().max(1).add(y.sub(y)).add(1)
    root.backward({ createGraph: true })
    expect(explainZeroGradients(root, { x, y })).toEqual([
      'x: the gradient is 0, because `max` of 0, 1 propagates no gradient',
      'y: the gradient is 0, because the contributions to y cancel: 1 from `sub` of y = -1, y = -1 and -1 from `sub` of y = -1, y = -1',
    ])
  })

  test('a leaf that gradients of two calls cancel on', () => {
    const x = leaf(2)
    x.mul(3).backward()
    const y = x.mul(-3)
    y.backward()
    expect(explainZeroGradients(y, { x })).toEqual([
      'x: the gradient is 0, because this backward() added -3 to x, which cancels what earlier calls or assignments left there',
    ])
  })

  test('a leaf that was cleared and is not reached', () => {
    const x = leaf(2)
    x.mul(3).backward()
    x.clearGrad()
    const y = x.floor().mul(-3)
    y.backward()
    expect(explainZeroGradients(y, { x })).toEqual([
      'x: the gradient is 0, because `floor` of x = 2 propagates no gradient',
    ])
  })

  test('lists the first of many', () => {
    const xs = Array.from({ length: 8 }, () => leaf(1))
    const [x] = xs as [NumberWithGrad]
    const y = dot(
      xs.map((_, i) => x.mul(i % 2 === 0 ? 1 : -1)),
      xs.map(() => 1),
    ) as NumberWithGrad
    y.backward()
    expect(explainZeroGradients(y, { x })[0]).toMatch(
      /^x: the gradient is 0, because the contributions to x cancel: .* and 4 more$/,
    )
  })

  test('is linear in an array function of many operands', () => {
    const xs = Array.from({ length: 20_000 }, () => leaf(1))
    const y = dot(
      xs,
      xs.map(() => 0),
    ) as NumberWithGrad
    y.backward()
    expect(explainZeroGradients(y, { xs: xs.slice(0, 1) })).toHaveLength(1)
  })

  test('a seed of 0, a cleared gradient, no backward', () => {
    expect(explain((x, y) => x.mul(y), 0)[0]).toBe(
      'x: the gradient is 0, because backward() was called with a seed of 0',
    )
    const x = leaf(1)
    const y = x.exp()
    expect(() => explainZeroGradients(y, { x })).toThrow(
      'explainZeroGradients: the root has no gradient; call root.backward()',
    )
    y.backward()
    x.clearGrad()
    expect(explainZeroGradients(y, { x })).toEqual(['x: the gradient is null, because it was cleared after backward()'])
  })
})

describe('names', () => {
  class Layer {
    w = [leaf(0), leaf(-1)]
    b = leaf(0.5)
    activation = Math.tanh
    label = 'hidden'
  }

  test.each<[string, (x: NumberWithGrad) => object]>([
    ['x', x => ({ x })],
    ['w[0]', x => ({ w: [x] })],
    ['w[1][0]', x => ({ w: [[], [x]] })],
    ['layers[1].w[1]', x => ({ rate: 0.1, layers: [new Layer(), { w: [1, x], note: null }] })],
    ['[1]', x => [3, x]],
    ['the number', x => x],
    ['my x', x => new Map([[x, 'my x']])],
    ['first', x => ({ first: x, second: x })],
    [
      'self.w',
      x => {
        const model: Record<string, unknown> = { data: new Float64Array(3) }
        model.self = { model, w: x }
        return model
      },
    ],
  ])('%s', (name, names) => {
    const x = leaf(-1)
    const y = x.log()
    y.backward()
    expect(findAnomaly(y, { names: names(x) })!.message).toBe(`\`log\` of ${name} = -1 returned NaN`)
    expect(explainZeroGradients(y, names(x))).toContain(
      `${name}: the gradient is NaN: \`log\` of ${name} = -1 returned NaN`,
    )
  })

  test('deep shapes do not overflow the stack', () => {
    let shape: object = leaf(1)
    for (let i = 0; i < 3000; i++) shape = [shape]
    expect(findAnomaly(leaf(1), { names: shape })).toBeUndefined()
  })

  test('what is no object is refused', () =>
    expect(() => explainZeroGradients(seeded(), 'x' as never)).toThrow(
      'names: expected an object such as { w, layers: [{ b }] }, or a Map; got a string',
    ))

  function seeded(): NumberWithGrad {
    const y = leaf(1).neg()
    y.backward()
    return y
  }
})
