/**
 * The lines that a watcher prints between its reports, as those of `tsc --watch`: editors wait for them.
 * It must not know what is watched.
 */
import { EOL } from 'node:os'
import type { Reporter } from './report.ts'

export interface WatchStatus {
  /** A compilation begins: on a screen that is cleared, unless that is not wanted. */
  begins(text: string): void
  /** A compilation is over. */
  ends(text: string): void
  /** What has happened, in seconds, before the last line. */
  note(text: string): void
}

export interface WatchStatusOptions {
  readonly isPretty: boolean
  /** Clears the screen; undefined where what was printed stays. */
  readonly clearScreen: (() => void) | undefined
  write(text: string): void
}

export function createWatchStatus(
  reporter: Reporter,
  { isPretty, clearScreen, write }: WatchStatusOptions,
): WatchStatus {
  const line = (text: string, before: string, after: string) => write(before + reporter.status(text) + after)
  return {
    begins(text) {
      clearScreen?.()
      line(text, isPretty || clearScreen ? '' : EOL, EOL + EOL)
    },
    ends: text => line(text, isPretty ? '' : EOL, isPretty ? EOL + EOL : EOL),
    note: text => write(isPretty ? reporter.status(text) + EOL : EOL + reporter.status(text)),
  }
}

/** How long something took, as people read it. */
export const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`
