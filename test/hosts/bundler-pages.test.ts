/** The pages of the bundlers show what the tests build by. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from './project.ts'

const pages = {
  vite: 'vite.config.js',
  rollup: 'rollup.config.js',
  rolldown: 'rolldown.config.js',
  esbuild: 'build.js',
  webpack: 'webpack.config.js',
  rspack: 'rspack.config.js',
  farm: 'farm.config.js',
  bun: 'build.js',
}

test.each(Object.entries(pages))('docs/hosts/%s.md shows %s of the test', (host, config) => {
  const page = readFileSync(join(repository, 'docs/hosts', `${host}.md`), 'utf8')
  const [, shown] = /```js\n(.*?)```/s.exec(page) ?? []
  expect(shown).toContain('tsgrad()')
  expect(shown).toBe(readFileSync(join(repository, 'test/hosts', host, config), 'utf8'))
})
