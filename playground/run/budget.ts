/**
 * Counts what a run has reported, so that many reports are bounded as one is.
 * It must not know how reports are shown.
 */
import { bounds } from './bounds.ts'
import type { Report } from './messages.ts'

/** Gives what may be shown of a report; undefined when nothing may. */
export type Budget = (report: Report) => Report | undefined

/** For one run. */
export function createBudget(): Budget {
  let [lines, thrown] = [0, 0]
  const pictures = new Set<string>()
  return report => {
    switch (report.kind) {
      case 'output': {
        const shown = report.lines.slice(0, bounds.lines - lines)
        lines += shown.length
        return { ...report, lines: shown, dropped: report.dropped + report.lines.length - shown.length }
      }
      case 'thrown':
        return thrown++ < bounds.thrown ? report : undefined
      case 'picture': {
        const { kind, title } = report.picture
        if (pictures.size < bounds.pictures) pictures.add(`${kind} ${title}`)
        return pictures.has(`${kind} ${title}`) ? report : undefined
      }
      default:
        return report
    }
  }
}
