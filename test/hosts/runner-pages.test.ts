/** The pages of the test runners and of Node show what the tests run by. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from './project.ts'

const textOf = (name: string) => readFileSync(join(repository, name), 'utf8')

test.each([
  ['vitest', ['vitest.config.js']],
  ['jest', ['jest.config.mjs', 'jest.esm.config.mjs']],
] as const)('docs/hosts/%s.md shows %s of the test', (host, configs) => {
  const shown = [...textOf(`docs/hosts/${host}.md`).matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code)
  expect(shown.slice(0, configs.length)).toEqual(configs.map(name => textOf(`test/hosts/${host}/${name}`)))
})

test('docs/hosts/bun.md shows bunfig.toml of the test', () => {
  const [, shown] = /```toml\n(.*?)```/s.exec(textOf('docs/hosts/bun.md')) ?? []
  expect(shown).toBe(textOf('test/hosts/bun/bunfig.toml'))
})

test('docs/hosts/node.md shows the commands of the test', () => {
  const { scripts } = JSON.parse(textOf('test/hosts/node/package.json')) as { scripts: Record<string, string> }
  const lines = textOf('docs/hosts/node.md').split('\n')
  expect(Object.values(scripts)).toHaveLength(2)
  for (const script of Object.values(scripts)) expect(lines).toContain(script)
})
