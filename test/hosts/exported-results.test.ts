/** Declarations of exported results name types of the package with each compiler, in incremental builds and over referenced projects. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sampledModules as modules } from '../exported-results.ts'
import { type Files, installed, type Packages, Project, repository, tsconfig } from './project.ts'
import { typescripts } from './typescripts.ts'

const packageOf = (name: string) => join(repository, 'node_modules', name)
/** What the older ts-patch needs. */
const patched: Packages = Object.fromEntries(
  ['chalk', 'global-prefix', 'minimist', 'resolve', 'semver', 'strip-ansi'].map(name => [name, packageOf(name)]),
)
const sources = (folder: string): Files =>
  Object.fromEntries(Object.entries(modules).map(([name, text]) => [`${folder}/${name}`, text]))

/** A project of TypeScript 6 without the plugin, which checks the declarations that are beside it. */
const consumer = (folder: string): Files => ({
  'use/tsconfig.json': JSON.stringify({
    compilerOptions: { target: 'es2023', module: 'nodenext', strict: true, types: [], noEmit: true },
    files: ['use.ts'],
  }),
  'use/use.ts': Object.keys(modules)
    .map((name, i) => `export * as m${i} from '../${folder}/${name.replace('.ts', '.js')}'\n`)
    .join(''),
})

interface Route {
  readonly linked?: Packages
  /** Where the declarations are. */
  readonly folder: string
  build(project: Project): Promise<unknown>
}
const built = async (project: Project, ...args: string[]) =>
  expect(await project.tspc(...args)).toEqual({ status: 0, output: '' })

const routes: Readonly<Record<string, Route>> = {
  'tspc --incremental, after an edit of each file': {
    folder: 'out',
    async build(project) {
      project.write({ 'tsconfig.json': tsconfig({ incremental: true }), ...sources('src') })
      await built(project)
      project.write(
        Object.fromEntries(
          Object.entries(sources('src')).map(([name, text]) => [name, `${text}export const late = 1\n`]),
        ),
      )
      await built(project)
      for (const name of Object.keys(modules))
        expect(project.read(`out/${name.replace('.ts', '.d.ts')}`)).toContain('late')
    },
  },
  'tspc -b, from the project that refers to theirs': {
    folder: 'lib/out',
    async build(project) {
      project.write({
        ...sources('lib/src'),
        'lib/tsconfig.json': tsconfig({ composite: true }),
        'src/top.ts': Object.keys(modules)
          .map(
            (name, i) =>
              `import * as m${i} from '../lib/out/${name.replace('.ts', '.js')}'\nexport const all${i} = { ...m${i} }\n`,
          )
          .join(''),
        'tsconfig.json': tsconfig({ composite: true }, { references: [{ path: './lib' }] }),
      })
      await built(project, '-b')
      expect(foreign(project.read('out/top.d.ts'))).toEqual([])
    },
  },
  ...Object.fromEntries(
    typescripts.map(({ release, folder, isNative, name }): [string, Route] => [
      `TypeScript ${release}`,
      {
        folder: 'out',
        linked: isNative ? { tsgrad: repository, typescript: folder } : { tsgrad: repository, ...patched },
        async build(project) {
          project.write({ 'tsconfig.json': tsconfig(), ...sources('src') })
          if (isNative) {
            const main = 'node_modules/tsgrad/dist/command/main.js'
            expect(await project.node(main, 'build')).toMatchObject({ status: 0 })
            return
          }
          // copies, since ts-patch looks for the compiler from its own real place
          cpSync(packageOf('ts-patch-3'), join(project.root, 'node_modules/ts-patch'), { recursive: true })
          cpSync(packageOf(name), join(project.root, 'node_modules/typescript'), { recursive: true })
          await built(project)
        },
      },
    ]),
  ),
}

/** Nothing here is about time: a busy machine takes minutes for the compilers of a route. */
const PATIENCE = 600_000

/** What a declaration should not hold: types that are spelled out, and files of the package. */
const foreign = (text: string) =>
  text.match(/\bany\b|\binfer\b|NoInfer|import\("(?!tsgrad"\))[^"]*"\)|dist\/runtime/g) ?? []

describe.each(Object.entries(routes))('%s', (_, { folder, linked = installed, build }) => {
  test(
    'names types of the package, and a plain project checks them',
    async () => {
      const project = new Project(consumer(folder), linked)
      await build(project)
      for (const name of Object.keys(modules)) {
        const text = project.read(`${folder}/${name.replace('.ts', '.d.ts')}`)
        expect(foreign(text), name).toEqual([])
        expect(text.match(/^export declare/gm)!.length).toBeGreaterThan(30)
      }
      const tsc = join(packageOf('typescript'), 'bin/tsc')
      expect(await project.node(tsc, '-p', 'use')).toEqual({ status: 0, output: '' })
    },
    PATIENCE,
  )
})
