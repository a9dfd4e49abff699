/**
 * Reports changes of a project's files on the disk.
 * It must not know what follows from a change.
 */
import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'

/** Milliseconds without a change before it is reported: editors write a file in several steps, and several files at once. */
const QUIET = 100

/** Whether a file with this name could belong to a project. */
const isSource = (name: string) => /\.(?:[cm]?tsx?|json)$/.test(name)

/** Folders of packages, and hidden ones, such as those of Git and of caches. */
const isLeftOut = (name: string) => name === 'node_modules' || name.startsWith('.')

export interface Changes {
  /** The full names of files that were changed, created or removed, once no change has come for a moment. */
  first(): Promise<readonly string[]>
}

/** The sources of a folder, each with its change stamp, and its subfolders. */
interface Contents {
  readonly sources: ReadonlyMap<string, string>
  readonly folders: readonly string[]
}

/**
 * Watches a project's folder with all its subfolders, and the folders of its files, until the first change.
 * Leaves out folders of packages, and those in `leftOut`.
 */
export function watchFiles(files: readonly string[], folder: string, leftOut: readonly string[]): Changes {
  const isInstalled = (name: string) => name.split(sep).includes('node_modules')
  const roots = [folder, ...files.map(name => dirname(resolve(name)))].filter(name => !isInstalled(name))
  const look = () => sourcesBelow(folder, roots, new Set(leftOut))
  const before = look()
  const found = new Promise<readonly string[]>(done => {
    let watchers: readonly FSWatcher[] = []
    let timer: NodeJS.Timeout | undefined
    const touched = () => {
      clearTimeout(timer)
      timer = setTimeout(settled, QUIET)
    }
    const settled = () => {
      for (const watcher of watchers) watcher.close()
      const now = look()
      const changed = differing(before.sources, now.sources)
      if (changed.length > 0) done(changed)
      // only folders were created or removed
      else follow(now)
    }
    const follow = ({ sources, folders }: Contents) => {
      watchers = folders.flatMap(each => watched(each, touched))
      // changes between the first look and the start of the watchers
      if (differing(sources, look().sources).length > 0) touched()
    }
    follow(before)
  })
  return { first: () => found }
}

/** For a removed folder, its nearest existing parent, which reports when the folder is back. */
function watched(folder: string, touched: () => void): FSWatcher[] {
  try {
    const watcher = watch(folder, (_, name) => {
      if (name === null || !isLeftOut(name)) touched()
    })
    return [watcher.on('error', touched)]
  } catch {
    const above = dirname(folder)
    return above === folder ? [] : watched(above, touched)
  }
}

function sourcesBelow(folder: string, roots: readonly string[], leftOut: ReadonlySet<string>): Contents {
  const sources = new Map<string, string>()
  const folders = new Set<string>()
  const pending = [...roots]
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (folders.has(at) || leftOut.has(at)) continue
    folders.add(at)
    const contents = contentsOf(at)
    for (const [name, state] of contents?.sources ?? []) sources.set(name, state)
    if (at === folder || at.startsWith(folder + sep)) pending.push(...(contents?.folders ?? []))
  }
  return { sources, folders: [...folders] }
}

/** Undefined if the folder does not exist. */
function contentsOf(folder: string): Contents | undefined {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    const full = ({ name }: { name: string }) => join(folder, name)
    const folders = entries.filter(each => each.isDirectory() && !isLeftOut(each.name)).map(full)
    const names = entries.filter(each => !each.isDirectory() && isSource(each.name)).map(full)
    return { folders, sources: new Map(names.map(name => [name, stateOf(name)])) }
  } catch {
    return undefined
  }
}

function stateOf(name: string): string {
  const known = statSync(name, { throwIfNoEntry: false })
  return known ? `${known.ino} ${known.mtimeMs} ${known.ctimeMs} ${known.size}` : ''
}

function differing(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...before.keys(), ...now.keys()])].filter(name => before.get(name) !== now.get(name))
}
