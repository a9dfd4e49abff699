/** The compilers that the command is compared with: a TypeScript, and the ts-patch whose `tspc` it goes with. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Files, installed, Project, type Run, repository } from '../hosts/project.ts'
import { typescriptOf } from '../hosts/typescripts.ts'

const modules = (name: string) => join(repository, 'node_modules', name)

export interface Compiler {
  readonly version: string
  /** The folder of its package. */
  readonly typescript: string
  /** The script `tspc` for it. */
  readonly tspc: string
}

export const typescript6: Compiler = {
  version: typescriptOf('6.0').release,
  typescript: typescriptOf('6.0').folder,
  tspc: modules('ts-patch/bin/tspc.js'),
}

/** Copies, since ts-patch looks for the compiler from its own real place. */
export function installTypescript5(): { readonly compiler: Compiler; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'compilers-'))
  const folder = join(root, 'node_modules')
  mkdirSync(folder)
  const { release: version, folder: five } = typescriptOf('5.9')
  cpSync(five, join(folder, 'typescript'), { recursive: true })
  cpSync(modules('ts-patch-3'), join(folder, 'ts-patch'), { recursive: true })
  for (const name of ['chalk', 'global-prefix', 'minimist', 'resolve', 'semver', 'strip-ansi'])
    symlinkSync(modules(name), join(folder, name))
  return {
    compiler: { version, typescript: join(folder, 'typescript'), tspc: join(folder, 'ts-patch/bin/tspc.js') },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** A project that has a compiler, and no ts-patch. */
export const projectWith = ({ typescript }: Compiler, files: Files): Project =>
  new Project(files, { ...installed, typescript, 'ts-patch': undefined })

/** Where the command is, from a project. */
export const MAIN = 'node_modules/tsgrad/dist/command/main.js'

/** What a run printed, with the project's folder and all times of day taken out: these differ between two runs. */
export function comparable(project: Project, { status, output }: Run): Run {
  const time = /\d{1,2}:\d\d:\d\d(?: [AP]M)?/g
  return { status, output: withoutPatch(output.replaceAll(project.root, '<project>').replace(time, '<time>')) }
}

/** ts-patch indents the source of tsc, and with it the lines of one text in backquotes: the table of files below all errors. */
function withoutPatch(output: string): string {
  const [before, table] = output.split(/(?<=^Errors {2}Files\n)/m)
  if (!table?.endsWith('\n  ')) return output
  const [first, ...others] = table.trimEnd().split('\n')
  return [before + first!, ...others.map(line => line.slice(2)), ''].join('\n')
}

/** All files of a project but those that are installed. */
export function written(project: Project): Files {
  const all = Object.entries(project.all('.')).filter(([name]) => !name.startsWith('node_modules'))
  return Object.fromEntries(all.map(([name, text]) => [name, text.replaceAll(project.root, '<project>')]))
}
