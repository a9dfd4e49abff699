/**
 * Prints as tsc does: diagnostics, plain or with colours and lines of code, their summary, and the lines of a watcher.
 * It must not know any compiler: diagnostics are plain data here.
 */
import { EOL } from 'node:os'
import { isAbsolute, relative, resolve, sep } from 'node:path'

/** A text, or a text with others indented below it. */
export interface MessageChain {
  readonly messageText: string
  readonly next?: readonly MessageChain[] | undefined
}

export interface PlainFile {
  readonly fileName: string
  readonly text: string
}

interface Located {
  readonly file?: PlainFile | undefined
  readonly start?: number | undefined
  readonly length?: number | undefined
  readonly messageText: string | MessageChain
}

/** A diagnostic of any compiler; those of TypeScript 5 and 6 have this form. */
export interface PlainDiagnostic extends Located {
  readonly code: number
  /** 0 is a warning, 1 an error, 2 a suggestion, 3 a message. */
  readonly category: number
  readonly relatedInformation?: readonly Located[] | undefined
}

/** A line of the summary: the first error of a file, its line counted from 1. */
export interface ErrorLocation {
  readonly fileName: string
  readonly line: number
}

export interface Reporter {
  diagnostic(diagnostic: PlainDiagnostic): string
  /** The summary below all diagnostics; plain output has none. */
  summary(count: number, places: readonly (ErrorLocation | undefined)[]): string
  /** A line with the time of day, as a watcher prints them. */
  status(text: string): string
}

const CATEGORIES = ['warning', 'error', 'suggestion', 'message'] as const
const ERROR = 1
const GREY = '\u001b[90m'
const CYAN = '\u001b[96m'
const YELLOW = '\u001b[93m'
const COLOURS = [YELLOW, '\u001b[91m', GREY, '\u001b[94m'] as const
const GUTTER = '\u001b[7m'
const RESET = '\u001b[0m'
const ELLIPSIS = '...'
/** "File appears to be binary": its text is not shown. */
const BINARY = 1490

const coloured = (text: string, colour: string) => colour + text + RESET

/** Whether output has colours without an option for it. */
export function isPrettyByDefault({ env, stdout }: Pick<NodeJS.Process, 'env' | 'stdout'> = process): boolean {
  if (env.NO_COLOR) return false
  return env.FORCE_COLOR ? true : stdout.isTTY === true
}

/** Paths are printed relative to `folder`, the current one. */
export function createReporter(isPretty: boolean, folder: string): Reporter {
  const lineStarts = new WeakMap<PlainFile, readonly number[]>()
  const linesOf = (file: PlainFile) => {
    const known = lineStarts.get(file) ?? lineStartsOf(file.text)
    lineStarts.set(file, known)
    return known
  }
  const pathOf = (fileName: string) => relative(folder, resolve(folder, fileName)).replaceAll(sep, '/')
  const time = () => new Date().toLocaleTimeString()
  const placed = (each: Located, show: (file: PlainFile, starts: readonly number[]) => string) =>
    each.file ? show(each.file, linesOf(each.file)) : ''

  const plain = (each: PlainDiagnostic) => {
    const at = placed(each, ({ fileName }, starts) => {
      const [line, column] = positionIn(starts, each.start ?? 0)
      return `${pathOf(fileName)}(${line + 1},${column + 1}): `
    })
    return `${at}${CATEGORIES[each.category]} TS${each.code}: ${flattened(each.messageText)}${EOL}`
  }
  const location = (each: Located) =>
    placed(each, ({ fileName }, starts) => {
      const [line, column] = positionIn(starts, each.start ?? 0)
      return `${coloured(pathOf(fileName), CYAN)}:${coloured(`${line + 1}`, YELLOW)}:${coloured(`${column + 1}`, YELLOW)}`
    })
  const span = (each: Located, indent: string, colour: string) =>
    placed(each, ({ text }, starts) => codeSpan(text, starts, each.start ?? 0, each.length ?? 0, indent, colour))
  const related = (each: Located) => {
    const shown = each.file ? `${EOL}  ${location(each)}${span(each, '    ', CYAN)}` : ''
    return `${shown}${EOL}    ${flattened(each.messageText)}`
  }
  const pretty = (each: PlainDiagnostic) => {
    const colour = COLOURS[each.category] ?? GREY
    const at = each.file ? `${location(each)} - ` : ''
    const name = coloured(CATEGORIES[each.category] ?? '', colour)
    const code = each.file && each.code !== BINARY ? EOL + span(each, '', colour) : ''
    const others = each.relatedInformation ? EOL + each.relatedInformation.map(related).join('') : ''
    const message = flattened(each.messageText)
    return `${at}${name}${coloured(` TS${each.code}: `, GREY)}${message}${code}${others}${EOL}${EOL}`
  }
  return {
    diagnostic: isPretty ? pretty : plain,
    summary: (count, places) => (isPretty ? summaryOf(count, places, folder) : ''),
    status: text => (isPretty ? `[${coloured(time(), GREY)}] ${text}` : `${time()} - ${text}`),
  }
}

/** The place of each error in the summary: the line of the first diagnostic of its file; undefined without a file. */
export function errorLocations(diagnostics: readonly PlainDiagnostic[]): readonly (ErrorLocation | undefined)[] {
  const errors = diagnostics.filter(({ category }) => category === ERROR)
  return errors.map(({ file }) => {
    if (!file) return undefined
    const first = diagnostics.find(each => each.file?.fileName === file.fileName)!
    return { fileName: file.fileName, line: positionIn(lineStartsOf(file.text), first.start ?? 0)[0] + 1 }
  })
}

/** A message with those below it, each one step further to the right. */
export function flattened(message: string | MessageChain, depth = 0): string {
  if (typeof message === 'string') return message
  const before = depth > 0 ? EOL + '  '.repeat(depth) : ''
  const next = message.next?.map(each => flattened(each, depth + 1)) ?? []
  return before + message.messageText + next.join('')
}

/** The line ends of JavaScript, which TypeScript uses. */
function lineStartsOf(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)].map(({ 0: end, index }) => index + end.length)]
}

function positionIn(starts: readonly number[], offset: number): readonly [line: number, column: number] {
  let [low, high] = [0, starts.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle
  }
  return [low, offset - starts[low]!]
}

/** The lines of code of a range with line numbers, the range underlined; the middle of a long range is left out. */
function codeSpan(
  text: string,
  starts: readonly number[],
  start: number,
  length: number,
  indent: string,
  colour: string,
): string {
  const [first, firstColumn] = positionIn(starts, start)
  const [last, lastColumn] = positionIn(starts, start + length)
  const isLong = last - first >= 4
  const width = Math.max(isLong ? ELLIPSIS.length : 0, `${last + 1}`.length)
  const gutter = (label: string) => `${indent}${coloured(label.padStart(width), GUTTER)} `
  const parts: string[] = []
  for (let i = first; i <= last; i++) {
    parts.push(EOL)
    if (isLong && first + 1 < i && i < last - 1) {
      parts.push(gutter(ELLIPSIS), EOL)
      i = last - 1
    }
    const line = text
      .slice(starts[i], starts[i + 1])
      .trimEnd()
      .replace(/\t/g, ' ')
    const from = i === first ? firstColumn : 0
    const to = i === last ? lastColumn : line.length
    const underlining = line.slice(0, from).replace(/\S/g, ' ') + line.slice(from, to).replace(/./g, '~')
    parts.push(gutter(`${i + 1}`), line, EOL, gutter(''), colour, underlining, RESET)
  }
  return parts.join('')
}

function summaryOf(count: number, places: readonly (ErrorLocation | undefined)[], folder: string): string {
  if (count === 0) return ''
  const inFiles = places.filter(place => place !== undefined)
  const shown = ({ fileName, line }: ErrorLocation) => {
    const path = isAbsolute(fileName) ? relative(folder, fileName).replaceAll(sep, '/') : fileName
    return path + coloured(`:${line}`, GREY)
  }
  const files = new Set(inFiles.map(({ fileName, line }) => `${fileName}:${line}`)).size
  const [first] = inFiles
  const text =
    count === 1
      ? `Found 1 error${places[0] ? ` in ${shown(places[0])}` : '.'}`
      : files === 0
        ? `Found ${count} errors.`
        : files === 1
          ? `Found ${count} errors in the same file, starting at: ${shown(first!)}`
          : `Found ${count} errors in ${files} files.`
  return `${EOL}${text}${EOL}${EOL}${files > 1 ? tableOf(inFiles, shown) : ''}`
}

/** The number of errors of each file. */
function tableOf(places: readonly ErrorLocation[], shown: (place: ErrorLocation) => string): string {
  const counts = new Map<string, { place: ErrorLocation; count: number }>()
  for (const place of places) {
    const known = counts.get(place.fileName)
    counts.set(place.fileName, { place: known?.place ?? place, count: (known?.count ?? 0) + 1 })
  }
  const rows = [...counts.values()]
  const width = Math.max('Errors'.length, ...rows.map(({ count }) => `${count}`.length))
  const lines = rows.map(({ place, count }) => `${`${count}`.padStart(width)}  ${shown(place)}\n`)
  return `Errors  Files\n${lines.join('')}`
}
