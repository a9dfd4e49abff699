/** The pages of the hosts show what the tests build and run by. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hosts } from '../../scripts/tables/hosts.ts'
import { blocksOf } from '../documents.ts'
import { configsOf } from './bundlers.ts'
import { repository } from './project.ts'

const textOf = (name: string) => readFileSync(join(repository, name), 'utf8')

const configs = hosts.flatMap(({ name }) => configsOf(name).map(config => [name, config] as const))

test('most hosts are configured by a file', () => {
  expect(configs.length).toBeGreaterThan(10)
})

test.each(configs)('docs/hosts/%s.md shows %s of the test', (host, config) => {
  const text = textOf(`test/hosts/${host}/${config}`)
  expect(text).toMatch(/tsgrad(?:\(\)|\/)/)
  expect(blocksOf(`docs/hosts/${host}.md`).map(block => block.text)).toContain(text)
})

test('docs/hosts/node.md shows the commands of the test', () => {
  const { scripts } = JSON.parse(textOf('test/hosts/node/package.json')) as { scripts: Record<string, string> }
  const lines = textOf('docs/hosts/node.md').split('\n')
  expect(Object.values(scripts)).toHaveLength(2)
  for (const script of Object.values(scripts)) expect(lines).toContain(script)
})
