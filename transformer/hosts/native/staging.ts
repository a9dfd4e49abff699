/**
 * A folder in which a project stands with other texts, for a compiler that reads the disk only, and in which its outputs wait until all
 * are finished. It must not know what the texts are for.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type ts from 'typescript'
import { isIn, makeOwnFolder } from './own-folder.ts'

export interface Stage {
  /** The staged tsconfig.json. */
  readonly tsconfig: string
  /** The path in the stage of what stands in the project; other paths stay. */
  staged(path: string): string
  /** The path in the project of what stands in the stage; other paths stay. */
  real(path: string): string
  /** A text that the compiler wrote, with the paths of the project. */
  withoutStage(text: string): string
  remove(): void
}

export interface StagedFile {
  readonly name: string
  readonly text: string
  /** Files that it names by relative paths, wherever they are. */
  readonly neighbours: readonly string[]
}

export interface StagedProject {
  readonly tsconfig: string
  /** Those of the project, with absolute paths. */
  readonly options: ts.CompilerOptions
  /** Options that stand in no tsconfig.json. */
  readonly overrides: object
  /** The names of the files that the program starts from. */
  readonly roots: readonly string[]
  readonly files: readonly StagedFile[]
}

export function stageProject(project: StagedProject): Stage {
  const { tsconfig, options, files } = project
  const sources = files.filter(({ name }) => !/\.d\.[mc]?ts$/.test(name))
  const own = commonFolder([
    dirname(tsconfig),
    ...sources.flatMap(({ name, neighbours }) => [name, ...neighbours].map(each => dirname(each))),
  ])
  // sources and outputs stand to one another as they do outside, so relative paths between them are the same
  const root = commonFolder([own, ...outputFolders(options)])
  const { folder, remove } = makeOwnFolder(own, options)
  const isStaged = (path: string) =>
    isIn(root, path) && !isIn(folder, path) && !path.split(sep).includes('node_modules')
  const staged = (path: string) => (isStaged(path) ? join(folder, relative(root, path)) : path)
  const stage: Stage = {
    tsconfig: join(folder, relative(root, tsconfig)),
    staged,
    real: path => (isIn(folder, path) ? join(root, relative(folder, path)) : path),
    withoutStage: text => text.replaceAll(`${folder}/`, `${root}/`).replaceAll(`${basename(folder)}/`, ''),
    remove,
  }
  try {
    for (const file of files.filter(({ name }) => isStaged(name))) write(staged(file.name), file.text)
    linkPackages(root, stage, files)
    write(stage.tsconfig, JSON.stringify(configOf(project, root, stage), undefined, 2))
  } catch (error) {
    remove()
    throw error
  }
  return stage
}

const outputFolders = ({ outDir, declarationDir, tsBuildInfoFile }: ts.CompilerOptions) =>
  [outDir, declarationDir, tsBuildInfoFile && dirname(tsBuildInfoFile)].filter(each => each !== undefined)

/** All that is inherited keeps its meaning, since it is resolved from the project's own tsconfig.json; what names sources or outputs is set anew. */
function configOf({ tsconfig, options, overrides, roots }: StagedProject, root: string, stage: Stage): object {
  const { staged } = stage
  const { outDir, declarationDir, tsBuildInfoFile, rootDirs, paths } = options
  // without a folder for them the outputs stand beside the sources
  const rootDir = outDir === undefined && declarationDir === undefined ? root : (options.rootDir ?? dirname(tsconfig))
  const base = (options as { pathsBasePath?: string }).pathsBasePath ?? dirname(tsconfig)
  // the name of the stage is another one each time, and an incremental build compares the options
  const fromConfig = (path: string) => `./${relative(dirname(stage.tsconfig), staged(path)).replaceAll(sep, '/')}`
  return {
    extends: tsconfig,
    compilerOptions: {
      ...overrides,
      rootDir: staged(rootDir),
      ...(outDir !== undefined && { outDir: staged(outDir) }),
      ...(declarationDir !== undefined && { declarationDir: staged(declarationDir) }),
      ...(tsBuildInfoFile !== undefined && { tsBuildInfoFile: staged(tsBuildInfoFile) }),
      ...(rootDirs && { rootDirs: rootDirs.map(staged) }),
      ...(paths && { paths: mapValues(paths, targets => targets.map(target => fromConfig(resolve(base, target)))) }),
    },
    files: roots.map(staged),
    include: [],
  }
}

/** Packages and the kinds of modules are looked up from folder to folder. */
function linkPackages(root: string, { staged }: Stage, files: readonly StagedFile[]): void {
  const seen = new Set<string>()
  for (const { name } of files)
    for (let at = dirname(name); isIn(root, at) && !seen.has(at); at = dirname(at)) {
      seen.add(at)
      if (at.split(sep).includes('node_modules')) continue
      const [packages, description] = [join(at, 'node_modules'), join(at, 'package.json')]
      mkdirSync(staged(at), { recursive: true })
      if (existsSync(packages)) linkInto(join(staged(at), basename(packages)), packages, staged)
      if (existsSync(description)) copyFileSync(description, join(staged(at), basename(description)))
    }
}

/** The packages of a folder; those that stand in the stage, since a workspace links them, from there. */
function linkInto(folder: string, packages: string, staged: Stage['staged']): void {
  const names = readdirSync(packages).flatMap(name =>
    name.startsWith('@') ? readdirSync(join(packages, name)).map(each => join(name, each)) : [name],
  )
  const sources = names
    .filter(name => existsSync(join(packages, name)))
    .flatMap(name => {
      const real = realpathSync(join(packages, name))
      return staged(real) === real ? [] : [[name, staged(real)] as const]
    })
  if (sources.length === 0) return symlinkSync(packages, folder, 'junction')
  const inStage = new Map(sources)
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    symlinkSync(inStage.get(name) ?? join(packages, name), join(folder, name), 'junction')
  }
}

function write(name: string, text: string): void {
  mkdirSync(dirname(name), { recursive: true })
  writeFileSync(name, text)
}

function commonFolder(folders: readonly string[]): string {
  return folders.reduce((common, folder) => {
    let at = common
    while (!isIn(at, folder) && dirname(at) !== at) at = dirname(at)
    return at
  })
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
