/**
 * What a program says, gathered and sent a few times a second: output, and of each picture only the newest.
 * It must not know what a picture shows.
 */
import { bounds, shortened } from './bounds.ts'
import { formatted } from './format.ts'
import type { OutputLine, Picture, Report } from './messages.ts'

const INTERVAL = 33
/** A program may put another in its place. */
const clock = performance
/** So many lines are sent at once: what comes next may be a loop without an end. */
const PROMPT_LINES = 50

type Unsent = Report extends infer Each ? (Each extends Report ? Omit<Each, 'run'> : never) : never

export interface Output {
  print(level: OutputLine['level'], values: readonly unknown[]): void
  draw(picture: Picture): void
  send(report: Unsent): void
  /** Sends what was gathered: at once, or at most once in a while. */
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
      // a field that is drawn again begins a new path
      pictures.delete(key)
      pictures.set(key, picture)
      flush(false)
    },
    send: post,
    flush,
  }
}
