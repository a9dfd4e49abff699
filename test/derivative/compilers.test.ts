/** TypeScript 7 refuses functions on plain numbers at their calls, and leaves those on tracked numbers to the tape. */
import { expect, test } from 'vitest'
import { compilers } from '../compilers.ts'

test.each(compilers)('%s', (name, compile) => {
  const { diagnostics, lowered } = compile({
    'main.ts': `import { grad as slope } from 'tsgrad'
export const g = slope((x: number) => x * x)
export const h = slope(x => x * x)
`,
  })
  const found = diagnostics.map(({ code, start, length, file }) => [code, file?.text.slice(start, start! + length!)])
  const isNative = name.startsWith('TypeScript 7')
  expect(found).toEqual(isNative ? [[94018, '(x: number) => x * x']] : [])
  expect(lowered().includes('differentiable')).toBe(!isNative)
  expect(lowered()).toContain('slope(x => x.mul(x))')
})
