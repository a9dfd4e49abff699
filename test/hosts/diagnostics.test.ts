/** What `tspc` prints about natural math: each error once, at the user's own code. */
import { beforeAll, describe, expect, test } from 'vitest'
import { comparable, expected, printed, printedPretty, withoutLength } from './printed.ts'
import { Project, type Run, tsconfig } from './project.ts'

const files = {
  'src/operands.ts': `import { NumberWithGrad } from 'tsgrad'
declare const maybe: NumberWithGrad | undefined
const a = new NumberWithGrad(3)
export const text = a * 'x'
//                      ^^^ TS2345 Argument of type 'string' is not assignable to parameter of type 'Numeric'.
export const nothing = a * null
//                         ^^^^ TS2345 Argument of type 'null' is not assignable to parameter of type 'Numeric'.
export const missing = a * undefined
//                         ^^^^^^^^^ TS2345 Argument of type 'undefined' is not assignable
export const perhaps = maybe * 2
//                     ^^^^^ TS18048 'maybe' is possibly 'undefined'.
export const negative = -maybe
//                       ^^^^^ TS18048 'maybe' is possibly 'undefined'.
export const wrong: string = a * 2
//           ^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'string'.
export const greatest = Math.max(a, 'x')
//                                  ^^^ TS2345 Argument of type 'string' is not assignable
`,
  'src/shifted.ts': `import { NumberWithGrad, type Numeric } from 'tsgrad'
const a = new NumberWithGrad(3), b = 2 - a * a, c = -b + a * 'x', d = a + 1
//                                                           ^^^ TS2345 Argument of type 'string'
export const f = (x: Numeric) => x * x - x / 2, wrong: string = f(a), e = c * d * ghost
//                                              ^^^^^ TS2322 Type 'Numeric' is not assignable to type 'string'.
//                                                                                ^^^^^ TS2304 Cannot find name 'ghost'.
export const both = a * 'left' + b * 'right'
//                      ^^^^^^ TS2345 Argument of type 'string'
//                                   ^^^^^^^ TS2345 Argument of type 'string'
export const chain = (a
  * 2
  + 's'.length)
  * 'third line'
//  ^^^^^^^^^^^^ TS2345 Argument of type 'string'
`,
  'src/own.ts': `import { NumberWithGrad } from 'tsgrad'
const a = new NumberWithGrad(3)
const o = { a }
const p = a * a, bits = p & 1, q = p * 2
//                        ^ TS92001 \`&\` is not defined for NumberWithGrad
export const both = [~a, 1 | a, bits, q]
//                   ^ TS92001 \`~\` is not defined for NumberWithGrad.
//                         ^ TS92001 \`|\` is not defined for
o.a *= p * q
export const greatest = Math.max(...[p, q])
//                      ^^^^^^^^ TS91001 \`Math.max\` with a spread argument is not supported
`,
  'src/plain.ts': `export const product = 'x' * 2
//                     ^^^ TS2362 The left-hand side of an arithmetic operation must be of type 'any'
`,
  'src/mixed.ts': `import { NumberWithGrad } from 'tsgrad'
export const a = new NumberWithGrad(3) * 2, product = 'x' * 2, sum = a + 2 * product
//                                                    ^^^ TS2362 The left-hand side of an arithmetic operation
`,
  'src/silenced.ts': `import { NumberWithGrad } from 'tsgrad'
const a = new NumberWithGrad(3)
// @ts-expect-error
export const text = a * 2 + a * 'x'
// @ts-ignore
export const nothing = a * null

/* @ts-expect-error with a reason */
// and a comment between

export const bits = a & 1
// @ts-ignore
export const more = a | 1
// @ts-expect-error TypeScript itself is silent here
export const inverted = ~a
// @ts-expect-error one directive for a line with an error of each kind
export const both = [a & 1, a * 'x']
export const list = [
  a * 2,
  // @ts-expect-error in the middle of an expression
  a << 2,
]
`,
  'src/unchecked.ts': `// @ts-nocheck
import { NumberWithGrad } from 'tsgrad'
const a = new NumberWithGrad(3)
export const b = a * 2, bits = a & 1, text = a * 'x'
`,
  'src/needless.ts': `import { NumberWithGrad } from 'tsgrad'
const a = new NumberWithGrad(3)
export const b = a * 2; // @ts-expect-error
//                      ^^^^^^^^^^^^^^^^^^^ TS2578 Unused '@ts-expect-error' directive.
export const c = a * 2
`,
}

const wanted = expected(files)
const project = new Project({ ...files, 'tsconfig.json': tsconfig() })
let plain: Run
let pretty: Run

beforeAll(async () => {
  plain = await project.tspc()
  pretty = await project.tspc('--noEmit', '--declaration', 'false', '--pretty')
})

test('the sources ask for all the diagnostics that are checked here', () => {
  expect(wanted.length).toBe(20)
})

describe('every error is printed once, at the original line and column', () => {
  test('when files are emitted', () => {
    expect(comparable(printed(plain.output), wanted)).toEqual(withoutLength(wanted))
    expect(plain.status).toBe(2)
    expect(project.read('out/operands.js')).toContain('a.mul(2)')
    expect(project.read('out/unchecked.js')).toContain("b = a.mul(2), bits = a & 1, text = a.mul('x')")
  })

  test('with --noEmit', () => {
    expect(comparable(printedPretty(pretty.output), wanted)).toEqual(wanted)
    expect(pretty.status).not.toBe(0)
  })

  test('with --pretty, which shows the original line and underlines the code that is meant', () => {
    expect(pretty.output).toContain(`const a = new NumberWithGrad(3), b = 2 - a * a, c = -b + a * 'x', d = a + 1`)
    expect(pretty.output).toContain(`Found ${wanted.length} errors in 6 files.`)
  })
})

test('no text of the lowered program is printed', () => {
  for (const { output } of [plain, pretty]) {
    expect(output).toContain('TS2345')
    expect(output).not.toMatch(/\.mul\(|__tsgrad|__op/)
  }
})

describe.concurrent('with --noEmitOnError', () => {
  const start = "import { NumberWithGrad } from 'tsgrad'\nconst a = new NumberWithGrad(3)\n"
  const cases = [
    { name: 'an error of TypeScript', line: "export const b = a * 2 + a * 'x'", code: 'TS2345', column: 30 },
    {
      name: 'an error of tsgrad beside one of TypeScript',
      line: 'export const b = a & 1',
      code: 'TS92001',
      column: 20,
    },
    { name: 'an error of tsgrad alone', line: 'export const b = ~a', code: 'TS92001', column: 18 },
  ]
  test.each(cases)('$name is printed once, and nothing is written', async ({ line, code, column }) => {
    const failing = new Project({
      'src/main.ts': `${start}${line}\n`,
      'tsconfig.json': tsconfig({ noEmitOnError: true }),
    })
    const { status, output } = await failing.tspc()
    expect(printed(output).map(each => [each.line, each.column, each.code])).toEqual([[3, column, code]])
    expect(status).toBe(1)
    expect(failing.exists('out')).toBe(false)
  })
})
