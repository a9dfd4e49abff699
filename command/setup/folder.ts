/**
 * What stands in the folder of a project before it is set up: its files, its package.json, its package manager and its releases.
 * It must not know what is set up.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findCompiler } from '../../transformer/hosts/modules/compiler.ts'
import { CommandError } from '../report/command-error.ts'

export interface Manifest {
  readonly packageManager?: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

export interface Folder {
  readonly path: string
  /** Undefined where there is no such file. */
  read(name: string): string | undefined
  readonly manifest: Manifest
  /** Whether package.json names the package. */
  depends(name: string): boolean
  /** The TypeScript that is installed, else the one that package.json asks for; undefined without one. */
  readonly typescript: number | undefined
  readonly install: string
}

const MANAGERS = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
] as const

/** @throws CommandError where package.json is no object of JSON. */
export function folderAt(path: string): Folder {
  const read = (name: string) => {
    const file = join(path, name)
    return existsSync(file) ? readFileSync(file, 'utf8').replace(/^\uFEFF/, '') : undefined
  }
  const manifest = parsed(read('package.json') ?? '{}')
  const named = { ...manifest.dependencies, ...manifest.devDependencies }
  const locked = MANAGERS.find(([lock]) => existsSync(join(path, lock)))?.[1]
  const manager = /^[a-z]+/.exec(manifest.packageManager ?? '')?.[0] ?? locked ?? 'npm'
  return {
    path,
    read,
    manifest,
    depends: name => Object.hasOwn(named, name),
    typescript: majorOf(named.typescript === undefined ? undefined : (findCompiler(path)?.version ?? named.typescript)),
    install: `${manager} install`,
  }
}

function parsed(text: string): Manifest {
  try {
    return JSON.parse(text) as Manifest
  } catch (error) {
    throw new CommandError(`tsgrad init: package.json is not JSON: ${(error as Error).message}`)
  }
}

/** Of a release or a range; a word such as `latest` is the newest. */
function majorOf(range: string | undefined): number | undefined {
  if (range === undefined) return undefined
  const [major] = /\d+/.exec(range.replace(/^npm:[^\d]*@?/, '')) ?? []
  return major === undefined ? 7 : Number(major)
}
