/** What the built runtime weighs in a bundle, and that a bundle holds no more than was asked for. */
import { expect, test } from 'vitest'
import { requireBuilt } from './built.ts'

requireBuilt('runtime')

// the types of a script are not asked for
interface Size {
  readonly limits: Record<string, number>
  bundled(text: string, minify?: boolean): Promise<string>
  sizeOf(text: string): Promise<number>
}
const { limits, bundled, sizeOf }: Size = await import('../scripts/size.mjs' as string)

test('there are limits for the entries, and for parts of them', () => {
  expect(Object.keys(limits).length).toBeGreaterThan(4)
})

test.each(Object.entries(limits))('%s is at most %d bytes, minified and gzipped', async (text, limit) => {
  expect(await sizeOf(text)).toBeLessThanOrEqual(limit)
})

test('the class and two functions bring no verb, no tape and no optimiser', async () => {
  const names = /function valueAndGrad|openOutermost|TapedNumber|adam|jacobian|softmax|toSvg/g
  const part = await bundled("export { NumberWithGrad, exp, max } from 'tsgrad'", false)
  expect(part).toContain('class NumberWithGrad')
  expect(part.match(names)).toBeNull()
  const all = await bundled("export * from 'tsgrad'\nexport * from 'tsgrad/inspect'", false)
  expect(new Set(all.match(names)).size).toBe(7)
})

test('no sample points, pins or sources of the rules are in it', async () => {
  const all = await bundled("export * from 'tsgrad'\nexport * from 'tsgrad/inspect'", false)
  expect(all.match(/PyTorch 1|samples|pins/g)).toBeNull()
})
