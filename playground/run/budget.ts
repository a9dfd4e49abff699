/**
 * Counts the reports of a run, so that many small reports are limited like one large report.
 * It must not know how reports are shown.
 */
import { bounds } from './bounds.ts'
import type { Report } from './messages.ts'

/** Returns the part of a report within the limits; undefined if there is none. */
export type Budget = (report: Report) => Report | undefined

/** A budget for one run. */
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
