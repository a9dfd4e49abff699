/**
 * Compiles a project again after each change on the disk, also when its folders are removed or renamed.
 * It must not know how the compiler is called, nor how options are parsed.
 */
import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { errorLocations, type PlainDiagnostic, type Reporter } from '../report/report.ts'
import { createWatchStatus, seconds, type WatchStatus } from '../report/watch-status.ts'
import type { CompileResult, OpenedProject } from './native-compiler.ts'
import { watchFiles } from './watch-files.ts'

export interface WatchedProject {
  readonly configFile: string
  /** Compiler options of the command line and the tsconfig.json, with paths relative to its folder. */
  readonly overrides: Readonly<Record<string, unknown>>
  readonly keepsScreen: boolean
  readonly isPretty: boolean
  readonly reporter: Reporter
  readonly project: OpenedProject
  reopen(): Promise<OpenedProject>
  compile(project: OpenedProject): Promise<CompileResult>
  inOrder(diagnostics: readonly PlainDiagnostic[]): readonly PlainDiagnostic[]
}

/** Compiles and waits for changes, until the process ends. */
export async function watchNative(watched: WatchedProject): Promise<number> {
  const { configFile, overrides, reporter, isPretty, keepsScreen } = watched
  const write = (text: string) => void process.stdout.write(text)
  // clears the screen as tsc does
  const clearScreen = keepsScreen ? undefined : () => write('\u001b[2J\u001b[3J\u001b[H')
  const status = createWatchStatus(reporter, { isPretty, clearScreen, write })
  const folder = dirname(configFile)
  const outputs = [overrides.outDir, overrides.declarationDir].filter(each => typeof each === 'string')
  const leftOut = outputs.map(name => resolve(folder, name)).filter(name => name !== folder)
  let project: OpenedProject | undefined = watched.project
  let names = project.fileNames()
  // watches before it compiles, so that no change during the compilation is missed
  const changesFrom = () => watchFiles(names, folder, leftOut)
  let changes = changesFrom()
  status.begins('Starting compilation in watch mode...')
  for (;;) {
    let emitted: ReadonlySet<string> = new Set()
    try {
      project ??= await watched.reopen()
      emitted = await compileWatched(watched, project, status, write)
      names = project.fileNames()
    } catch (error) {
      closed(project)
      project = undefined
      for (const each of failed(configFile, error)) write(reporter.diagnostic(each))
      status.ends('Found 1 error. Watching for file changes.')
    }
    let changed: readonly string[]
    do {
      changed = (await changes.first()).filter(name => !emitted.has(name))
      changes = changesFrom()
    } while (changed.length === 0)
    status.begins('File change detected. Starting incremental compilation...')
    if (!changed.some(isConfiguration)) project?.update(changed)
    else {
      closed(project)
      project = undefined
    }
  }
}

/** The files that decide which files belong to the project, and how they are compiled. */
const isConfiguration = (name: string) => /^(?:package|[tj]sconfig.*)\.json$/.test(basename(name))

/** The compiler's process may have ended with its folder. */
function closed(project: OpenedProject | undefined): void {
  try {
    project?.close()
  } catch {
    // the project is closed already
  }
}

/** The error of a failed compilation; for a missing tsconfig.json, as during the checkout of a branch, that of tsc. */
function failed(configFile: string, error: unknown): readonly PlainDiagnostic[] {
  const isGone = !existsSync(configFile)
  const text = isGone ? `Cannot read file '${configFile}'.` : `${error instanceof Error ? error.message : error}`
  return [
    {
      start: undefined,
      length: undefined,
      code: isGone ? 5083 : 99001,
      category: 1,
      messageText: text,
    } as PlainDiagnostic,
  ]
}

/** Whether a file is a source of the user, and no declaration. */
const isCode = (name: string) => /(?<!\.d)\.[cm]?tsx?$/.test(name) && !name.includes('/node_modules/')

/** Returns the full names of the written files. */
async function compileWatched(
  watched: WatchedProject,
  project: OpenedProject,
  status: WatchStatus,
  write: (text: string) => void,
): Promise<ReadonlySet<string>> {
  const start = performance.now()
  const { diagnostics, emitted } = await watched.compile(project)
  for (const each of watched.inOrder(diagnostics)) write(watched.reporter.diagnostic(each))
  const { length } = project.fileNames().filter(isCode)
  status.note(`Compiled ${length} files in ${seconds(performance.now() - start)}.`)
  const errors = errorLocations(diagnostics).length
  status.ends(`Found ${errors} error${errors === 1 ? '' : 's'}. Watching for file changes.`)
  return new Set(emitted)
}
