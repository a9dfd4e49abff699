/**
 * A module as Node's hooks give it, lowered: before types are removed from it, by Node or by a remover such as tsx, or after that, from
 * the text on the disk. It must not know which hooks ask, nor load the compiler.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileNameOf } from '../../program/file-names.ts'
import { catalogue } from '../../report/diagnostics.ts'
import { refusal, refusalFor } from '../modules/refused.ts'
import type { OnDemand } from '../on-demand.ts'

type ModuleSource = string | ArrayBuffer | NodeJS.TypedArray
export interface LoadedModule {
  readonly format?: string | null | undefined
  readonly source?: ModuleSource | null | undefined
}
export type LoadHook = (
  url: string,
  context: object,
  next: (url: string, context: object) => LoadedModule,
) => LoadedModule

/** TypeScript files, by their URLs. */
export const SOURCE_URL = /^file:[^?#]*\.[mc]?tsx?(?:[?#]|$)/

/** @param load what the hooks behind this one give. Node determines the format of the file, and reports files that it cannot read. */
export function loweredModule(
  files: OnDemand,
  url: string,
  load: () => LoadedModule,
  sources = lateSources,
): LoadedModule {
  if (!SOURCE_URL.test(url)) return load()
  try {
    return loweredLoaded(files, url, load(), sources)
  } catch (error) {
    throw withAdvice(error)
  }
}

/** In place of the word of a Node that cannot run TypeScript, what to do. */
export function withAdvice(error: unknown): unknown {
  const { typescript: removesTypes } = process.features as { typescript?: string | false }
  const isUnknown = (error as { code?: unknown }).code === 'ERR_UNKNOWN_FILE_EXTENSION'
  return isUnknown && !removesTypes ? refusal(catalogue.nodeWithoutTypes, process.versions.node) : error
}

/** @param sources loads what writes the texts. */
export function loweredLoaded(files: OnDemand, url: string, loaded: LoadedModule, sources = lateSources): LoadedModule {
  const fileName = fileNameOf(url, '')
  const onDisk = () => readFileSync(fileName, 'utf8')
  const text = loaded.source == null ? onDisk() : textOf(loaded.source)
  const found = files.lower(fileName, text)
  const isCommonJs = loaded.format?.startsWith('commonjs') === true
  if (found && found.errors.length > 0) {
    // Node's own formats say that no remover of types was there before
    if (loaded.format?.endsWith('typescript') || text === onDisk()) throw refusalFor(found.errors)
    return { ...loaded, source: sources().plainSource(files, fileName, onDisk(), isCommonJs) ?? text }
  }
  return found?.output
    ? { ...loaded, source: sources().loweredSource(found.output, fileName, text, isCommonJs) }
    : loaded
}

/** Loaded late, so that programs without tsgrad start without the compiler. */
const require = createRequire(import.meta.url)
export const lateSources = () => require('./lowered-source.js') as typeof import('./lowered-source.ts')

function textOf(source: ModuleSource): string {
  return typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString('utf8')
}
