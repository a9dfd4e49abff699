/** Compiled gradients in the hosts: what a stack trace names. */
import { expect, test } from 'vitest'
import { Project, type Run, tsconfig } from './project.ts'

const files = {
  'src/library/roots.ts': `/** Square roots. */
export function root(x: number): number {
  if (x < 0)
    throw new RangeError(\`the root of \${x}\`)
  return Math.sqrt(x)
}
`,
  'src/model.ts': `import { root } from './library/roots.js'
export const loss = (x: number[]) => {
  let sum = 0
  for (const each of x) {
    sum += root(each)
  }
  return sum
}
export const nested = (x: number): number => {
  if (x > 3) throw new RangeError('deep')
  return nested(x + 1) * x
}
export const sparse = (x: number[]) =>
  x
    .map(each => each * each)
    .reduce((a, b) => a + b)
`,
  'src/main.ts': `import { grad, hvp, jvp } from 'tsgrad'
import { loss, nested, sparse } from './model.js'
declare const process: { argv: string[] }
const runs = {
  grad: () => grad(loss)([1, -4]),
  jvp: () => jvp(loss)([1, -4], [1, 0]),
  hvp: () => hvp(loss)([1, -4], [1, 0]),
  recursion: () => grad(nested)(0),
  hole: () => grad(sparse)([1, , 3] as number[]),
}
runs[process.argv[2] as keyof typeof runs]()
`,
}
const maps = new Project({ ...files, 'tsconfig.json': tsconfig({ sourceMap: true }) })
const inline = new Project({ ...files, 'tsconfig.json': tsconfig({ inlineSourceMap: true, inlineSources: true }) })

const places = ({ output }: Run) =>
  [...output.matchAll(/src\/([\w/]+)\.ts:(\d+):\d+\)?$/gm)].map(([, name, line]) => `${name}:${line}`)

test.each([
  ['separate', maps],
  ['inline', inline],
])('an error inside of a derivative names the line of the user, through %s maps', async (_, project) => {
  expect(await project.tspc()).toEqual({ status: 0, output: '' })
  const thrownBy = async (name: string) => {
    const run = await project.node('--enable-source-maps', 'out/main.js', name)
    expect(run.output).toMatch(/RangeError: (the root of -4|deep|grad: an array has a hole)/)
    return places(run)
  }
  for (const verb of ['grad', 'jvp', 'hvp']) expect((await thrownBy(verb))[0]).toBe('library/roots:4')
  const recursion = await thrownBy('recursion')
  expect(recursion.slice(0, 3)).toEqual(['model:10', 'model:11', 'model:11'])
  expect(await thrownBy('hole')).toContain('model:15')
})
