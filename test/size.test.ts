/** What the built runtime weighs in a bundle, and that a bundle holds no more than was asked for. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { requireBuilt } from './built.ts'

requireBuilt('runtime')

// the types of a script are not asked for
interface Size {
  readonly limits: Record<string, number>
  bundled(text: string, minify?: boolean): Promise<string>
  modulesIn(text: string): Promise<string[]>
  sizeOf(text: string): Promise<number>
}
const { limits, bundled, modulesIn, sizeOf }: Size = await import('../scripts/size.mjs' as string)

test('there are limits for the entries, and for parts of them', () => {
  expect(Object.keys(limits).length).toBeGreaterThan(4)
})

test.each(Object.entries(limits))('%s is at most %d bytes, minified and gzipped', async (text, limit) => {
  expect(await sizeOf(text)).toBeLessThanOrEqual(limit)
})

test('README.md says how large the whole entry is, and the class with two functions', async () => {
  const kilobytes = async (text: string) => Math.ceil((await sizeOf(text)) / 100) / 10
  const [whole, part] = [
    await kilobytes("export * from 'tsgrad'"),
    await kilobytes("export { NumberWithGrad, exp, max } from 'tsgrad'"),
  ]
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll(/\s+/g, ' ')
  expect(readme).toContain(`the whole entry has ${whole} kB, the class with two functions at most ${part} kB`)
})

test('the class and two functions bring no verb, no tape and no optimiser', async () => {
  const names = /function valueAndGrad|openOutermost|TapedNumber|adam|jacobian|softmax|toSvg/g
  const part = await bundled("export { NumberWithGrad, exp, max } from 'tsgrad'", false)
  expect(part).toContain('class NumberWithGrad')
  expect(part.match(names)).toBeNull()
  const all = await bundled("export * from 'tsgrad'\nexport * from 'tsgrad/inspect'", false)
  expect(new Set(all.match(names)).size).toBe(7)
})

test('a verb brings none of what calls compiled derivatives, which hangs on functions that have some', async () => {
  const names = /seeded|compiledVerbs|does not agree with differences/g
  const tracked = await bundled("export { NumberWithGrad, grad, hessian, jacobian, jvp } from 'tsgrad'", false)
  expect(tracked.match(names)).toBeNull()
  const all = await bundled("export { differentiable } from 'tsgrad'\nexport { debug } from 'tsgrad/inspect'", false)
  expect(new Set(all.match(names)).size).toBe(3)
})

test('no sample points, pins or sources of the rules are in it', async () => {
  const all = await bundled("export * from 'tsgrad'\nexport * from 'tsgrad/inspect'", false)
  expect(all.match(/PyTorch 1|samples|pins/g)).toBeNull()
})

const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const built = (entry: string) => fileURLToPath(new URL(`../${exports[entry].default}`, import.meta.url))
const entries = Object.keys(exports).filter(entry => /^\.\/dist\/(?:runtime|interop)\//.test(exports[entry].default))
const rulesIn = async (entry: string) => {
  const modules = await modulesIn(`export * from '${built(entry)}'`)
  expect(modules.length).toBeGreaterThan(0)
  return modules.filter(path => /\/runtime\/rules\/(?!special(?:\.js$|\/))/.test(path))
}

test('the table of rules is in no bundle of a public entry', async () => {
  const found = await Promise.all(entries.map(async entry => [entry, (await rulesIn(entry)).length > 0]))
  expect(found.filter(([, holdsRules]) => holdsRules)).toEqual([['./internal/rules', true]])
  expect(found.length).toBeGreaterThan(6)
})
