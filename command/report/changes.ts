/**
 * Prints changes of files, and progress. Diffs go to standard output, for `git apply`; everything else goes to standard error.
 * It must not know why files change.
 */
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { relative, sep } from 'node:path'
import { styleText } from 'node:util'
import { createTwoFilesPatch } from 'diff'
import { type Change, type Left, type Saved, textRefused } from '../disk/save.ts'

/** A unified diff, with paths relative to the current folder. */
function diffOf({ fileName, before, after, isNew }: Change): string {
  const name = relative(process.cwd(), fileName).replaceAll(sep, '/')
  const mark = isNew ? '' : byteOrderMark(fileName)
  const names = [isNew ? '/dev/null' : `a/${name}`, `b/${name}`] as const
  const patch = createTwoFilesPatch(...names, mark + before, mark + after, undefined, undefined, { context: 3 })
  return patch.slice(patch.indexOf('---'))
}

/** The byte order mark at the start of a file, which the compiler strips. */
function byteOrderMark(fileName: string): string {
  return readFileSync(fileName, 'utf8').startsWith('\uFEFF') ? '\uFEFF' : ''
}

/** Prints diffs, in colours on a terminal; returns the exit code. */
export function printDiffs(command: string, changes: readonly Change[]): number {
  const isColoured = process.stdout.isTTY === true && !process.env.NO_COLOR
  let status = 0
  for (const change of changes) {
    const reason = textRefused(change)
    if (reason === undefined) {
      const diff = diffOf(change)
      process.stdout.write(isColoured ? diff.split('\n').map(colouredLine).join('\n') : diff)
    } else {
      status = 1
      console.error(leftLine(command, { fileName: change.fileName, reason }))
    }
  }
  return status
}

/** Prints which files were not changed, and why; returns the exit code, after a signal that of the signal. */
export function printSaved(command: string, all: number, { written, left, stop }: Saved): number {
  for (const each of left) console.error(leftLine(command, each))
  if (stop === undefined) return left.length > 0 ? INCOMPLETE : 0
  const reason = typeof stop === 'string' ? `${command}: stopped by ${stop}` : leftLine(command, stop)
  console.error(`${reason}. ${written.length} of ${all} files are changed; run it again to change the others`)
  return typeof stop === 'string' ? SIGNALLED + constants.signals[stop] : INCOMPLETE
}

/** The exit code of an error after which some files were written, or could be. */
const INCOMPLETE = 2
/** Shells report a signal as 128 plus its number. */
const SIGNALLED = 128

const leftLine = (command: string, { fileName, reason }: Left) =>
  `${command}: ${relative(process.cwd(), fileName)} stays as it was: ${reason}`

function colouredLine(line: string): string {
  if (line.startsWith('@@')) return styleText('cyan', line)
  if (/^[-+]{3} /.test(line)) return styleText('bold', line)
  return line.startsWith('-') ? styleText('red', line) : line.startsWith('+') ? styleText('green', line) : line
}

/** The number of files from which progress is shown. */
const MANY_FILES = 20
/** Without a terminal, every hundredth line is shown. */
const STEP = 100

/** Prints the number of finished files: on one line of a terminal, else on a new line for every hundred. */
export function progress(command: string): (done: number, all: number) => void {
  return (done, all) => {
    if (all < MANY_FILES) return
    const text = `${command}: ${done} of ${all} files`
    if (process.stderr.isTTY) process.stderr.write(`\r${text}${done === all ? '\n' : ''}`)
    else if (done % STEP === 0 || done === all) process.stderr.write(`${text}\n`)
  }
}

/** `1 call`, `2 calls`. */
export const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
