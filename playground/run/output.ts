/**
 * Collects a program's reports and sends them a few times a second: output, and the newest version of each picture.
 * It must not know what a picture shows.
 */
import { bounds, shortened } from './bounds.ts'
import { formatted } from './format.ts'
import type { OutputLine, Picture, Report } from './messages.ts'

const INTERVAL = 33
/** Captured before the program runs, which may replace it. */
const clock = performance
/** The number of lines that are sent at once: an endless loop may follow. */
const PROMPT_LINES = 50

type Unsent = Report extends infer Each ? (Each extends Report ? Omit<Each, 'run'> : never) : never

export interface Output {
  print(level: OutputLine['level'], values: readonly unknown[]): void
  draw(picture: Picture): void
  send(report: Unsent): void
  /** Sends the collected reports: now, or after a pause since the last time. */
  flush(isAtOnce: boolean): void
}

export function createOutput(post: (report: Unsent) => void): Output {
  let lines: OutputLine[] = []
  let printed = 0
  let dropped = 0
  let last = Number.NEGATIVE_INFINITY
  const pictures = new Map<string, Picture>()

  const flush = (isAtOnce: boolean) => {
    const now = clock.now()
    if (!isAtOnce && now - last < INTERVAL) return
    last = now
    if (lines.length > 0 || dropped > 0) post({ kind: 'output', lines, dropped })
    lines = []
    for (const picture of pictures.values()) post({ kind: 'picture', picture })
    pictures.clear()
  }
  return {
    print(level, values) {
      if (printed++ < bounds.lines) lines.push({ level, text: shortened(formatted(values), bounds.line) })
      else dropped++
      flush(printed <= PROMPT_LINES)
    },
    draw(picture) {
      const key = `${picture.kind} ${picture.title}`
      // a field that is drawn again starts a new path
      pictures.delete(key)
      pictures.set(key, picture)
      flush(false)
    },
    send: post,
    flush,
  }
}
