/** Chains that are too long to be nested calls, through the real tspc. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Project, repository } from './project.ts'

const readme = readFileSync(join(repository, 'README.md'), 'utf8')

// 50,000 terms take some ten seconds of processor time
test('chains may have the length that the README promises', { timeout: 300_000 }, async () => {
  const length = Number(/([\d,]+) terms are tested/.exec(readme)![1]!.replace(',', ''))
  expect(length).toBeGreaterThan(1000)
  const chains = [
    `export const tracked = a${' + a'.repeat(length - 1)}`,
    // as numbers, TypeScript itself cannot compile it
    `export const nested = ${'('.repeat(600)}a${' + 1)'.repeat(600)}`,
    'console.log(`${tracked} ${nested}`)',
  ]
  const head = "import { NumberWithGrad } from 'tsgrad'; const a = new NumberWithGrad(1)"
  const project = new Project({
    'src/main.ts': `${head}\n${chains.join('\n')}\n`,
    'src/global.d.ts': 'declare var console: { log(...values: unknown[]): void }\n',
  })
  expect((await project.tspc()).output).toBe('')
  const { output } = await project.node('out/main.js')
  expect(output).toBe(`${length} 601\n`)
})
