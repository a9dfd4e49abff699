// What npm packs, as it says itself. Nothing is built or written.

import { execFileSync } from 'node:child_process'

/** The name of the tarball, its size and all sizes in it together, in bytes, and its files. */
export function packed(folder) {
  const args = ['pack', '--dry-run', '--ignore-scripts', '--json']
  const [{ filename, size, unpackedSize, files }] = JSON.parse(
    execFileSync('npm', args, { cwd: folder, encoding: 'utf8' }),
  )
  return { filename, size, unpackedSize, files: files.map(({ path, size }) => ({ path, size })) }
}
