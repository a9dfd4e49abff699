// What dist/ is built of: a hash of each source, which the build leaves in dist/ and the tests compare.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folders = ['runtime', 'transformer', 'command', 'interop', 'lint']
const files = ['tsconfig.json', 'scripts/build.mjs', 'scripts/manifest.mjs', 'scripts/tables/hosts.ts']

/** Where the build writes down what it was made of. */
export const record = `${root}dist/sources.json`

/** The hash of each file that the build reads, by its path; contents and not times, since a checkout sets times anew. */
export function sourceHashes() {
  const names = folders.flatMap(folder =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter(name => /\.ts$|(?:^|[\\/])tsconfig\.json$/.test(name))
      .map(name => `${folder}/${name.replaceAll('\\', '/')}`),
  )
  const hash = name =>
    createHash('sha1')
      .update(readFileSync(`${root}${name}`))
      .digest('hex')
  return Object.fromEntries([...files, ...names.sort()].map(name => [name, hash(name)]))
}
