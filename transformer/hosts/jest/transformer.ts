/**
 * A Jest transformer that lowers a file and then calls another transformer.
 * It must not know how files are lowered.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { VERSION } from '../../build/version.ts'
import { catalogue } from '../../report/diagnostics.ts'
import { refusal } from '../modules/refused.ts'
import { composedSourceMap, type SourceMapInput, withInlineMap, withoutInlineMap } from '../modules/source-maps.ts'
import type { HostOptions, LoweredModule } from '../on-demand.ts'
import type { Kept } from './kept-files.ts'

export interface JestOptions extends HostOptions {
  /** The transformer for the lowered TypeScript, with its options: `['ts-jest', { isolatedModules: true }]`. */
  readonly then?: string | readonly [name: string, options?: object]
}

/** The options that Jest passes with each file; the other transformer uses more of them. */
export interface JestRequest {
  readonly config: { readonly rootDir: string }
  readonly configString: string
  readonly instrument: boolean
  readonly supportsStaticESM: boolean
  readonly cacheFS: Map<string, string>
}

interface JestOutput {
  readonly code: string
  readonly map?: SourceMapInput | null
}
export interface JestTransformer {
  readonly canInstrument?: boolean
  process(text: string, fileName: string, request: JestRequest): JestOutput | string
  processAsync?(text: string, fileName: string, request: JestRequest): Promise<JestOutput | string>
  getCacheKey?(text: string, fileName: string, request: JestRequest): string
}

/** @param plain removes types, where the user names no other transformer. */
export function transformerOver(files: Kept, plain: JestTransformer, { then }: JestOptions): JestTransformer {
  const [name, options] = typeof then === 'string' ? [then] : (then ?? [])
  let loaded: JestTransformer | undefined
  const nextFor = (fileName: string, { config }: JestRequest) => {
    if (name === undefined || isOwn(fileName)) return plain
    loaded ??= delegate(name, options, config.rootDir)
    return loaded
  }
  /** The lowered file, and the arguments for the other transformer. */
  const handedOn = (text: string, fileName: string, request: JestRequest) => {
    const lowered = isSource(fileName) ? files.lowered(fileName, text) : undefined
    const cacheFS = loweredFiles(files, request.cacheFS)
    const asked = { ...request, instrument: false, transformerConfig: options ?? {}, cacheFS }
    return { lowered, args: [lowered?.code ?? text, fileName, asked] as const }
  }
  return {
    // Jest instruments the output by its map; the other transformer would instrument places of the lowered text
    canInstrument: false,
    process(text, fileName, request) {
      const { lowered, args } = handedOn(text, fileName, request)
      return withOriginalMap(nextFor(fileName, request).process(...args), lowered)
    },
    async processAsync(text, fileName, request) {
      const { lowered, args } = handedOn(text, fileName, request)
      const next = nextFor(fileName, request)
      return withOriginalMap(await (next.processAsync ?? next.process)(...args), lowered)
    },
    // a lowered text depends on other files, so the cache key must contain the whole lowered text
    getCacheKey(text, fileName, request) {
      const { args } = handedOn(text, fileName, request)
      const { configString, supportsStaticESM, instrument } = request
      const theirs = nextFor(fileName, request).getCacheKey?.(...args) ?? ''
      const parts = [VERSION, args[0], fileName, configString, `${supportsStaticESM} ${instrument}`, theirs]
      return createHash('sha1').update(parts.join('\0')).digest('hex')
    },
  }
}

const isSource = (fileName: string) => /\.[mc]?tsx?$/.test(fileName) && !/\.d\.[mc]?ts$/.test(fileName)

/** tsgrad itself is ESM, which only `plain` turns into CommonJS without an option. */
const own = fileURLToPath(new URL('../../..', import.meta.url))
const isOwn = (fileName: string) => fileName.startsWith(own)

/** Jest's cache of texts by file name, with lowered texts: ts-jest reads the types of other files from it. */
function loweredFiles(files: Kept, texts: Map<string, string>): Map<string, string> {
  const view = new Map<string, string>()
  view.get = name => {
    if (!isSource(name)) return texts.get(name)
    return files.lowered(name, texts.get(name) ?? readFileSync(name, 'utf8'))?.code ?? texts.get(name)
  }
  view.set = (name, text) => {
    texts.set(name, text)
    return view
  }
  return view
}

function delegate(name: string, options: object | undefined, rootDir: string): JestTransformer {
  const exported = createRequire(join(rootDir, 'package.json'))(name.replace('<rootDir>', rootDir))
  const found = exported.default ?? exported
  const made = found.createTransformer ? found.createTransformer(options) : found
  if (typeof made.then === 'function')
    throw refusal(catalogue.asynchronousTransformer, name, 'is created asynchronously')
  if (typeof made.process !== 'function')
    throw refusal(catalogue.asynchronousTransformer, name, 'has no function `process`')
  return made
}

/** The other transformer's output with a map to the original text. */
function withOriginalMap(output: JestOutput | string, lowered: LoweredModule['output']): JestOutput {
  const { code, map } = typeof output === 'string' ? { code: output } : output
  if (!lowered) return { code, map: map ?? null }
  const { text, map: inline } = withoutInlineMap(code)
  const theirs = map || inline
  if (!theirs) return { code, map: null }
  const composed = composedSourceMap(theirs, lowered.map)
  // debuggers read only the inline map
  return { code: withInlineMap(text, composed), map: composed }
}
