/**
 * The entry `tsgrad/register`: `node --import tsgrad/register file.ts` and `bun --preload tsgrad/register file.ts` lower the files that are
 * imported or required. It must hold no logic of its own.
 */
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'
import type { BunPlugin } from './bun.ts'
import { lowerCommonJs } from './node/common-js.ts'
import { type LoadHook, loweredModule } from './node/modules.ts'
import { createOnDemand } from './on-demand.ts'

const require = nodeModule.createRequire(import.meta.url)
interface BunRuntime {
  plugin(plugin: BunPlugin): unknown
}
const { Bun } = globalThis as { Bun?: BunRuntime }
if (Bun) registerInBun(Bun)
else registerInNode()

function registerInBun(bun: BunRuntime): void {
  bun.plugin((require('./bun.js') as typeof import('./bun.ts')).default())
  const { preloadInWorkers } = require('./node/bun-workers.js') as typeof import('./node/bun-workers.ts')
  preloadInWorkers(fileURLToPath(import.meta.url))
}

function registerInNode(): void {
  const files = createOnDemand({}, process.cwd())
  const { registerHooks } = nodeModule as { registerHooks?: (hooks: { load: LoadHook }) => void }
  const { typescript: removesTypes } = process.features as { typescript?: string | false }
  // 22.15 has the hooks and, beside tsx, an error in them; a Node that removes types by itself has them without it
  if (registerHooks && removesTypes)
    registerHooks({ load: (url, context, next) => loweredModule(files, url, () => next(url, context)) })
  else nodeModule.register('./node/thread.js', import.meta.url)
  lowerCommonJs(files)
}
