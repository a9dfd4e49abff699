/** The page for people who know other libraries: what its first columns show of tsgrad compiles, so each name in it exists. */
import { expect, test } from 'vitest'
import * as tsgrad from '../runtime/index.ts'
import * as inspect from '../runtime/inspect.ts'
import * as linear from '../runtime/linear.ts'
import * as optimise from '../runtime/optimise.ts'
import * as special from '../runtime/special.ts'
import { compile, shown } from './compile.ts'
import { textOf } from './documents.ts'

// the entry with matrices has `dot` of the main one
const { dot: _, ...matrices } = linear
const entries = {
  tsgrad,
  'tsgrad/inspect': inspect,
  'tsgrad/linear': matrices,
  'tsgrad/optimise': optimise,
  'tsgrad/special': special,
}
const rows = textOf('docs/coming-from.md')
  .split('\n')
  .filter(line => line.startsWith('| ') && !/^\| (?:tsgrad|---) \|/.test(line))
  .map(line => line.slice(1, -1).split(/ \| /))
const expressions = rows.flatMap(([first]) => [...first!.matchAll(/`([^`]+)`/g)].map(([, code]) => code!))

const head = `${Object.entries(entries)
  .map(([entry, names]) => `import { ${Object.keys(names).join(', ')} } from '${entry}'`)
  .join('\n')}
declare const x: NumberWithGrad, y: NumberWithGrad, xs: NumberWithGrad[], ys: NumberWithGrad[]
declare const f: (x: NumberWithGrad) => NumberWithGrad
declare const loss: (xs: readonly NumberWithGrad[]) => NumberWithGrad
declare const many: (xs: readonly NumberWithGrad[]) => NumberWithGrad[]
`

test('each row has a name for every library', () => {
  expect(rows.length).toBeGreaterThan(50)
  for (const row of rows) expect(row.length, row[0]).toBe(5)
})

test('what it shows of tsgrad compiles, without `any`', () => {
  expect(expressions.length).toBeGreaterThan(60)
  // of a result whose type is any, every member is there
  const lines = expressions.map(
    (code, i) => `export const row${i} = (${code})\nrow${i} satisfies NotAny<typeof row${i}>`,
  )
  const text = `${head}type NotAny<T> = 0 extends 1 & T ? never : unknown\n${lines.join('\n')}\n`
  const { diagnostics } = compile({ 'main.ts': text }, { skipLibCheck: true })
  expect(diagnostics.filter(({ code }) => code !== 6133).map(shown)).toEqual([])
})
