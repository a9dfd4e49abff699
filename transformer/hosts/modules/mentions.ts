/**
 * Whether a project can reach tsgrad at all, by its texts alone, so that others need not even load a compiler.
 * It may say yes where the answer is no, never the other way round. It must not know syntax or types.
 */
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { configRoots, PASSED } from './config-roots.ts'
import { realOf, statsOf, textOf as textOnDisk } from './disk.ts'
import { createPackages, NAME, type Packages } from './packages.ts'

export interface Mentions {
  /** Whether the project of a configuration file, with this file in it, can reach tsgrad. Without a text the file is that on the disk. */
  possible(config: string | undefined, fileName: string, text?: string): boolean
  /** Says that these files changed, came or went. */
  update(fileNames: readonly string[]): void
  /** Any file may have changed: everything is looked at again when it is asked for. */
  forget(): void
}

/** The files of which texts are looked at. */
const READ = /\.(?:[mc]?[jt]sx?|json)$/
const TYPESCRIPT = /\.[mc]?tsx?$/
const SCRIPT = /\.[mc]?jsx?$/
/** Any quoted text: each quote may open one, so that an apostrophe in a comment hides nothing. */
const QUOTED = /['"`]([^'"`\n]+)(?=['"`])/g
/** What is left of the mark by which TypeScript knows UTF-16. */
const UTF16 = '\uFFFD\uFFFD'

/** @param textOf reads what a project holds. */
export function createMentions(textOf: (path: string) => string | undefined = textOnDisk): Mentions {
  let looked = new Map<string | undefined, Project>()
  const projectOf = (config: string | undefined): Project => {
    const known = looked.get(config)
    if (known) return known
    const project = unlooked(textOf)
    looked.set(config, project)
    if (config !== undefined) certainly(project, () => lookAt(project, config))
    return project
  }
  return {
    possible(config, fileName, text) {
      const project = projectOf(config)
      certainly(project, () => {
        if (text === undefined) read(project, fileName)
        else follow(project, fileName, dirname(fileName), text)
      })
      return project.isFound
    },
    update(fileNames) {
      for (const name of fileNames.filter(each => READ.test(each)))
        for (const [config, project] of looked) if (!lookAgain(project, name)) looked.delete(config)
    },
    forget() {
      looked = new Map()
    },
  }
}

interface Project {
  isFound: boolean
  readonly textOf: (path: string) => string | undefined
  /** Files that were looked at. Their texts are not kept: memory for them takes longer than reading. */
  readonly files: Set<string>
  /** Folders in which all TypeScript files are looked at. */
  readonly folders: string[]
  /** Where those really are, and the folders in them. */
  readonly walked: Set<string>
  /** JavaScript files in them, which are looked at where something imports them. */
  readonly scripts: Set<string>
  readonly packages: Packages
  /** Some of the folders were reached by links: imports in them start where they really are as well. */
  hasLinks: boolean
  /** What the package.json says that holds for a folder. */
  readonly manifests: Map<string, Manifest>
}

interface Manifest {
  readonly name: string | undefined
  readonly hasImports: boolean
}

function unlooked(textOf: Project['textOf']): Project {
  const project: Project = {
    isFound: false,
    textOf,
    files: new Set(),
    folders: [],
    walked: new Set(),
    scripts: new Set(),
    packages: createPackages(folder => enter(project, folder)),
    hasLinks: false,
    manifests: new Map(),
  }
  return project
}

/** A folder that may not be read, options that are none: then it cannot be told, and those who compile will say more. */
function certainly(project: Project, look: () => void): void {
  try {
    if (!project.isFound) look()
  } catch {
    project.isFound = true
  }
}

function lookAt(project: Project, config: string): void {
  const { paths, configs, isUnclear, allowJs } = configRoots(config)
  // Plug'n'Play: packages do not lie in folders
  project.isFound = isUnclear || above(config).some(folder => existsSync(join(folder, '.pnp.cjs')))
  for (const path of paths)
    if (statsOf(path)?.isDirectory()) enter(project, path)
    else readAny(project, path)
  if (allowJs) for (const path of project.scripts) read(project, path)
  // the types that are taken without an import are named in the configuration, or are all of @types
  for (const each of configs) read(project, each)
  if (project.packages.followTypes(dirname(config))) project.isFound = true
}

/** Looks at all files of a folder: first which there are, since one may import another. */
function enter(project: Project, folder: string): void {
  project.folders.push(folder)
  const real = realOf(folder)
  if (real !== undefined) for (const path of sourcesIn(project, folder, real)) read(project, path)
}

function sourcesIn(project: Project, folder: string, real: string): readonly string[] {
  // links may lead round in a circle
  if (project.walked.has(real)) return []
  project.walked.add(real)
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const { name } = entry
    if (PASSED.test(sep + name)) return []
    // join() looks at each character, which takes as long as reading the file
    const path = folder + sep + name
    const about = entry.isSymbolicLink() ? statsOf(path) : entry
    project.hasLinks ||= about !== entry
    if (about?.isDirectory())
      return sourcesIn(project, path, about === entry ? real + sep + name : (realOf(path) ?? path))
    if (!about?.isFile()) return []
    if (SCRIPT.test(name)) project.scripts.add(path)
    return TYPESCRIPT.test(name) ? [path] : []
  })
}

function read(project: Project, path: string): void {
  if (project.isFound || project.files.has(path)) return
  const text = project.textOf(path)
  if (text !== undefined) follow(project, path, dirname(path), text)
}

/** @returns whether no more than this file has to be looked at again. */
function lookAgain(project: Project, path: string): boolean {
  if (!project.files.has(path) || path.endsWith('.json') || !existsSync(path)) return false
  project.files.delete(path)
  certainly(project, () => read(project, path))
  return true
}

/** Looks for the name in a text, and in the files and packages that the text may name. */
function follow(project: Project, fileName: string, folder: string, text: string): void {
  project.files.add(fileName)
  project.isFound ||= text.includes(NAME) || text.startsWith(UTF16)
  for (const [, quoted] of project.isFound ? [] : text.matchAll(QUOTED)) {
    const specifier = quoted!
    if (specifier.startsWith('.') || specifier.startsWith('/'))
      for (const from of project.hasLinks ? new Set([folder, realOf(folder) ?? folder]) : [folder])
        leave(project, from, specifier)
    // `imports` of a package.json may lead to any file of the package
    else if (specifier.startsWith('#')) project.isFound ||= manifestFor(project, folder).hasImports
    else {
      // `<reference path="globals.d.ts" />`
      if (TYPESCRIPT.test(specifier)) leave(project, folder, `./${specifier}`)
      const name = /^(?:@[^/\s]+\/)?[^/\s]+/.exec(specifier)?.[0]
      // the package itself, by its `exports`
      if (name !== undefined && name === manifestFor(project, folder).name) project.isFound = true
      for (const each of name ? [name, typesOf(name)] : [])
        if (project.packages.follow(folder, each)) project.isFound = true
    }
    if (project.isFound) return
  }
}

const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'].flatMap(ending => [
  ending,
  `.d${ending}`,
  `/index${ending}`,
  `/index.d${ending}`,
])

/** A relative import, which may lead out of the folders that are looked at as a whole. */
function leave(project: Project, folder: string, specifier: string): void {
  // most go nowhere, and resolving is slow
  const isInside = isWalked(project, `${folder}${sep}x`) && !/\.\.|\/\.|node_modules/.test(specifier)
  if (isInside && (project.scripts.size === 0 || TYPESCRIPT.test(specifier))) return
  // what is made at run time may lead to any file there
  const open = /^(.*\w.*\/)(?:\$\{.*)?$/.exec(specifier)
  const target = resolve(folder, open?.[1] ?? specifier)
  // an address of a page is no file
  if (specifier.startsWith('/') && !(dirname(target) !== sep && statsOf(dirname(target)))) return
  if (!open) readAny(project, target)
  else if (!isWalked(project, target) && statsOf(target)?.isDirectory()) enter(project, target)
}

/** Reads what an import of a path may mean. */
function readAny(project: Project, target: string): void {
  const bare = target.replace(/\.[mc]?jsx?$/, '')
  const isLooked = isWalked(project, target)
  for (const path of new Set([target, ...ENDINGS.map(ending => bare + ending)])) {
    if (isLooked ? !project.scripts.has(path) : !statsOf(path)?.isFile()) continue
    if (TYPESCRIPT.test(path) || SCRIPT.test(path)) read(project, path)
  }
  // a folder says in its package.json what it means
  if (!isLooked) read(project, join(target, 'package.json'))
}

const isWalked = ({ folders }: Project, path: string) =>
  folders.some(folder => path.startsWith(folder + sep) && !PASSED.test(path.slice(folder.length)))

function manifestFor(project: Project, folder: string): Manifest {
  const known = project.manifests.get(folder)
  if (known) return known
  const text = textOnDisk(`${folder}${sep}package.json`)
  const found =
    text === undefined && dirname(folder) !== folder
      ? manifestFor(project, dirname(folder))
      : { name: selfOf(text ?? ''), hasImports: text?.includes('"imports"') === true }
  project.manifests.set(folder, found)
  return found
}

/** The name by which a package's own files may import it: only where it has `exports`. */
const selfOf = (text: string) => (text.includes('"exports"') ? /"name"\s*:\s*"([^"]+)"/.exec(text)?.[1] : undefined)

const typesOf = (name: string) => `@types/${name.replace(/^@/, '').replace('/', '__')}`

/** The folders around a file, from the inside out. */
function above(fileName: string): readonly string[] {
  const folder = dirname(fileName)
  return folder === dirname(folder) ? [folder] : [folder, ...above(folder)]
}
