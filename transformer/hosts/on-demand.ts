/**
 * Lowers one module at a time, for hosts that load modules one by one. It loads the compiler when a project or a module's text mentions tsgrad.
 * It must not know which host asks, nor load the compiler's side of the transformer before it is needed.
 */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { COMPONENT, type FileName, fileNameOf, namesFile } from '../program/file-names.ts'
import { configOfFile, nearestConfig } from '../program/nearest-config.ts'
import { catalogue, stated } from '../report/diagnostics.ts'
import type { HostDiagnostic } from './modules/host-diagnostic.ts'
import { fileMayUse, projectMayUse, textMayUse } from './modules/mentions.ts'
import { isRuntime, ownSource } from './modules/module-ids.ts'
import type { BundlerOptions, HostOptions, LoweredModule, ModuleLowerer } from './modules/module-lowering.ts'

export type { BundlerOptions, HostOptions, LoweredModule }

export interface OnDemand extends Pick<ModuleLowerer, 'update' | 'refresh' | 'stale'> {
  /** Whether the project of a file, or its text, mentions tsgrad, or another one did. */
  isConcerned(fileName: FileName, text: string): boolean
  /** Whether a component is left alone, the contrary of `isConcerned`. Its name is kept, since its project may mention tsgrad later. */
  passesBy(fileName: FileName, text: string): boolean
  /** The lowered module; undefined as long as neither the project nor the text mentions tsgrad. */
  lower(fileName: FileName, text: string): LoweredModule | undefined
  /** An error at the end of a build whose modules include tsgrad's runtime although one of them was not lowered. */
  missedIn(ids: Iterable<string>): string | undefined
}

/** @param createLowering loads the compiler. */
export function createOnDemand(options: HostOptions, root: string, createLowering = lateLowering): OnDemand {
  const configOf = (fileName: FileName) =>
    options.tsconfig === undefined ? configOfFile(fileName, root, existsSync) : resolve(root, options.tsconfig)
  /** Whether the project of a tsconfig.json may use tsgrad. */
  const answers = new Map<string, boolean>()
  const mayUse = (fileName: FileName): boolean => {
    const config = configOf(fileName)
    if (config === undefined) return false
    const answer = answers.get(config) ?? projectMayUse(config)
    answers.set(config, answer)
    return answer
  }
  /** Whether an edit of a file may change the answer for its project. */
  const isNews = (fileName: FileName) =>
    fileName.endsWith('.json') ||
    (existsSync(fileName) && fileMayUse(fileName, dirname(configOf(fileName) ?? fileName)))
  /** Modules that were asked for before the compiler was loaded. */
  const passedBy = new Set<FileName>()
  let lowering: ModuleLowerer | undefined
  const open = () => {
    lowering ??= createLowering(options, root)
    return lowering
  }
  const isConcerned = (fileName: FileName, text: string) =>
    lowering !== undefined || textMayUse(text) || mayUse(fileName)
  const passesBy = (fileName: FileName, text: string) => {
    if (isConcerned(fileName, text)) return false
    passedBy.add(fileName)
    return true
  }
  /** The modules that were passed by and should not have been; only their tools know that of components, so all of these count. */
  const late = () => [...passedBy].filter(name => COMPONENT.test(name) || open().isConcerned(name))
  return {
    isConcerned,
    passesBy,
    lower(fileName, text) {
      if (passesBy(fileName, text)) return undefined
      const isLate = !lowering && passedBy.size > 0
      const found = open().lower(fileName, text)
      return isLate ? withLate(found, late()) : found
    },
    missedIn(ids) {
      const all = lowering ? [] : [...ids]
      const sources = all.map(id => (COMPONENT.test(id) && namesFile(id) ? fileNameOf(id, root) : ownSource(id)))
      const missed = all.some(isRuntime) ? sources.find(name => name && !mayUse(name)) : undefined
      return missed && stated(catalogue.reachedSince, missed)
    },
    update(fileNames) {
      if (lowering) lowering.update(fileNames)
      else if (fileNames.some(isNews)) answers.clear()
    },
    refresh() {
      if (lowering) lowering.refresh()
      else answers.clear()
    },
    stale() {
      if (!lowering && ![...passedBy].some(mayUse)) return []
      const found = new Set([...open().stale(), ...late()])
      passedBy.clear()
      return [...found]
    },
  }
}

/** A module with operators of classes that was loaded before the compiler was is an error. */
function withLate(found: LoweredModule, late: readonly string[]): LoweredModule {
  const { code } = catalogue.reachedSince
  const errors = late.map(name => ({ code, text: stated(catalogue.reachedSince, name), place: undefined }))
  return { ...found, errors: [...found.errors, ...errors] }
}

/** Writes the declarations that the options ask for, at the end of a build. @returns the errors for which none were written. */
export function declarationErrors({ declarations, tsconfig }: BundlerOptions, root: string): readonly HostDiagnostic[] {
  if (declarations === undefined) return []
  const config = tsconfig === undefined ? nearestConfig(root, existsSync) : resolve(root, tsconfig)
  const { writeDeclarations } = createRequire(import.meta.url)(
    './modules/declarations.js',
  ) as typeof import('./modules/declarations.ts')
  return writeDeclarations({ root, tsconfig: config ?? resolve(root, 'tsconfig.json'), folder: declarations })
}

/** By `require`, since some hosts' hooks are synchronous. */
const lateLowering = (options: HostOptions, root: string): ModuleLowerer => {
  const { createKeptLowerer } = createRequire(import.meta.url)(
    './modules/kept-modules.js',
  ) as typeof import('./modules/kept-modules.ts')
  return createKeptLowerer(options, root)
}
