/**
 * What hosts that ask for one module at a time speak to. Until something can reach tsgrad it does nothing but look for that.
 * It must not know which host asks, nor load the compiler's side of the transformer before it is needed.
 */
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { catalogue, stated } from '../report/diagnostics.ts'
import { createMentions } from './modules/mentions.ts'
import type { HostOptions, LoweredModule, ModuleLowering } from './modules/module-lowering.ts'
import { nearestConfig } from './modules/nearest-config.ts'

export type { HostOptions, LoweredModule }

export interface OnDemand extends Pick<ModuleLowering, 'update' | 'refresh' | 'stale'> {
  /** What becomes of a module with this text; undefined when nothing can reach tsgrad. The text may be known to be that of the file. */
  lower(fileName: string, text: string, isOfFile?: boolean): LoweredModule | undefined
  /** Whether these files, or something in their projects, can reach tsgrad. */
  concerns(fileNames: readonly string[]): boolean
}

/** @param textOf reads the texts that are looked at. */
export function createOnDemand(
  options: HostOptions,
  root: string,
  textOf?: (path: string) => string | undefined,
): OnDemand {
  const mentions = createMentions(textOf)
  const configOf = nearestConfig(options.tsconfig === undefined ? undefined : resolve(root, options.tsconfig))
  const isPossible = (name: string, text?: string) => mentions.possible(configOf(name), name, text)
  /** Modules that were asked for while nothing could reach tsgrad. */
  const passedBy = new Set<string>()
  let lowering: ModuleLowering | undefined
  const open = () => {
    lowering ??= loaded().createModuleLowering(options, root)
    return lowering
  }
  return {
    lower(fileName, text, isOfFile = false) {
      if (!lowering && !isPossible(fileName, isOfFile ? undefined : text)) {
        passedBy.add(fileName)
        return undefined
      }
      const isLate = !lowering && passedBy.size > 0
      const found = open().lower(fileName, text)
      return isLate ? withLate(found, [...passedBy].filter(open().isRewritten)) : found
    },
    concerns: fileNames => lowering !== undefined || fileNames.some(name => isPossible(name)),
    update: fileNames => (lowering ?? mentions).update(fileNames),
    refresh: () => (lowering ? lowering.refresh() : mentions.forget()),
    stale() {
      if (!lowering && ![...passedBy].some(name => isPossible(name))) return []
      const { stale, isRewritten } = open()
      const found = new Set([...stale(), ...[...passedBy].filter(isRewritten)])
      passedBy.clear()
      return [...found]
    },
  }
}

/** What passed by before it was known that something can reach tsgrad, and should not have, is an error. */
function withLate(found: LoweredModule, late: readonly string[]): LoweredModule {
  const { code } = catalogue.reachedSince
  const errors = late.map(name => ({ code, text: stated(catalogue.reachedSince, name), place: undefined }))
  return { ...found, errors: [...found.errors, ...errors] }
}

/** By `require`, since some hosts cannot wait. */
const loaded = () =>
  createRequire(import.meta.url)('./modules/module-lowering.js') as typeof import('./modules/module-lowering.ts')
