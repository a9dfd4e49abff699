/** The switch that turns on all that costs time, and off again. */
import { afterEach, describe, expect, test } from 'vitest'
import { grad, NumberWithGrad, noGrad } from '../runtime/index.ts'
import { debug, recordStacks } from '../runtime/inspect.ts'

const leaf = (x: number) => new NumberWithGrad(x)
const errorOf = (f: () => unknown): Error => {
  try {
    f()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

afterEach(() => debug(false))

describe('debug(true)', () => {
  test.each<[string, () => unknown]>([
    ['debug: `log` of -1 returned NaN', () => leaf(-1).log().mul(2)],
    ['debug: `sub` of Infinity, Infinity returned NaN', () => leaf(Infinity).sub(Infinity)],
    ['debug: `log` of -2 returned NaN', () => grad((x: NumberWithGrad) => x.mul(2).log())(-1)],
    ['debug: `sqrt` of 0 propagated the gradient Infinity to 0', () => leaf(0).mul(3).sqrt().backward()],
    [
      'debug: `sqrt` of 0 propagated the gradient Infinity to 0',
      () => leaf(0).mul(3).sqrt().backward({ createGraph: true }),
    ],
  ])('%s', (message, f) => {
    debug(true)
    expect(errorOf(f).message).toBe(message)
    debug(false)
    f()
  })

  test('has nothing to say about what is right, a NaN that came in, a value of -Infinity, or noGrad', () => {
    debug(true)
    expect(grad((x: NumberWithGrad) => x.mul(x))(3)).toBe(6)
    expect(leaf(NaN).mul(2).num).toBeNaN()
    leaf(0).log().max(1).backward()
    expect(noGrad(() => leaf(-1).log()).num).toBeNaN()
  })

  test('the cause of a gradient is the place of the operation', () => {
    debug(true)
    const rootOf = (x: NumberWithGrad) => x.sqrt()
    const y = rootOf(leaf(0))
    expect((errorOf(() => y.backward()).cause as Error).stack).toContain('rootOf')
  })

  test('the cause of a leaf that moved is the place of the assignment', () => {
    debug(true)
    const x = leaf(2)
    const y = x.mul(x)
    x.num = 3
    expect((errorOf(() => y.backward()).cause as Error).message).toBe('`num` was assigned here')
  })

  test('twice is once, and off leaves nothing', () => {
    const { _record, backward } = NumberWithGrad.prototype
    debug(true)
    debug(true)
    debug(false)
    expect(NumberWithGrad.prototype._record).toBe(_record)
    expect(NumberWithGrad.prototype.backward).toBe(backward)
    debug(false)
    expect(leaf(-1).log().num).toBeNaN()
  })

  test('is off also when recordStacks ends around the switch', () => {
    debug(true)
    recordStacks(() => debug(false))
    expect(leaf(-1).log().num).toBeNaN()
    debug(true)
    expect(() => leaf(-1).log()).toThrow('returned NaN')
  })

  test('what is no boolean is refused', () =>
    expect(() => debug('off' as never)).toThrow('debug: expected true or false; got a string'))
})
