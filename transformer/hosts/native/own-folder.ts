/**
 * A folder that one build makes and removes: not among the sources, and where what is looked up from folder to folder is found as from the
 * sources. It must not know what is put there.
 */
import { mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import type ts from 'typescript'
import { ownName, removeAbandoned } from '../disk/own-names.ts'

export interface OwnFolder {
  readonly folder: string
  remove(): void
}

/** Below the folder of the outputs; beside the sources where the outputs stand there too, or elsewhere. Those of killed builds go. */
export function makeOwnFolder(project: string, { outDir }: Pick<ts.CompilerOptions, 'outDir'>): OwnFolder {
  // a name below node_modules would be that of a package in declarations, and outside of the project its packages have no names
  const isUsable = outDir !== undefined && isIn(project, outDir) && !outDir.split(sep).includes('node_modules')
  const parent = isUsable ? outDir : project
  const isNew = mkdirSync(parent, { recursive: true }) !== undefined
  removeAbandoned(parent)
  const folder = join(parent, ownName())
  mkdirSync(folder)
  // should the machine stop
  writeFileSync(join(folder, '.gitignore'), '*\n')
  return {
    folder,
    remove() {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
      if (isNew) removeIfEmpty(parent)
    },
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // it is not empty
  }
}

export function isIn(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
