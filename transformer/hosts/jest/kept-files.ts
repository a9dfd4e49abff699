/**
 * The files that a runner loads once and keeps until they change.
 * It must not know which runner does.
 */
import { relative } from 'node:path'
import { createStamps } from '../../build/stamps.ts'
import { fileNameOf } from '../../program/file-names.ts'
import { catalogue } from '../../report/diagnostics.ts'
import { loweredOrRefused, refusal } from '../modules/refused.ts'
import { stampOf } from '../modules/stamp.ts'
import type { LoweredModule, OnDemand } from '../on-demand.ts'

export interface Kept {
  /** @throws RefusedError when operators in the file have errors, or tsgrad fails. */
  lowered(path: string, text: string): LoweredModule['output']
  /**
   * Updates the lowered texts after changes on the disk.
   * @throws RefusedError when the lowered text of an unchanged file is new, since the runner would keep the old one.
   */
  refresh(): void
}

export function keptFiles(files: OnDemand): Kept {
  const stamps = createStamps(stampOf)
  return {
    lowered(path, text) {
      const fileName = fileNameOf(path, process.cwd())
      stamps.look([fileName])
      return loweredOrRefused(files, fileName, text)
    },
    refresh() {
      files.refresh()
      const kept = files.stale().find(name => !stamps.isChanged(name))
      if (kept !== undefined) throw refusal(catalogue.keptInMemory, relative(process.cwd(), kept))
    },
  }
}
