/** A project whose texts do not mention tsgrad is compiled by the compiler's own command, and no other project is. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { installed, Project, repository, tsconfig } from '../hosts/project.ts'
import { MAIN } from './compilers.ts'

const config = tsconfig({ plugins: [] })
const plain = { 'tsconfig.json': config, 'src/a.ts': 'export const a = 1 * 2\n', 'app/tsconfig.json': '{}' }
/** A compiler of which nothing is there but its command, which says what it was asked. */
const stub = {
  'node_modules/typescript/package.json': '{ "version": "6.0.3", "type": "commonjs" }',
  'node_modules/typescript/lib/tsc.js': "console.log('tsc', process.argv.slice(2).join(' ')); process.exitCode = 2",
}
const without = { tsgrad: installed.tsgrad }

describe('handed on', () => {
  test.each([
    ['check', [], '--noEmit'],
    ['check', ['--strict', 'false', '--pretty'], '--noEmit --strict false --pretty'],
    ['build', ['-p', '.', '--listFiles'], '-p . --listFiles'],
    ['build', ['--project', 'app', '--sourceMap'], '--project app --sourceMap'],
  ] as const)('tsgrad %s %j', async (command, args, asked) => {
    const project = new Project({ ...plain, ...stub }, without)
    expect(await project.node(MAIN, command, ...args)).toEqual({ status: 2, output: `tsc ${asked}\n` })
  })
})

describe('not handed on', () => {
  const tracked = "import { NumberWithGrad } from 'tsgrad'\nexport const b = new NumberWithGrad(1) * 2\n"
  test.each([
    ['what may be tracked later', { ...plain }, ['--watch']],
    ['several projects', { ...plain }, ['-b']],
    ['a project that is named as files are', { ...plain }, ['app']],
    ['options by which a project reaches more', { ...plain }, ['--types', 'node']],
    ['natural math', { ...plain, 'src/b.ts': tracked }, []],
    [
      'natural math outside of the folders that are listed',
      { ...plain, 'src/c.ts': "import '../b'\n", 'b.ts': tracked },
      [],
    ],
  ] as const)('%s', async (_, files, args) => {
    const project = new Project({ ...files, ...stub }, without)
    const { output, status } = await project.node(MAIN, 'build', ...args)
    expect(output).not.toMatch(/^tsc /m)
    expect(status).not.toBe(0)
  })
})

test.each(['typescript', 'typescript-7'])('with %s the outputs and errors are those of its own command', async name => {
  const packages = { ...without, typescript: join(repository, 'node_modules', name) }
  const [ours, theirs] = [0, 1].map(
    () => new Project({ ...plain, 'src/wrong.ts': "export const x: 1 = 'x'\n" }, packages),
  )
  const found = await ours!.node(MAIN, 'build', '--pretty')
  expect(found).toEqual(await theirs!.tsc('--pretty'))
  expect(found.status).toBe(2)
  expect(ours!.all('out')).toEqual(theirs!.all('out'))
  expect(Object.keys(ours!.all('out')).length).toBeGreaterThan(2)
})
