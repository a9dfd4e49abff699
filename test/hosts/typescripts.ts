/** The compilers in node_modules, by the table of versions: where each is, and which release. It must not know what is tried with them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compilers, type Version } from '../../scripts/tables/compilers.ts'
import { repository } from './project.ts'

export const typescripts = compilers.map(({ version, folder: name, isNative }) => {
  const folder = join(repository, 'node_modules', name)
  const { version: release } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return { version, release, name, folder, isNative }
})

export const typescriptOf = (version: Version) => typescripts.find(each => each.version === version)!
