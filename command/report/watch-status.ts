/**
 * Prints the lines of a watcher between its reports, as `tsc --watch` does: editors parse them.
 * It must not know what is watched.
 */
import { EOL } from 'node:os'
import type { Reporter } from './report.ts'

export interface WatchStatus {
  /** Before a compilation: clears the screen, unless an option keeps it. */
  begins(text: string): void
  /** After a compilation. */
  ends(text: string): void
  /** A line about the compilation and its seconds, before the last line. */
  note(text: string): void
}

export interface WatchStatusOptions {
  readonly isPretty: boolean
  /** Clears the screen; undefined if an option keeps it. */
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

/** A duration for people to read. */
export const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`
