/** `tsgrad build --watch` and its kin: each edit is reported and emitted as a build from nothing would, with the time that it took. */
import type { ChildProcess } from 'node:child_process'
import { afterAll, describe, expect, test } from 'vitest'
import { printed } from '../hosts/printed.ts'
import { type Files, type Project, tsconfig } from '../hosts/project.ts'
import { MAIN, projectWith, typescript6 } from './compilers.ts'

const vec = (table: string) => `import type { operators } from 'tsgrad'
export class Vec {
  declare readonly [operators]: ${table}
  constructor(readonly x: number) {}
  add(other: Vec) { return new Vec(this.x + other.x) }
  plus(other: Vec) { return 'plus' }
}
`
const main = `import { NumberWithGrad } from 'tsgrad'
export const a = new NumberWithGrad(3) * 2
`
const files = {
  'src/vec.ts': vec("{ '+': 'add' }"),
  'src/uses.ts': "import { Vec } from './vec.js'\nexport const sum = new Vec(1) + new Vec(2)\n",
  'src/main.ts': main,
}

const watchers: ChildProcess[] = []
afterAll(() => {
  for (const watcher of watchers) watcher.kill()
})

/** Starts a watcher; each call of what is given writes files and waits for the compilation that follows. */
function watching(project: Project, ...args: string[]) {
  const watcher = project.start(MAIN, ...args, '--preserveWatchOutput', '--pretty', 'false')
  watchers.push(watcher)
  let output = ''
  watcher.stdout!.on('data', chunk => (output += chunk))
  watcher.stderr!.on('data', chunk => (output += chunk))
  return async (changed: Files): Promise<{ errors: unknown[]; report: string }> => {
    const END = /Found (\d+) errors?\. Watching for file changes\.\n/
    project.write(changed)
    while (!END.test(output)) {
      if (watcher.exitCode !== null) throw new Error(`the watcher ended:\n${output}`)
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    const report = output
    output = ''
    const errors = printed(report).map(({ file, line, column, code }) => [file, line, column, code])
    const unplaced = report.split('\nerror TS').length - 1
    expect(Number(END.exec(report)![1])).toBe(errors.length + unplaced)
    return { errors, report }
  }
}

describe.each([
  ['build', []],
  ['build', ['--incremental', '--tsBuildInfoFile', 'info']],
  ['check', []],
])('tsgrad %s --watch %s', (command, options) => {
  const project = projectWith(typescript6, files)
  const outputOf = (name: string) => (command === 'build' ? project.read(`out/${name}`) : undefined)
  const emitted = (name: string, text: string) => {
    if (command === 'build') expect(outputOf(name)).toContain(text)
    else expect(project.exists('out')).toBe(false)
  }

  test('follows edits of operands, of operator tables and of files without operators', async () => {
    const edited = watching(project, command, '--watch', ...options)
    const first = await edited({})
    expect(first.errors).toEqual([])
    expect(first.report).toMatch(/^\n\d.* - Starting compilation in watch mode\.\.\.\n\n/)
    expect(first.report).toMatch(/ - Lowered 2 of 3 files, compiled in \d+\.\d\d s\.\n.* - Found 0 errors\. /)
    emitted('uses.js', 'new Vec(1).add(new Vec(2))')

    // an error appears at its place, moves with its line, and goes
    expect((await edited({ 'src/main.ts': `${main}export const b = a * 2 + a * 'x'\n` })).errors).toEqual([
      ['src/main.ts', 3, 30, 'TS2345'],
    ])
    const two = await edited({ 'src/main.ts': `\n${main}export const b = a * a + 2 * a * 'x', c = a & 1\n` })
    expect(two.errors).toEqual([
      ['src/main.ts', 4, 34, 'TS2345'],
      ['src/main.ts', 4, 45, 'TS92001'],
    ])
    expect(two.report).toContain('File change detected. Starting incremental compilation...')
    expect((await edited({ 'src/main.ts': main })).errors).toEqual([])
    emitted('main.js', 'new NumberWithGrad(3).mul(2)')

    // another table in one file lowers another file anew
    expect((await edited({ 'src/vec.ts': vec("{ '+': 'plus' }") })).errors).toEqual([])
    emitted('uses.js', 'new Vec(1).plus(new Vec(2))')
    emitted('uses.d.ts', 'sum: string')
    const without = await edited({ 'src/vec.ts': vec("{ '-': 'plus' }") })
    expect(without.errors).toEqual([['src/uses.ts', 2, 31, 'TS92001']])
    expect((await edited({ 'src/vec.ts': vec("{ '+': 'add' }") })).errors).toEqual([])
    emitted('uses.js', 'new Vec(1).add(new Vec(2))')

    // the last tracked operator goes and comes back
    const none = await edited({ 'src/main.ts': 'export const a = 3 * 2\n' })
    expect(none.errors).toEqual([])
    expect(none.report).toMatch(/ - Lowered 1 of 3 files, /)
    emitted('main.js', 'a = 3 * 2')
    const plain = await edited({ 'src/main.ts': 'export const a = 3 * true\n' })
    expect(plain.errors).toEqual([['src/main.ts', 1, 22, 'TS2363']])

    // a file comes, with an error, and goes; tsconfig.json changes
    expect((await edited({ 'src/main.ts': main })).errors).toEqual([])
    const more = await edited({ 'src/more.ts': "import { a } from './main.js'\nexport const n = a & 1\n" })
    expect(more.errors).toEqual([['src/more.ts', 2, 20, 'TS92001']])
    project.remove('src/more.ts')
    // tsc too may hear of the file before it hears of the folder, and misses it for a moment (TS6053, which has no place)
    while ((await edited({})).report.includes('TS6053'));
    expect((await edited({ 'tsconfig.json': tsconfig({ removeComments: true }) })).errors).toEqual([])
    emitted('main.js', 'new NumberWithGrad(3).mul(2)')
  })
})

test('tsgrad build -b --watch follows edits of a referenced project', async () => {
  const composite = { composite: true, rootDir: undefined, outDir: undefined }
  const base = JSON.parse(tsconfig(composite)).compilerOptions
  const of = (rest: object) =>
    JSON.stringify({ compilerOptions: { ...base, rootDir: 'src', outDir: 'out' }, include: ['src'], ...rest })
  const project = projectWith(typescript6, {
    'tsconfig.json': JSON.stringify({ files: [], references: [{ path: 'library' }, { path: 'app' }] }),
    'library/tsconfig.json': of({}),
    'library/src/vec.ts': vec("{ '+': 'add' }"),
    'app/tsconfig.json': of({ references: [{ path: '../library' }] }),
    'app/src/uses.ts': "import { Vec } from '../../library/src/vec.js'\nexport const sum = new Vec(1) + new Vec(2)\n",
  })
  const edited = watching(project, 'build', '-b', '--watch')
  const first = await edited({})
  expect(first.errors).toEqual([])
  expect(first.report).toMatch(/ - Lowered 1 of 2 files, compiled in \d+\.\d\d s\.\n/)
  expect(project.read('app/out/uses.js')).toContain('new Vec(1).add(new Vec(2))')
  expect((await edited({ 'library/src/vec.ts': vec("{ '+': 'plus' }") })).errors).toEqual([])
  expect(project.read('app/out/uses.js')).toContain('new Vec(1).plus(new Vec(2))')
  const without = await edited({ 'library/src/vec.ts': vec("{ '-': 'plus' }") })
  expect(without.errors).toEqual([['app/src/uses.ts', 2, 31, 'TS92001']])
  expect((await edited({ 'library/src/vec.ts': vec("{ '+': 'add' }") })).errors).toEqual([])
  expect(project.read('app/out/uses.js')).toContain('new Vec(1).add(new Vec(2))')
})
