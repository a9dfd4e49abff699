/** `tsgrad explain` says what becomes of each operator of a file, and how each derivative is found. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { requireBuilt } from './built.ts'
import { inProcess } from './command/in-process.ts'
import { Project, repository } from './hosts/project.ts'

requireBuilt()

const golden = `${repository}test/golden/explain/`
const explain = (folder: string, ...args: string[]) => inProcess(folder, 'explain', ...args)

test('each operator has its place, its operand types and what it means; the changed lines follow', async () => {
  const { output, errors, status } = await explain(golden, 'operators.ts')
  await expect(output).toMatchFileSnapshot(`${golden}operators.txt`)
  expect({ errors, status }).toEqual({ errors: '', status: 0 })
})

test("with --all JavaScript's own operators are listed too, and the whole text is printed", async () => {
  const { output, errors, status } = await explain(golden, '--all', 'operators.ts')
  await expect(output).toMatchFileSnapshot(`${golden}operators-all.txt`)
  expect({ errors, status }).toEqual({ errors: '', status: 0 })
})

test('each call that takes a derivative says whether it is compiled, or on the tape and why; the text follows', async () => {
  const { output, errors, status } = await explain(golden, 'derivatives.ts')
  const [said, lowered] = output.split('\nLowered:\n')
  await expect(said).toMatchFileSnapshot(`${golden}derivatives.txt`)
  expect(lowered).toContain('{ grad: ($: any, seed: any, x: any) => {')
  expect({ errors, status }).toEqual({ errors: '', status: 0 })
})

test('where nothing is compiled and no operator is written, the calls are said too', async () => {
  const project = new Project({
    'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "nodenext", "skipLibCheck": true } }',
    'alone.ts': `import { grad } from 'tsgrad'\nexport const g = grad(x => x.mul(2))\n`,
  })
  const { output, status } = await explain(project.root, 'alone.ts')
  expect(output).toContain('2:18  grad  x => x.mul(2)  on the tape: x has no type')
  expect(output).toContain('The text does not change.')
  expect(status).toBe(0)
})

test('a file that its tsconfig.json leaves out is explained alone, and one without classes stays as it is', async () => {
  const project = new Project({
    'tsconfig.json': '{ "files": ["other.ts"] }',
    'other.ts': '',
    'alone.ts': 'let x = 1 + 2\n',
  })
  const { output, status } = await explain(project.root, 'alone.ts')
  expect(output).toMatch(/^alone\.ts: the file uses no operators, .* The text does not change\.\n$/)
  expect(status).toBe(0)
})

describe('says what is wrong', () => {
  test.each([
    ['no argument', [], /^usage: tsgrad explain file\.ts \[--all\]\n$/],
    ['two files', ['operators.ts', 'operators.ts'], /^usage: /],
    ['a file that is not there', ['nope.ts'], /^no such file: .*nope\.ts\n$/],
    ['another kind of file', ['tsconfig.json'], /^tsconfig\.json is not a TypeScript file\n$/],
  ])('with %s', async (_, args, message) => {
    const { status, output, errors } = await explain(golden, ...args)
    expect(errors).toMatch(message)
    expect({ status, output }).toEqual({ status: 1, output: '' })
  })
})

describe('npm run explain', () => {
  const script = (...args: string[]) => {
    // npm starts scripts in the folder of package.json
    const env = { ...process.env, INIT_CWD: golden }
    return spawnSync(process.execPath, [join(repository, 'scripts/explain.mjs'), ...args], { env, encoding: 'utf8' })
  }

  test('explains a file of the folder where the user is', async () => {
    const { status, stdout, stderr } = script('operators.ts')
    await expect(stdout).toMatchFileSnapshot(`${golden}operators.txt`)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  test('hands on what is wrong', () => {
    const { status, stdout, stderr } = script('nope.ts')
    expect({ status, stdout, stderr: stderr.replace(golden, '') }).toEqual({
      ...{ status: 1, stdout: '' },
      stderr: 'no such file: nope.ts\n',
    })
  })
})
