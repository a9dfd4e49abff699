/**
 * The files that a runner asks for once and keeps, until they change themselves.
 * It must not know which runner does.
 */
import { statSync } from 'node:fs'
import { relative } from 'node:path'
import { catalogue } from '../../report/diagnostics.ts'
import { loweredOrRefused, refusal } from '../modules/refused.ts'
import type { LoweredModule, OnDemand } from '../on-demand.ts'

export interface Kept {
  /** @throws RefusedError when operators in the file have errors, or tsgrad fails. */
  lowered(fileName: string, text: string): LoweredModule['output']
  /**
   * Takes notice of changed files.
   * @throws RefusedError when a file is lowered to something else now, and did not change so that the runner would ask again.
   */
  refresh(): void
}

export function keptFiles(files: OnDemand): Kept {
  const stamps = new Map<string, number | undefined>()
  const stampOf = (name: string) => statSync(name, { throwIfNoEntry: false })?.mtimeMs
  return {
    lowered(fileName, text) {
      stamps.set(fileName, stampOf(fileName))
      return loweredOrRefused(files, fileName, text)
    },
    refresh() {
      files.refresh()
      const kept = files.stale().find(name => stamps.get(name) === stampOf(name))
      if (kept !== undefined) throw refusal(catalogue.keptInMemory, relative(process.cwd(), kept))
    },
  }
}
