/** A project folder on disk that the real `tspc` compiles: the ground of every test in this folder. */
import { type ChildProcess, spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, vi } from 'vitest'
import { requireBuilt } from '../built.ts'

export const repository = fileURLToPath(new URL('../..', import.meta.url))

/** Where the packages of a project are linked from, by name; `undefined` is not linked. */
export type Packages = Readonly<Record<string, string | undefined>>

/** The packages of a project, unless a test says otherwise. */
export const installed: Packages = {
  tsgrad: repository,
  typescript: join(repository, 'node_modules/typescript'),
  'ts-patch': join(repository, 'node_modules/ts-patch'),
}

export type Files = Readonly<Record<string, string>>

/** What a command printed, standard output before standard error, and its exit code. */
export interface Run {
  readonly status: number | null
  readonly output: string
}

// several compilations may run before the first test does
vi.setConfig({ hookTimeout: 60_000 })

const made: string[] = []
afterAll(() => {
  for (const root of made) rmSync(root, { recursive: true, force: true })
})

const baseOptions = {
  target: 'es2023',
  lib: ['es2023'],
  module: 'nodenext',
  types: [],
  strict: true,
  skipLibCheck: true,
  declaration: true,
  rootDir: 'src',
  outDir: 'out',
  plugins: [{ transform: 'tsgrad/transformer', transformProgram: true }],
}

/** A tsconfig.json for sources in src/ and outputs in out/; an option that is `undefined` is left out. */
export function tsconfig(options: object = {}, rest: object = {}): string {
  return JSON.stringify({ compilerOptions: { ...baseOptions, ...options }, include: ['src'], ...rest }, undefined, 2)
}

/** A folder with an ESM package.json, a tsconfig.json and linked packages, which goes when the test file ends. */
export class Project {
  readonly root: string

  constructor(files: Files, linked: Packages = installed) {
    requireBuilt('runtime', 'interop')
    this.root = mkdtempSync(join(tmpdir(), 'project-'))
    made.push(this.root)
    this.write({ 'package.json': '{ "type": "module" }', 'tsconfig.json': tsconfig(), ...files })
    for (const [name, target] of Object.entries(linked)) {
      if (target === undefined) continue
      const link = join(this.root, 'node_modules', name)
      mkdirSync(dirname(link), { recursive: true })
      symlinkSync(target, link)
    }
  }

  write(files: Files): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, name)), { recursive: true })
      writeFileSync(join(this.root, name), text)
    }
  }

  read(name: string): string {
    return readFileSync(join(this.root, name), 'utf8')
  }

  exists(name: string): boolean {
    return existsSync(join(this.root, name))
  }

  remove(name: string): void {
    rmSync(join(this.root, name), { recursive: true })
  }

  /** The text of each file in a folder, by its path in it. */
  all(folder: string): Files {
    const root = join(this.root, folder)
    const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    const names = entries.map(entry => relative(root, join(entry.parentPath, entry.name)))
    return Object.fromEntries(names.sort().map(name => [name, this.read(join(folder, name))]))
  }

  tspc(...args: string[]): Promise<Run> {
    return this.node('node_modules/ts-patch/bin/tspc.js', ...args)
  }

  tsc(...args: string[]): Promise<Run> {
    return this.node('node_modules/typescript/bin/tsc', ...args)
  }

  async node(...args: string[]): Promise<Run> {
    const done = await run(this.start(...args))
    // ts-patch gives up when others hold its cache for two seconds, as many compilations at once may
    return done.output.includes('Could not acquire lock to write file') ? this.node(...args) : done
  }

  start(...args: string[]): ChildProcess {
    requireBuilt()
    return spawn(process.execPath, args, { cwd: this.root, stdio: ['ignore', 'pipe', 'pipe'] })
  }
}

/** Runs another command, in the repository. */
export function command(name: string, args: readonly string[]): Promise<Run> {
  return run(spawn(name, args, { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] }))
}

/** Waits for the end of a command. */
export function run(child: ChildProcess): Promise<Run> {
  requireBuilt()
  let [output, errors] = ['', '']
  child.stdout?.on('data', chunk => (output += chunk))
  child.stderr?.on('data', chunk => (errors += chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', status => resolve({ status, output: output + errors }))
  })
}
