/**
 * Which modules of a bundler are source files, by their names: `src/a.ts`, `src/a.ts?v=1`, but not `src/a.ts?raw`.
 * It must not know which bundler names them.
 */

/** Ids that may be a TypeScript source, with or without a query. */
export const SOURCE = /\.[mc]?tsx?(?:\?|$)/
/** Those of them that are no sources: declarations, virtual modules of other plugins. */
export const FOREIGN: readonly RegExp[] = [/\.d\.[mc]?ts(?:\?|$)/, /^\0/]

/** A script of tsgrad's own runtime, or its name where it stays an external import. */
export const isRuntime = (id: string): boolean =>
  /^tsgrad(?:\/|$)|[\\/]tsgrad[\\/]dist[\\/]runtime[\\/].*\.js(?:\?|$)/.test(id)

/** The source file behind a module id, if it is one: the project's, or one of a package. */
export const ownSource = (id: string): string | undefined =>
  SOURCE.test(id) && !FOREIGN.some(each => each.test(id)) ? moduleId(id).fileName : undefined

/** Parts of a query that do not change what a module is: cache busters of servers, and Vite's workers. */
const HARMLESS = new Set(['v', 't', 'import', 'type', 'worker_file'])

export interface ModuleId {
  readonly fileName: string
  /** Whether the query may ask for something made from the file, such as its text or URL. */
  readonly isMadeOfIt: boolean
}

export function moduleId(id: string): ModuleId {
  const at = id.indexOf('?')
  if (at < 0) return { fileName: id, isMadeOfIt: false }
  const keys = [...new URLSearchParams(id.slice(at + 1)).keys()]
  return { fileName: id.slice(0, at), isMadeOfIt: !keys.every(key => HARMLESS.has(key)) }
}

/** The loader of a file by its extension: TypeScript with JSX or without. */
export const loaderOf = (fileName: string): 'ts' | 'tsx' => (fileName.endsWith('x') ? 'tsx' : 'ts')
