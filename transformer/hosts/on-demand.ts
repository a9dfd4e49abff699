/**
 * What hosts that ask for one module at a time speak to. Until something can reach tsgrad it does nothing but look for that.
 * It must not know which host asks, nor load the compiler's side of the transformer before it is needed.
 */
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import type { TextMap } from '../positions.ts'
import { createMentions } from './modules/mentions.ts'
import type { ModuleLowering } from './modules/module-lowering.ts'
import { nearestConfig } from './modules/nearest-config.ts'
import type { Reported } from './modules/reported.ts'

export interface HostOptions {
  /** The tsconfig.json to use for all files, in place of the nearest one of each. */
  readonly tsconfig?: string | undefined
  /** Which errors stop the build: those at operators of classes (the default), all of TypeScript's, or none but tsgrad's own faults. */
  readonly check?: 'operators' | 'all' | false | undefined
}

export interface LoweredModule {
  /** The lowered text with its source map; undefined when the text stays as it is. */
  readonly output: { readonly code: string; readonly map: TextMap } | undefined
  readonly errors: readonly Reported[]
  /** Files of the project on which this result depends, beside the module itself. */
  readonly watched: readonly string[]
}

export interface OnDemand {
  /** What becomes of a module with this text; undefined when nothing can reach tsgrad. */
  lower(fileName: string, text: string): LoweredModule | undefined
  /** Whether these files, or something in their projects, can reach tsgrad. */
  concerns(fileNames: readonly string[]): boolean
  /** Says that files changed, came or went. */
  update(fileNames: readonly string[]): void
  /** Finds out by the disk which files changed, for hosts that do not tell. */
  refresh(): void
  /** Modules that would become something else now. */
  stale(): readonly string[]
}

export function createOnDemand(options: HostOptions, root: string): OnDemand {
  const mentions = createMentions()
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
    lower(fileName, text) {
      if (lowering || isPossible(fileName, text)) return open().lower(fileName, text)
      passedBy.add(fileName)
      return undefined
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

/** By `require`, since some hosts cannot wait. */
const loaded = () =>
  createRequire(import.meta.url)('./modules/module-lowering.js') as typeof import('./modules/module-lowering.ts')
