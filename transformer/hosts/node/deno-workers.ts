/** Refuses workers of Deno whose file is TypeScript: no preload runs in a worker. It must not know how files are lowered. */
import { readFileSync } from 'node:fs'
import { fileNameOf } from '../../program/file-names.ts'
import { catalogue } from '../../report/diagnostics.ts'
import { refusal } from '../modules/refused.ts'
import type { OnDemand } from '../on-demand.ts'
import { SOURCE_URL } from './modules.ts'

type Starting = new (url: string | URL, options?: object) => object

export function refuseWorkers(files: OnDemand): void {
  const all = globalThis as { Worker?: Starting }
  const Own = all.Worker
  if (!Own) return
  all.Worker = class Worker extends Own {
    constructor(url: string | URL, options?: object) {
      const name = String(url)
      const fileName = SOURCE_URL.test(name) ? fileNameOf(name, process.cwd()) : undefined
      if (fileName && files.isConcerned(fileName, readFileSync(fileName, 'utf8')))
        throw refusal(catalogue.workerWithoutPreload, fileName)
      super(url, options)
    }
  }
}
