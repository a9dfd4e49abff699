/**
 * Holds back the signals that end a process while it writes, so that it can stop at a place where everything on the disk is whole.
 * It must not know what is written.
 */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface HeldSignal {
  /** The first signal that came, if one did; a signal is told between two turns of the event loop. */
  received(): NodeJS.Signals | undefined
  /** Calls back as soon as one comes. */
  onReceived(act: () => void): void
}

/** The work sees to it that it ends soon after a signal, and says what the process does then. */
export async function holdingSignals<T>(work: (held: HeldSignal) => Promise<T>): Promise<T> {
  let received: NodeJS.Signals | undefined
  const acts: (() => void)[] = []
  const take = (signal: NodeJS.Signals) => {
    received ??= signal
    for (const act of acts.splice(0)) act()
  }
  for (const signal of SIGNALS) process.on(signal, take)
  try {
    return await work({
      received: () => received,
      onReceived: act => void (received === undefined ? acts.push(act) : act()),
    })
  } finally {
    for (const signal of SIGNALS) process.off(signal, take)
  }
}

/** The same for work that says nothing of a signal: it ends the process when the work is done. */
export async function endingBySignals<T>(work: (held: HeldSignal) => Promise<T>): Promise<T> {
  let received: NodeJS.Signals | undefined
  try {
    return await holdingSignals(async held => {
      try {
        return await work(held)
      } finally {
        // one that came during the last stretch of work is told now
        await new Promise(resolve => setImmediate(resolve))
        received = held.received()
      }
    })
  } finally {
    if (received) process.kill(process.pid, received)
  }
}
