/** The bundlers and the project that each of them builds, as its page in docs/hosts says. */
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Host, Trial } from '../../scripts/tables/host.ts'
import { hosts } from '../../scripts/tables/hosts.ts'
import { fixture, packages } from './fixture.ts'
import { type Files, type Packages, Project, repository } from './project.ts'

export type Bundler = Host & Trial

export const bundlers: readonly Bundler[] = hosts.flatMap(host => (host.trial ? { ...host, ...host.trial } : []))

/** What the tests of a host are configured by: a script, where its command takes no configuration. */
export function configsOf(name: string): readonly string[] {
  const folder = join(repository, 'test/hosts', name)
  const files = existsSync(folder) ? readdirSync(folder) : []
  const configs = files.filter(file => /\.config\.m?js$|^bunfig\.toml$/.test(file))
  const isScript = name === 'bun' || configs.length === 0
  return [...configs, ...files.filter(file => isScript && file === 'build.js')]
}

/** @param sources are the project's own files: the fixture, with changes, if not others. */
export function projectOf(
  { name, packages: names, isCopied }: Bundler,
  changes: Files = {},
  others: Packages = {},
  sources: Files = fixture,
): Project {
  const folder = join(repository, 'test/hosts', name)
  const own = readdirSync(folder).map(each => [each, readFileSync(join(folder, each), 'utf8')])
  const linked = Object.fromEntries(names.map(each => [each, join(repository, 'node_modules', each)]))
  const all = { ...packages, ...linked, ...(isCopied && { tsgrad: undefined, 'decimal.js': undefined }), ...others }
  const project = new Project({ ...sources, ...Object.fromEntries(own), ...changes }, all)
  if (isCopied) {
    const copy = (from: string, to: string) =>
      cpSync(join(repository, from), join(project.root, 'node_modules', to), { recursive: true })
    for (const each of ['dist', 'package.json']) copy(each, `tsgrad/${each}`)
    copy('node_modules/decimal.js', 'decimal.js')
  }
  return project
}

export const named = (name: string) => bundlers.find(each => each.name === name)!
