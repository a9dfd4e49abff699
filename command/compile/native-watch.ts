/**
 * Compiles a project again after each change on the disk, whatever people do to its folders.
 * It must not know how the compiler is reached, nor how options are read.
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
  /** Compiler options of the command line and the tsconfig.json, with paths from its folder. */
  readonly overrides: Readonly<Record<string, unknown>>
  readonly keepsScreen: boolean
  readonly isPretty: boolean
  readonly reporter: Reporter
  readonly project: OpenedProject
  reopen(): Promise<OpenedProject>
  compile(project: OpenedProject): Promise<CompileResult>
  inOrder(diagnostics: readonly PlainDiagnostic[]): readonly PlainDiagnostic[]
}

/** Compiles, waits for changes, and so on; ends with the process only. */
export async function watchNative(watched: WatchedProject): Promise<number> {
  const { configFile, overrides, reporter, isPretty, keepsScreen } = watched
  const write = (text: string) => void process.stdout.write(text)
  // what tsc does to a screen
  const clearScreen = keepsScreen ? undefined : () => write('\u001b[2J\u001b[3J\u001b[H')
  const status = createWatchStatus(reporter, { isPretty, clearScreen, write })
  const folder = dirname(configFile)
  const outputs = [overrides.outDir, overrides.declarationDir].filter(each => typeof each === 'string')
  const leftOut = outputs.map(name => resolve(folder, name)).filter(name => name !== folder)
  let project: OpenedProject | undefined = watched.project
  let names = project.fileNames()
  // looked at before anything is compiled, or what changes in between would be missed
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

/** What says which files there are and how they are read. */
const isConfiguration = (name: string) => /^(?:package|[tj]sconfig.*)\.json$/.test(basename(name))

/** Its process may have ended with its folder. */
function closed(project: OpenedProject | undefined): void {
  try {
    project?.close()
  } catch {
    // it is closed
  }
}

/** Where a tsconfig.json is gone, as it is while a branch is checked out, the words of tsc. */
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

/** A file of the user's that is compiled, no declaration. */
const isCode = (name: string) => /(?<!\.d)\.[cm]?tsx?$/.test(name) && !name.includes('/node_modules/')

/** Gives the full names of the files that were written. */
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
