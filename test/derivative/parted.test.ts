/** Records and lists that become variables, one for each part: which ones do, beside nearly the same ones that something needs as a whole. */
import { expect, test } from 'vitest'
import { compile, run, shown } from '../compile.ts'
import { type CompiledVerb, expectDerivatives } from './by-differences.ts'
import { compiledGradients } from './compiled.ts'

const point = 'export interface Point { x: number; y: number }\n'
const over = (body: string, before = '') => `${point}${before}function f(z: number[], k: number) { ${body} }`

/** A function whose records are variables, and nearly the same one that keeps them. */
const rows: readonly (readonly [about: string, parted: string, whole: string])[] = [
  [
    'a list that is taken apart',
    over('const [a, b] = [z[0]! * k, z[1]!]; return a * b + a'),
    over('const h = [z[0]! * k, z[1]!]; const a = h[0]!, b = h[1]!; h.push(a); return a * b + h.length'),
  ],
  [
    'one that is another one in each turn',
    over(
      'let s: Point = { x: z[0]!, y: k }; for (let i = 0; i < 3; i++) s = { x: s.x * s.y, y: s.y + s.x * 0.1 }; return s.x * s.y',
    ),
    over(
      'let s: Point = { x: z[0]!, y: k }; let r = s; for (let i = 0; i < 3; i++) { r = s; s = { x: s.x * s.y, y: s.y + s.x * 0.1 }; r.x += s.y } return s.x * s.y + r.x',
    ),
  ],
  [
    'one that is changed in place',
    over(
      'const p: Point = { x: z[0]!, y: z[1]! }; for (let i = 0; i < 4; i++) { p.x += p.y * 0.1; p.y -= p.x * k } return p.x * p.y',
    ),
    over(
      'const p: Point = { x: z[0]!, y: z[1]! }; let q = p; for (let i = 0; i < 4; i++) { p.x += q.y * 0.1; q.y -= p.x * k; if (i === 2) q = { x: k, y: k } } return p.x * p.y * q.y',
    ),
  ],
  [
    'what a function gives back',
    over(
      'const a = turned({ x: z[0]!, y: k }, 0.3), b = turned(a, z[1]!); return b.x + a.y * b.y',
      'const turned = (p: Point, a: number): Point => ({ x: p.x * Math.cos(a) - p.y * Math.sin(a), y: p.x * Math.sin(a) + p.y * Math.cos(a) })\n',
    ),
    over(
      'const all: Point[] = []; all.push(turned({ x: z[0]!, y: k }, 0.3)); all.push(turned(all[0]!, z[1]!)); return all[1]!.x + all[0]!.y * all[1]!.y',
      'const turned = (p: Point, a: number): Point => ({ x: p.x * Math.cos(a) - p.y * Math.sin(a), y: p.x * Math.sin(a) + p.y * Math.cos(a) })\n',
    ),
  ],
  [
    'a choice of two',
    over('const p: Point = z[0]! > 0 ? { x: z[0]!, y: k } : { x: k, y: z[0]! }; return p.x * p.x * p.y'),
    over(
      'const a: Point = { x: z[0]!, y: k }; const p = z[0]! > 0 ? a : { x: k, y: z[0]! }; p.x *= k; return p.x * p.x * p.y + a.x',
    ),
  ],
  [
    'records of records',
    over(
      'let body = { at: { x: z[0]!, y: 0 }, by: { x: k, y: z[1]! } }; for (let i = 0; i < 3; i++) body = { at: { x: body.at.x + body.by.x, y: body.at.y + body.by.y * body.at.x }, by: { x: -body.at.y, y: body.by.x } }; return body.at.x * body.at.y',
    ),
    over(
      'const ats: Point[] = []; let body = { at: { x: z[0]!, y: 0 }, by: { x: k, y: z[1]! } }; for (let i = 0; i < 3; i++) { ats.push(body.at); body = { at: { x: body.at.x + body.by.x, y: body.at.y + body.by.y * body.at.x }, by: { x: -body.at.y, y: body.by.x } } } return body.at.x * body.at.y + ats[2]!.x',
    ),
  ],
  [
    'places that are known',
    over('const m = [z[0]!, z[1]!, k]; m[1]! *= m[0]!; m[2]! += m[1]!; return m[0]! * m[1]! * m[2]!'),
    over('const m = [z[0]!, z[1]!, k]; for (let i = 1; i < 3; i++) m[i]! *= m[i - 1]!; return m[0]! * m[1]! * m[2]!'),
  ],
  [
    'parts of one form',
    over('let p = { x: k, y: z[0]! }; if (z[1]! < 0) p = { x: z[1]!, y: k }; return p.x * p.y'),
    over(
      'let p: { x: number; y?: number } = { x: k, y: z[0]! }; if (z[1]! < 0) p = { x: z[1]! }; return p.x * (p.y ?? k)',
    ),
  ],
  [
    'exchanged ones',
    over(
      'let a: Point = { x: z[0]!, y: k }, b: Point = { x: z[1]!, y: 2 }; for (let i = 0; i < 3; i++) { [a, b] = [b, { x: a.x * b.y, y: a.y + b.x }] } return a.x * b.y + b.x',
    ),
    over(
      'let a: Point = { x: z[0]!, y: k }, b: Point = { x: z[1]!, y: 2 }; for (let i = 0; i < 3; i++) { [a, b] = [b, a]; a.x *= b.y } return a.x * b.y + b.x',
    ),
  ],
]

const sources = rows.flatMap(([, parted, whole]) => [parted, whole])
const hasRecords = (text: string) => / any(?:\[\])? = [[{]/.test(text)

test('what nothing needs as a whole is no record any more, and nearly the same one is', () => {
  const found = compiledGradients(sources).map(({ text }) => hasRecords(text))
  expect(rows.map(([about], i) => [about, found[2 * i], found[2 * i + 1]])).toEqual(
    rows.map(([about]) => [about, false, true]),
  )
})

const compiled = compile(
  Object.fromEntries(
    sources.map((source, i) => [
      `f${i}.ts`,
      `import { hvp, jvp, valueAndGrad } from 'tsgrad'\n${source}\nexport const verbs = [f, valueAndGrad(f), jvp(f), hvp(f)] as const`,
    ]),
  ),
  { declaration: false },
)

test('all of them compile', () => expect(compiled.diagnostics.map(shown)).toEqual([]))

const emitted = compiled.emit()
test.each(rows.flatMap(([about]) => [about, `${about}, nearly`]).map((name, i) => [name, i] as const))('%s', (_, i) => {
  const { verbs } = run(emitted.get(`f${i}.js`)!) as { verbs: readonly CompiledVerb[] }
  expectDerivatives([[0.7, -1.2], 0.4], verbs)
  expectDerivatives([[-0.7, 1.1], 1.3], verbs)
})
