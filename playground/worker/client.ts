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
}

interface Pending {
  resolve(result: unknown): void
  reject(error: Error): void
}

export function createClient(worker: Worker): Client {
  const pending = new Map<number, Pending>()
  let last = LOADED
  const ready = new Promise<unknown>((resolve, reject) => {
    pending.set(LOADED, { resolve, reject })
  })
  const failAll = (message: string) => {
    for (const { reject } of pending.values()) reject(new Error(message))
    pending.clear()
  }
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    const asked = pending.get(data.id)
    pending.delete(data.id)
    if (data.error === undefined) asked?.resolve(data.result)
    else asked?.reject(new Error(data.error))
  })
  worker.addEventListener('error', ({ message }) => failAll(message || 'the compiler did not load'))
  const ask = (name: Question['name'], args: readonly unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      last++
      pending.set(last, { resolve, reject })
      worker.postMessage({ id: last, name, args })
    })
  return {
    ready,
    compile: (...args) => ask('compile', args),
    hint: (...args) => ask('hint', args),
    complete: (...args) => ask('complete', args),
  } as Client
}
