// Installs tsgrad, as it would be published, and packages beside it by the real npm, in the versions that this repository has.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('..', import.meta.url))

export const versionOf = name =>
  JSON.parse(readFileSync(join(repository, 'node_modules', name, 'package.json'), 'utf8')).version

/**
 * @param {string} folder where node_modules will be
 * @param {readonly string[]} names of packages
 */
export function install(folder, names) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const npm = (args, cwd) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  const [{ filename }] = JSON.parse(npm(pack, repository))
  const versions = names.map(name => `${name}@${versionOf(name)}`)
  npm(
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', ...versions, `./${filename}`],
    folder,
  )
}
