/**
 * Vitest's watch mode: it selects the tests to run again by imports, and type imports leave none. So this tells it more changed files.
 * It must not know how files are lowered.
 */
import { fileNameOf } from '../program/file-names.ts'
import { moduleId, ownSource } from './modules/module-ids.ts'
import type { OnDemand } from './on-demand.ts'

/** The members of Vitest's plugin context that this uses. */
interface VitestContext {
  readonly vitest: { readonly vite: { readonly watcher: Watcher } }
  /** A further part of the key under which Vitest caches a module on the disk; `false` turns the cache off. */
  experimental_defineCacheKeyGenerator?(
    keyOf: (module: { readonly id: string; readonly sourceCode: string }) => string | false | undefined,
  ): void
}
interface Watcher {
  on(event: 'change' | 'add' | 'unlink', listener: (fileName: string) => void): unknown
  emit(event: 'change', fileName: string): unknown
}

export function inVitest(onDemand: OnDemand): { configureVitest(context: VitestContext): void } {
  return {
    configureVitest({ vitest, experimental_defineCacheKeyGenerator }) {
      alsoStale(onDemand, vitest.vite.watcher)
      experimental_defineCacheKeyGenerator?.(({ id, sourceCode }) => {
        const { fileName, isMadeOfIt } = moduleId(id)
        if (isMadeOfIt || ownSource(id) === undefined) return undefined
        const found = onDemand.lower(fileName, sourceCode)
        return found && found.errors.length > 0 ? false : found?.output?.code
      })
    },
  }
}

/** Counts modules whose lowered text changes with another file as edited, so that their tests run again. */
function alsoStale(onDemand: OnDemand, watcher: Watcher): void {
  let isTelling = false
  const tell = (path: string) => {
    if (isTelling) return
    const fileName = fileNameOf(path, process.cwd())
    onDemand.update([fileName])
    isTelling = true
    for (const name of onDemand.stale()) if (name !== fileName) watcher.emit('change', name)
    isTelling = false
  }
  for (const event of ['change', 'add', 'unlink'] as const) watcher.on(event, tell)
}
