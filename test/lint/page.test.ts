/** docs/hosts/eslint.md holds: its lines set ESLint up, its table is what the rules say of themselves, its examples are reported as it says. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ESLint } from 'eslint'
import { beforeAll, describe, expect, test } from 'vitest'
import tsgrad from '../../lint/index.ts'
import { lintRules } from '../../lint/rules/index.ts'
import { type Packages, Project, type Run, repository } from '../hosts/project.ts'

const page = readFileSync(join(repository, 'docs/hosts/eslint.md'), 'utf8')
const names = Object.keys(lintRules) as (keyof typeof lintRules)[]

/** The section of a rule. */
function sectionOf(name: string): string {
  const [, section] = page.split(`\n### ${name}\n`)
  return section?.split(/\n##+ /)[0] ?? ''
}

const blockIn = (text: string, language: string) =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(text)?.[1] ?? ''

test('the table of rules is what the rules say of themselves', () => {
  const rows = names.map(name => {
    const { docs, fixable } = lintRules[name].meta
    const changed = fixable ? 'fix, suggestion' : 'suggestion'
    return [`[\`${name}\`](#${name})`, docs!.level, changed, docs!.description]
  })
  expect(rows.length).toBeGreaterThan(4)
  const table = page.split('\n## Rules\n')[1]!.trim().split('\n\n')[0]!
  const written = table.split('\n').slice(2)
  expect(
    written.map(row =>
      row
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    ),
  ).toEqual(rows)
})

test('the presets report by the levels of the table', () => {
  const levels = Object.fromEntries(names.map(name => [`tsgrad/${name}`, lintRules[name].meta.docs!.level]))
  expect(tsgrad.configs.base.flatMap(({ rules }) => Object.entries(rules ?? {}))).toEqual([])
  expect(tsgrad.configs.recommended[0]!.rules).toEqual(levels)
  expect(tsgrad.configs.strict[0]!.rules).toEqual(Object.fromEntries(Object.keys(levels).map(name => [name, 'error'])))
})

describe('the example of each rule is reported where it says, and nowhere else', () => {
  const project = new Project({ 'src/main.ts': '' })
  const eslint = new ESLint({
    cwd: project.root,
    overrideConfigFile: true,
    overrideConfig: tsgrad.configs.strict,
  })
  test.each(names)('%s', async name => {
    const text = blockIn(sectionOf(name), 'ts')
    const expected = text
      .split('\n')
      .flatMap((line, i) => (line.endsWith('// reported') ? [`${i + 1} tsgrad/${name}`] : []))
    expect(expected.length).toBeGreaterThan(0)
    const [result] = await eslint.lintText(text, { filePath: join(project.root, 'src/main.ts') })
    expect(result!.messages.map(({ line, ruleId, message }) => `${line} ${ruleId ?? message}`)).toEqual(expected)
  })
})

/** All packages that are installed here, under their own names, with another compiler: none of them finds one that stands elsewhere. */
function packagesWith(typescript: string): Packages {
  const modules = join(repository, 'node_modules')
  const found = readdirSync(modules).filter(name => !name.startsWith('.') && existsSync(join(modules, name)))
  return {
    ...Object.fromEntries(found.map(name => [name, join(modules, name)])),
    typescript: join(modules, typescript),
    // without its own node_modules, which has a compiler too
    tsgrad: undefined,
    'tsgrad/dist': join(repository, 'dist'),
    'tsgrad/package.json': join(repository, 'package.json'),
  }
}

const traps = names.map(name => [`src/${name}.ts`, blockIn(sectionOf(name), 'ts')] as const)
const stable = 'src/prefer-stable-math.ts'

describe.each(['typescript', 'typescript-5'])('by the lines of the page, with the package %s', version => {
  const config = blockIn(page, 'js')
  const project = new Project(
    {
      'eslint.config.js': config,
      'src/console.d.ts': 'declare const console: { log(...values: unknown[]): void }\n',
      'src/plain.ts': "export const words = ['b', 'a'].sort()\n",
      ...Object.fromEntries(traps),
    },
    packagesWith(version),
  )
  const eslint = (...args: string[]) =>
    project.node('--preserve-symlinks', '--preserve-symlinks-main', 'node_modules/eslint/bin/eslint.js', ...args)
  let first: Run
  beforeAll(async () => {
    first = await eslint('src', '--format', 'json')
    if (!first.output.startsWith('[')) throw new Error(first.output)
  }, 120_000)

  test('each trap is found by its rule, at its level, and the strict rules have nothing against natural math', () => {
    const results = JSON.parse(first.output) as ESLint.LintResult[]
    expect(results).toHaveLength(names.length + 2)
    const found = results.flatMap(({ messages }) => messages.map(({ ruleId, severity }) => `${ruleId} ${severity}`))
    const expected = names.map(name => `tsgrad/${name} ${lintRules[name].meta.docs!.level === 'error' ? 2 : 1}`)
    expect([...new Set(found)].sort()).toEqual(expected)
    expect(first.status).toBe(1)
  })

  test('fixes are written', async () => {
    await eslint('--fix', 'src')
    expect(project.read(stable)).toContain('export const infinite = softplus(x) // reported')
    expect(project.read('src/no-tracked-comparator.ts')).toContain('losses.sort((p, q) => p.num - q.num) // reported')
  })
})
