// A worker of machines.ts: start as many as you like, where you like, with the address of the Redis.
import { type ConnectionOptions, Worker } from 'bullmq'
import part, { type Part, type Weights } from './shard.js'

const connection: ConnectionOptions = {
  url: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379',
  maxRetriesPerRequest: null,
}
new Worker<{ shard: number; weights: Weights }, Part>(
  'shards',
  async job => {
    console.log(`begins ${job.id}`)
    return part(job.data)
  },
  // a job whose worker is not heard of for two seconds is another one's; a shard must take less than that
  { connection, lockDuration: 2000, stalledInterval: 1000, maxStalledCount: 10 },
)
