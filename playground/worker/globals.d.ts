// What a program on the page finds beside the standard library. Not lib.dom: there is no document here, and it takes long to read.

interface Console {
  log(...values: unknown[]): void
  info(...values: unknown[]): void
  warn(...values: unknown[]): void
  error(...values: unknown[]): void
  debug(...values: unknown[]): void
  table(rows: unknown): void
}
declare const console: Console
declare const performance: { now(): number }
declare function setTimeout(callback: () => void, milliseconds?: number): number
declare function clearTimeout(timer: number | undefined): void
declare function setInterval(callback: () => void, milliseconds?: number): number
declare function clearInterval(timer: number | undefined): void
declare function queueMicrotask(callback: () => void): void
declare function structuredClone<T>(value: T): T
