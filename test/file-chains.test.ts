/** Files that take their types from one another are settled together, however many there are. */
import { expect, test } from 'vitest'
import { compile } from './compile.ts'

const FILES = 12

/** Each file uses what the one before it exports. */
const chain = (first: string) =>
  Object.fromEntries(
    Array.from({ length: FILES }, (_, i) => {
      const before = i === 0 ? first : `import { f${i - 1} as before } from './f${i - 1}.ts'\n`
      const text = `import { NumberWithGrad } from 'tsgrad'\n${before}export const f${i} = (x: NumberWithGrad) => before(x) * 2\n`
      return [`f${i}.ts`, text] as const
    }),
  )

test.each([
  ['of which the first has a type', 'const before = (x: NumberWithGrad) => x\n', 'before(x).mul(2)', 0],
  ['of which the first is refused', "const before = (x: NumberWithGrad) => x * 'x'\n", 'before(x).mul(2)', 1],
  [
    'of which the first imports a file that is not there',
    "import { before } from './missing.ts'\n",
    'before(x) * 2',
    1,
  ],
  [
    'of which the first imports a file that is not there, and is refused',
    "import { missing } from './missing.ts'\nconst before = (x: NumberWithGrad) => missing(x) * 1 + x * 'x'\n",
    'before(x).mul(2)',
    2,
  ],
])('a chain of files, %s', (_, first, result, errors) => {
  const files = chain(first)
  const compiled = compile(files)
  const results = Object.keys(files).map(name => compiled.lowered(name).trimEnd().split(' => ').at(-1))
  expect(results).toEqual(Object.keys(files).map(() => result))
  expect(compiled.diagnostics.length).toBe(errors)
})
