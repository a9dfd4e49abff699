/** A session's derivatives follow the bodies of functions in other files: after each edit they are those of a new session. */
import { expect, test } from 'vitest'
import type { Session } from '../../transformer/build/session.ts'
import { textMap } from '../../transformer/text/positions.ts'
import { shown } from '../compile.ts'
import { base, Edited } from '../edited.ts'
import { countOr, randomOf, seed } from '../random.ts'

const layer = (body: string) => `export function layer(x: number) { ${body} }\n`
const model = (body: string) => `import { layer } from './layer.js'\nexport const cost = (x: number) => ${body}\n`
const files = {
  ...base,
  'src/layer.ts': layer('return x * x'),
  'src/model.ts': model('2 * layer(x)'),
  'src/fit.ts': "import { grad } from 'tsgrad'\nimport { cost } from './model.js'\nexport const slope = grad(cost)\n",
}

test('an edit of a body in a file two steps away makes the text stale', () => {
  const edited = new Edited(files)
  expect(edited.lowered('src/fit.ts')).toMatch(/differentiable\(cost, [\s\S]*x \* x/)
  expect(edited.stale()).toEqual([])
  // no declaration changes
  edited.write({ 'src/layer.ts': layer('return Math.sin(x)') })
  expect(edited.stale()).toEqual(['src/fit.ts'])
  expect(edited.lowered('src/fit.ts')).toContain('Math.sin(x)')
  expect(edited.stale()).toEqual([])
  expect(edited.session.dependencies(edited.path('src/fit.ts'))).toContain(edited.path('src/layer.ts'))
})

test('a line that moves in another file makes the source map stale', () => {
  const power = layer('let y = x; for (let i = 0; i < 3; i++) y *= x; return y')
  const edited = new Edited({ ...files, 'src/layer.ts': power })
  const text = edited.lowered('src/fit.ts')
  edited.write({ 'src/layer.ts': `// moved\n${power}` })
  expect(edited.stale()).toEqual(['src/fit.ts'])
  expect(edited.lowered('src/fit.ts')).toBe(text)
  edited.write({ 'src/layer.ts': `// moved\n${power}// behind it` })
  expect(edited.stale()).toEqual([])
})

test('an error in such a body is one of the file that takes the gradient, until it is gone', () => {
  const edited = new Edited(files)
  const said = () => edited.session.operatorDiagnostics(edited.path('src/fit.ts')).map(shown)
  expect(said()).toEqual([])
  edited.write({ 'src/layer.ts': layer('return Number(x)') })
  expect(said()).toEqual([expect.stringMatching(/^3:27 "cost" TS94001 .* It is at layer\.ts:1:43\. It is reached by/)])
  edited.write({ 'src/layer.ts': layer('return 3 * x') })
  expect(said()).toEqual([])
  expect(edited.lowered('src/fit.ts')).toContain('3 * x')
})

const names = [0, 1, 2, 3, 4].map(i => `src/f${i}.ts`)
/** What is asked of a session: the text, its map, and what it says. */
const told = (edited: Edited, name: string, session: Session) => {
  const mapped = session.lowered(edited.path(name))
  const errors = session.diagnostics(edited.path(name)).map(shown).sort()
  return { text: mapped?.text, map: mapped && textMap(mapped, name), errors }
}

test('a session and a new one give the same texts, maps and errors, after random edits of five files that call each other', () => {
  const random = randomOf(seed)
  const below = (count: number) => Math.floor(random() * count)
  const among = <T>(all: readonly T[]): T => all[below(all.length)]!
  /** An expression, in which functions of other files are called: in a circle too, which is recursion. */
  const expression = (own: number, depth: number): string => {
    const part = () => expression(own, depth - 1)
    if (depth === 0) return among(['x', 'x', `${1 + below(9)}`])
    return among([
      () => `(${part()} + ${part()})`,
      () => `${part()} * ${part()}`,
      () => `Math.sin(${part()})`,
      () => `f${below(5)}(${part()})`,
      () => `f${(own + 1) % 5}(${part()})`,
    ])()
  }
  const body = (i: number): string => {
    const e = (depth = 2) => expression(i, depth)
    return among([
      () => `return ${e()}`,
      () => `return ${e(3)}`,
      () => `let y = x\n  for (let k = 0; k < 3; k++) y *= ${e(1)}\n  return y`,
      () => `if (x > ${below(9)}) return ${e()}\n  return ${e(1)}`,
      () => `return [x, ${e()}].map(each => each * ${e(1)}).reduce((a, b) => a + b)`,
      () => `if (x < 0) throw new Error('below 0')\n  return ${e()}`,
      // refused, or an error of TypeScript
      () => `return Number(${e()})`,
      () => `return ${e(1)} + missing`,
    ])()
  }
  const file = (i: number): string => {
    const others = [0, 1, 2, 3, 4].filter(each => each !== i)
    return [
      ...Array.from({ length: below(3) }, () => '// a line more'),
      ...others.map(each => `import { f${each} } from './f${each}.js'`),
      // the text is lowered, and places move with it
      ...(below(3) === 0
        ? ["import { NumberWithGrad } from 'tsgrad'", 'export const t = new NumberWithGrad(2) * 3 + 1']
        : []),
      `export function ${below(30) === 0 ? 'other' : `f${i}`}(x: number${among(['', '', '', ', y = 2'])}): number {`,
      `  ${body(i)}\n}\n`,
    ].join('\n')
  }
  const asked = [
    "import { grad, hvp, jvp } from 'tsgrad'",
    ...names.map((_, i) => `import { f${i} } from './f${i}.js'`),
    'export const slopes = [grad(f0), grad((x: number) => f1(x) + f2(x)), grad(f4, { by: 0 })]',
    'export const others = [jvp((x: number) => f3(x)), hvp((x: number) => f4(x))]\n',
  ].join('\n')
  const edited = new Edited({
    ...base,
    ...Object.fromEntries(names.map((name, i) => [name, file(i)])),
    'src/fit.ts': asked,
  })
  const seen = { edits: 0, derived: 0, refused: 0, stale: 0 }
  for (let round = 0; round < countOr(4); round++) {
    const before = told(edited, 'src/fit.ts', edited.session)
    for (let edits = 1 + below(3); edits > 0; edits--, seen.edits++) {
      const i = below(5)
      edited.write({ [names[i]!]: file(i) })
      // what is asked between edits decides what is known at the next one
      if (below(3) === 0) edited.session.diagnostics(edited.path(among(names)))
    }
    const stale = edited.stale()
    const fresh = edited.fresh()
    for (const name of ['src/fit.ts', among(names)])
      expect(told(edited, name, edited.session), `seed ${seed}, ${name}`).toEqual(told(edited, name, fresh))
    const now = told(edited, 'src/fit.ts', edited.session)
    // a map that differs where nothing is on the page need not be fetched again
    if (now.text !== before.text) expect(stale).toContain('src/fit.ts')
    seen.stale += stale.length > 0 ? 1 : 0
    seen.derived += now.text?.includes('grad: (') ? 1 : 0
    seen.refused += now.errors.some(each => / TS94/.test(each)) ? 1 : 0
  }
  console.log(`session: ${JSON.stringify(seen)}, seed ${seed}`)
  expect(seen.derived + seen.refused).toBeGreaterThan(0)
  expect(seen.stale).toBeGreaterThan(0)
})
