/** A loss over shards of the data, on many cores and on many machines: the sums have the digits of one process, also when a worker is killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { blocksOf, nameOf, textOf } from './documents.ts'
import { command, repository, run } from './hosts/project.ts'
import { said, usingRedis, withRedis } from './redis.ts'

const out = join(repository, 'examples/shards/out')
const node = (name: string, env: object = {}): ChildProcess =>
  spawn(process.execPath, [join(out, name)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

interface Shard {
  default(of: { shard: number; weights: number[] }): Part
  whole(parts: readonly Part[]): Part
  descend(steps: number, partsAt: (weights: number[]) => Promise<Part[]>): Promise<{ weights: number[]; loss: number }>
  readonly shards: number
}
interface Part {
  readonly loss: number
  readonly gradient: number[]
}

let shard: Shard
const partsAt = (weights: number[]) =>
  Array.from({ length: shard.shards }, (_, i) => shard.default({ shard: i, weights }))
beforeAll(async () => {
  const { status, output } = await command(process.execPath, [
    'node_modules/ts-patch/bin/tspc.js',
    '-p',
    'examples/shards',
  ])
  expect([status, output]).toEqual([0, ''])
  shard = await import(join(out, 'shard.js'))
}, 120_000)

test('the gradient of the whole is the slope of its loss', () => {
  const at = [0.1, 1, -0.5, 0.2]
  const lossAt = (weights: number[]) => shard.whole(partsAt(weights)).loss
  const { gradient } = shard.whole(partsAt(at))
  expect(gradient.length).toBe(4)
  gradient.forEach((slope, i) => {
    const moved = (by: number) => lossAt(at.map((w, k) => (k === i ? w + by : w)))
    expect(slope).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 8)
  })
})

test('threads of a pool find the weights, with the same digits for one and for two', async () => {
  const { status, output } = await run(node('cores.js'))
  expect(status, output).toBe(0)
  const [found, same, seconds, speed] = output.trim().split('\n')
  const weights = /^weights (\S+) (\S+) (\S+) (\S+), loss 0\.\d{6}$/.exec(found!)!.slice(1).map(Number)
  for (const [i, truth] of [0.5, 2, -1, 0.25].entries()) expect(Math.abs(weights[i]! - truth)).toBeLessThan(0.1)
  expect(same).toBe('the same digits from one worker: true')
  expect(seconds).toMatch(/^1 worker \d+\.\d\d s, 2 workers \d+\.\d\d s$/)
  expect(speed).toMatch(/^\d+\.\d\d times as fast$/)
  console.info(`${seconds}: ${speed}`)
})

withRedis('a worker that is killed in the middle of a job loses nothing, and nothing counts twice', async () => {
  const steps = 3
  const { weights, loss } = await shard.descend(steps, async at => partsAt(at))
  await usingRedis(async url => {
    const env = { REDIS_URL: url, STEPS: String(steps) }
    const workers: ChildProcess[] = []
    const asking = node('machines.js', env)
    try {
      const printed = run(asking)
      // the only worker dies at the beginning of a job
      const victim = node('machines-worker.js', env)
      workers.push(victim)
      await said(victim.stdout!, 'begins ')
      victim.kill('SIGKILL')
      workers.push(node('machines-worker.js', env), node('machines-worker.js', env))
      const { status, output } = await printed
      expect(status, output).toBe(0)
      const lines = output.trim().split('\n')
      expect(lines.filter(line => / lost its worker and is done again$/.test(line)).length).toBe(1)
      expect(lines.slice(-2)).toEqual([`weights ${weights.join(' ')}`, `loss ${loss}`])
    } finally {
      for (const child of [asking, ...workers]) child.kill('SIGKILL')
    }
  })
})

test('tensors find the same gradient by the same words', async () => {
  const { status, output } = await run(node('tensors.js'))
  expect(status, output).toBe(0)
  expect(output).toMatch(/^within 1e-4 of the compiled gradient: true$/m)
})

test('what the page shows of these programs is in them', () => {
  const pieces = blocksOf('docs/many-cores.md').filter(block => nameOf(block) !== undefined)
  expect(pieces.length).toBeGreaterThan(4)
  for (const block of pieces) {
    const text = block.text.slice(block.text.indexOf('\n') + 1)
    expect(textOf(nameOf(block)!)).toContain(text)
  }
})
