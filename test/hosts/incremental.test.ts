/** Builds that keep something: `--incremental` and `-b` report and emit what a build from nothing would. */
import { describe, test } from 'vitest'
import { printed } from './printed.ts'
import { Project, tsconfig } from './project.ts'

const where = (output: string) => printed(output).map(({ file, line, column, code }) => [file, line, column, code])

const vec = (table: string) => `import type { operators } from 'tsgrad'
export class Vec {
  declare readonly [operators]: ${table}
  constructor(readonly x: number) {}
  add(other: Vec) { return new Vec(this.x + other.x) }
  plus(other: Vec) { return 'plus' }
}
`
const uses = `import { Vec } from './vec.js'
export const sum = new Vec(1) + new Vec(2)
`

describe.concurrent('with --incremental', () => {
  test('an error is reported where it stands, again from the build information, and goes when it is mended', async ({
    expect,
  }) => {
    const good = `import { NumberWithGrad } from 'tsgrad'\nexport const a = new NumberWithGrad(3) * 2\n`
    const bad = `${good}export const b = a * 2 + a * 'x', bits = a & 1\n`
    const project = new Project({
      'src/main.ts': good,
      'src/other.ts': "import { a } from './main.js'\nexport const c = 2 - a * 3\n",
      'tsconfig.json': tsconfig({ incremental: true }),
    })
    expect(await project.tspc()).toEqual({ status: 0, output: '' })
    project.write({ 'src/main.ts': bad })
    const wanted = [
      ['src/main.ts', 3, 30, 'TS2345'],
      ['src/main.ts', 3, 44, 'TS92001'],
    ]
    expect(where((await project.tspc()).output)).toEqual(wanted)
    const again = await project.tspc()
    expect(where(again.output)).toEqual(wanted)
    expect(again.status).not.toBe(0)
    project.write({ 'src/main.ts': good })
    expect(await project.tspc()).toEqual({ status: 0, output: '' })
    expect(project.read('out/main.js')).not.toContain('bits')
  })

  test('a change of an operator table lowers the files that use the class anew', async ({ expect }) => {
    const project = new Project({
      'src/vec.ts': vec("{ '+': 'add' }"),
      'src/uses.ts': uses,
      'src/indirect.ts': "import { sum } from './uses.js'\nexport const twice = sum + sum\n",
      'tsconfig.json': tsconfig({ incremental: true }),
    })
    expect(await project.tspc()).toEqual({ status: 0, output: '' })
    expect(project.read('out/uses.js')).toContain('new Vec(1).add(new Vec(2))')
    expect(project.read('out/indirect.js')).toContain('sum.add(sum)')
    project.write({ 'src/vec.ts': vec("{ '+': 'plus' }") })
    expect(await project.tspc()).toEqual({ status: 0, output: '' })
    expect(project.read('out/uses.js')).toContain('new Vec(1).plus(new Vec(2))')
    expect(project.read('out/uses.d.ts')).toContain('sum: string')
    expect(project.read('out/indirect.js')).toContain('sum + sum')
    project.write({ 'src/vec.ts': vec("{ '-': 'add' }") })
    expect(where((await project.tspc()).output)).toEqual([['src/uses.ts', 2, 31, 'TS92001']])
  })

  test('a class that another file augments keeps its operators when its table changes', async ({ expect }) => {
    const project = new Project({
      'src/vec.ts': vec("{ '+': 'add' }"),
      'src/more.ts': "import './vec.js'\ndeclare module './vec.js' { interface Vec { readonly more: number } }\n",
      'src/uses.ts': uses,
      'tsconfig.json': tsconfig({ incremental: true }),
    })
    expect(await project.tspc()).toEqual({ status: 0, output: '' })
    project.write({ 'src/vec.ts': vec("{ '+': 'plus' }") })
    expect(await project.tspc()).toEqual({ status: 0, output: '' })
    expect(project.read('out/uses.js')).toContain('new Vec(1).plus(new Vec(2))')
    expect(project.read('out/uses.d.ts')).toContain('sum: string')
  })

  test('an edit that leaves the lowered text as it was has its own source map', async ({ expect }) => {
    const [before, after] = ['a*2', 'a   *   2'].map(
      text =>
        `import { NumberWithGrad } from 'tsgrad'\nconst a = new NumberWithGrad(3)\nexport const b = ${text}, c = 4\n`,
    )
    const config = tsconfig({ incremental: true, sourceMap: true })
    const [project, fresh] = [before!, after!].map(
      text => new Project({ 'src/main.ts': text, 'tsconfig.json': config }),
    )
    await Promise.all([project!.tspc(), fresh!.tspc()])
    project!.write({ 'src/main.ts': after! })
    expect(await project!.tspc()).toEqual({ status: 0, output: '' })
    expect(project!.read('out/main.js')).toBe(fresh!.read('out/main.js'))
    expect(project!.read('out/main.js.map')).toBe(fresh!.read('out/main.js.map'))
  })

  test('files that plain tsc compiled before are lowered', async ({ expect }) => {
    const project = new Project({
      // the one operator on objects that plain TypeScript lets pass
      'src/main.ts': "import { NumberWithGrad } from 'tsgrad'\nexport const n = -new NumberWithGrad(3)\n",
      'tsconfig.json': tsconfig({ incremental: true }),
    })
    expect(await project.tsc()).toEqual({ status: 0, output: '' })
    expect(project.read('out/main.js')).toContain('n = -new NumberWithGrad(3);')
    expect(await project.tspc()).toEqual({ status: 0, output: '' })
    expect(project.read('out/main.js')).toContain('n = new NumberWithGrad(3).neg();')
    expect(project.read('out/main.d.ts')).toContain('n: NumberWithGrad;')
  })

  test('a build in which nothing changed writes nothing', async ({ expect }) => {
    const project = new Project({
      'src/vec.ts': vec("{ '+': 'add' }"),
      'src/uses.ts': uses,
      'tsconfig.json': tsconfig({ incremental: true }),
    })
    expect(await project.tspc('--listEmittedFiles')).toMatchObject({ output: expect.stringContaining('uses.js') })
    expect(await project.tspc('--listEmittedFiles')).toEqual({ status: 0, output: '' })
  })
})

describe.concurrent('with -b and two projects', () => {
  const { plugins, ...options } = JSON.parse(tsconfig({ composite: true, incremental: true })).compilerOptions
  const config = (rest: object) => JSON.stringify({ extends: '../base.json', include: ['src'], ...rest })
  const files = {
    'base.json': JSON.stringify({ compilerOptions: { ...options, plugins, rootDir: undefined, outDir: undefined } }),
    'tsconfig.json': JSON.stringify({ files: [], references: [{ path: 'library' }, { path: 'app' }] }),
    'library/tsconfig.json': config({ compilerOptions: { rootDir: 'src', outDir: 'out' } }),
    'library/src/model.ts': `import { NumberWithGrad } from 'tsgrad'
export const loss = (x: number) => new NumberWithGrad(2) * x
`,
    'app/tsconfig.json': config({
      compilerOptions: { rootDir: 'src', outDir: 'out' },
      references: [{ path: '../library' }],
    }),
    'app/src/main.ts': `import { loss } from '../../library/src/model.js'
export const total = loss(1) + loss(2)
`,
  }

  test('types pass from one project to the other, and a second build is up to date', async ({ expect }) => {
    const project = new Project(files)
    expect(await project.tspc('-b')).toEqual({ status: 0, output: '' })
    expect(project.read('library/out/model.d.ts')).toContain('loss: (x: number) => NumberWithGrad')
    expect(project.read('app/out/main.js')).toContain('loss(1).add(loss(2))')
    expect(project.read('app/out/main.d.ts')).toContain('total: import("tsgrad").NumberWithGrad')
    const { status, output } = await project.tspc('-b', '--verbose')
    expect(status).toBe(0)
    expect(output.match(/is up to date/g)).toHaveLength(2)
    expect(output).not.toContain('Building project')
  })

  test('an error in the second project is reported at its place, until it is mended', async ({ expect }) => {
    const project = new Project(files)
    project.write({ 'app/src/main.ts': `${files['app/src/main.ts']}export const bad = total * 2 + total * 'x'\n` })
    for (const _ of ['first', 'again'])
      expect(where((await project.tspc('-b')).output)).toEqual([['app/src/main.ts', 3, 40, 'TS2345']])
    project.write({ 'app/src/main.ts': files['app/src/main.ts'] })
    expect(await project.tspc('-b')).toEqual({ status: 0, output: '' })
    expect(project.read('app/out/main.js')).toContain('loss(1).add(loss(2))')
  })
})
