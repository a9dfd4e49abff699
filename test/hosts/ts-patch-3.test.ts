/** The older ts-patch, with TypeScript 5.9 and 6, gives the same outputs and messages. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { comparable, expected, printed, withoutLength } from './printed.ts'
import { Project, type Run, repository, tsconfig } from './project.ts'
import { typescripts } from './typescripts.ts'

const files = {
  'src/main.ts': `import { NumberWithGrad, type Numeric } from 'tsgrad'
export const a = new NumberWithGrad(3)
export const b = a * 4
export const c = b + 3
c.backward()
export const square = (x: Numeric) => x * x + 1
console.log(a.grad, b.grad, square(2), String(square(a)))
`,
  'src/wrong.ts': `import { NumberWithGrad } from 'tsgrad'
const a = new NumberWithGrad(3), b = 2 - a * a, c = b + a * 'x'
//                                                          ^^^ TS2345 Argument of type 'string'
export const bits = a * c & 1
//                        ^ TS92001 \`&\` is not defined for NumberWithGrad
// @ts-expect-error
export const silenced = a & 1
`,
  'src/global.d.ts': 'declare var console: { log(...values: unknown[]): void }\n',
}
const modules = (name: string) => join(repository, 'node_modules', name)
const needed = ['chalk', 'global-prefix', 'minimist', 'resolve', 'semver', 'strip-ansi']

const compilers = typescripts.filter(({ isNative }) => !isNative)
describe.each(compilers)('with TypeScript $release', ({ release: version, name: compiler }) => {
  const project = new Project(
    { ...files, 'tsconfig.json': tsconfig({ incremental: true, sourceMap: true }) },
    { tsgrad: repository, ...Object.fromEntries(needed.map(name => [name, modules(name)])) },
  )
  let builds: readonly Run[]

  beforeAll(async () => {
    // copies, since ts-patch looks for the compiler from its own real place
    for (const [name, from] of [
      ['ts-patch', 'ts-patch-3'],
      ['typescript', compiler],
    ] as const)
      cpSync(modules(from), join(project.root, 'node_modules', name), { recursive: true })
    const first = await project.tspc()
    builds = [first, await project.tspc()]
  })

  test('the tools are those that are meant', async () => {
    expect(JSON.parse(project.read('node_modules/ts-patch/package.json')).version).toBe('3.3.0')
    expect((await project.tspc('--version')).output).toBe(`Version ${version}\n`)
  })

  test('natural math is compiled, typed and run', async () => {
    expect(project.read('out/main.js')).toContain('b = a.mul(4);')
    expect(project.read('out/main.d.ts')).toContain('const c: NumberWithGrad;')
    expect(await project.node('out/main.js')).toEqual({ status: 0, output: '4 1 5 10\n' })
  })

  test.each([
    ['the first build', 0],
    ['a build in which nothing changed', 1],
  ])('%s reports every error once, at the original line and column', (_, build) => {
    const wanted = expected(files)
    expect(wanted).toHaveLength(2)
    expect(comparable(printed(builds[build]!.output), wanted)).toEqual(withoutLength(wanted))
  })
})
