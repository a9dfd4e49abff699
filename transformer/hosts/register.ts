/**
 * The entry `tsgrad/register`: `node --import tsgrad/register file.ts` and `bun --preload tsgrad/register file.ts` lower the files that are
 * imported or required. It must hold no logic of its own.
 */
import { readFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'
import { fileNameOf } from '../program/file-names.ts'
import { catalogue } from '../report/diagnostics.ts'
import type { BunPlugin } from './bun.ts'
import { loweredOrRefused, refusal } from './modules/refused.ts'
import { createOnDemand } from './on-demand.ts'

type ModuleSource = string | ArrayBuffer | NodeJS.TypedArray
interface LoadedModule {
  readonly format?: string | null | undefined
  readonly source?: ModuleSource | null | undefined
}
type Load = (url: string, context: object, next: (url: string, context: object) => LoadedModule) => LoadedModule

/** TypeScript files, by their URLs. */
const SOURCE_URL = /^file:[^?#]*\.[mc]?ts(?:[?#]|$)/

const require = nodeModule.createRequire(import.meta.url)
const { Bun } = globalThis as { Bun?: { plugin(plugin: BunPlugin): unknown } }
if (Bun) Bun.plugin((require('./bun.js') as typeof import('./bun.ts')).default())
else registerInNode()

function registerInNode(): void {
  // `registerHooks` exists from Node 22.15 on, type stripping by default from 22.18 on
  const { registerHooks } = nodeModule as { registerHooks?: (hooks: { load: Load }) => void }
  const { typescript: removesTypes } = process.features as { typescript?: string | false }
  if (!registerHooks || !removesTypes) throw refusal(catalogue.nodeWithoutTypes, process.versions.node)

  const files = createOnDemand({}, process.cwd())
  registerHooks({
    load(url, context, next) {
      if (!SOURCE_URL.test(url)) return next(url, context)
      const fileName = fileURLToPath(url)
      // Node determines the format of the file, and reports files that it cannot read
      const loaded = next(url, context)
      const output = loweredOrRefused(files, fileNameOf(url, ''), textOf(loaded.source ?? readFileSync(fileName)))
      if (!output) return loaded
      return { ...loaded, source: sources().loweredSource(output, fileName, loaded.format === 'commonjs-typescript') }
    },
  })
}

/** Loaded late, so that programs without tsgrad start without the compiler. */
function sources() {
  return require('./node/lowered-source.js') as typeof import('./node/lowered-source.ts')
}

function textOf(source: ModuleSource): string {
  return typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString('utf8')
}
