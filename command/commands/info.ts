/** `tsgrad info`: prints the versions and settings that a bug report needs. It must not judge them. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform, release } from 'node:os'
import { join } from 'node:path'
import { VERSION } from '../../transformer/build/version.ts'
import { configAbove } from '../project/config.ts'
import { CommandError } from '../report/command-error.ts'
import type { Command } from './command.ts'

/** Packages whose versions can change what tsgrad does. */
const PACKAGES = [
  ...[
    'typescript',
    '@typescript/typescript6',
    'ts-patch',
    'ts-morph',
    'vite',
    'vitest',
    'rollup',
    'rolldown',
    'esbuild',
  ],
  ...['webpack', 'ts-loader', '@rspack/core', '@farmfe/core', 'jest', 'next', 'eslint', 'typescript-eslint'],
]

export const infoCommand: Command = {
  summary: 'print what a bug report needs: versions, and the tsconfig.json',
  usage: 'tsgrad info [--help]',
  about: `Prints the versions of tsgrad, Node and the tools that this folder sees, and the plugins that the nearest tsconfig.json
names.`,
  examples: [['tsgrad info', 'paste what it prints into your report']],
  options: {},
  async run(operands) {
    if (operands.length > 0) throw new CommandError(`usage: ${this.usage}`)
    const found = PACKAGES.flatMap(name => {
      const version = versionOf(name)
      return version === undefined ? [] : [[name, version] as const]
    })
    const config = configAbove(process.cwd())
    const rows = [
      ['tsgrad', VERSION],
      ['node', process.versions.node],
      ['system', `${platform()} ${release()} ${arch()}`],
      ...found,
      ['tsconfig.json', config ?? 'none in this folder or above'],
      ...(config === undefined ? [] : [['plugins', pluginsIn(config)]]),
    ] as const
    const width = Math.max(...rows.map(([name]) => name!.length))
    for (const [name, value] of rows) console.log(`${name!.padEnd(width)}  ${value}`)
    return 0
  },
}

/** The version of a package as this folder resolves it; the package need not export its package.json. */
function versionOf(name: string): string | undefined {
  const { paths } = createRequire(join(process.cwd(), 'package.json')).resolve
  for (const folder of paths(name) ?? []) {
    try {
      return (JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as { version: string }).version
    } catch {
      // the package is not in this folder
    }
  }
  return undefined
}

/** The text of the entry, on one line. */
function pluginsIn(config: string): string {
  const [, plugins] = /"plugins"\s*:\s*(\[[^\]]*\])/.exec(readFileSync(config, 'utf8')) ?? []
  return plugins?.replace(/\s+/g, ' ') ?? 'none'
}
