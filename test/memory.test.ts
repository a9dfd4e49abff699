/** Depth and memory: graphs of a million nodes, and that what nobody holds is collected. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { BEGINNING, slots } from '../runtime/engine/slots.ts'
import { tape } from '../runtime/engine/tape.ts'
import { grad, NumberWithGrad, noGrad, valueAndGrad } from '../runtime/index.ts'

setFlagsFromString('--expose_gc')
const collect = runInNewContext('gc') as () => void

/** Whether what `make` points at weakly is gone after a collection. */
async function isCollected(make: () => WeakRef<object>): Promise<boolean> {
  const reference = make()
  await new Promise(resolve => setTimeout(resolve, 0)) // a WeakRef holds its target to the end of the turn
  collect()
  return reference.deref() === undefined
}

test('a wide sum of a million leaves, and a chain of a million operations inside of grad', () => {
  const leaves = Array.from({ length: 1_000_000 }, (_, i) => new NumberWithGrad(i))
  let sum = leaves[0]!
  for (let i = 1; i < leaves.length; i++) sum = sum.add(leaves[i]!)
  sum.backward()
  expect([leaves[0]!.grad, leaves[999_999]!.grad]).toEqual([1, 1])
  const chain = (x: NumberWithGrad) => {
    let y = x
    for (let i = 0; i < 1_000_000; i++) y = y.add(1)
    return y
  }
  expect(valueAndGrad(chain)(1)).toEqual([1_000_001, 1])
})

test('the collection is seen: what somebody holds stays', async () => {
  const held: object[] = []
  const make = () => {
    held.push(new NumberWithGrad(1).add(2))
    return new WeakRef(held[0]!)
  }
  expect(await isCollected(make)).toBe(false)
  expect(held.length).toBe(1)
})

test('after backward a leaf that is held keeps nothing of the graph alive', async () => {
  const leaf = new NumberWithGrad(3)
  const make = () => {
    const middle = leaf.mul(2)
    middle.mul(middle).add(1).backward()
    return new WeakRef<object>(middle)
  }
  expect(await isCollected(make)).toBe(true)
  expect(leaf.grad).toBe(24)
})

test('a number from outside that grad used is not kept by the recycled nodes, nor is a tracked gradient', async () => {
  const f = (constant: NumberWithGrad) => noGrad(() => grad((x: NumberWithGrad) => x.mul(constant).mul(x))(3))
  const make = () => {
    const constant = new NumberWithGrad(5)
    expect(f(constant)).toBe(30)
    return new WeakRef<object>(constant)
  }
  expect(await isCollected(make)).toBe(true)
  const tracked = () => {
    const x = new NumberWithGrad(5)
    x.mul(x).backward({ createGraph: true })
    return new WeakRef<object>(x.trackedGrad!)
  }
  expect(await isCollected(tracked)).toBe(true)
})

test('the pool gives back what the calls of late did not need', () => {
  const power = grad((x: NumberWithGrad) => {
    let y = x
    for (let i = 0; i < length; i++) y = y.mul(x)
    return y
  })
  let length = BEGINNING + 10_000
  // derivatives of what was recorded before the slots grew, and after
  expect(power(1)).toBe(length + 1)
  expect(slots.capacity).toBeGreaterThan(BEGINNING)
  length = 10
  for (let i = 0; i < 600; i++) power(1)
  expect(tape.nodes.length).toBeLessThan(100)
  expect(slots.capacity).toBe(BEGINNING)
})

/** What 2,000 steps leave on the heap: the least of four measures, since whatever else lives in the process may allocate during one. */
function leftBy(step: () => void): number {
  const heap = (steps: number) => {
    for (let i = 0; i < steps; i++) step()
    collect()
    return process.memoryUsage().heapUsed
  }
  let before = heap(1000)
  const growths = Array.from({ length: 4 }, () => {
    const after = heap(2000)
    const growth = after - before
    before = after
    return growth
  })
  return Math.min(...growths)
}

test('9,000 training steps keep the heap flat', () => {
  const loss = valueAndGrad((p: NumberWithGrad[]) => p[0]!.mul(2).add(p[1]!).tanh().sub(0.5).pow(2))
  const parameters = [0.1, 0.2]
  const train = () => {
    const [, gradient] = loss(parameters)
    for (let k = 0; k < 2; k++) parameters[k]! -= 0.1 * gradient[k]!
  }
  expect(leftBy(train)).toBeLessThan(50_000)
  expect(loss(parameters)[0]).toBeLessThan(1e-6)
  const kept: unknown[] = []
  expect(leftBy(() => kept.push(loss(parameters)))).toBeGreaterThan(100_000)
})
