/**
 * The .tsbuildinfo file of an incremental build, in the project and in a stage.
 * It must not know what is compiled.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import type ts from 'typescript'
import { replaceFile } from '../disk/replace.ts'

/** The name of the .tsbuildinfo file, by the compiler's own rule. */
export function buildInfoOf(options: ts.CompilerOptions, tsconfig: string): string {
  if (options.tsBuildInfoFile !== undefined) return options.tsBuildInfoFile
  const beside = tsconfig.replace(/\.json$/, '.tsbuildinfo')
  if (options.outDir === undefined) return beside
  return resolve(options.outDir, relative(options.rootDir ?? dirname(tsconfig), beside))
}

interface BuildInfo {
  readonly fileNames?: readonly string[]
  readonly packageJsons?: readonly string[]
  readonly missingPackageJsons?: readonly string[]
  readonly options?: { readonly rootDir?: string; readonly rootDirs?: readonly string[] }
}

/**
 * Writes it elsewhere with other names of files, which are relative to it; nothing where there is none.
 * A name that is not changed back costs time in the next build, nothing else.
 */
export function copyBuildInfo(from: string, to: string, rename: (name: string) => string): void {
  const known = readBuildInfo(from)
  if (!known) return
  const changed = (name: string) => {
    // of the compiler's own library the bare name is stored
    if (!name.startsWith('.')) return name
    const path = relative(dirname(to), rename(resolve(dirname(from), name))).replaceAll('\\', '/')
    return path.startsWith('.') ? path : `./${path}`
  }
  const all = <K extends string>(of: { readonly [P in K]?: readonly string[] }, key: K) =>
    of[key] && { [key]: of[key].map(changed) }
  const { options } = known
  const renamed = {
    ...known,
    ...all(known, 'fileNames'),
    ...all(known, 'packageJsons'),
    ...all(known, 'missingPackageJsons'),
    ...(options && {
      options: {
        ...options,
        ...(options.rootDir !== undefined && { rootDir: changed(options.rootDir) }),
        ...all(options, 'rootDirs'),
      },
    }),
  }
  mkdirSync(dirname(to), { recursive: true })
  replaceFile(to, Buffer.from(JSON.stringify(renamed)))
}

/** Undefined where there is none, or a broken one, which the compiler does not use either. */
function readBuildInfo(name: string): BuildInfo | undefined {
  try {
    return JSON.parse(readFileSync(name, 'utf8')) as BuildInfo
  } catch {
    return undefined
  }
}
