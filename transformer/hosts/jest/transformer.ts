/**
 * What Jest asks of a transformer, answered by lowering first and by another transformer then.
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
  /** The transformer that goes on from the lowered TypeScript, with its options: `['ts-jest', { isolatedModules: true }]`. */
  readonly then?: string | readonly [name: string, options?: object]
}

/** What Jest hands over with each file; there is more in it, for the other transformer. */
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

/** @param plain takes types out, where the user names no other transformer. */
export function transformerOver(files: Kept, plain: JestTransformer, { then }: JestOptions): JestTransformer {
  const [name, options] = typeof then === 'string' ? [then] : (then ?? [])
  let loaded: JestTransformer | undefined
  const nextFor = (fileName: string, { config }: JestRequest) => {
    if (name === undefined || isOwn(fileName)) return plain
    loaded ??= delegate(name, options, config.rootDir)
    return loaded
  }
  /** The lowered file, and what the other transformer is asked for it. */
  const handedOn = (text: string, fileName: string, request: JestRequest) => {
    const lowered = isSource(fileName) ? files.lowered(fileName, text) : undefined
    const cacheFS = loweredFiles(files, request.cacheFS)
    const asked = { ...request, instrument: false, transformerConfig: options ?? {}, cacheFS }
    return { lowered, args: [lowered?.code ?? text, fileName, asked] as const }
  }
  return {
    // Jest instruments what comes out, by its map: the other transformer would count places of the lowered text
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
    // what a file is lowered to depends on others, so that nothing less than the lowered text can stand for it
    getCacheKey(text, fileName, request) {
      const { args } = handedOn(text, fileName, request)
      const { configString, supportsStaticESM, instrument } = request
      const theirs = nextFor(fileName, request).getCacheKey?.(...args) ?? ''
      const parts = [VERSION, args[0], fileName, configString, `${supportsStaticESM} ${instrument}`, theirs]
      return createHash('sha1').update(parts.join('\0')).digest('hex')
    },
  }
}

const isSource = (fileName: string) =>
  /\.[mc]?tsx?$/.test(fileName) && !/\.d\.[mc]?ts$/.test(fileName) && !/[\\/]node_modules[\\/]/.test(fileName)

/** tsgrad itself is ESM, which only `plain` makes CommonJS of without being told. */
const own = fileURLToPath(new URL('../../..', import.meta.url))
const isOwn = (fileName: string) => fileName.startsWith(own)

/** Jest's texts of files by name, with the lowered ones in their places: ts-jest finds the types of other files in them. */
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

/** What the other transformer gave, with a map that leads to the original text. */
function withOriginalMap(output: JestOutput | string, lowered: LoweredModule['output']): JestOutput {
  const { code, map } = typeof output === 'string' ? { code: output } : output
  if (!lowered) return { code, map: map ?? null }
  const { text, map: inline } = withoutInlineMap(code)
  const theirs = map || inline
  if (!theirs) return { code, map: null }
  const composed = composedSourceMap(theirs, lowered.map)
  // debuggers know the inline one only
  return { code: withInlineMap(text, composed), map: composed }
}
