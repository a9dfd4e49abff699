/**
 * Exceptions that stop a build, with a place in the user's code, and their diagnostics.
 * It must not know which work failed.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { type CatalogueEntry, catalogue, diagnostic, stated } from './diagnostics.ts'

/** An exception with the place in the user's code where the work failed. */
export class LocatedError extends Error {
  readonly file: ts.SourceFile
  readonly position: number

  constructor(file: ts.SourceFile, position: number, cause: unknown) {
    super(messageOf(cause), { cause })
    this.file = file
    this.position = position
  }
}

const messageOf = (cause: unknown) => (cause instanceof Error ? (cause.stack ?? cause.message) : String(cause))

/** A fault of the configuration, not of a file. */
export class ConfigurationError extends Error {
  readonly entry: CatalogueEntry
  readonly args: readonly string[]

  constructor(entry: CatalogueEntry, ...args: readonly string[]) {
    super(stated(entry, ...args))
    this.entry = entry
    this.args = args
  }
}

/** Runs `work`; an exception in it gets this place unless it has one already. */
export function located<T>(file: ts.SourceFile, position: number, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof LocatedError || error instanceof ConfigurationError
      ? error
      : new LocatedError(file, position, error)
  }
}

/** The diagnostic of an exception, which must stop the build. @param files where the reason may be, if the exception has no place. */
export function failure(ts: TypeScript, error: unknown, files: readonly ts.SourceFile[] = []): ts.Diagnostic {
  if (error instanceof ConfigurationError)
    return diagnostic(ts, error.entry, undefined, { start: 0, end: 0 }, ...error.args)
  const { file, position, message } =
    error instanceof LocatedError ? error : { file: undefined, position: 0, message: messageOf(error) }
  if (isOverflow(error instanceof LocatedError ? error.cause : error)) {
    const found = deepest(ts, file ? [file] : files)
    const start = found?.getStart() ?? 0
    return diagnostic(ts, catalogue.tooDeep, found?.getSourceFile(), { start, end: start })
  }
  return diagnostic(ts, catalogue.internal, file, { start: position, end: position }, message)
}

const isOverflow = (cause: unknown) => cause instanceof RangeError && cause.message.includes('call stack')

/** The statement that is nested most deeply. */
function deepest(ts: TypeScript, files: readonly ts.SourceFile[]): ts.Statement | undefined {
  let [found, most]: [found: ts.Statement | undefined, most: number] = [undefined, 0]
  for (const statement of files.flatMap(({ statements }) => [...statements])) {
    const depth = depthOf(ts, statement)
    if (depth > most) [found, most] = [statement, depth]
  }
  return found
}

function depthOf(ts: TypeScript, root: ts.Node): number {
  let most = 0
  const open: [node: ts.Node, depth: number][] = [[root, 1]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, depth] = next
    most = Math.max(most, depth)
    ts.forEachChild(node, child => void open.push([child, depth + 1]))
  }
  return most
}
