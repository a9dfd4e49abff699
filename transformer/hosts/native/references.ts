/**
 * The declarations that stand for the sources of projects to which a tsconfig.json refers: the API reads the sources, as an editor does, and
 * a build reads the declarations. It must not know what is compiled.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { referencesIn } from '../disk/stated-config.ts'
import type { NativePackage } from './package.ts'

/** `a.d.mts` for `a.mts`. */
export const declarationNameOf = (source: string): string => source.replace(/\.([cm]?)tsx?$/, '.d.$1ts')

/** By the names of the sources, as the compiler writes them. */
export function declarationsOfReferences(native: NativePackage, tsconfig: string): ReadonlyMap<string, string> {
  const configs = new Set<string>()
  const visit = (config: string) => {
    for (const path of referencesIn(config)) {
      const named = resolve(dirname(config), path)
      const found = named.endsWith('.json') ? named : join(named, 'tsconfig.json')
      if (configs.has(found) || !existsSync(found)) continue
      configs.add(found)
      visit(found)
    }
  }
  visit(tsconfig)
  return new Map([...configs].flatMap(config => outputsOf(native, config)))
}

function outputsOf({ folder }: NativePackage, config: string): readonly (readonly [string, string])[] {
  const args = [join(folder, 'bin/tsc'), '--showConfig', '-p', config]
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  // the compiler says what is wrong when that project is built
  if (status !== 0) return []
  const { files = [], compilerOptions = {} } = JSON.parse(stdout) as {
    readonly files?: readonly string[]
    readonly compilerOptions?: Readonly<Record<'rootDir' | 'outDir' | 'declarationDir', string | undefined>>
  }
  const full = (path: string) => resolve(dirname(config), path)
  const { rootDir = '.', outDir, declarationDir = outDir } = compilerOptions as Record<string, string | undefined>
  return files
    .map(full)
    .filter(name => /\.[cm]?tsx?$/.test(name) && !/\.d\.[cm]?ts$/.test(name))
    .map(name => {
      const declaration = declarationNameOf(name)
      const output =
        declarationDir === undefined ? declaration : join(full(declarationDir), relative(full(rootDir), declaration))
      return [name.replaceAll(sep, '/'), output] as const
    })
}
