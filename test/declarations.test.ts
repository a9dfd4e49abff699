/** Declarations of exported results name types of the package, and a project without the plugin checks and uses them. */
import type ts from 'typescript'
import { expect, test } from 'vitest'
import { compile, programOf, shown } from './compile.ts'
import { functions, modules } from './exported-results.ts'

/** A declaration takes no more bytes than this for each export. */
const BYTES = 500

const compiled = compile(modules)
const declarations = new Map([...compiled.emit()].filter(([name]) => name.endsWith('.d.ts')))

/** A project without the plugin, which checks declarations. */
const consumerOf = (files: Readonly<Record<string, string>>) => programOf(files, { skipLibCheck: false })

/** What it says of these files. */
function consumed(files: Readonly<Record<string, string>>): readonly string[] {
  const { program } = consumerOf(files)
  return [...program.getOptionsDiagnostics(), ...program.getSemanticDiagnostics()].map(shown)
}

test('every public function has its result exported', () => {
  expect(functions.length).toBeGreaterThan(50)
  for (const name of ['grad', 'valueAndGrad', 'jvp', 'vjp', 'hvp', 'jacobian', 'hessian', 'customRule'])
    expect(functions).toContain(name)
})

test('exported results compile, and their declarations name types of the package', () => {
  expect(compiled.diagnostics.map(shown)).toEqual([])
  expect(compiled.program.getDeclarationDiagnostics().map(shown)).toEqual([])
  for (const [name, text] of declarations) {
    expect(text, name).not.toMatch(/\bany\b|\binfer\b|NoInfer/)
    const exported = text.match(/^export declare|^ {4}(?:field|method)/gm)!.length
    expect(exported, name).toBeGreaterThan(100)
    expect(text.length / exported, name).toBeLessThan(BYTES)
  }
})

test('a project without the plugin checks the declarations', () => {
  expect(consumed(Object.fromEntries(declarations))).toEqual([])
})

/** Horner's scheme, with numbers on the right of the variable or on its left. */
const horner = (degree: number) => Array.from({ length: degree }).reduce<string>(text => `(${text}) * x + 1`, 'x')
const turned = (degree: number) => Array.from({ length: degree }).reduce<string>(text => `1 + x * (${text})`, '2')

/** Functions whose types grow with their expressions, and how many operators they have. */
const GROWING: readonly (readonly [name: string, expression: string, operators: number])[] = [
  ['sigmoid', '1 / (1 + Math.exp(-x))', 4],
  ['silu', 'x / (1 + Math.exp(-x))', 4],
  ['softplus', 'Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))', 6],
  ['horner8', horner(8), 16],
  ['horner16', horner(16), 32],
  ['turned8', turned(8), 16],
  ['turned16', turned(16), 32],
]
const growing = `import type { Numeric } from 'tsgrad'
${GROWING.map(([name, expression]) => `export const ${name} = <T extends Numeric>(x: T) => ${expression}`).join('\n')}
export class Matrix<T extends Numeric> {
  constructor(readonly rows: T[][]) {}
  scaled(k: T) { return this.rows.map(row => row.map(each => each * k)) }
  times(v: readonly T[]) { return this.rows.map(row => row.map((each, i) => each * v[i]!)) }
  get determinant() { const [[a, b], [c, d]] = this.rows as [[T, T], [T, T]]; return a * d - b * c }
}
`
const grown = compile({ 'main.ts': growing })

test('declarations grow as their expressions do, and are used at once', () => {
  expect(grown.diagnostics.map(shown)).toEqual([])
  const text = grown.emit().get('main.d.ts')!
  const sizes = GROWING.map(([name, , operators]) => {
    const [line] = text.match(new RegExp(`^.* ${name}: .*$`, 'm'))!
    expect(line.length, name).toBeLessThan(150 + 45 * operators)
    return line.length
  })
  expect(sizes).toHaveLength(7)
  const uses = GROWING.map(
    ([name], i) => `export const n${i}: number = ${name}(3), a${i}: NumberWithGrad = ${name}(new NumberWithGrad(3))
export const e${i}: Numeric = ${name}(3 as Numeric)
// @ts-expect-error a number gives a number
export const w${i}: NumberWithGrad = ${name}(3)`,
  )
  const use = `import { ${GROWING.map(([name]) => name).join(', ')}, Matrix } from './main.js'
import { NumberWithGrad, type Numeric } from 'tsgrad'
export const m = new Matrix([[new NumberWithGrad(1)]])
export const d: NumberWithGrad = m.determinant, s: NumberWithGrad[][] = m.scaled(m.rows[0]![0]!)
${uses.join('\n')}
`
  const { program } = consumerOf({ 'main.d.ts': text, 'use.ts': use })
  expect(program.getSemanticDiagnostics().map(shown)).toEqual([])
  // 38,000 when this was written, with those of the package itself: no time, which depends on the machine
  expect(program.getInstantiationCount()).toBeLessThan(100_000)
})

test.each<[string, ts.CompilerOptions]>([
  // none of them may change anything: they are compiled together
  ['composite, declarationMap, isolatedModules', { composite: true, declarationMap: true, isolatedModules: true }],
  ['emitDeclarationOnly, verbatimModuleSyntax', { emitDeclarationOnly: true, verbatimModuleSyntax: true }],
])('with %s the declarations are the same', (_, options) => {
  const emitted = compile({ 'verbs.ts': modules['verbs.ts']!, 'main.ts': growing }, options).emit()
  const plain = { 'verbs.d.ts': declarations.get('verbs.d.ts'), 'main.d.ts': grown.emit().get('main.d.ts') }
  for (const [name, text] of Object.entries(plain))
    expect(emitted.get(name)!.replace(/\n\/\/# source.*$/, '\n')).toBe(text)
})

test('the result of an operator on a type parameter is what its constraint allows', () => {
  const { diagnostics } = compile({
    'main.ts': `import type { NumberWithGrad, Numeric } from 'tsgrad'
export const f = <T extends Numeric>(x: T) => {
  const good: Numeric = Math.exp(-(x * 2 + x))
  // @ts-expect-error it may be tracked
  const n: number = 2 * x
  // @ts-expect-error it may be a number
  const a: NumberWithGrad = 1 - Math.exp(x)
  return [good, n, a]
}
`,
  })
  expect(diagnostics.map(shown)).toEqual([])
})

const table = `import type { operators } from 'tsgrad'
export interface V { readonly [operators]: { '+': 'add' } }
export class V { constructor(readonly x: number) {} add(o: V): V { return new V(this.x + o.x) } }
`
/** The members of a class are written out in these, so that the file must know the symbol. */
const members = `export const Named = <B extends new (...args: any[]) => V>(Base: B) => class extends Base { name = '' }
export class Both extends Named(V) {}
export const spread = { ...new V(1), label: 'x' }
export const sum = Object.assign(new V(1), { label: 'a' }) + new V(2)
`

test('with isolatedDeclarations a table stands in an interface beside its class', () => {
  const use = `${table}export const s: V = new V(1) + new V(2)\n`
  const { diagnostics, program, emit } = compile({ 'main.ts': use }, { isolatedDeclarations: true })
  expect([...diagnostics, ...program.getDeclarationDiagnostics()].map(shown)).toEqual([])
  expect(emit().get('main.js')).toContain('new V(1).add(new V(2))')
})

test('mixins and spreads of another file have declarations where the file imports the symbol', () => {
  const of = (imported: string) =>
    compile({ 'v.ts': table, 'main.ts': `${imported}import { V } from './v.js'\n${members}` })
  const codes = of('')
    .program.getDeclarationDiagnostics()
    .map(({ code }) => code)
  expect(codes).toEqual([4023, 4020, 4023])
  const { diagnostics, program, emit } = of("import type { operators } from 'tsgrad'\n")
  expect([...diagnostics, ...program.getDeclarationDiagnostics()].map(shown)).toEqual([])
  expect(consumed({ 'v.d.ts': emit().get('v.d.ts')!, 'main.d.ts': emit().get('main.d.ts')! })).toEqual([])
})
