/**
 * Random programs in several formats: without semicolons and with comments between their tokens, and as Prettier writes them in three
 * styles. Each is lowered to the same tree, and gives what JavaScript gives for numbers; and to the tree that is meant, whatever its
 * operators mean.
 */
import fc from 'fast-check'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { NumberWithGrad } from '../runtime/index.ts'
import type { InternalFile } from '../transformer/compiler/undocumented.ts'
import { compile, run, shown } from './compile.ts'
import { lowerAs, mixtures } from './every-site.ts'
import { commentsOf, expectOneTree, inStyles, sampled, sampledStyles, styles, tokensOf, written } from './formats.ts'
import { expressions, ofExpression, ofStatement, statements } from './lower-rows.ts'
import { countOr, seed } from './random.ts'
import { texts } from './text-rows.ts'

const PROGRAMS = countOr(10)

/** Between two tokens. */
const gap = fc.constantFrom(
  '',
  '',
  ' ',
  '/* c */',
  '/* c\n*/',
  '/* c\u2028*/',
  '\n',
  ' // c\n',
  ' // c\n',
  '\n/* c */\n',
)
/** Where a line break would end a statement. */
const blank = fc.constantFrom('', '', ' ', '/* c */')
const joined = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc.tuple(...parts.map(part => (typeof part === 'string' ? fc.constant(part) : part))).map(all => all.join(''))

const operator = fc.constantFrom('+', '-', '*')
const target = fc.constantFrom('x', 'y', 'o.w', "o['w']", 'list[0]!', 'at().w', 'at().list[next()]!', '(x)', 'x!')
const { statement } = fc.letrec<Record<'expression' | 'leaf' | 'node' | 'argument' | 'statement', string>>(tie => ({
  leaf: fc
    .oneof(
      fc.constantFrom('x', 'y', 'o.w', 'list[1]!', 'at().w', '(x as NumberWithGrad)', '(<NumberWithGrad>y)', 'x!'),
      fc.constantFrom('(o?.w)', 'maybe?.w!', '(y satisfies NumberWithGrad)', '[x][0]!', '{ x }.x', 'at?.().w'),
      joined(blank, target, blank, fc.constantFrom('++', '--')).map(step => `(${step})`),
      joined('(', fc.constantFrom('++', '--'), blank, target, ')'),
    )
    .map(text => (text.startsWith('{') ? `(${text})` : text)),
  node: fc.oneof(
    joined('(', tie('expression'), ')', gap, operator, gap, '(', tie('expression'), ')'),
    joined('2', gap, operator, gap, '(', tie('expression'), ')'),
    joined(fc.constantFrom('-', '+'), gap, '(', tie('expression'), ')'),
    joined('Math', gap, '.', gap, 'abs', gap, '(', gap, tie('argument'), gap, ')'),
    joined("Math['sin'](", gap, tie('argument'), gap, ')'),
    joined('Math.max(', gap, tie('argument'), gap, ',', gap, tie('argument'), gap, ')'),
    joined('Math.min(', gap, '3', gap, ',', gap, tie('argument'), gap, ',)'),
    joined('log(', tie('argument'), gap, ')'),
    joined('(k > 2 ? ', tie('expression'), gap, ':', gap, tie('expression'), ')'),
    joined('(() => ', gap, tie('expression'), ')()'),
    // no line break behind these may end the statement
    joined('(() => { return ', blank, tie('node'), gap, '})()'),
    joined('(() => { try { throw ', blank, tie('node'), gap, '} catch (e) { return e as NumberWithGrad } })()'),
    joined('[...(function* () { yield ', blank, tie('node'), gap, '})()][0]!'),
    joined('(', tie('argument'), ', x)'),
  ),
  expression: fc.oneof({ maxDepth: 2, depthSize: 'medium' }, tie('leaf'), tie('node')),
  // an assignment needs no parentheses there
  argument: fc.oneof(
    tie('expression'),
    joined(
      target,
      gap,
      operator.map(each => `${each}=`),
      gap,
      tie('expression'),
    ),
    joined('{ x', gap, '}.x').map(text => `(${text})`),
  ),
  statement: fc
    .oneof(
      { maxDepth: 2 },
      tie('node'),
      joined(
        target,
        gap,
        operator.map(each => `${each}=`),
        gap,
        tie('expression'),
      ),
      joined(target, blank, fc.constantFrom('++', '--')),
      joined(fc.constantFrom('++', '--'), blank, target, ' ', operator, ' (', tie('expression'), ')'),
      joined('Math.abs((', tie('argument'), '))'),
      joined('[x, y].forEach(v => log(v * (', tie('expression'), ')))'),
      joined('`${', tie('expression'), '}`.length'),
      joined('noop'),
      joined('const unused = (v: NumberWithGrad) => { log(v * ', tie('leaf'), ') }'),
      joined('{ let z = ', tie('argument'), '\nlog(z) }'),
      joined('if (k > 2) ', tie('statement'), '\nelse ', tie('statement')),
      joined('for (let i = 0; i < 2; i++) ', tie('statement')),
    )
    .map(text => (text.startsWith('const unused') ? `{ ${text} }` : text)),
}))

/** A list of statements without semicolons, but before those that would continue the line before. */
const program = fc
  .array(statement, { minLength: 1, maxLength: 4 })
  .map(all => all.map(text => (/^[([`+\-/<]/.test(text) ? `;${text}` : text)).join('\n'))
  // TypeScript refuses some of JavaScript's: it takes `({ x }.x)` before a block in the next line for an arrow without its `=>`
  .filter(isParsed)

function isParsed(text: string): boolean {
  const file: InternalFile = ts.createSourceFile('main.ts', text, ts.ScriptTarget.ESNext)
  return file.parseDiagnostics?.length === 0
}

const preamble = `import { NumberWithGrad, type Numeric } from 'tsgrad'
interface O { w: NumberWithGrad; list: NumberWithGrad[] }
interface World { o: O; at?: () => O; next: () => number; log: (v: Numeric) => Numeric; noop: () => void }
`
const functionOf = (
  body: string,
  i: number,
) => `export function f${i}(x: NumberWithGrad, y: NumberWithGrad, k: number, world: World) {
const { o, next, log, noop } = world, list = o.list, at = world.at!, maybe: O | undefined = o
void [NumberWithGrad, k, o, next, log, noop, list, at, maybe]
${named(body, i)}
return [x, y, o.w, ...list]
}
`

/** With a name for each comment, so that none can stand for another. */
function named(body: string, i: number): string {
  let n = 0
  return body.replace(/(?<=\/[*/] )c\b/g, () => `c${i}_${n++}`)
}

/** Random programs as they are drawn, and in each style: a module for each format. */
async function modules(): Promise<Record<string, string>> {
  const texts = fc.sample(program, { numRuns: PROGRAMS, seed }).map(functionOf)
  const all = await Promise.all(
    texts.map(async text => [text, ...(await Promise.all(styles.map(style => written(text, style))))]),
  )
  // without semicolons Prettier writes a few that TypeScript refuses, as above
  const kept = all.filter(forms => forms.every(isParsed))
  expect(kept.length).toBeGreaterThan(0.9 * PROGRAMS)
  const names = ['raw.ts', ...styles.map((_, i) => `style${i}.ts`)]
  return Object.fromEntries(names.map((name, i) => [name, preamble + kept.map(forms => forms[i]).join('')]))
}

/** What a program gives: all state, and what it logged. */
function outcome(f: (...args: unknown[]) => unknown[], leaf: (value: number) => unknown): unknown[] {
  const logged: unknown[] = []
  const o = { w: leaf(0.9), list: [leaf(-0.4), leaf(1.3)] }
  let i = 0
  const at = () => (logged.push('at'), o)
  const log = (value: unknown) => (logged.push(value), value)
  const world = { o, at, next: () => i++ % 2, log, noop() {} }
  const state = f(leaf(0.7), leaf(-1.3), 3, world)
  return [...state, ...logged].map(value => (value instanceof NumberWithGrad ? value.num : value))
}

/** Where the functions begin: hosts without source maps tell the lines of errors by the lowered text. */
const linesOfFunctions = (text: string) =>
  text.split(/\r\n|[\n\r\u2028\u2029]/).flatMap((line, i) => (/(?:^|; ?)export /.test(line) ? [i] : []))

/** Whatever its operators mean, a text is lowered to the tree that is meant, with all comments. */
function expectMeant(name: string, text: string): void {
  for (const [mixture, meaning] of mixtures) {
    let i = 0
    const meaningOf = meaning()
    const lowered = lowerAs(text, () => meaningOf(i++))
    expect(lowered !== text, `${mixture} in ${name}`).toBe(mixture !== 'all native')
    expect(commentsOf(lowered), `${mixture} in ${name}`).toEqual(commentsOf(text))
    expect(linesOfFunctions(lowered), `${mixture} in ${name}`).toEqual(linesOfFunctions(text))
  }
}

// it costs little without a checker
test(`${5 * PROGRAMS} random programs (SEED=${seed}) are lowered to the tree that is meant`, () => {
  const texts = fc.sample(program, { numRuns: 5 * PROGRAMS, seed }).map(functionOf)
  expectMeant('raw.ts', texts.join(''))
})

// written once more where it is read
const brokenTargets = [
  "o[\n'w'\n]",
  'o\n  .w',
  'o.list\n[\n0\n]',
  '(o\n.w)',
  "o /* a */\n['w']",
  'o\n// b\n.w',
  'o\r\n.w!',
]
const changes = ['T += x', 'T -= f(\nx)', '++T', 'T++', 'y = T++', 'y = -++T']
test.each(brokenTargets)('what changes %j has the lines that follow where they were', target => {
  const bodies = changes.map(
    each => `export const f${changes.indexOf(each)} = () => {\n${each.replace('T', target)};\n}`,
  )
  expectMeant(target, bodies.join('\n'))
})

test(`${PROGRAMS} random programs (SEED=${seed}) are lowered to one tree in each format`, async () => {
  const files = await modules()
  for (const [name, text] of Object.entries(files)) expectMeant(name, text)
  const compiled = compile(files)
  // the left side of a comma may have no effect
  expect(compiled.diagnostics.filter(({ code }) => code !== 2695).map(shown)).toEqual([])
  const native = run(files['raw.ts']!) as Record<string, (...args: unknown[]) => unknown[]>
  const tokens = tokensOf(compiled.lowered('raw.ts'))
  for (const name of Object.keys(files)) {
    expect(tokensOf(compiled.lowered(name)), name).toEqual(tokens)
    const lowered = run(compiled.lowered(name)) as typeof native
    for (const [f, each] of Object.entries(native))
      expect(
        outcome(lowered[f]!, value => new NumberWithGrad(value)),
        `${f} of ${name}`,
      ).toEqual(outcome(each, value => value))
  }
  expect(tokens.filter(token => /^Identifier (add|sub|mul|abs|neg)$/.test(token)).length).toBeGreaterThan(PROGRAMS)
})

const rows = sampled(
  [
    ...expressions.map(([source]) => [source, ofExpression(source)] as const),
    ...statements.map(([source]) => [source, ofStatement(source)] as const),
  ],
  seed,
)
test(`rows of lower.test.ts are lowered to one tree in another format (SEED=${seed})`, async () => {
  expect(rows.length).toBeGreaterThan(25)
  const all = await Promise.all(rows.map(([, text]) => inStyles(text, sampledStyles(seed))))
  const files = all.flatMap((forms, i) => Object.entries(forms).map(([name, text]) => [`${i}-${name}`, text] as const))
  const compiled = compile(Object.fromEntries(files))
  expect(compiled.diagnostics.map(shown)).toEqual([])
  const wrong = rows.filter((_, i) => {
    try {
      const names = Object.keys(all[i]!).map(name => `${i}-${name}`)
      expectOneTree(compiled, names)
      return false
    } catch {
      return true
    }
  })
  expect(wrong.map(([source]) => source)).toEqual([])
})

test(`texts of texts.test.ts are lowered to the same trees as Prettier writes them (SEED=${seed})`, async () => {
  let compared = 0
  for (const text of texts) {
    // Prettier refuses a few, and writes `new X` as `new X()`
    const source = text.replaceAll('"', "'")
    const formatted = await Promise.all(sampledStyles(seed).map(style => written(source, style).catch(() => '')))
    const isSame = (each: string) => each !== '' && tokensOf(each).join('\n') === tokensOf(source).join('\n')
    for (const each of formatted.filter(isSame))
      for (const [, meaning] of mixtures.slice(0, 4)) {
        const lowered = [source, each].map(form => tokensOf(lowerAs(form, () => meaning()(0))))
        expect(lowered[1], each).toEqual(lowered[0])
        compared++
      }
  }
  expect(compared).toBeGreaterThan(300 * sampledStyles(seed).length)
})
