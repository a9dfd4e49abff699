/** One project built by every bundler: the same values, maps that lead to the original texts, the same errors at the same places. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { bundlers, named, projectOf } from './bundlers.ts'
import { type Deliberate, errors, failing, fixture, inHosts, printed } from './fixture.ts'
import { followed } from './followed.ts'
import type { Run } from './project.ts'

// they wait more than they compute
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })
/** Vite in the thorough project, the others in that of tools, see vitest.config.ts. */
const tried = bundlers.filter(({ name }) => (name === 'vite') !== (process.env.BUNDLERS === 'others'))

describe.concurrent.each(tried)('$name', bundler => {
  const project = projectOf(bundler)
  let built: Run
  beforeAll(async () => {
    built = await project.node(...bundler.command)
  })

  test('the project is built, and prints its values and gradients', async () => {
    expect(built.status, built.output).toBe(0)
    expect(await project.node('out/main.js')).toEqual({ status: 0, output: `${printed.join('\n')}\n` })
  })

  test.runIf('maps' in bundler.can)('an exception is thrown at its place in the original text', async () => {
    const { output, status } = await project.node('--enable-source-maps', 'out/failing.js')
    expect(status).toBe(1)
    expect(output).toContain(failing.printed)
    expect(output).toContain(failing.message)
    const { file, line, column } = failing.places[0]!
    expect(/at positive \(.*?(src\/\w+\.ts:\d+:\d+)\)/.exec(output)?.[1]).toBe(`${file}:${line}:${column}`)
  })

  test.runIf('maps' in bundler.can)('every method that stands for an operator leads to its operator', () => {
    const found = readdirSync(join(project.root, 'out'))
      .filter(name => name.endsWith('.js') && project.exists(`out/${name}.map`))
      .flatMap(name => followed(project.read(`out/${name}`), project.read(`out/${name}.map`)))
    expect(found.filter(({ isRight }) => !isRight)).toEqual([])
    expect(found.filter(({ isExact }) => isExact).length).toBeGreaterThan(bundler.fewest ?? 12)
  })

  /** What the bundler prints of an error in a changed project. */
  const refusal = async ({ files, ...error }: Deliberate) => {
    const { output, status } = await projectOf(bundler, files).node(...bundler.command)
    expect(status).not.toBe(0)
    const text = stripVTControlCharacters(output)
    // esbuild counts columns from 0, as in its own errors
    const column = bundler.name === 'esbuild' ? error.column - 1 : error.column
    expect(text).toContain(`${error.file}:${error.line}:${column}`)
    expect(text).toContain(`error TS${error.code}: ${error.text}`)
    return text
  }

  test('an operator that its class lost stops the build at its place, in a file that only imports the type', async () => {
    const text = await refusal(errors.table)
    // the line of code, marked
    expect(text).toMatch(/time: number\) => position \+ velocity \* time\n[^\w\n]*[~^]+\n/)
  })

  test('a module that the bundler finds and TypeScript does not stops the build at the operators that need it', () =>
    refusal(inHosts.module!))
})

test.each(tried.filter(({ name }) => ['webpack', 'rspack'].includes(name)))(
  '$name: a request that turns tsgrad off for a file with natural math stops the build',
  async bundler => {
    const loader = bundler.name === 'rspack' ? 'builtin:swc-loader' : 'ts-loader?{"transpileOnly":true}'
    const project = projectOf(bundler, { 'src/main.ts': `// @ts-ignore\nimport '!!${loader}!./physics.ts'\n` })
    const { status, output } = await project.node(...bundler.command)
    expect(status).not.toBe(0)
    expect(output).toMatch(/error TS93026: The module .*src\/physics\.ts/)
  },
)

const withTypes = tried.filter(({ name }) => ['vite', 'rolldown', 'esbuild'].includes(name))
test.each(withTypes.map(({ name }) => name))('%s: modules may be .tsx and .mts too', async name => {
  const project = projectOf(named(name), {
    'tsconfig.json': fixture['tsconfig.json']!.replace('"strict"', '"jsx": "preserve", "strict"'),
    'src/main.ts': `import { twice } from './twice.mts'\nimport { label } from './label.tsx'\nconsole.log(label(twice))\n`,
    'src/twice.mts': `import { weight } from './model.ts'\nexport const twice = weight * 2\n`,
    'src/label.tsx': `import { bias } from './model.ts'\nexport const label = (value: typeof bias) => \`\${value * bias}\`\n`,
  })
  const { output, status } = await project.node(...named(name).command)
  expect(status, output).toBe(0)
  expect(await project.node('out/main.js')).toEqual({ status: 0, output: '-6\n' })
})

test.runIf(tried.includes(named('esbuild')))('esbuild shows the errors of all modules', async () => {
  const esbuild = named('esbuild')
  const { output, status } = await projectOf(esbuild, { ...errors.operand.files, ...errors.operator.files }).node(
    ...esbuild.command,
  )
  expect(status).not.toBe(0)
  for (const { file, line, column, code, text } of [errors.operand, errors.operator]) {
    expect(output).toContain(`${file}:${line}:${column - 1}: ERROR: [plugin: tsgrad] error TS${code}: ${text}`)
  }
})
