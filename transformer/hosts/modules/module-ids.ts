/**
 * Which modules of a bundler are source files, by their names: `src/a.ts`, `src/a.ts?v=1`, but not `src/a.ts?raw`.
 * It must not know which bundler names them.
 */
import { type FileName, fileNameOf, namesFile } from '../../program/file-names.ts'

/** Ids that may be a TypeScript source, with or without a query or a hash. */
export const SOURCE = /\.[mc]?tsx?(?:[?#]|$)/
/** Those of them that are no sources: declarations. */
export const DECLARATION = /\.d\.[mc]?ts(?:[?#]|$)/

/** The component whose script has this name. */
export const componentOf = (fileName: string): string => fileName.replace(/(\.(?:vue|svelte|astro))\.tsx?$/, '$1')

/** A script of tsgrad's own runtime, or its name where it stays an external import. */
export const isRuntime = (id: string): boolean =>
  /^tsgrad(?:\/|$)|[\\/]tsgrad[\\/]dist[\\/]runtime[\\/].*\.js(?:\?|$)/.test(id)

/** The source file behind a module id, if it is one: the project's, or one of a package. */
export const ownSource = (id: string): FileName | undefined =>
  SOURCE.test(id) && namesFile(id) && !DECLARATION.test(id) ? moduleId(id).fileName : undefined

/** The loader of a source without a file, which another plugin made. What stands for a file, as `\0/a.ts?commonjs-proxy`, is no source. */
export function madeUpLoader(id: string): 'ts' | 'tsx' | undefined {
  if (!SOURCE.test(id) || DECLARATION.test(id) || namesFile(id) || moduleId(id).isMadeOfIt) return undefined
  return /\.[mc]?tsx(?:[?#]|$)/.test(id) ? 'tsx' : 'ts'
}

/** The name by which such a source is compiled: that of a file in the folder where its relative imports begin. */
export const madeUpName = (id: string, loader: 'ts' | 'tsx', folder: string): FileName =>
  fileNameOf(`${id.replaceAll(/[^\w.-]+/g, '-')}.made-up.${loader}`, folder)

/** Parts of a query that do not change what a module is: cache busters of servers, and Vite's workers. */
const HARMLESS = new Set(['v', 't', 'import', 'type', 'worker_file'])
/** Parts that ask for a text or a URL. */
const AS_TEXT = new Set(['raw', 'url', 'inline', 'no-inline', 'text', 'source', 'base64', 'worker', 'sharedworker'])

export interface ModuleId {
  readonly fileName: FileName
  /** Whether the query may ask for something made from the file, such as its text or URL. */
  readonly isMadeOfIt: boolean
  /** Whether it does, for all that its names say. */
  readonly isText: boolean
}

export function moduleId(id: string): ModuleId {
  // long names of Windows begin with a question mark between backslashes
  const at = id.indexOf('?', 4)
  const [path, query] = at < 0 ? [id, ''] : [id.slice(0, at), id.slice(at + 1)]
  const fileName = fileNameOf(path.replace(/(\.[mc]?tsx?)#.*/s, '$1'), process.cwd())
  const keys = [...new URLSearchParams(query).keys()]
  return { fileName, isMadeOfIt: !keys.every(key => HARMLESS.has(key)), isText: keys.some(key => AS_TEXT.has(key)) }
}

/** The loader of a file by its extension: TypeScript with JSX or without. */
export const loaderOf = (fileName: string): 'ts' | 'tsx' => (fileName.endsWith('x') ? 'tsx' : 'ts')
