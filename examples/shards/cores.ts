// Many cores: the shards are tasks of piscina's pool of worker threads, with one worker and with two.
import { Piscina } from 'piscina'
import { descend, shards } from './shard.js'

const numbers = Array.from({ length: shards }, (_, shard) => shard)

async function timed(workers: number) {
  const pool = new Piscina({
    filename: new URL('./shard.js', import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: 1,
  })
  const partsAt = (weights: number[]) => Promise.all(numbers.map(shard => pool.run({ shard, weights })))
  await partsAt([0, 0, 0, 0]) // every worker has read its files and warmed up
  const start = performance.now()
  const found = await descend(20, partsAt)
  const seconds = (performance.now() - start) / 1000
  await pool.destroy()
  return { ...found, seconds }
}

const one = await timed(1)
const two = await timed(2)
console.log(`weights ${two.weights.map(w => w.toFixed(3)).join(' ')}, loss ${two.loss.toFixed(6)}`)
console.log(`the same digits from one worker: ${one.loss === two.loss && String(one.weights) === String(two.weights)}`)
console.log(`1 worker ${one.seconds.toFixed(2)} s, 2 workers ${two.seconds.toFixed(2)} s`)
console.log(`${(one.seconds / two.seconds).toFixed(2)} times as fast`)
