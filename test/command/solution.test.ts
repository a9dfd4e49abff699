/** Projects that refer to others: they are checked and built in order, or the command fails. */
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

describe.each([
  ['6', six],
  ['7', seven],
])('TypeScript %s', (_, typescript) => {
  test.each([[[]], [['.']], [['-p', 'tsconfig.json']]])('tsgrad check %j checks the projects', async args => {
    expect(await made(typescript, files).node(MAIN, 'check', ...args)).toEqual({ status: 0, output: '' })
    const { status, output } = await made(typescript, wrong).node(MAIN, 'check', ...args)
    expect(output).toContain('src/a.ts(3,22): error TS92001')
    expect(status).toBeGreaterThan(0)
  })

  const dependent = {
    ...files,
    'tsconfig.app.json': tsconfig({ composite: true, rootDir: '.' }),
    'tsconfig.node.json': tsconfig(
      { composite: true, rootDir: '.' },
      { include: ['node'], references: [{ path: './tsconfig.app.json' }] },
    ),
    'node/b.ts': "import { a } from '../src/a.js'\nexport const b = -a\nconsole.log(b.num)\n",
    'node/console.d.ts': 'declare var console: { log(value: number): void }\n',
  }

  test('tsgrad build -b builds a project after those that it refers to', async () => {
    const project = made(typescript, dependent)
    expect(await project.node(MAIN, 'build', '-b')).toEqual({ status: 0, output: '' })
    expect(project.read('out/src/a.js')).toContain('.mul(2)')
    expect(project.read('out/node/b.js')).toContain('a.neg()')
    expect(await project.node('out/node/b.js')).toEqual({ status: 0, output: '-6\n' })
    // again, over what is there
    expect(await project.node(MAIN, 'build', '-b', 'tsconfig.node.json')).toEqual({ status: 0, output: '' })
  })

  test('an error in a project ends the command with it, and the others are built', async () => {
    const project = made(typescript, {
      ...dependent,
      'node/b.ts': `${dependent['node/b.ts']}export const bad = a & 1\n`,
    })
    const { status, output } = await project.node(MAIN, 'build', '-b')
    expect(output).toContain('node/b.ts(4,22): error TS92001')
    expect(status).toBeGreaterThan(0)
    expect(project.exists('out/src/a.js')).toBe(true)
  })
})

test('TypeScript 7 refuses a circle of projects, and --build with --watch', async () => {
  const circle = { ...files, 'tsconfig.app.json': tsconfig({ composite: true }, { references: [{ path: '.' }] }) }
  const project = made(seven, circle)
  expect(await project.node(MAIN, 'build', '-b')).toEqual({ status: 1, output: expect.stringContaining('in a circle') })
  const { status, output } = await project.node(MAIN, 'build', '-b', '--watch')
  expect([status, output]).toEqual([1, expect.stringContaining('Watch one project')])
})

test('tsgrad build fails, where tsc would build nothing and say nothing', async () => {
  const { status, output } = await made(six, files).node(MAIN, 'build')
  expect(output).toContain('Build them: tsgrad build -b')
  expect(status).toBe(1)
})

test('tsgrad --version', async () => {
  expect(await made(six, {}).node(MAIN, '--version')).toEqual({ status: 0, output: '0.1.0\n' })
})
