/**
 * Says when files of a project change on the disk.
 * It must not know what for.
 */
import { watch } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'

/** Editors write a file in several steps, and several files at once. */
const QUIET = 100

/** Whether a name is one that a project could hold. */
const isSource = (name: string) => /\.(?:[cm]?tsx?|json)$/.test(name)

export interface Changes {
  /** The full names of files that were changed, made or removed, once nothing more happens for a moment. */
  first(): Promise<readonly string[]>
}

/** Looks, from now on and until something changes, at the folder of a project and at those of its files; packages are left out. */
export function watchFiles(files: readonly string[], folder: string): Changes {
  const isInstalled = (name: string) => name.split(sep).includes('node_modules')
  const folders = new Set([folder, ...files.map(name => dirname(resolve(name)))].filter(name => !isInstalled(name)))
  const changed = new Set<string>()
  const found = new Promise<readonly string[]>((done, failed) => {
    let timer: NodeJS.Timeout | undefined
    const watchers = [...folders].map(each =>
      watch(each, (_, name) => {
        if (name === null || !isSource(name)) return
        changed.add(resolve(join(each, name)))
        clearTimeout(timer)
        timer = setTimeout(() => {
          for (const watcher of watchers) watcher.close()
          done([...changed])
        }, QUIET)
      }).on('error', failed),
    )
  })
  return { first: () => found }
}
