/**
 * Runs a program once more without its output, to learn what is asked of its derivatives, and then measures both engines on these.
 * It must not know how modules are linked, nor how times are shown.
 */
import { bounds } from './bounds.ts'
import { type Clock, createNotes, measured, type Notes } from './measure.ts'
import type { EngineTimes } from './messages.ts'

export interface Rerun {
  readonly clock: Clock
  /** The places of the derivatives that may be asked for. */
  readonly calls: readonly number[]
  /** Imports the program with this module in place of `tsgrad`, and with pictures that draw nothing. */
  run(module: Notes['module'], frame: () => Promise<void>): Promise<unknown>
  /** Whether the program's output is dropped from now on. */
  mute(isMuted: boolean): void
  /** Whether another program waits. */
  isOver(): boolean
  report(times: readonly EngineTimes[]): void
}

/** How long the program may run, in milliseconds, before what was asked until then is measured. */
const LIMIT = 400

class Enough extends Error {}

/** Times that are missing, with the reason. */
export const unmeasured = (calls: readonly number[], note: string): EngineTimes[] =>
  calls.slice(0, bounds.calls).map(call => ({ call, compiled: undefined, taped: undefined, note }))

export async function rerun({ clock, calls, run, mute, isOver, report }: Rerun): Promise<void> {
  const start = clock.now()
  const stop = () => {
    if (notes.asked.size >= calls.length || clock.now() - start > LIMIT) throw new Enough()
  }
  const notes = createNotes(stop)
  const frame = async () => stop()
  mute(true)
  try {
    await run(notes.module, frame)
  } catch {
    // it threw before, or has run for long enough
  } finally {
    mute(false)
  }
  const rest = async () => {
    mute(false)
    await new Promise(resolve => setTimeout(resolve))
    if (isOver()) throw new Enough()
    mute(true)
  }
  const others = calls.filter(call => !notes.asked.has(call))
  const times = unmeasured(others, 'No times: nothing asks for it in this run.')
  if (others.length > 0) report(times)
  try {
    for (const asked of [...notes.asked.values()].slice(0, bounds.calls - times.length)) {
      mute(true)
      times.push(await measured(asked, clock, rest))
      report(times)
    }
  } catch (error) {
    if (!(error instanceof Enough)) throw error
  } finally {
    mute(false)
  }
}
