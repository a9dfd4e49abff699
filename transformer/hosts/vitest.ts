/**
 * What Vitest must be told, which has the plugin for Vite: it follows imports to the tests that are to run again, and types have none.
 * It must not know how files are lowered.
 */
import { moduleId, ownSource } from './modules/module-ids.ts'
import type { OnDemand } from './on-demand.ts'

/** What Vitest hands to a plugin; there is more in it. */
interface VitestContext {
  readonly vitest: { readonly vite: { readonly watcher: Watcher } }
  /** What else a module kept on the disk depends on; with `false` it is not kept. */
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

/** Modules that become something else by an edit of another one count as edited: so their tests run again. */
function alsoStale(onDemand: OnDemand, watcher: Watcher): void {
  let isTelling = false
  const tell = (fileName: string) => {
    if (isTelling) return
    onDemand.update([fileName])
    isTelling = true
    for (const name of onDemand.stale()) if (name !== fileName) watcher.emit('change', name)
    isTelling = false
  }
  for (const event of ['change', 'add', 'unlink'] as const) watcher.on(event, tell)
}
