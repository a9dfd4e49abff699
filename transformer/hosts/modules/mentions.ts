/**
 * Whether a project can reach tsgrad at all, by its texts alone, so that others need not even load a compiler.
 * It may say yes where the answer is no, never the other way round. It must not know syntax or types.
 */
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { configRoots, PASSED } from './config-roots.ts'
import { statsOf, textOf } from './disk.ts'
import { createPackages, type Packages } from './packages.ts'

export interface Mentions {
  /** Whether the project of a configuration file, with this file in it, can reach tsgrad. Without a text the file is that on the disk. */
  possible(config: string | undefined, fileName: string, text?: string): boolean
  /** Says that these files changed, came or went. */
  update(fileNames: readonly string[]): void
  /** Any file may have changed: everything is looked at again when it is asked for. */
  forget(): void
}

/** How the package is called in every import of it. */
const NAME = 'tsgrad'
/** The files of which texts are looked at. */
const READ = /\.(?:[mc]?[jt]sx?|json)$/
/** Any quoted text: each quote may open one, so that an apostrophe in a comment hides nothing. */
const QUOTED = /['"`]([^'"`\n]+)(?=['"`])/g
/** What is left of the mark by which TypeScript knows UTF-16. */
const UTF16 = '\uFFFD\uFFFD'

export function createMentions(): Mentions {
  let looked = new Map<string | undefined, Project>()
  const projectOf = (config: string | undefined): Project => {
    const known = looked.get(config) ?? lookAt(config)
    looked.set(config, known)
    return known
  }
  return {
    possible(config, fileName, text) {
      const project = projectOf(config)
      if (text === undefined) read(project, fileName)
      else follow(project, fileName, dirname(fileName), text)
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
  /** Files that were looked at. Their texts are not kept: memory for them takes longer than reading. */
  readonly files: Set<string>
  /** Folders in which all files were looked at. */
  readonly folders: string[]
  readonly isSource: RegExp
  readonly packages: Packages
}

function lookAt(config: string | undefined): Project {
  const roots = config === undefined ? undefined : configRoots(config)
  const project: Project = {
    isFound: roots?.isUnclear === true,
    files: new Set(),
    folders: [],
    isSource: roots?.allowJs ? /\.[mc]?[jt]sx?$/ : /\.[mc]?tsx?$/,
    packages: createPackages(folder => {
      project.folders.push(folder)
      walk(project, folder)
    }),
  }
  if (!roots || config === undefined) return project
  // Plug'n'Play: packages do not lie in folders
  if (above(config).some(folder => existsSync(join(folder, '.pnp.cjs')))) project.isFound = true
  for (const path of roots.paths) if (statsOf(path)?.isDirectory()) project.folders.push(path)
  for (const path of roots.paths)
    if (project.folders.includes(path)) walk(project, path)
    else read(project, path)
  // the types that are taken without an import are named in the configuration, or are all of @types
  for (const each of roots.configs) read(project, each)
  if (project.packages.followTypes(dirname(config))) project.isFound = true
  return project
}

function walk(project: Project, folder: string): void {
  if (project.isFound) return
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (PASSED.test(sep + entry.name)) continue
    // join() looks at each character, which takes as long as reading the file
    const path = folder + sep + entry.name
    const isLink = entry.isSymbolicLink()
    if (isLink ? statsOf(path)?.isDirectory() : entry.isDirectory()) {
      // a link may lead round in a circle
      if (!isLink || !realpathSync.native(folder).startsWith(realpathSync.native(path))) walk(project, path)
    } else if (project.isSource.test(entry.name)) read(project, path, folder)
  }
}

function read(project: Project, path: string, folder = dirname(path)): void {
  if (project.isFound || project.files.has(path)) return
  const text = textOf(path)
  if (text !== undefined) follow(project, path, folder, text)
}

/** @returns whether no more than this file has to be looked at again. */
function lookAgain(project: Project, path: string): boolean {
  if (!project.files.has(path) || path.endsWith('.json') || !existsSync(path)) return false
  project.files.delete(path)
  read(project, path)
  return true
}

/** Looks for the name in a text, and in the files and packages that the text may name. */
function follow(project: Project, fileName: string, folder: string, text: string): void {
  project.files.add(fileName)
  project.isFound ||= text.includes(NAME) || text.startsWith(UTF16)
  if (project.isFound) return
  for (const [, quoted] of text.matchAll(QUOTED)) {
    const specifier = quoted!
    if (specifier.startsWith('.')) leave(project, folder, specifier)
    // `imports` of a package.json may lead to any file of the package
    else if (specifier.startsWith('#/') || /^#[\w-]+(?:\/|$)/.test(specifier)) project.isFound ||= hasImports(folder)
    else {
      const name = /^(?:@[^/\s]+\/)?[^/\s]+/.exec(specifier)?.[0]
      if (name)
        for (const each of [name, typesOf(name)]) if (project.packages.follow(folder, each)) project.isFound = true
    }
    if (project.isFound) return
  }
}

const ENDINGS = [
  '',
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.d.ts',
  '.d.mts',
  '.d.cts',
  '/index.ts',
  '/index.tsx',
  '/index.d.ts',
]

/** A relative import out of the folders that are looked at as a whole. */
function leave(project: Project, folder: string, specifier: string): void {
  // most go nowhere, and resolving is slow
  if (isWalked(project, `${folder}${sep}x`) && !/\.\.|\/\.|node_modules/.test(specifier)) return
  const target = resolve(folder, specifier)
  if (isWalked(project, target)) return
  const bare = target.replace(/\.[mc]?jsx?$/, '')
  for (const each of new Set([target, ...ENDINGS.map(ending => bare + ending)]))
    if (project.isSource.test(each) && statsOf(each)?.isFile()) read(project, each)
}

const isWalked = ({ folders }: Project, path: string) =>
  folders.some(folder => path.startsWith(folder + sep) && !PASSED.test(path.slice(folder.length)))

function hasImports(folder: string): boolean {
  const manifest = above(join(folder, 'x'))
    .map(each => join(each, 'package.json'))
    .find(existsSync)
  return manifest !== undefined && (textOf(manifest) ?? '').includes('"imports"')
}

const typesOf = (name: string) => `@types/${name.replace(/^@/, '').replace('/', '__')}`

/** The folders around a file, from the inside out. */
function above(fileName: string): readonly string[] {
  const folder = dirname(fileName)
  return folder === dirname(folder) ? [folder] : [folder, ...above(folder)]
}
