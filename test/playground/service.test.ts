/** What the page's compiler says of texts, asked without a page. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { createService } from '../../playground/worker/service.ts'
import { walk } from '../../transformer/syntax/walk.ts'

const { texts }: { texts(): Record<string, string> } = await import('../../playground/build/texts.mjs' as string)
const service = createService(ts, texts())
const programs = new URL('../../playground/examples/programs/', import.meta.url)

const imports = "import { NumberWithGrad } from 'tsgrad'\nimport { input, plot } from 'playground'\n"
const text = `${imports}
const a = input('a', 3)
const b = a * 4 + 3
let c = Math.exp(b)
c += 2
const n = 2 * 3 // plain
const [d] = [-a]
class Point {
  /** Its length. */
  length = 2
}
const p = new Point().length * n
plot(x => x ** 2)
`

describe('hover', () => {
  const hints: [at: string, signature: string][] = [
    ['b = ', 'const b: NumberWithGrad'],
    ['* 4', '(operator) NumberWithGrad * number: NumberWithGrad'],
    ['+ 3', '(operator) NumberWithGrad + number: NumberWithGrad'],
    ['Math.exp', '(operator) Math.exp(NumberWithGrad): NumberWithGrad'],
    ['+= 2', '(operator) NumberWithGrad += number: NumberWithGrad'],
    ['-a]', '(operator) -NumberWithGrad: NumberWithGrad'],
    ['* n', '(operator) number * number: number'],
    ['** 2', '(operator) NumberWithGrad ** number: NumberWithGrad'],
    ['n = ', 'const n: number'],
    ['c = ', 'let c: NumberWithGrad'],
    ['length * n', '(property) length: number'],
    ['Point {', 'class Point'],
    ['plot(', 'function plot(f: Curve | Readonly<Record<string, Curve>>, options?: PlotOptions | undefined): void'],
    ['x **', '(parameter) x: NumberWithGrad'],
  ]
  service.compile(text)
  const found = hints.map(([at]) => service.hint(text.indexOf(at)))
  test.each(hints.map((each, i) => [...each, found[i]] as const))('on `%s` is `%s`', (_, signature, hint) => {
    expect(hint?.signature).toBe(signature)
  })
  test("tells what the method's author wrote, and what a property's did", () => {
    service.compile(text)
    expect(service.hint(text.indexOf('* 4'))?.documentation).toMatch(/^`a \* other`\..*@example/s)
    expect(service.hint(text.indexOf('length * n'))?.documentation).toBe('Its length.')
    expect(service.hint(text.indexOf('// plain'))).toBeUndefined()
  })
  test('tells what the standard library says', () => {
    const plain = 'const angle = Math.max(2, Math.PI)\nconst all = Array.from([angle])\n'
    service.compile(plain)
    const said = (name: string) => service.hint(plain.indexOf(name))?.documentation
    expect(said('max')).toMatch(/^Returns the larger of a set[^\n]*\n\n@param values Numeric expressions/)
    expect(said('PI')).toMatch(/^Pi\. This is the ratio/)
    expect(said('Math')).toMatch(/^An intrinsic object/)
    expect(said('from')).toMatch(/^Creates an array/)
  })
})

test('problems stand at their place in the text that was typed, those of TypeScript and those of tsgrad', () => {
  const wrong = `${imports}const a = new NumberWithGrad(3)\na * 'x'; a & 1; (a * 2).nun\n`
  const { problems, runnable } = service.compile(wrong)
  expect(problems.map(({ code, source, line, from, to }) => [code, source, line, wrong.slice(from, to)])).toEqual([
    ['TS2345', 'ts', 4, "'x'"],
    ['TS92001', 'tsgrad', 4, '&'],
    ['TS2339', 'ts', 4, 'nun'],
  ])
  expect(runnable).toBeUndefined()
})

test('a text that is half typed has a problem, and no program', () => {
  const half = service.compile(`${imports}const a = 3 *`)
  expect(half.problems.map(({ code }) => code)).toEqual(['TS1109'])
  expect(half.runnable).toBeUndefined()
  for (let end = 0; end < text.length; end += 7) service.compile(text.slice(0, end))
})

test('the parts of the lowered text that were not typed are known, and the operators that are methods', () => {
  const { lowered, insertions, operators } = service.compile(text)
  expect(lowered).toContain('const b = a.mul(4).add(3)')
  expect(insertions.map(({ from, to }) => lowered.slice(from, to))).toContain('.mul(')
  expect(operators.map(({ from, to }) => text.slice(from, to))).toEqual(['*', '+', 'Math.exp', '+=', '-', '**'])
})

test('a program that can be run names the variables that may hold tracked numbers, and its modules', () => {
  const { code, specifiers, variables, map } = service.compile(text).runnable!
  expect(variables).toEqual([
    { name: 'a', line: 4 },
    { name: 'b', line: 5 },
    { name: 'c', line: 6 },
    { name: 'd', line: 9 },
  ])
  expect(specifiers.map(({ from, to }) => code.slice(from, to))).toEqual(["'playground'"])
  expect(JSON.parse(map).sources).toEqual(['main.ts'])
})

describe('derivatives', () => {
  const plain = `import { grad, valueAndGrad, type Differentiable } from 'tsgrad'
const twice = (f: Differentiable<(x: number) => number>) => grad(f)
const f = (x: number) => { let y = x; while (y < 100) y *= y; return y }
console.log(grad(f)(2), twice(x => Math.sin(x))(1), valueAndGrad(x => x * 2)(3), grad((x: number) => f(x))(2))
`
  const { derivatives, runnable, problems } = service.compile(plain)
  test('each call has its engine, and its text where it is compiled', () => {
    expect(problems).toEqual([])
    expect(derivatives.map(({ verb, argument, line, engine, text }) => [verb, argument, line, engine, !!text])).toEqual(
      [
        ['grad', 'f', 2, 'compiled where it was passed to a Differentiable', false],
        ['grad', 'f', 4, 'compiled: grad', true],
        ['twice', 'x => Math.sin(x)', 4, 'compiled: grad', true],
        [
          'valueAndGrad',
          'x => x * 2',
          4,
          'on the tape: x has no type, which makes it tracked; with a type of plain numbers it is compiled',
          false,
        ],
        ['grad', '(x: number) => f(x)', 4, 'compiled: grad', true],
      ],
    )
    for (const { from, to, verb } of derivatives) expect(plain.slice(from, to)).toBe(verb)
    expect(derivatives[2]!.text).toMatch(/^grad: \(_: any, seed: any, x: any\) => \{\n {2}let dX = 0\n/)
  })
  test('the program that is measured has operators that are decided at run time, and numbers its derivatives', () => {
    const { code, calls, specifiers } = runnable!.measuring!
    expect(calls).toEqual([1, 2, 4])
    expect([...code.matchAll(/\}, 2, (\d)\)/g)].map(([, place]) => place)).toEqual(['1', '2', '4'])
    expect(code).toMatch(/y = __tsgrad1_dispatchBinary\('\*', 'mul', 'rmul', y, y\)/)
    expect(specifiers.map(({ from, to }) => code.slice(from, to))).toEqual(["'tsgrad'", "'tsgrad'", "'tsgrad'"])
    // a program without compiled derivatives is not run again
    expect(service.compile(text).runnable!.measuring).toBeUndefined()
  })
})

test('behind a dot the members of the result of an operator are offered, elsewhere names', () => {
  const labels = (written: string) => service.complete(written, written.length).map(({ label }) => label)
  const members = labels(`${text};(a * 4).`)
  expect(members).toEqual(expect.arrayContaining(['num', 'grad', 'backward', 'mul']))
  expect(members.filter(name => name.startsWith('_'))).toEqual([])
  expect(labels(`${text};inp`)).toEqual(expect.arrayContaining(['input', 'NumberWithGrad', 'Math', 'b']))
})

const examples = readdirSync(programs)
test('there are thirteen examples', () => expect(examples.length).toBe(13))
test.each(examples)('the example %s compiles', name => {
  const { problems } = service.compile(readFileSync(new URL(name, programs), 'utf8'))
  expect(problems.length).toBe(name === 'mistakes.ts' ? 3 : 0)
})

test('what runs in the worker needs nothing of Node, and no module but the compiler', async () => {
  const input = fileURLToPath(new URL('../../playground/worker/service.ts', import.meta.url))
  const bundle = await rolldown({ input, platform: 'browser', external: /^node:/ })
  const [chunk] = (await bundle.generate({ format: 'esm' })).output
  expect(chunk.imports).toEqual([])
  const names: string[] = []
  walk(ts, ts.createSourceFile('service.js', chunk.code, ts.ScriptTarget.ES2023), node => {
    if (ts.isIdentifier(node)) names.push(node.text)
  })
  expect(names.length).toBeGreaterThan(5000)
  expect(names.filter(name => ['require', '__dirname'].includes(name))).toEqual([])
  // the switch of the tree's proof is looked for on globalThis, where a worker has no process
  expect(names.filter(name => name === 'process')).toHaveLength(2)
  // a library asks whether there is one
  expect(names.filter(name => name === 'Buffer').length).toBeLessThanOrEqual(2)
})
