/** A tsconfig.json that only refers to projects: they are checked, or the command fails. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { installed, Project, repository, tsconfig } from '../hosts/project.ts'
import { MAIN, typescript6 } from './compilers.ts'

const solution = `{
  // as templates have it
  "files": [],
  "references": [{ "path": "./tsconfig.app.json" }, { "path": "./tsconfig.node.json" },],
}
`
const files = {
  'tsconfig.json': solution,
  'tsconfig.app.json': tsconfig({ composite: true }),
  'tsconfig.node.json': tsconfig({ composite: true, rootDir: 'node', outDir: 'out-node' }, { include: ['node'] }),
  'src/a.ts': "import { NumberWithGrad } from 'tsgrad'\nexport const a = new NumberWithGrad(3) * 2\n",
  'node/b.ts': 'export const b = 1\n',
}
const wrong = { ...files, 'src/a.ts': `${files['src/a.ts']}export const bad = a & 1\n` }
const six = typescript6.typescript
const seven = join(repository, 'node_modules/typescript-7')
const made = (typescript: string, given: Record<string, string>) =>
  new Project(given, { ...installed, typescript, 'ts-patch': undefined })

describe.each([[[]], [['.']], [['-p', 'tsconfig.json']]])('tsgrad check %j', args => {
  test('TypeScript 6 checks the projects', async () => {
    expect(await made(six, files).node(MAIN, 'check', ...args)).toEqual({ status: 0, output: '' })
    const { status, output } = await made(six, wrong).node(MAIN, 'check', ...args)
    expect(output).toContain('src/a.ts(3,22): error TS92001')
    expect(status).toBeGreaterThan(0)
  })
  test('TypeScript 7 fails, and names the projects', async () => {
    const { status, output } = await made(seven, files).node(MAIN, 'check', ...args)
    expect(output).toContain(
      'has no files, only references to other projects. Run tsgrad check for each, dependencies first: tsgrad check -p ./tsconfig.app.json, tsgrad check -p ./tsconfig.node.json',
    )
    expect(status).toBe(1)
  })
})

test('tsgrad build fails, where tsc would build nothing and say nothing', async () => {
  const { status, output } = await made(six, files).node(MAIN, 'build')
  expect(output).toContain('Build them: tsgrad build -b')
  expect(status).toBe(1)
})

test('tsgrad --version', async () => {
  expect(await made(six, {}).node(MAIN, '--version')).toEqual({ status: 0, output: '0.1.0\n' })
})
