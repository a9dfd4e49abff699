// Fetches the corpus: a copy of test262 that is published as a package. Nothing of it is kept in this repository.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const PACKAGE = '@gerhobbelt/test262@3.0.0-4'

/** The folder of the unpacked corpus, which is fetched from the npm registry once. */
export function corpusFolder() {
  const cache = join(tmpdir(), 'tsgrad-conformance', PACKAGE.replace(/\W+/g, '-'))
  const folder = join(cache, 'package')
  if (existsSync(folder)) return folder
  const fetched = `${cache}.partial`
  rmSync(fetched, { recursive: true, force: true })
  mkdirSync(fetched, { recursive: true })
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', PACKAGE, '--json', '--silent'], { cwd: fetched, maxBuffer: 1 << 30 }),
  )
  execFileSync('tar', ['xzf', filename], { cwd: fetched })
  rmSync(cache, { recursive: true, force: true })
  renameSync(fetched, cache)
  return folder
}
