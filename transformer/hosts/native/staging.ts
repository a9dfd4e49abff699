/**
 * A folder beside a project's sources in which they stand with other texts, for a compiler that reads the disk only.
 * It must not know what the texts are for, nor what is done with the folder.
 */
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type ts from 'typescript'

export interface Stage {
  readonly folder: string
  /** The name of the folder, which stands nowhere else. */
  readonly name: string
  /** The staged tsconfig.json. */
  readonly tsconfig: string
  /** The path in the stage of what stands in the project; other paths stay. */
  staged(path: string): string
  /** The path in the project of what stands in the stage; other paths stay. */
  real(path: string): string
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
  const { tsconfig, files } = project
  const sources = files.filter(({ name }) => !/\.d\.[mc]?ts$/.test(name))
  const root = commonFolder([
    dirname(tsconfig),
    ...sources.flatMap(({ name, neighbours }) => [name, ...neighbours].map(each => dirname(each))),
  ])
  const name = `.tsgrad-${createHash('sha256').update(tsconfig).digest('hex').slice(0, 12)}`
  const folder = join(root, name)
  const isStaged = (path: string) =>
    isIn(root, path) && !isIn(folder, path) && !path.split(sep).includes('node_modules')
  const stage: Stage = {
    folder,
    name,
    tsconfig: join(folder, relative(root, tsconfig)),
    staged: path => (isStaged(path) ? join(folder, relative(root, path)) : path),
    real: path => (isIn(folder, path) ? join(root, relative(folder, path)) : path),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
  stage.remove()
  try {
    for (const file of files.filter(({ name }) => isStaged(name))) write(stage.staged(file.name), file.text)
    linkPackages(root, stage, files)
    write(stage.tsconfig, JSON.stringify(configOf(project, root, stage), undefined, 2))
  } catch (error) {
    stage.remove()
    throw error
  }
  return stage
}

/** All that is inherited keeps its meaning, since it is resolved from the project's own tsconfig.json; what names sources is set anew. */
function configOf({ tsconfig, options, overrides, roots }: StagedProject, root: string, { staged }: Stage): object {
  const { outDir, rootDir = dirname(tsconfig), declarationDir, tsBuildInfoFile, rootDirs, paths } = options
  const base = (options as { pathsBasePath?: string }).pathsBasePath ?? dirname(tsconfig)
  return {
    extends: tsconfig,
    compilerOptions: {
      ...overrides,
      // without outDir the outputs stand beside the sources
      ...(outDir === undefined ? { rootDir: staged(root), outDir: root } : { rootDir: staged(rootDir), outDir }),
      ...(declarationDir !== undefined && { declarationDir }),
      ...(tsBuildInfoFile !== undefined && { tsBuildInfoFile }),
      ...(rootDirs && { rootDirs: rootDirs.map(staged) }),
      ...(paths && { paths: mapValues(paths, targets => targets.map(target => staged(resolve(base, target)))) }),
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
      if (existsSync(packages)) symlinkSync(packages, join(staged(at), basename(packages)), 'junction')
      if (existsSync(description)) copyFileSync(description, join(staged(at), basename(description)))
    }
}

function write(name: string, text: string): void {
  mkdirSync(dirname(name), { recursive: true })
  writeFileSync(name, text)
}

function commonFolder(folders: readonly string[]): string {
  return folders.reduce((common, folder) => {
    let at = common
    while (!isIn(at, folder)) at = dirname(at)
    return at
  })
}

function isIn(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
