/**
 * The adapter for Node: `node --import tsgrad/register file.ts` lowers the files that are imported or required.
 * It must hold no logic of its own.
 */
import { readFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { catalogue } from '../diagnostics.ts'
import { createOnDemand } from './modules/on-demand.ts'
import { loweredOrRefused, refusal } from './modules/refused.ts'
import { withInlineMap } from './modules/source-maps.ts'

type Source = string | ArrayBuffer | NodeJS.TypedArray
interface Loaded {
  readonly format?: string | null | undefined
  readonly source?: Source | null | undefined
}
type Load = (url: string, context: object, next: (url: string, context: object) => Loaded) => Loaded

/** What Node has from 22.15 and from 22.18 on. */
const { registerHooks } = nodeModule as { registerHooks?: (hooks: { load: Load }) => void }
const { typescript: removesTypes } = process.features as { typescript?: string | false }
if (!registerHooks || !removesTypes) throw refusal(catalogue.nodeWithoutTypes, process.versions.node)

const files = createOnDemand({}, process.cwd())

registerHooks({
  load(url, context, next) {
    // Node says which format the file has, and what cannot be read
    const loaded = next(url, context)
    const { protocol, pathname } = new URL(url)
    if (protocol !== 'file:' || !/\.[mc]?ts$/.test(pathname) || pathname.includes('/node_modules/')) return loaded
    const fileName = fileURLToPath(url)
    const lowered = loweredOrRefused(files, fileName, textOf(loaded.source ?? readFileSync(fileName)))
    if (!lowered) return loaded
    const text = loaded.format === 'commonjs-typescript' ? withRequire(lowered.code) : lowered.code
    return { ...loaded, source: withInlineMap(text, { ...lowered.map, sources: [pathToFileURL(fileName).href] }) }
  },
})

const textOf = (source: Source) =>
  typeof source === 'string' ? source : Buffer.from(source as Uint8Array).toString('utf8')

/** Node takes types out and changes nothing else; so the inserted `import … = require(…)` is written as JavaScript, in as many characters. */
function withRequire(text: string): string {
  return text.replace(/\bimport (__tsgrad\w* = require\('tsgrad'\);)/, 'const  $1')
}
