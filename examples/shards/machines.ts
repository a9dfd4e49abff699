// Many machines: the shards are jobs of BullMQ in a Redis; workers take them, on any machine, and may die while they work.
import { type ConnectionOptions, Queue, QueueEvents } from 'bullmq'
import { descend, type Part, shards, type Weights } from './shard.js'

const connection: ConnectionOptions = { url: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379' }
const queue = new Queue<{ shard: number; weights: Weights }, Part>('shards', { connection })
const events = new QueueEvents('shards', { connection })
await events.waitUntilReady()
events.on('stalled', ({ jobId }) => console.log(`${jobId} lost its worker and is done again`))

const run = process.pid
/** A shard has one job in each step, named by both; only the result of that job is added, so nothing counts twice. */
async function partsAt(weights: Weights, step: number): Promise<Part[]> {
  const jobs = await queue.addBulk(
    Array.from({ length: shards }, (_, shard) => ({
      name: 'part',
      data: { shard, weights },
      opts: { jobId: `run-${run}-step-${step}-shard-${shard}`, attempts: 3 },
    })),
  )
  return Promise.all(jobs.map(job => job.waitUntilFinished(events)))
}

const { weights, loss } = await descend(Number(process.env.STEPS ?? 20), partsAt)
console.log(`weights ${weights.join(' ')}`)
console.log(`loss ${loss}`)
await events.close()
await queue.obliterate({ force: true })
await queue.close()
