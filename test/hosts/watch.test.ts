/** `tspc -w`: each edit is reported and emitted as a build from nothing would. */
import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { printed } from './printed.ts'
import { Project } from './project.ts'

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

const project = new Project({
  'src/vec.ts': vec("{ '+': 'add' }"),
  'src/uses.ts': "import { Vec } from './vec.js'\nexport const sum = new Vec(1) + new Vec(2)\n",
  'src/main.ts': main,
})
let watcher: ChildProcess
let output = ''
beforeAll(() => {
  watcher = project.start('node_modules/ts-patch/bin/tspc.js', '-w', '--preserveWatchOutput', '--pretty', 'false')
  watcher.stdout!.on('data', chunk => (output += chunk))
  watcher.stderr!.on('data', chunk => (output += chunk))
})
afterAll(() => void watcher.kill())

/** What the watcher prints until it has compiled once more. */
async function compiled(): Promise<string> {
  const END = /Found \d+ errors?\. Watching for file changes\./
  while (!END.test(output)) {
    if (watcher.exitCode !== null) throw new Error(`the watcher ended:\n${output}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  const report = output
  output = ''
  return report
}

/** Writes files and gives the diagnostics of the compilation that follows. */
async function after(files: Readonly<Record<string, string>>): Promise<unknown[]> {
  project.write(files)
  const report = await compiled()
  const found = printed(report).map(({ file, line, column, code }) => [file, line, column, code])
  expect(report).toMatch(new RegExp(`Found ${found.length} errors?\\.`))
  return found
}

test('a watcher follows edits of operands, of operator tables and of files without operators', async () => {
  expect(printed(await compiled())).toEqual([])
  expect(project.read('out/uses.js')).toContain('new Vec(1).add(new Vec(2))')

  // an error appears at its place, moves with its line, and goes
  expect(await after({ 'src/main.ts': `${main}export const b = a * 2 + a * 'x'\n` })).toEqual([
    ['src/main.ts', 3, 30, 'TS2345'],
  ])
  expect(await after({ 'src/main.ts': `\n${main}export const b = a * a + 2 * a * 'x', c = a & 1\n` })).toEqual([
    ['src/main.ts', 4, 34, 'TS2345'],
    ['src/main.ts', 4, 45, 'TS92001'],
  ])
  expect(await after({ 'src/main.ts': main })).toEqual([])
  expect(project.read('out/main.js')).toContain('new NumberWithGrad(3).mul(2)')

  // another table in one file lowers another file anew
  expect(await after({ 'src/vec.ts': vec("{ '+': 'plus' }") })).toEqual([])
  expect(project.read('out/uses.js')).toContain('new Vec(1).plus(new Vec(2))')
  expect(project.read('out/uses.d.ts')).toContain('sum: string')
  expect(await after({ 'src/vec.ts': vec("{ '-': 'plus' }") })).toEqual([['src/uses.ts', 2, 31, 'TS92001']])
  expect(await after({ 'src/vec.ts': vec("{ '+': 'add' }") })).toEqual([])
  expect(project.read('out/uses.js')).toContain('new Vec(1).add(new Vec(2))')

  // the last tracked operator goes and comes back
  expect(await after({ 'src/main.ts': 'export const a = 3 * 2\n' })).toEqual([])
  expect(project.read('out/main.js')).toContain('a = 3 * 2')
  expect(await after({ 'src/main.ts': 'export const a = 3 * true\n' })).toEqual([['src/main.ts', 1, 22, 'TS2363']])
  expect(await after({ 'src/main.ts': main })).toEqual([])
  expect(project.read('out/main.js')).toContain('new NumberWithGrad(3).mul(2)')
})
