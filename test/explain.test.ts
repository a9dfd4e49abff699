/** `npm run explain` says what becomes of each operator of a file, and how each derivative is found. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { requireBuilt } from './built.ts'
import { Project } from './hosts/project.ts'

requireBuilt()

const root = fileURLToPath(new URL('..', import.meta.url))
const golden = `${root}test/golden/explain/`

function explain(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${root}scripts/explain.mjs`, ...args], {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

test('each operator has its place, its operand types and what it means; the changed lines follow', async () => {
  const { stdout, stderr, status } = explain(golden, 'operators.ts')
  await expect(stdout).toMatchFileSnapshot(`${golden}operators.txt`)
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
})

test("with --all JavaScript's own operators are listed too, and the whole text is printed", async () => {
  const { stdout, stderr, status } = explain(golden, '--all', 'operators.ts')
  await expect(stdout).toMatchFileSnapshot(`${golden}operators-all.txt`)
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
})

test('each call that takes a derivative says whether it is compiled, or on the tape and why; the text follows', async () => {
  const { stdout, stderr, status } = explain(golden, 'derivatives.ts')
  const [said, lowered] = stdout.split('\nLowered:\n')
  await expect(said).toMatchFileSnapshot(`${golden}derivatives.txt`)
  expect(lowered).toContain('{ grad: ($: any, seed: any, x: any) => {')
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
})

test('where nothing is compiled and no operator is written, the calls are said too', () => {
  const project = new Project({
    'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "nodenext" } }',
    'alone.ts': `import { grad } from 'tsgrad'\nexport const g = grad(x => x.mul(2))\n`,
  })
  const { stdout, status } = explain(project.root, 'alone.ts')
  expect(stdout).toContain('2:18  grad  x => x.mul(2)  on the tape: x has no type')
  expect(stdout).toContain('The text does not change.')
  expect(status).toBe(0)
})

test('a file that its tsconfig.json leaves out is explained alone, and one without classes stays as it is', () => {
  const project = new Project({
    'tsconfig.json': '{ "files": ["other.ts"] }',
    'other.ts': '',
    'alone.ts': 'let x = 1 + 2\n',
  })
  const { stdout, status } = explain(project.root, 'alone.ts')
  expect(stdout).toMatch(/^alone\.ts: the file uses no operators, .* The text does not change\.\n$/)
  expect(status).toBe(0)
})

describe('says what is wrong', () => {
  test.each([
    ['no argument', [], /^usage: tsgrad explain file\.ts \[--all\]\n$/],
    ['two files', ['operators.ts', 'operators.ts'], /^usage: /],
    ['a file that is not there', ['nope.ts'], /^no such file: .*nope\.ts\n$/],
    ['another kind of file', ['tsconfig.json'], /^tsconfig\.json is not a TypeScript file\n$/],
  ])('with %s', (_, args, message) => {
    const { status, stdout, stderr } = explain(golden, ...args)
    expect(stderr).toMatch(message)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  })
})
