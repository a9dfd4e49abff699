/**
 * Which modules of a bundler are source files, by their names: `src/a.ts`, `src/a.ts?v=1`, but not `src/a.ts?raw`.
 * It must not know which bundler names them.
 */

/** Names that may stand for a TypeScript source, with or without a query. */
export const SOURCE = /\.[mc]?tsx?(?:\?|$)/
/** Those of them that are somebody else's: packages, declarations, modules that other plugins make up. */
export const FOREIGN: readonly RegExp[] = [/[\\/]node_modules[\\/]/, /\.d\.[mc]?ts(?:\?|$)/, /^\0/]

/** A script of tsgrad's own runtime, or its name where it stays an import. */
export const isRuntime = (id: string): boolean =>
  /^tsgrad(?:\/|$)|[\\/]tsgrad[\\/]dist[\\/]runtime[\\/].*\.js(?:\?|$)/.test(id)

/** The source file of the project that a module is, if it is one. */
export const ownSource = (id: string): string | undefined =>
  SOURCE.test(id) && !FOREIGN.some(each => each.test(id)) ? moduleId(id).fileName : undefined

/** Parts of a query that leave a module what its file is: what servers add to get around caches, and Vite's workers. */
const HARMLESS = new Set(['v', 't', 'import', 'type', 'worker_file'])

export interface ModuleId {
  readonly fileName: string
  /** The query says that the module is something made of the file, or may say so. */
  readonly isMadeOfIt: boolean
}

export function moduleId(id: string): ModuleId {
  const at = id.indexOf('?')
  if (at < 0) return { fileName: id, isMadeOfIt: false }
  const keys = [...new URLSearchParams(id.slice(at + 1)).keys()]
  return { fileName: id.slice(0, at), isMadeOfIt: !keys.every(key => HARMLESS.has(key)) }
}

/** What a bundler makes of a file when it is not told: TypeScript, with tags or without. */
export const loaderOf = (fileName: string): 'ts' | 'tsx' => (fileName.endsWith('x') ? 'tsx' : 'ts')
