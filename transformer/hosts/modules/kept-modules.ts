/**
 * Lowered modules of an earlier process, as long as the disk answers all that the compiler asked then as it did then: no compiler is loaded.
 * At the first difference, and for a module that is not known, the modules are lowered by it. It must not know which host asks.
 */
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import type { Store } from '../../build/store.ts'
import { VERSION } from '../../build/version.ts'
import type { FileName } from '../../program/file-names.ts'
import { listOf, piecesOf } from '../../text/piece-list.ts'
import type { TextMap } from '../../text/positions.ts'
import { MappedText } from '../../text/text.ts'
import { diskStore } from '../disk/disk-store.ts'
import { findInterface } from './compiler.ts'
import type { HostDiagnostic } from './host-diagnostic.ts'
import type { HostOptions, LoweredModule, ModuleLowerer, QuestionRecorder } from './module-lowering.ts'
import { hasSameAnswers, type Question, textAsCompiled } from './questions.ts'

/** How long after the last module the results are written, in milliseconds: a server that is killed says no goodbye. */
const QUIET = 1000

/** A result in JSON; its text and map follow from the original text and the pieces. */
interface KeptModule {
  readonly code: string | undefined
  readonly pieces: string
  readonly map: string
  readonly errors: readonly HostDiagnostic[]
  readonly warnings: readonly HostDiagnostic[]
  readonly watched: readonly string[]
}
interface KeptModules {
  readonly questions: readonly Question[]
  readonly modules: readonly (readonly [fileName: FileName, hash: string, module: KeptModule])[]
}

type Questions = Map<string, Question>
type Modules = ReadonlyMap<FileName, { readonly hash: string; readonly module: KeptModule }>
const keyOf = ([kind, argument]: Question) => `${kind} ${argument}`

/** What a test puts in the place of the disk and of the clock. */
export interface Keeping {
  readonly store: Store | undefined
  readonly quiet: number
  readonly create: typeof lateLowerer
}

export function createKeptLowerer(options: HostOptions, root: string, its: Partial<Keeping> = {}): ModuleLowerer {
  const { store = diskStore(), quiet = QUIET, create = lateLowerer } = its
  return store ? keeping({ store, quiet, create }, options, root) : create(options, root)
}

/** Loaded when a module is not known. */
const lateLowerer = (options: HostOptions, root: string, recorder?: QuestionRecorder): ModuleLowerer => {
  const { createModuleLowerer } = createRequire(import.meta.url)(
    './module-lowering.js',
  ) as typeof import('./module-lowering.ts')
  return createModuleLowerer(options, root, recorder)
}

function keeping(
  { store, quiet, create }: Keeping & { readonly store: Store },
  options: HostOptions,
  root: string,
): ModuleLowerer {
  const name = resolve(root, `modules ${JSON.stringify([options.tsconfig, options.check])}`)
  const questions: Questions = new Map()
  const modules = new Map<FileName, { readonly hash: string; readonly module: KeptModule }>()
  for (const [file, hash, module] of readKept(store, name, root, questions)) modules.set(file, { hash, module })
  /** What the host has of this store, by which a change is told. */
  const served = new Map<FileName, string | undefined>()
  /** Whether the results are those of a disk that has not changed since this process asked it. */
  let isFirst = true
  let timer: NodeJS.Timeout | undefined
  let lowering: ModuleLowerer | undefined
  const record = (question: Question) => {
    const before = questions.get(keyOf(question))
    // the disk changes while it is read: some of the results may be of before
    if (before && before[2] !== question[2]) changed()
    questions.set(keyOf(question), question)
  }
  const open = () => {
    lowering ??= create(options, root, { hash: store.hash, record })
    return lowering
  }
  const changed = () => {
    isFirst = false
    modules.clear()
  }
  const write = () => {
    clearTimeout(timer)
    timer = undefined
    process.off('exit', write)
    if (isFirst && lowering) writeKept(store, name, root, questions, modules)
  }
  const later = () => {
    // a dev server that starts again leaves this one behind: nothing may hold it once it is written
    if (timer) clearTimeout(timer)
    else process.once('exit', write)
    timer = setTimeout(write, quiet)
    timer.unref()
  }
  return {
    lower(fileName, text) {
      const isOwn = text === textAsCompiled(fileName)
      // all others may depend on what another tool made of this one
      if (!isOwn) changed()
      const known = modules.get(fileName)
      if (known?.hash === store.hash(text)) {
        served.set(fileName, known.module.code)
        return moduleOf(known.module, fileName, text)
      }
      const found = open().lower(fileName, text)
      served.delete(fileName)
      if (isFirst) {
        modules.set(fileName, { hash: store.hash(text), module: keptOf(found) })
        later()
      }
      return found
    },
    update(fileNames) {
      if (fileNames.length > 0) changed()
      lowering?.update(fileNames)
    },
    refresh() {
      if (served.size > 0 && !hasSameAnswers(questions.values(), store.hash)) changed()
      lowering?.refresh()
    },
    stale() {
      if (!lowering && isFirst) return []
      const own = [...served].filter(([file, code]) => textNow(open(), file) !== code)
      for (const [file] of own) served.delete(file)
      return [...new Set([...open().stale(), ...own.map(([file]) => file)])]
    },
    isConcerned: fileName => open().isConcerned(fileName),
  }
}

const textNow = (lowering: ModuleLowerer, fileName: FileName): string | undefined => {
  const text = textAsCompiled(fileName)
  return text === undefined ? undefined : lowering.lower(fileName, text).output?.code
}

/** What all results depend on, beside the questions. */
function headOf({ hash, stamp }: Store, root: string): string {
  const { folder, version } = findInterface(root) ?? { folder: '', version: '' }
  return hash([VERSION, stamp, folder, version, process.cwd()].join('\n'))
}

/** What stands in the store, be it still right or not. */
function keptIn(store: Store, name: string, root: string): KeptModules | undefined {
  const [sum, head, body] = (store.read(name) ?? '').split('\n')
  if (!head || !body || store.hash(`${head}\n${body}`) !== sum || head !== headOf(store, root)) return undefined
  return JSON.parse(body) as KeptModules
}

function readKept(store: Store, name: string, root: string, questions: Questions): KeptModules['modules'] {
  const kept = keptIn(store, name, root)
  if (!kept || !hasSameAnswers(kept.questions, store.hash)) return []
  for (const each of kept.questions) questions.set(keyOf(each), each)
  return kept.modules
}

/** Other processes, such as Jest's workers, lower other modules of the same project: theirs stay, unless the disk told them something else. */
function writeKept(store: Store, name: string, root: string, questions: Questions, modules: Modules): void {
  const before = keptIn(store, name, root)
  const isOfSameDisk = (each: Question) => (questions.get(keyOf(each)) ?? each)[2] === each[2]
  const theirs = before?.questions.every(isOfSameDisk) ? before : undefined
  const all = new Map([...(theirs?.questions ?? []).map(each => [keyOf(each), each] as const), ...questions])
  const rows = new Map((theirs?.modules ?? []).map(each => [each[0], each] as const))
  for (const [file, { hash, module }] of modules) rows.set(file, [file, hash, module])
  const kept: KeptModules = { questions: [...all.values()], modules: [...rows.values()] }
  const text = `${headOf(store, root)}\n${JSON.stringify(kept)}`
  store.write(name, `${store.hash(text)}\n${text}`)
}

function keptOf({ output, mapped, errors, warnings = [], watched }: LoweredModule): KeptModule {
  const pieces = output && mapped ? listOf(mapped.pieces) : ''
  return { code: output?.code, pieces, map: output?.map.mappings ?? '', errors, warnings, watched }
}

function moduleOf(kept: KeptModule, fileName: FileName, text: string): LoweredModule {
  const { code, pieces, map, ...rest } = kept
  if (code === undefined) return { output: undefined, ...rest }
  const its: TextMap = { version: 3, sources: [fileName], sourcesContent: [text], names: [], mappings: map }
  return { output: { code, map: its }, mapped: new MappedText(text, code, piecesOf(pieces)), ...rest }
}
