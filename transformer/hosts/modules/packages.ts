/**
 * Whether installed packages lead to tsgrad, by what each package.json says of others.
 * It must not know what a project's own files hold.
 */
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { dirname, sep } from 'node:path'
import { realOf, statsOf, textOf } from './disk.ts'

export interface Packages {
  /** Follows a name that a file in a folder may mean; whether any package so far led to tsgrad. */
  follow(folder: string, name: string): boolean
  /** Follows those that TypeScript takes for a folder without being told. */
  followTypes(folder: string): boolean
}

/** A package.json of tsgrad, or one that names it, under another name too. */
const NAMED = /"(?:npm:)?tsgrad[@"]/
/** What it says of other packages. To parse all of it takes longer than reading it. */
const DEPENDENCIES = /"(d|peerD|optionalD|devD)ependencies"\s*:\s*\{([^}]*)\}/g
const KEY = /"([^"]+)"\s*:/g

/** @param meetOwn is told of folders of packages that are linked to, as in a workspace, and may give their sources away. */
export function createPackages(meetOwn: (folder: string) => void): Packages {
  const entered = new Set<string>()
  const rootsFrom = memoized(rootsOf)
  const listed = memoized(namesIn)
  let isFound = false

  const follow = (folder: string, name: string): boolean => {
    for (const root of isFound ? [] : rootsFrom(folder)) {
      const isLink = isLinked(listed, root, name)
      if (isLink === undefined) continue
      const path = isLink ? realOf(root + sep + name) : root + sep + name
      if (path === undefined) continue
      enter(path)
      break
    }
    return isFound
  }
  const enter = (folder: string): void => {
    if (entered.has(folder)) return
    entered.add(folder)
    const text = textOf(`${folder}${sep}package.json`)
    if (text === undefined) return
    isFound ||= NAMED.test(text)
    const isOwn = !folder.includes(`${sep}node_modules${sep}`)
    if (isOwn) meetOwn(folder)
    for (const [, kind, all] of text.matchAll(DEPENDENCIES))
      for (const [, name] of kind === 'devD' && !isOwn ? [] : all!.matchAll(KEY)) follow(folder, name!)
  }
  return {
    follow,
    followTypes(folder) {
      for (const root of rootsFrom(folder))
        for (const name of listed(root).has('@types') ? listed(`${root}${sep}@types`).keys() : [])
          follow(folder, `@types/${name}`)
      return isFound
    },
  }
}

type Listed = (folder: string) => ReadonlyMap<string, boolean>

/** Whether a package is a link, or its scope; undefined where there is none of this name. */
function isLinked(listed: Listed, root: string, name: string): boolean | undefined {
  const at = name.indexOf('/')
  if (at < 0) return listed(root).get(name)
  const scope = name.slice(0, at)
  const isScopeLink = listed(root).get(scope)
  const isLink = isScopeLink === undefined ? undefined : listed(root + sep + scope).get(name.slice(at + 1))
  return isLink === undefined ? undefined : isLink || isScopeLink
}

/** What is in a folder, and whether each is a link. */
function namesIn(folder: string): ReadonlyMap<string, boolean> {
  const entries = statsOf(folder)?.isDirectory() ? readdirSync(folder, { withFileTypes: true }) : []
  return new Map(entries.map(each => [each.name, each.isSymbolicLink()]))
}

/** The folders in which packages are looked for from a folder, from the inside out, where they really are. */
function rootsOf(folder: string, rootsFrom: (folder: string) => readonly string[]): readonly string[] {
  const outer = dirname(folder)
  const path = `${folder}${sep}node_modules`
  const own = existsSync(path) ? [realpathSync.native(path)] : []
  return outer === folder ? own : [...own, ...rootsFrom(outer)]
}

function memoized<T>(made: (key: string, again: (key: string) => T) => T): (key: string) => T {
  const known = new Map<string, T>()
  const get = (key: string): T => {
    const found = known.get(key) ?? made(key, get)
    known.set(key, found)
    return found
  }
  return get
}
