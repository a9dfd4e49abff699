/**
 * The page's side of the compiler's worker: a question is a call that returns a promise.
 * It must not know what is asked.
 */
import { type Answer, LOADED, type Question, type Questions } from './messages.ts'

export type Client = {
  [Name in keyof Questions]: (...args: Parameters<Questions[Name]>) => Promise<ReturnType<Questions[Name]>>
} & {
  /** The compiler has loaded. */
  readonly ready: Promise<unknown>
  /** Ends the compiler and loads it again; open questions get no answer. */
  restart(reason: string): void
}

interface Pending {
  resolve(result: unknown): void
  reject(error: Error): void
}

/** The time limit of one question, in milliseconds; a program of a thousand operators takes a tenth of it. */
const LIMIT = 20_000

/** @param begin starts a worker in which the compiler loads. */
export function createClient(begin: () => Worker): Client {
  const pending = new Map<number, Pending>()
  let last = LOADED
  let worker: Worker
  let ready: Promise<unknown>
  const failAll = (message: string) => {
    for (const { reject } of pending.values()) reject(new Error(message))
    pending.clear()
  }
  const load = () => {
    const current = begin()
    worker = current
    ready = new Promise<unknown>((resolve, reject) => {
      pending.set(LOADED, { resolve, reject })
    })
    // pending questions are rejected
    ready.catch(() => {})
    current.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      const asked = pending.get(data.id)
      pending.delete(data.id)
      if (data.error === undefined) asked?.resolve(data.result)
      else asked?.reject(new Error(data.error))
    })
    current.addEventListener('error', ({ message }) => failAll(message || 'the compiler did not load'))
  }
  const restart = (reason: string) => {
    worker.terminate()
    failAll(reason)
    load()
  }
  const ask = async (name: Question['name'], args: readonly unknown[]) => {
    await ready
    const id = ++last
    const limit = setTimeout(() => restart(`it took more than ${LIMIT / 1000} s, and was ended`), LIMIT)
    const answer = new Promise<unknown>((resolve, reject) => {
      pending.set(id, { resolve, reject })
      worker.postMessage({ id, name, args })
    })
    return answer.finally(() => clearTimeout(limit))
  }
  load()
  return {
    get ready() {
      return ready
    },
    restart,
    compile: (...args) => ask('compile', args),
    hint: (...args) => ask('hint', args),
    complete: (...args) => ask('complete', args),
  } as Client
}
