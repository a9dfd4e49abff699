/** A session's derivatives follow the bodies of functions in other files: after each edit they are those of a new session. */
import { expect, test } from 'vitest'
import { shown } from '../compile.ts'
import { base, Edited } from '../edited.ts'
import { seed } from '../random.ts'
import { randomOf } from './structured-programs.ts'

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

test('a session and a new one give the same texts and errors, after random edits', () => {
  const random = randomOf(seed)
  const among = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!
  const bodies = [
    'return x * x',
    'return Math.exp(x)',
    'let y = x; y += 1; return y',
    'return [x].pop()!',
    'if (x > 1) return x; return x * 3',
  ]
  const costs = ['layer(x)', '2 * layer(x)', 'layer(layer(x))', 'x', 'Number(layer(x))']
  const edited = new Edited(files)
  let seen = 0
  for (let i = 0; i < 12; i++) {
    edited.write(random() < 0.6 ? { 'src/layer.ts': layer(among(bodies)) } : { 'src/model.ts': model(among(costs)) })
    const fresh = edited.fresh()
    const name = edited.path('src/fit.ts')
    expect(edited.session.diagnostics(name).map(shown)).toEqual(fresh.diagnostics(name).map(shown))
    expect(edited.lowered('src/fit.ts')).toBe(edited.lowered('src/fit.ts', fresh))
    seen++
  }
  expect(seen).toBe(12)
})
