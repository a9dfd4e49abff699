/** One project built by every bundler with the other compilers: the same values. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundlers, named, projectOf } from './bundlers.ts'
import { printed } from './fixture.ts'
import { repository } from './project.ts'

test.each(bundlers.map(({ name }) => name))('%s builds with TypeScript 5.9 as well', async name => {
  const project = projectOf(named(name), {}, { typescript: join(repository, 'node_modules/typescript-5') })
  const { output, status } = await project.node(...named(name).command)
  expect(status, output).toBe(0)
  expect((await project.node('out/main.js')).output).toBe(`${printed.join('\n')}\n`)
})

test.each(['vite', 'esbuild'])('%s builds with TypeScript 6 beside 7', async name => {
  const folder = (name: string) => join(repository, 'node_modules', name)
  const compilers = { typescript: folder('typescript-7'), '@typescript/typescript6': folder('typescript') }
  const project = projectOf(named(name), {}, compilers)
  const { output, status } = await project.node(...named(name).command)
  expect(status, output).toBe(0)
  expect((await project.node('out/main.js')).output).toBe(`${printed.join('\n')}\n`)
})
