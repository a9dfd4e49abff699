/** A Redis of a test's own, on this machine and in memory. It must not know what is kept in it. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { test } from 'vitest'

const server = (process.env.PATH ?? '')
  .split(delimiter)
  .map(folder => join(folder, 'redis-server'))
  .find(path => existsSync(path))
if (server === undefined)
  console.warn("no redis-server, so that tests of queues are skipped; Debian's is the package redis-server")
/** A test that needs it. */
export const withRedis = test.skipIf(server === undefined)

/** A port that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

/** Starts one, lets it be used by its address, and ends it. */
export async function usingRedis<T>(use: (url: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tsgrad-redis-'))
  const port = await freePort()
  const options = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder }
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  const child = spawn(server!, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise<void>(resolve => child.on('close', () => resolve()))
  try {
    await Promise.race([
      said(child.stdout, 'Ready to accept connections'),
      ended.then(() => Promise.reject(new Error('redis-server ended before it was ready'))),
    ])
    return await use(`redis://127.0.0.1:${port}`)
  } finally {
    child.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Resolves when a program has printed some words. */
export function said(output: NodeJS.ReadableStream, words: string): Promise<void> {
  return new Promise(resolve => {
    let text = ''
    output.on('data', chunk => {
      text += chunk
      if (text.includes(words)) resolve()
    })
  })
}
