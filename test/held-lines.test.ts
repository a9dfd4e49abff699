/** Comments with line breaks before the operand of `return`, `throw` and `yield`, in whatever the compiler takes away: the value stays. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NumberWithGrad } from '../runtime/index.ts'
import { compile, run, shown } from './compile.ts'
import { commentsOf } from './formats.ts'
import { countOr, seed } from './random.ts'

const COUNT = countOr(120)

/** At each `C`. */
const comments = [
  ...['/* a\n b */', '/* a\r\n b */ /* c */', '/* a\u2028 b */', '// a\n', '/* a */\n'],
  '/* a\n */ // b\n /* c\n*/',
]
/** At each `X`. */
const operands = [
  ...['(Cx as N)', '((Cx as N))', '(C(x as N))', '(C(x satisfies N))', '(C((x) as N))', '(Cx!)', '(Cx)', '(<N>Cx)'],
  ...['(C<N>x)', '(C<N>(Cx))', '(C(C(x as N) as N))', '(C<() => N><unknown>x as unknown as N)'],
  ...['(C{ w: x } as { w: N }).w', '(C[x] as N[])[0]!', '(C<N & { [k in ">"]?: 1 }>x)', '(Cf(x) as N)'],
]
const expressions = [
  ...['-X', 'X * 2', '2 * X', '2 - X', 'Math.abs(X)', 'Math.sin(X as N)', 'Math.max(2, X)', 'Math.max(X, 2)', '-(-X)'],
  ...['-(-X as N)', '(X * 2) as N', '(C(X * 2 as N)) * 3', 'X ** 2 * 2', '(X * 2 + 1, X * 3)', '(C(y += X) as N) * 2'],
  ...['X * 2 < 1 ? X * 3 : X', '+X < 1', '`${X * 2}`', '(CX * 2, X * 3)', '[X * 2][0]!', 'Math.max(C3, X, 4)'],
  ...[
    'X.mul(2) * 2',
    '(Cy++ as N) * 2',
    '(Cf(X) as N) * 2',
    '<N>(C-X)',
    '(X * 2)!',
    'X - X',
    '(X) satisfies N as N * 2',
  ],
]
const statements = ['return E', 'throw E', 'return yield E', 'yield E', 'void (yield E)', 'f((yield E) as number)']

const program = fc
  .tuple(fc.constantFrom(...statements), fc.constantFrom(...expressions), fc.constantFrom(...operands))
  .map(([statement, expression, operand]) => statement.replace('E', expression).replaceAll('X', operand))

const moduleOf = (bodies: readonly string[]) => `import { NumberWithGrad } from 'tsgrad'
type N = NumberWithGrad
const f = <T>(value: T) => value
export default [
${bodies.map(body => `function* (x: N): Generator<any, any, any> { let y = x; void y; ${body} },`).join('\n')}
]
`
/** What a generator gives, is sent and ends with. */
function outcome(start: (x: NumberWithGrad) => Generator): unknown[] {
  const shownOf = (value: unknown) => (value instanceof NumberWithGrad ? value.num : value)
  try {
    const all = start(new NumberWithGrad(3))
    const first = all.next()
    return [first.value, first.done, first.done || all.next(first.value).value].map(shownOf)
  } catch (error) {
    return ['thrown', error instanceof NumberWithGrad ? error.num : error]
  }
}

test(`${COUNT} random operands of return, throw and yield (SEED=${seed}) have the value that they have without comments`, () => {
  const drawn = fc.sample(fc.tuple(program, fc.constantFrom(...comments)), { numRuns: COUNT, seed })
  const files = {
    'main.ts': moduleOf(drawn.map(([text, comment]) => text.replaceAll('C', comment))),
    'plain.ts': moduleOf(drawn.map(([text]) => text.replaceAll('C', ''))),
  }
  const compiled = compile(files)
  expect(compiled.diagnostics.map(shown)).toEqual([])
  const text = compiled.lowered('main.ts')
  expect(commentsOf(text)).toEqual(commentsOf(files['main.ts']))
  const [found, meant] = [text, compiled.lowered('plain.ts')].map(
    each => run(each).default as ((x: NumberWithGrad) => Generator)[],
  )
  for (const [i, [source]] of drawn.entries()) expect(outcome(found![i]!), source).toEqual(outcome(meant![i]!))
  expect(new Set(meant!.map(each => String(outcome(each)))).size).toBeGreaterThan(10)
})
