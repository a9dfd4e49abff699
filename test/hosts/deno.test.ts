/** Deno runs the project by its preload; what runs without it is refused. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { failing, fixture, inHosts, packages, printed } from './fixture.ts'
import { installedPackages, releasesOf } from './installed.ts'
import { type Files, type Packages, Project, type Run, repository, run } from './project.ts'

vi.setConfig({ testTimeout: 120_000 })

const folder = await installedPackages(`deno@${releasesOf('deno').Deno![0]}`)
if (!folder) throw new Error('npm does not install deno')
const binary = join(folder, '@deno/linux-x64-glibc/deno')
const manifest = { type: 'module', dependencies: { tsgrad: '*', 'decimal.js': '*' } }
const files: Files = { ...fixture, 'package.json': JSON.stringify(manifest) }

const deno = (project: Project, command: string, ...args: readonly string[]): Promise<Run> => {
  const env = { ...process.env, NO_COLOR: '1', DENO_DIR: join(folder, '.deno') }
  const all = [command, '-A', '--preload', 'npm:tsgrad/deno', ...args]
  return run(spawn(binary, all, { cwd: project.root, env, stdio: ['ignore', 'pipe', 'pipe'] }))
}
const started = (changes: Files, linked: Packages, ...args: readonly string[]) =>
  deno(new Project({ ...files, ...changes }, linked), 'run', ...args)

test.each([
  ['6.0', packages],
  ['5.9', { ...packages, typescript: join(repository, 'node_modules/typescript-5') }],
])('runs the project with TypeScript %s', async (_, linked) => {
  expect(await started({}, linked, 'src/main.ts')).toEqual({ status: 0, output: `${printed.join('\n')}\n` })
})

test('stack traces lead to the original lines and columns', async () => {
  const { status, output } = await started({}, packages, 'src/failing.ts')
  expect(status).toBe(1)
  expect(output).toContain(failing.message)
  const places = [...output.matchAll(/(src\/\w+\.ts):(\d+):(\d+)\)?$/gm)].map(([, file, line, column]) => {
    return { file, line: Number(line), column: Number(column) }
  })
  expect(places).toEqual(failing.places)
})

test.each(Object.entries(inHosts))('an error stops it at its place: %s', async (_, error) => {
  const { status, output } = await started(error.files, packages, 'src/main.ts')
  expect(status).toBe(1)
  expect(output).toContain(`${error.file}:${error.line}:${error.column} - error TS${error.code}: ${error.text}`)
})

test('runs tests', async () => {
  const text = `import { predict } from './src/model.ts'
declare const Deno: { test(name: string, run: () => void): void }
Deno.test('doubles', () => {
  const y = predict(2) * 2
  if (y.num !== 10) throw new Error(String(y))
})
`
  const project = new Project({ ...files, 'main.test.ts': text }, packages)
  const { status, output } = await deno(project, 'test', '--no-check', 'main.test.ts')
  expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('ok | 1 passed') })
})

test('where it checks types, natural math is an error of its own', async () => {
  const { status, output } = await started({}, packages, '--check', 'src/main.ts')
  expect(status).toBe(1)
  expect(output).not.toContain(printed[0])
})

const web = 'new Worker(new URL("./thread.ts", import.meta.url), { type: "module" })\n'
const thread = "import { weight } from './model.ts'\nconsole.log(`from the thread ${weight * 9}`)\n"

test('a worker of TypeScript, in which no preload runs, is refused', async () => {
  const { status, output } = await started({ 'src/main.ts': web, 'src/thread.ts': thread }, packages, 'src/main.ts')
  expect(status).toBe(1)
  expect(output).toMatch(/error TS93025: .*src\/thread\.ts/)
})

test('a worker that imports tsgrad/deno first is lowered', async () => {
  const own = "import 'tsgrad/deno'\nawait import('./thread.ts')\n"
  const changes = {
    'src/main.ts': `import { Worker } from 'node:worker_threads'\n${web.replace('thread.ts', 'start.js')}`,
    'src/start.js': own,
    'src/thread.ts': thread,
  }
  const { status, output } = await started(changes, packages, 'src/main.ts')
  expect({ status, output }).toEqual({ status: 0, output: 'from the thread 27\n' })
})
