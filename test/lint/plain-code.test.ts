/** On plain code, several packages and this repository's own sources, no rule for natural math says anything, beside code where they do. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ESLint } from 'eslint'
import { expect, test, vi } from 'vitest'
import tsgrad from '../../lint/index.ts'
import { Project, repository, tsconfig } from '../hosts/project.ts'
import { countOr } from '../random.ts'

vi.setConfig({ testTimeout: 300_000 })

const sources = [
  'node_modules/zod/src/v4/core',
  'node_modules/minisearch/src',
  'node_modules/@jridgewell/trace-mapping/src',
  'node_modules/@jridgewell/gen-mapping/src',
  'node_modules/@jridgewell/remapping/src',
  'node_modules/@jridgewell/sourcemap-codec/src',
  // twice as long as all others, and written alike
  ...(countOr(1) > 1 ? ['command', 'lint', 'transformer'] : []),
]

/** Formulas and comparisons that the rules speak of, on plain numbers. */
const plain = `
import { NumberWithGrad, exp, log, sigmoid } from 'tsgrad'
export const softplus = (x: number) => Math.log(1 + Math.exp(x)) + log(1 + exp(x)) + log(sigmoid(x))
export const logistic = (x: number) => 1 / (1 + Math.exp(-x)) + Math.exp(x) / (1 + Math.exp(x))
export const length = (x: number, y: number) => Math.sqrt(x * x + y ** 2) + Math.log(1 + x) + Math.exp(y) - 1
export const lse = (xs: number[]) => Math.log(xs.map(x => Math.exp(x)).reduce((p, q) => p + q))
export const order = (xs: number[], i: number) => xs.sort((p, q) => p - q)[i] === xs.toSorted()[0]
const a = new NumberWithGrad(3)
let total = 0
for (let i = 0; i < 3; i++) {
  const loss = a * i
  loss.backward()
  total += loss.num
  switch (i) { case 1: total += i }
}
export { total }
`

/** The same on tracked numbers: one line, one report. */
const natural = `
import { NumberWithGrad } from 'tsgrad'
declare const a: NumberWithGrad, xs: NumberWithGrad[]
export const softplus = Math.log(1 + Math.exp(a))
export const sorted = xs.sort((p, q) => p - q)
export const element = xs[a]
export const same = a === xs[0]
let total = new NumberWithGrad(0)
for (const x of xs) { const loss = x * a; loss.backward()
  total += loss }
export const shown = \`\${total}\`
`

function filesOf(folder: string) {
  const root = join(repository, folder)
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts') && !/test|benchmark/.test(name))
    .map(name => [`src/${folder.replaceAll('/', '-')}/${name}`, readFileSync(join(root, name), 'utf8')] as const)
}

test('nothing is reported in thousands of lines of plain code, and each trap beside them is', async () => {
  const corpus = sources.flatMap(folder => {
    const files = filesOf(folder)
    expect(files.length, folder).toBeGreaterThan(0)
    return files
  })
  const text = corpus.map(([, each]) => each).join('\n')
  expect(text.split('\n').length).toBeGreaterThan(15_000)
  // there was something to look at
  expect(text.match(/[=!]==? /g)!.length).toBeGreaterThan(350)
  expect(text.match(/\.sort\(/g)!.length).toBeGreaterThan(5)
  expect(text.match(/\w\[\w/g)!.length).toBeGreaterThan(300)
  expect(text.match(/\+= /g)!.length).toBeGreaterThan(20)
  const project = new Project({
    ...Object.fromEntries(corpus),
    'src/plain.ts': plain,
    'src/natural.ts': natural,
    'tsconfig.json': tsconfig({ allowImportingTsExtensions: true, noEmit: true, declaration: false }),
  })
  const eslint = new ESLint({
    cwd: project.root,
    overrideConfigFile: true,
    overrideConfig: [...tsgrad.configs.strict, { linterOptions: { reportUnusedDisableDirectives: 'off' } }],
    allowInlineConfig: false,
  })
  const results = await eslint.lintFiles(['src'])
  expect(results).toHaveLength(corpus.length + 2)
  const found = results.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ ruleId, line, message }) => `${filePath.slice(project.root.length + 5)}:${line} ${ruleId ?? message}`,
    ),
  )
  expect(found).toEqual([
    'natural.ts:4 tsgrad/prefer-stable-math',
    'natural.ts:5 tsgrad/no-tracked-comparator',
    'natural.ts:6 tsgrad/no-tracked-index',
    'natural.ts:7 tsgrad/no-tracked-equality',
    'natural.ts:10 tsgrad/no-kept-graph',
  ])
})
