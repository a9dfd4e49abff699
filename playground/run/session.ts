/**
 * Runs programs one after the other, each in place of the previous one, and ends a program that does not answer.
 * It must not know how reports are shown.
 */
import type { Runnable } from '../worker/messages.ts'
import { createBudget } from './budget.ts'
import type { Moved, Report } from './messages.ts'
import { checkedReport } from './receive.ts'
import { createSandbox } from './sandbox.ts'

const LIMIT = 5000
const PING = 500

export interface Listener {
  /** A run starts. */
  begun(): void
  report(report: Report): void
  /** The program was ended because it did not answer. */
  endless(milliseconds: number): void
  /** The program was ended because it posted more than the page can handle. */
  flooded(): void
}

export interface Runs {
  /** Runs a new program. */
  begin(program: Runnable, libraries: Readonly<Record<string, string>>, values: Readonly<Record<string, Moved>>): void
  /** Runs the same program again: after the current run if that is short, otherwise at once. */
  again(values: Readonly<Record<string, Moved>>): void
  stop(): void
}

export async function createRuns(script: string, listener: Listener): Promise<Runs> {
  let run = 0
  let program: Runnable | undefined
  let libraries: Readonly<Record<string, string>> = {}
  let startedAt = 0
  let answeredAt = 0
  let state: 'idle' | 'running' | 'stopped' = 'stopped'
  let budget = createBudget()
  let token = 0
  let waiting: Readonly<Record<string, Moved>> | undefined

  const sandbox = await createSandbox(
    script,
    message => {
      const report = checkedReport(message)
      // the token proves that the program read the question: an endless loop may post reports too
      if (report?.kind === 'pong' && report.token === token) answeredAt = performance.now()
      if (!report || report.run !== run || state === 'stopped') return
      if (report.kind === 'done') state = 'idle'
      const shown = budget(report)
      if (shown) listener.report(shown)
      if (report.kind !== 'done' || !waiting) return
      const values = waiting
      waiting = undefined
      start(values)
    },
    () => {
      stop()
      listener.flooded()
    },
  )
  const start = (values: Readonly<Record<string, Moved>>, measures = false) => {
    run++
    budget = createBudget()
    if (state === 'stopped') sandbox.start()
    state = 'running'
    startedAt = performance.now()
    answeredAt = startedAt
    listener.begun()
    sandbox.post({ kind: 'run', run, program, libraries, values, measures })
  }
  const stop = () => {
    sandbox.stop()
    state = 'stopped'
    waiting = undefined
  }
  setInterval(() => {
    if (state === 'stopped' || document.hidden) {
      answeredAt = performance.now()
      return
    }
    if (performance.now() - answeredAt > LIMIT) {
      stop()
      listener.endless(LIMIT)
      return
    }
    token = Math.random()
    sandbox.post({ kind: 'ping', token })
  }, PING)

  return {
    begin(given, itsLibraries, values) {
      stop()
      program = given
      libraries = itsLibraries
      // a slider that is moved runs it again, and waits for nothing
      start(values, true)
    },
    again(values) {
      if (!program) return
      if (state === 'running' && performance.now() - startedAt < 300) {
        waiting = values
        return
      }
      if (state === 'running') stop()
      start(values)
    },
    stop,
  }
}
