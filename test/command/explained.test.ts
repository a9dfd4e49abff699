/** `explain` and `eject` where TypeScript 7 is the project's only compiler: what they print and write is what they do with 6. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Files, installed, Project, type Run, repository, tsconfig } from '../hosts/project.ts'
import { typescripts } from '../hosts/typescripts.ts'
import { MAIN, typescript6, written } from './compilers.ts'

const good = {
  'src/vec.ts': `import type { operators } from 'tsgrad'
export class Vec {
  declare readonly [operators]: { '+': 'add'; '*': 'times'; reflected: { '*': 'times' } }
  constructor(readonly x: number) {}
  add(other: Vec) { return new Vec(this.x + other.x) }
  times(k: number) { return new Vec(this.x * k) }
}
`,
  'src/model.ts': `import { NumberWithGrad, type Numeric, grad } from 'tsgrad'
import { Vec } from './vec.js'
export const weight = new NumberWithGrad(3) // größe 🙂
export const model = (x: Numeric) => weight * x + 1 - 2 * 3
export const generic = <T extends Numeric>(x: T) => x * x
export const slope = grad(x => x ** 2)
export const v = 2 * (new Vec(1) + new Vec(2))
`,
  'src/plain.ts': 'export const n = 1 + 2\n',
  'outside/alone.ts': "import { NumberWithGrad } from 'tsgrad'\nexport const a = -new NumberWithGrad(2)\n",
  'tsconfig.json': tsconfig({ rootDir: undefined, outDir: undefined }),
}
const faulty = {
  ...good,
  'src/faulty.ts': "import { weight } from './model.js'\nexport const a = weight & 1\nexport const b = weight * 'x'\n",
}
const cases: readonly (readonly [name: string, files: Files, args: readonly string[], status: number])[] = [
  ['operators and calls', good, ['explain', 'src/model.ts'], 0],
  ['the whole text', good, ['explain', 'src/model.ts', '--all'], 0],
  ['a file without classes', good, ['explain', 'src/plain.ts'], 0],
  ['a file that the tsconfig.json leaves out', good, ['explain', 'outside/alone.ts'], 0],
  ['faults', faulty, ['explain', 'src/faulty.ts'], 0],
  ['a text that does not parse', { ...good, 'src/plain.ts': 'let = 1 +\n' }, ['explain', 'src/plain.ts'], 1],
  ['a diff', good, ['eject'], 0],
  ['one file', good, ['eject', 'src/model.ts'], 0],
  ['a copy', good, ['eject', '--outDir', 'ejected'], 0],
  ['in place', good, ['eject', '--write', 'src/model.ts'], 0],
  ['in place, a file that the tsconfig.json leaves out', good, ['eject', '--write', 'outside/alone.ts'], 0],
  ['errors', faulty, ['eject', '--write'], 1],
  ['a project without files', { ...good, 'tsconfig.json': '{ "include": ["nowhere"] }' }, ['eject'], 1],
]

/** What a command with a compiler printed and wrote, without the folder's name. */
async function tried(typescript: string, files: Files, args: readonly string[]): Promise<Run & { files: Files }> {
  const project = new Project(files, { ...installed, typescript, 'ts-patch': undefined })
  const { status, output } = await project.node(MAIN, ...args)
  return { status, output: output.replaceAll(project.root, '<project>'), files: written(project) }
}

const natives = typescripts.filter(({ isNative }) => isNative)

describe.each(cases)('%s', (_, files, args, status) => {
  test(args.join(' '), async () => {
    const expected = await tried(typescript6.typescript, files, args)
    expect(expected.status, expected.output).toBe(status)
    for (const { release, folder } of natives)
      expect({ release, ...(await tried(folder, files, args)) }).toEqual({ release, ...expected })
  })
})

test('the golden file of operators', async () => {
  const text = readFileSync(join(repository, 'test/golden/explain/operators.ts'), 'utf8')
  const files = { ...good, 'src/operators.ts': text }
  const expected = await tried(typescript6.typescript, files, ['explain', 'src/operators.ts'])
  for (const { folder } of natives)
    expect(await tried(folder, files, ['explain', 'src/operators.ts'])).toEqual(expected)
})
