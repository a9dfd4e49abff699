/** One project built by every bundler with the other compilers: the same values. */
import { expect, test } from 'vitest'
import { bundlers, named, projectOf } from './bundlers.ts'
import { printed } from './fixture.ts'
import { installed } from './project.ts'
import { typescriptOf, typescripts } from './typescripts.ts'

const others = typescripts.filter(({ folder }) => folder !== installed.typescript)
const pairs = bundlers.flatMap(bundler =>
  others.filter(({ version }) => version in bundler.typescript).map(({ version }) => [bundler.name, version] as const),
)

test.each(pairs)('%s builds with TypeScript %s as well', async (name, version) => {
  const project = projectOf(named(name), {}, { typescript: typescriptOf(version).folder })
  const { output, status } = await project.node(...named(name).command)
  expect(status, output).toBe(0)
  expect((await project.node('out/main.js')).output).toBe(`${printed.join('\n')}\n`)
})

test.each(['vite', 'esbuild'])('%s builds with TypeScript 6 beside 7', async name => {
  const compilers = {
    typescript: typescriptOf('7.0').folder,
    '@typescript/typescript6': typescriptOf('6.0').folder,
  }
  const project = projectOf(named(name), {}, compilers)
  const { output, status } = await project.node(...named(name).command)
  expect(status, output).toBe(0)
  expect((await project.node('out/main.js')).output).toBe(`${printed.join('\n')}\n`)
})
