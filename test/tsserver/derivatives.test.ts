/** What the real tsserver says of derivatives of functions on plain numbers: errors while one types, the text on hover. */
import type ts from 'typescript'
import { afterAll, describe, expect, test } from 'vitest'
import { Editor } from './editor.ts'
import { COMPILERS } from './server.ts'

const files = {
  'layer.ts': `import { NumberWithGrad } from 'tsgrad'
export const layer = (x: number) => x * x
// this file has another text in the build
export const tracked = new NumberWithGrad(2) * 3
`,
  'model.ts': `import { layer } from './layer.js'
export function cost(x: number): number {
  let sum = 0
  for (let i = 0; i < 3; i++) sum += 2 * layer(x)
  return sum
}
`,
  // no operator at all
  'fit.ts': `import { grad } from 'tsgrad'
import { cost } from './model.js'
export const slope = grad(cost)
`,
  'mixed.ts': `import { type Differentiable, grad, type Numeric } from 'tsgrad'
import { layer } from './layer.js'
export const taped = (x: Numeric) => x * x + 1
export const first = grad((x: number) => layer(x) * 2)
export const passed = (f: Differentiable<(x: number) => number>) => grad(f)
export const second = passed(x => x ** 3)
`,
}

describe.each(Object.entries(COMPILERS))('%s', (_, compiler) => {
  const editor = new Editor(files, { compiler })
  afterAll(() => editor.close())

  test('functions that a build derives have no errors', async () => {
    for (const name of Object.keys(files)) expect(await editor.errors(name), name).toEqual([])
  })

  test('what a build refuses is an error, as long as it is so, also where another file is the reason', async () => {
    editor.change('layer.ts', '=> x * x', '=> Number(x)')
    expect(await editor.errors('fit.ts')).toEqual([
      expect.stringMatching(/^3 "cost" TS94001 .*'cost'.* It is at layer\.ts:2:37\. It is reached by/),
    ])
    expect(await editor.errors('mixed.ts')).toEqual([
      expect.stringMatching(/^4 "\(x: number\) => layer\(x\) \* 2" TS94001 .* It is at layer\.ts:2:37\./),
    ])
    editor.change('layer.ts', '=> Number(x)', '=> x * x')
    for (const name of ['fit.ts', 'mixed.ts']) expect(await editor.errors(name)).toEqual([])
    editor.change('mixed.ts', 'x ** 3', 'Number(x)')
    expect(await editor.errors('mixed.ts')).toEqual([expect.stringMatching(/^6 "Number\(x\)" TS94001 /)])
    editor.change('mixed.ts', 'Number(x)', 'x ** 3')
    expect(await editor.errors('mixed.ts')).toEqual([])
  })

  test('a gradient that is always 0 is shown', async () => {
    editor.change('mixed.ts', 'layer(x) * 2', 'Math.floor(x)')
    expect(await editor.errors('mixed.ts')).toEqual([
      expect.stringMatching(/^4 "x" TS94010 .* only through `Math\.floor` in line 4/),
    ])
    editor.change('mixed.ts', 'Math.floor(x)', 'layer(x) * 2')
  })

  test('nothing is said of derivatives while a text is half typed', async () => {
    editor.change('layer.ts', '=> x * x', '=> x * ')
    expect(await editor.errors('fit.ts')).toEqual([])
    editor.change('layer.ts', '=> x * ', '=> x * x')
    expect(await editor.errors('fit.ts')).toEqual([])
  })

  test('a comment suppresses such an error', async () => {
    editor.change('mixed.ts', 'export const second', '// @ts-expect-error\nexport const second')
    expect(await editor.errors('mixed.ts')).toEqual([
      `6 "// @ts-expect-error" TS2578 Unused '@ts-expect-error' directive.`,
    ])
    editor.change('mixed.ts', 'x ** 3', 'Number(x)')
    expect(await editor.errors('mixed.ts')).toEqual([])
    editor.change('mixed.ts', 'Number(x)', 'x ** 3')
    editor.change('mixed.ts', '// @ts-expect-error\n', '')
  })

  test.each([
    ['fit.ts', 'slope = ‸grad', ['// grad', 'for (let i = 0; i < 3; i++) {', 'dX += ']],
    ['mixed.ts', 'first = ‸grad', ['// grad', 'x * x', 'dX += ']],
    ['mixed.ts', 'second = ‸passed', ['// grad', '3 * x ** 2']],
  ])('hover in %s on %s shows the text of the derivative', async (name, place, expected) => {
    const info = await editor.ask<ts.server.protocol.QuickInfoResponseBody>('quickinfo', name, place)
    const documentation = String(info.documentation)
    expect(documentation).toContain('The compiled derivative:')
    for (const each of expected) expect(documentation).toContain(each)
  })

  test('hover on another name shows none', async () => {
    const info = await editor.ask<ts.server.protocol.QuickInfoResponseBody>('quickinfo', 'fit.ts', '‸slope = grad')
    expect(String(info.documentation)).not.toContain('derivative')
  })
})
