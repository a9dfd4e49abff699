/** An optional part of tsgrad checks the release of its tool: what is too old is refused by name, anything else is taken. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { oldestReleases } from '../../transformer/hosts/modules/oldest-releases.ts'
import { type OptionalPart, oldRelease } from '../../transformer/hosts/modules/tool-releases.ts'
import { Project } from './project.ts'

const project = new Project({ 'src/deep/a.ts': '' }, {})
const folder = join(project.root, 'src/deep')
const install = (name: string, version: string) => {
  const at = join(project.root, 'node_modules', name)
  mkdirSync(at, { recursive: true })
  writeFileSync(join(at, 'package.json'), JSON.stringify({ name, version }))
}

const rows = Object.entries(oldestReleases).flatMap(([part, tools]) =>
  Object.entries(tools).map(([tool, oldest]) => ({ part: part as OptionalPart, tool, oldest })),
)

test.each(rows)('tsgrad/$part takes $tool $oldest and later, and refuses what is older', ({ part, tool, oldest }) => {
  const [major, minor, patch] = oldest.split('.').map(Number) as [number, number, number]
  for (const release of [oldest, `${major + 1}.0.0`, `${major}.${minor}.${patch + 1}-beta.1`, '100.0.0']) {
    install(tool, release)
    expect(oldRelease(part, folder), release).toBeUndefined()
  }
  for (const release of [`${major - 1}.99.0`, ...(minor > 0 ? [`${major}.${minor - 1}.9`] : []), '0.0.1-alpha.2']) {
    install(tool, release)
    expect(oldRelease(part, folder)).toBe(
      `TS93014: tsgrad/${part} needs ${tool} ${oldest} or later, and ${release} is installed. Update it: \`npm install --save-dev ${tool}@latest\`.`,
    )
  }
  install(tool, oldest)
})

test('a tool that is not found, or has an unreadable package.json, is not checked', () => {
  expect(oldRelease('vite', '/')).toBeUndefined()
  writeFileSync(join(project.root, 'node_modules/vite/package.json'), '{')
  expect(oldRelease('vite', folder)).toBeUndefined()
})
