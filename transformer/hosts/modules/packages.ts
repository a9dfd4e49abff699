/**
 * Whether installed packages lead to tsgrad, by what each package.json says of others.
 * It must not know what a project's own files hold.
 */
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { dirname, sep } from 'node:path'
import { bytesOf, realOf, statsOf, textOf } from './disk.ts'

export interface Packages {
  /** Follows a name that a file in a folder may mean; whether any package so far led to tsgrad. */
  follow(folder: string, name: string): boolean
  /** Follows those that TypeScript takes for a folder without being told. */
  followTypes(folder: string): boolean
}

/** How tsgrad is called in every import of it. */
export const NAME = 'tsgrad'
/** A package.json of tsgrad, or one that names it, under another name too. */
const NAMED = new RegExp(`"(?:npm:)?${NAME}[@"]`)
/** What it says of other packages. To parse all of it takes longer than reading it. */
const DEPENDENCIES = /"(d|peerD|optionalD|devD)ependencies"\s*:\s*\{([^}]*)\}/g
const KEY = /"([^"]+)"\s*:/g

/** @param meetOwn is told of folders of packages that are linked to, as in a workspace, and may give their sources away. */
export function createPackages(meetOwn: (folder: string) => void): Packages {
  const entered = new Set<string>()
  const rootsFrom = memoized(rootsOf)
  const listed = memoized(namesIn)
  const lockOf = memoized(harmlessLock)
  let isFound = false

  const follow = (folder: string, name: string): boolean => {
    for (const root of isFound ? [] : rootsFrom(folder)) {
      if (!has(listed, root, name)) continue
      const path = root + sep + name
      // it, or its scope, may be a link
      const real = realOf(path)
      if (real === undefined) continue
      if (real !== path || !lockOf(root)?.covers(path, name)) enter(real)
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
        for (const name of listed(root).has('@types') ? listed(`${root}${sep}@types`) : [])
          follow(folder, `@types/${name}`)
      return isFound
    },
  }
}

/** What npm wrote down of the packages in a folder, where none of them names tsgrad. */
interface Lock {
  /** Whether it tells of a package as that is now: all that the package leads to is in it then. */
  covers(path: string, name: string): boolean
}

/** npm's own record of what it installed, which it trusts as far as no package is newer. To read all of the packages takes far longer. */
function harmlessLock(root: string): Lock | undefined {
  const file = `${root}${sep}.package-lock.json`
  const bytes = bytesOf(file)
  const written = statsOf(file)?.mtimeMs ?? 0
  if (!bytes || isNamedIn(bytes)) return undefined
  const isOlder = (path: string) => (statsOf(path)?.mtimeMs ?? Number.POSITIVE_INFINITY) <= written
  return { covers: (path, name) => bytes.includes(`"node_modules/${name}": {`) && isOlder(path) }
}

/** Whether a package in the record names tsgrad; that tsgrad brings a command of this name does not count. */
function isNamedIn(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(NAME); at >= 0; at = bytes.indexOf(NAME, at + 1)) {
    const upTo = bytes.toString('latin1', Math.max(0, at - 40), at + NAME.length + 1)
    if (NAMED.test(upTo) && !/"bin": \{\s*"\w+"$/.test(upTo)) return true
  }
  return false
}

/** Whether a folder has a package of this name. */
function has(listed: (folder: string) => ReadonlySet<string>, root: string, name: string): boolean {
  const at = name.indexOf('/')
  if (at < 0) return listed(root).has(name)
  const scope = name.slice(0, at)
  return listed(root).has(scope) && listed(root + sep + scope).has(name.slice(at + 1))
}

const namesIn = (folder: string): ReadonlySet<string> =>
  new Set(statsOf(folder)?.isDirectory() ? readdirSync(folder) : [])

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
    if (!known.has(key)) known.set(key, made(key, get))
    return known.get(key)!
  }
  return get
}
