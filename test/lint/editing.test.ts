/** ESLint as an editor's server has it: one process, texts that are half typed or on no disk, files that change between two answers. */
import { join } from 'node:path'
import { ESLint, type Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import { expect, test, vi } from 'vitest'
import tsgrad from '../../lint/index.ts'
import { Project, tsconfig } from '../hosts/project.ts'

vi.setConfig({ testTimeout: 300_000 })

/** An ESLint in a project, and what it says of a text: `line rule`. */
function server(project: Project, configs: Linter.Config[] = tsgrad.configs.strict) {
  const eslint = new ESLint({ cwd: project.root, overrideConfigFile: true, overrideConfig: configs })
  const lint = async (name: string, text = project.read(name)) => {
    const [result] = await eslint.lintText(text, { filePath: join(project.root, name) })
    return result!.messages.map(({ line, ruleId, message }) => `${line} ${ruleId ?? message}`)
  }
  return lint
}

/** Longer than files on the disk are taken to be the same. */
const later = () => new Promise(resolve => setTimeout(resolve, 700))

const program = `import { NumberWithGrad as N, type Numeric } from 'tsgrad'
interface Model { weights: N[]; bias?: N }
const model: Model = { weights: [0, 1].map(i => new N(i * 2)) }
/** The loss of a model */
export function loss({ weights: [w, v], bias }: Model, x: Numeric) {
  let y = w * x - v ** 2 / (bias ?? 1)
  y += -Math.exp(y) * 3; y++
  return \`\${y > 0 ? y : -y}\`
}
const sorted = model.weights.sort((p, q) => p - q)[0]
export default [loss(model, 2), sorted === model.weights[1]]
`

test('no prefix of a program makes it fail, or say of the syntax what the parser alone would not', async () => {
  const project = new Project({ 'src/main.ts': program })
  const typed = [...(tseslint.configs.strictTypeChecked as Linter.Config[]), ...tsgrad.configs.strict]
  const lint = server(project, typed)
  const parserOnly = server(project, [
    { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser as Linter.Parser } },
  ])
  const isSyntax = (message: string) => /^\S+ Parsing error/.test(message)
  const found = { broken: 0, whole: 0 }
  for (let end = 0; end <= program.length; end++) {
    const text = program.slice(0, end)
    const messages = await lint('src/main.ts', text)
    expect(messages.filter(isSyntax), text).toEqual(await parserOnly('src/main.ts', text))
    found[messages.some(isSyntax) ? 'broken' : 'whole']++
  }
  expect(found.broken).toBeGreaterThan(200)
  expect(found.whole).toBeGreaterThan(50)
  expect(await lint('src/main.ts', program)).toEqual([
    '10 tsgrad/no-tracked-comparator',
    '11 tsgrad/no-tracked-equality',
  ])
})

const value = (text: string) => `import { NumberWithGrad } from 'tsgrad'\nexport const i = ${text}\n`
const main = "import { i } from './value.js'\nexport const x = [1, 2][i]\n"
const report = ['2 tsgrad/no-tracked-index']

test('a saved edit of another file is seen, and its taking back', async () => {
  const project = new Project({ 'src/value.ts': value('1'), 'src/main.ts': main })
  const lint = server(project)
  expect(await lint('src/main.ts')).toEqual([])
  project.write({ 'src/value.ts': value('new NumberWithGrad(1) * 1') })
  await later()
  expect(await lint('src/main.ts')).toEqual(report)
  project.write({ 'src/value.ts': value('2 * 1') })
  await later()
  expect(await lint('src/main.ts')).toEqual([])
})

test('a text that is not saved is seen from other files, until the file on the disk is', async () => {
  const project = new Project({ 'src/value.ts': value('1'), 'src/main.ts': main })
  const lint = server(project)
  expect(await lint('src/main.ts')).toEqual([])
  expect(await lint('src/value.ts', value('new NumberWithGrad(1)'))).toEqual([])
  expect(await lint('src/main.ts')).toEqual(report)
  expect(await lint('src/value.ts')).toEqual([])
  expect(await lint('src/main.ts')).toEqual([])
})

test('a file that is on no disk is linted with types, and so is one that the project does not list', async () => {
  const project = new Project({ 'src/value.ts': value('new NumberWithGrad(1)'), 'src/main.ts': main })
  const lint = server(project)
  expect(await lint('src/new.ts', main)).toEqual(report)
  expect(await lint('elsewhere/new.ts', main.replace('./value.js', '../src/value.js'))).toEqual(report)
  expect(await lint('src/new.ts', `${main}export const y = [1, 2][i * 2]\n`)).toEqual([
    ...report,
    '3 tsgrad/no-tracked-index',
  ])
})

test('files come and go', async () => {
  const project = new Project({ 'src/main.ts': main })
  const lint = server(project)
  expect(await lint('src/main.ts')).toEqual([])
  project.write({ 'src/value.ts': value('new NumberWithGrad(1)') })
  await later()
  expect(await lint('src/value.ts')).toEqual([])
  expect(await lint('src/main.ts')).toEqual(report)
  project.remove('src/value.ts')
  await later()
  expect(await lint('src/main.ts')).toEqual([])
})

test('another tsconfig.json is seen', async () => {
  const project = new Project({ 'src/main.ts': 'export const f = (x: string | null) => x?.length\n' })
  const rule = '@typescript-eslint/no-unnecessary-condition'
  const plugin = { plugins: { '@typescript-eslint': tseslint.plugin as ESLint.Plugin }, rules: { [rule]: 2 } } as const
  const lint = server(project, [{ files: ['**/*.ts'], ...plugin }, ...tsgrad.configs.base])
  expect(await lint('src/main.ts')).toEqual([])
  project.write({ 'tsconfig.json': tsconfig({ strict: false }) })
  await later()
  expect(await lint('src/main.ts')).toContain(`0 ${rule}`)
})

test('with a program that tsgrad cannot compile every file says so, until it is put right', async () => {
  const project = new Project({ 'src/value.ts': value('new NumberWithGrad(1)'), 'src/main.ts': main })
  const lint = server(project)
  project.write({
    'src/copy/operators.ts':
      'export declare const operators: unique symbol\nexport interface X {}\nexport type Probe = X\n',
  })
  const [message, ...others] = await lint('src/main.ts')
  expect(others).toEqual([])
  expect(message).toMatch(/Parsing error: This program contains two copies of tsgrad/)
  project.remove('src/copy/operators.ts')
  await later()
  expect(await lint('src/main.ts')).toEqual(report)
})
