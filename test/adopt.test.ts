/** `tsgrad adopt` writes operators that are lowered to the same calls, and `tsgrad eject` writes these calls. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import ts from 'typescript'
import { beforeAll, describe, expect, test } from 'vitest'
import { differences } from '../command/adoption/same-tree.ts'
import { transform } from '../transformer/index.ts'
import { inProcess } from './command/in-process.ts'
import { type Files, Project, repository, tsconfig } from './hosts/project.ts'
import { countOr, seed } from './random.ts'

const corpusFolder = join(repository, 'test/adopt/corpus')
const corpus: Files = Object.fromEntries(
  readdirSync(corpusFolder).map(name => [name, readFileSync(join(corpusFolder, name), 'utf8')]),
)

const head = `import { NumberWithGrad } from 'tsgrad'
import { Complex } from './complex.ts'
import { Money } from './money.ts'
declare const a: NumberWithGrad, b: NumberWithGrad, c: NumberWithGrad, z: Complex, w: Complex, m: Money
declare const maybe: NumberWithGrad | undefined, either: NumberWithGrad | number, any: any, ks: number[]
declare let k: number
declare function f(): number
declare function g(...values: unknown[]): unknown
`

/** What is written and what becomes of it; the same text where a call stays. */
const table: readonly (readonly [string, string])[] = [
  ['a.mul(4).add(3)', 'a * 4 + 3'],
  ['a.add(3).mul(4)', '(a + 3) * 4'],
  ['a.sub(b.sub(c)).sub(b)', 'a - (b - c) - b'],
  ['a.mul(b.mul(c))', 'a * (b * c)'],
  ['a.div(b.mul(c))', 'a / (b * c)'],
  ['a.add(b.mul(c))', 'a + b * c'],
  ['a.pow(b.pow(c))', 'a ** b ** c'],
  ['a.pow(b).pow(c)', '(a ** b) ** c'],
  ['a.neg().pow(2)', '(-a) ** 2'],
  ['a.pow(b.neg())', 'a ** -b'],
  ['a.pow(2).neg()', '-(a ** 2)'],
  ['a.sub(b.neg())', 'a - -b'],
  ['a.neg().neg()', '-(-a)'],
  ['a.mul(-2).neg().add(-k)', '-(a * -2) + -k'],
  ['z.clone().neg().conjugate()', '~(-(+z))'],
  ['a.rsub(2)', '2 - a'],
  ['a.rsub(-2).rdiv(1)', '1 / (-2 - a)'],
  ['a.mul(3).rpow(-2)', '(-2) ** (a * 3)'],
  ['a.rsub(k)', 'k - a'],
  ['a.mul(2).rsub(k)', '(a * 2).rsub(k)'],
  ['a.rsub(f())', 'a.rsub(f())'],
  ['a.rsub(b)', 'a.rsub(b)'],
  ['a.rdiv(/* one */ 1)', 'a.rdiv(/* one */ 1)'],
  ['a.exp().neg()', '-Math.exp(a)'],
  ['a.neg().exp()', 'Math.exp(-a)'],
  ['a.max(b).max(c.add(1))', 'Math.max(Math.max(a, b), c + 1)'],
  ['m.max(m, m.neg())', 'Math.max(m, m, -m)'],
  ['a.lt(b.add(1)) ? a.add(1) : b', 'a < b + 1 ? a + 1 : b'],
  ['a.lt(b) === a.le(c)', 'a < b === a <= c'],
  ['!a.lt(b) && a.gt(c)', '!(a < b) && a > c'],
  ['a.add(1) as unknown', 'a + 1 as unknown'],
  ['a.add(1)!.num', '(a + 1)!.num'],
  ['a.mul(k ? 1 : 2)', 'a * (k ? 1 : 2)'],
  ['a.add(k = 2)', 'a + (k = 2)'],
  ['a.add(any ?? 2)', 'a + (any ?? 2)'],
  ['(a).mul((4))', '(a) * (4)'],
  ['(a.mul(4)).add(3)', '(a * 4) + 3'],
  ['a.add(1).num * 2', '(a + 1).num * 2'],
  ['`${a.add(1)}` + [a.neg()].length', '`${a + 1}` + [-a].length'],
  ['g(a.add(1), ...ks, a.neg())', 'g(a + 1, ...ks, -a)'],
  // these would be type arguments
  ['g(a.lt(b), c.gt((k)))', 'g(a.lt(b), c.gt((k)))'],
  ['{ x: a.add(1), [a.neg().num]: 1 }', '{ x: a + 1, [(-a).num]: 1 }'],
  ['async () => (await f(), a.add(await f()))', 'async () => (await f(), a + await f())'],
  ['function* () { a.add(yield 1) }', 'function* () { a.add(yield 1) }'],
  ['maybe!.mul(2)', 'maybe! * 2'],
  // left as they are
  ['maybe?.mul(2)', 'maybe?.mul(2)'],
  ['maybe?.mul(2).add(1)', 'maybe?.mul(2).add(1)'],
  ["a['mul'](2)", "a['mul'](2)"],
  ['any.mul(2)', 'any.mul(2)'],
  ['a.mul(...(ks as [number]))', 'a.mul(...(ks as [number]))'],
  ['a.clearGrad()', 'a.clearGrad()'],
  ['[1, 2].map(a.mul)', '[1, 2].map(a.mul)'],
  ['void a.mul(2)', 'void (a * 2)'],
  ['a. /* why */ mul(2)', 'a. /* why */ mul(2)'],
  ['a.neg(/* why */)', 'a.neg(/* why */)'],
  ['a /* why */ .mul(/* four */ 4)', 'a /* why */ * (/* four */ 4)'],
  ['a\n  // why\n  .mul(4)\n  .add(\n    3,\n  )', 'a\n  // why\n  * 4\n  +\n    3'],
  ['a.mul(\n  b.add(c), // why\n)', 'a * (\n  b + c // why\n)'],
  ['a.mul(\n  b.add(c),\n)', 'a * (\n  b + c\n)'],
]

/** Where there is natural math already. */
const mixed: readonly (readonly [string, string])[] = [
  ['(a * 4).add(3)', '(a * 4) + 3'],
  ['a.mul(4) + 3', 'a * 4 + 3'],
  ['a * b.add(3)', 'a * (b + 3)'],
  ['a * 2 - b.neg()', 'a * 2 - -b'],
  ['-a.pow(2)', '-(a ** 2)'],
  ['Math.exp(a.neg()).mul(2)', 'Math.exp(-a) * 2'],
]

/** Statements, where line ends and starts matter. */
const statements: readonly (readonly [string, string])[] = [
  ['a.mul(2)\na.mul(3).add(1)', 'a.mul(2)\n;(a * 3).add(1)'],
  ['f()\na.add(1).backward()', 'f()\n;(a + 1).backward()'],
  ['f();\na.neg().backward();', 'f();\n(-a).backward();'],
  ['if (k) { f() }\na.neg().backward()', 'if (k) { f() }\n(-a).backward()'],
  ['if (k) f()\na.neg().backward()', 'if (k) f()\n;(-a).backward()'],
  ['f()\na.neg().lt(1) && f()', 'f()\n;-a < 1 && f()'],
  ['f()\na.exp().backward()', 'f()\nMath.exp(a).backward()'],
  ['for (a.mul(2); a.lt(2); a.add(1)) a.neg()', 'for (a.mul(2); a < 2; a.add(1)) a.neg()'],
  ['if (a.lt(2)) throw a.neg()', 'if (a < 2) throw -a'],
  ['{ const Math = 1; g(Math, a.exp(), a.pow(2)) }', '{ const Math = 1; g(Math, a.exp(), a ** 2) }'],
]

const rowText = (rows: readonly string[]) => rows.map((text, i) => `let v${i} = ${text}\n`).join('')
const statementText = (rows: readonly string[]) =>
  rows.map((text, i) => `export function s${i}() {\n${text}\n}\n`).join('')

const CHAINS = countOr(40)
const { chain } = fc.letrec<{ chain: string; operand: string }>(tie => ({
  operand: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('z', 'w', '2', 'k', '-1', 'f()', '(f(), z)', 'k ? z : w', '(z)', '2 * 3', 'any'),
    tie('chain'),
  ),
  chain: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom('z', 'w', '(w)', 'new Complex(1)'),
    fc
      .tuple(tie('chain'), fc.constantFrom('add', 'sub', 'mul', 'div', 'pow', 'rsub', 'rdiv', 'rpow'), tie('operand'))
      .map(([receiver, method, operand]) => `${receiver}.${method}(${operand})`),
    fc
      .tuple(tie('chain'), fc.constantFrom('neg', 'clone', 'conjugate', 'exp', 'log', 'sqrt'))
      .map(([receiver, method]) => `${receiver}.${method}()`),
  ),
}))

const crlf =
  '\uFEFFimport type { Vec3 } from "./vector.ts"\r\nexport const sum = (v: Vec3, w: Vec3) =>\r\n  v.add(\r\n    w)\r\n'
const old = 'import { NumberWithGrad } from "tsgrad"\nexport const o = new NumberWithGrad(1).mul(2)\n'
/** The files of the project's src/. */
const sources: Files = {
  ...corpus,
  'table.ts': head + rowText(table.map(([before]) => before)),
  'mixed.ts': head + rowText(mixed.map(([before]) => before)),
  'statements.ts': head + statementText(statements.map(([before]) => before)),
  'random.ts': head + rowText(fc.sample(chain, { numRuns: CHAINS, seed })),
  'crlf.ts': crlf,
  'unused.ts': 'export const mul = (x: Map<string, number>) => x.get("mul")\n',
  'imports.ts': 'import { o } from "old"\nexport const p = o.mul(2)\n',
}
const files: Files = {
  ...Object.fromEntries(Object.entries(sources).map(([name, text]) => [`src/${name}`, text])),
  'node_modules/old/index.ts': old,
  'tsconfig.json': tsconfig({
    module: 'esnext',
    moduleResolution: 'bundler',
    allowImportingTsExtensions: true,
    noEmit: true,
  }),
}
const project = new Project(files)

const command = (...args: string[]) => inProcess(process.cwd(), ...args)

const parsed = (text: string) => ts.createSourceFile('a.ts', text, ts.ScriptTarget.ES2023, true)
const inProject = (name: string) => join(project.root, name)

const calls = (text: string) => text.match(/\.\w+\(/g)?.length ?? 0
let adopted: Files
beforeAll(async () => {
  const { status, errors, output } = await command('adopt', project.root, '--write')
  expect({ status, output }).toEqual({ status: 0, output: '' })
  expect(errors).toMatch(/^adopt: \d+ calls in 11 files became operators, \d+ calls stayed\n$/)
  adopted = project.all('src')
})

describe('adopt', () => {
  test.each(Object.keys(corpus))('%s has the operators that a person would write', async name => {
    await expect(adopted[name]).toMatchFileSnapshot(join(repository, 'test/golden/adopt', name))
  })

  test('of the corpus, as many calls as ever become operators', () => {
    const gone = Object.entries(corpus).map(([name, text]) => [name, calls(text) - calls(adopted[name]!)])
    expect(Object.fromEntries(gone)).toMatchInlineSnapshot(`
      {
        "complex.ts": 64,
        "matrix.ts": 36,
        "money.ts": 40,
        "tracked.ts": 33,
        "vector.ts": 43,
      }
    `)
  })

  test('expressions', () => {
    expect(adopted['table.ts']).toBe(head + rowText(table.map(([, after]) => after)))
    expect(adopted['mixed.ts']).toBe(head + rowText(mixed.map(([, after]) => after)))
  })

  test('statements', () => {
    expect(adopted['statements.ts']).toBe(head + statementText(statements.map(([, after]) => after)))
  })

  test('of random chains, most calls become operators', () => {
    const methods = (text: string) => calls(text.replace(/Math\.\w+/g, 'f'))
    const [before, after] = [sources['random.ts']!, adopted['random.ts']!].map(methods)
    expect(before).toBeGreaterThan(CHAINS / 2)
    expect(after! / before!, `seed ${seed}`).toBeLessThan(0.5)
  })

  test('marks and line ends stay', () => {
    expect(adopted['crlf.ts']).toBe(crlf.replace('v.add(\r\n    w)', 'v +\r\n    w'))
  })

  test('what other packages own, and files without operators, stay', () => {
    expect(adopted['imports.ts']).toContain('p = o * 2')
    expect(project.read('node_modules/old/index.ts')).toBe(old)
    expect(adopted['unused.ts']).toBe(sources['unused.ts'])
  })
})

describe('a second time', () => {
  const late = 'import type { Vec3 } from "./vector.ts"\nexport const sum = (v: Vec3, w: Vec3) => v.add(w)\n'

  test('only what is new is shown, and nothing is written', async () => {
    project.write({ 'src/late.ts': late })
    const { status, output, errors } = await command('adopt', inProject('tsconfig.json'), '--verbose')
    expect(status).toBe(0)
    expect(output.match(/^[-+]{3} .*$/gm)?.map(line => line.slice(line.lastIndexOf('/')))).toEqual([
      '/late.ts',
      '/late.ts',
    ])
    expect(errors).toMatch(
      /\nadopt: 1 call in 1 file would become operators, \d+ calls stayed; --write changes the files\n$/,
    )
    expect(errors).toMatch(/table\.ts:\d+:\d+ - \.rsub\(\) stays: /)
    expect(project.read('src/late.ts')).toBe(late)
  })
})

describe('eject', () => {
  let printed: Awaited<ReturnType<typeof command>>
  beforeAll(async () => {
    printed = await command('eject', project.root, '--outDir', inProject('ejected'))
  })

  test('lists the files', () => {
    expect({ ...printed, errors: printed.errors.split('\n').at(-2) }).toEqual({
      status: 0,
      output: '',
      errors: 'eject: wrote 11 files',
    })
  })

  test('marks stay', () => {
    expect(project.read('ejected/src/crlf.ts').charCodeAt(0)).toBe(0xfeff)
  })

  test.each(Object.keys(sources).filter(name => !/unused|mixed/.test(name)))('%s has the same calls again', name => {
    const ejected = project.read(`ejected/src/${name}`)
    const found = differences(ts, parsed(sources[name]!), parsed(ejected)).map(node => node.getText())
    expect(found, `seed ${seed}`).toEqual([])
    expect(calls(ejected)).toBe(calls(sources[name]!))
  })

  test('the trees that are compared differ where programs do', () => {
    const differ = (a: string, b: string) => differences(ts, parsed(a), parsed(b)).length > 0
    const pairs = [
      ['a.mul(b)', 'a.add(b)'],
      ['a - (b - c)', 'a - b - c'],
      ['-a', '+a'],
      ['(o?.a).b', 'o?.a.b'],
      ['let a', 'const a'],
      ['f(1)', 'f(1, 2)'],
    ]
    expect(pairs.filter(([a, b]) => !differ(a!, b!))).toEqual([])
    expect(differ('f((a)) // one', 'f( a )')).toBe(false)
  })

  test('plain tsc gives the JavaScript that the transformer gives', () => {
    // in place of the adopted files
    const plain = emitted('ejected/src', program => program)
    expect(Object.keys(plain).length).toBe(5)
    expect(plain).toEqual(emitted('src', (program, host) => transform(ts, program, host)))
  })
})

/** Declarations that both programs read, parsed once. */
const declarations = new Map<string, ts.SourceFile | undefined>()

/** The JavaScript of the corpus in a folder. */
function emitted(folder: string, change: (program: ts.Program, host: ts.CompilerHost) => ts.Program): Files {
  const parsed = ts.parseJsonConfigFileContent(JSON.parse(files['tsconfig.json']!), ts.sys, project.root)
  const options = { ...parsed.options, noEmit: false, rewriteRelativeImportExtensions: true, declaration: false }
  const names = Object.keys(corpus).map(name => inProject(`${folder}/${name}`))
  const host = ts.createCompilerHost(options)
  const { getSourceFile } = host
  host.getSourceFile = (name, ...rest) => {
    if (!name.endsWith('.d.ts')) return getSourceFile(name, ...rest)
    if (!declarations.has(name)) declarations.set(name, getSourceFile(name, ...rest))
    return declarations.get(name)
  }
  const program = change(ts.createProgram(names, { ...options, rootDir: inProject(folder) }, host), host)
  expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([])
  const texts: Record<string, string> = {}
  program.emit(undefined, (name, text) => void (texts[name.slice(name.lastIndexOf('/') + 1)] = text))
  return texts
}
