/**
 * The plugins that a tsconfig.json needs: the transformer, for tspc, and the editor's.
 * It must not know package.json.
 */
import { posix } from 'node:path'
import { hasKeys, recordOf, withElement } from './json.ts'

const PLUGINS = [{ transform: 'tsgrad/transformer', transformProgram: true }, { name: 'tsgrad/tsserver' }] as const

/** The projects of a folder: tsconfig.json, or those that it refers to where it has no files of its own. */
export function projectsOf(read: (name: string) => string | undefined): readonly string[] {
  const text = read('tsconfig.json')
  if (text === undefined) return []
  const { files, include, references } = recordOf(text) ?? {}
  const isSolution = Array.isArray(files) && files.length === 0 && include === undefined && Array.isArray(references)
  if (!isSolution) return ['tsconfig.json']
  const paths = references.flatMap(each => (hasKeys(each) && typeof each.path === 'string' ? [each.path] : []))
  return paths.map(path => (path.endsWith('.json') ? posix.normalize(path) : posix.join(path, 'tsconfig.json')))
}

/** Whether a project emits nothing, so that its `tsc` only checks. */
export const isCheckedOnly = (text: string | undefined) => optionsOf(text).noEmit === true

/** Whether a project holds nothing but configuration of tools, where nobody writes math. */
export function isOfTools(text: string): boolean {
  const include = recordOf(text)?.include
  return Array.isArray(include) && include.length > 0 && include.every(name => /\.config\b/.test(String(name)))
}

/** Undefined where the text is no JSON. */
export function withPlugins(text: string): string | undefined {
  if (!recordOf(text)) return undefined
  const has = pluginsOf(text)
  const missing = PLUGINS.filter(plugin => !has.some(each => hasKeys(each) && isSame(each, plugin)))
  return missing.reduce((edited, plugin) => withElement(edited, ['compilerOptions', 'plugins'], plugin), text)
}

const isSame = (each: Readonly<Record<string, unknown>>, plugin: Readonly<Record<string, unknown>>) =>
  ['transform', 'name'].some(key => plugin[key] !== undefined && each[key] === plugin[key])

const optionsOf = (text: string | undefined) => {
  const options = text === undefined ? undefined : recordOf(text)?.compilerOptions
  return hasKeys(options) ? options : {}
}

function pluginsOf(text: string): readonly unknown[] {
  const { plugins } = optionsOf(text)
  return Array.isArray(plugins) ? plugins : []
}

/** For a folder that has none. */
export const NEW_TSCONFIG = `{
  "compilerOptions": {
    "target": "es2023",
    "module": "nodenext",
    "strict": true,
    "rootDir": "src",
    "outDir": "out",
    "plugins": [{ "transform": "tsgrad/transformer", "transformProgram": true }, { "name": "tsgrad/tsserver" }]
  },
  "include": ["src"]
}
`
