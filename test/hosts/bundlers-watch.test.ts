/** Bundlers that watch: edits reach every module whose operators they concern, also where no import is left to lead there. */
import type { ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changing, edit } from './changing.ts'
import { errors, packages } from './fixture.ts'
import { Project, repository } from './project.ts'

interface Watcher {
  readonly name: string
  /** The command, as a user would give it. */
  readonly command: readonly string[]
  readonly packages: readonly string[]
}

const watchers: readonly Watcher[] = [
  { name: 'vite', command: ['node_modules/vite/bin/vite.js', 'build', '--watch'], packages: ['vite'] },
  {
    name: 'rollup',
    command: ['node_modules/rollup/dist/bin/rollup', '-c', '-w', '--no-watch.clearScreen'],
    packages: ['rollup', 'rollup-plugin-esbuild'],
  },
  { name: 'rolldown', command: ['node_modules/rolldown/bin/cli.mjs', '-c', '-w'], packages: ['rolldown'] },
  { name: 'esbuild', command: ['build.js', '--watch'], packages: ['esbuild'] },
  { name: 'webpack', command: ['build.js', '--watch'], packages: ['webpack', 'ts-loader'] },
  { name: 'rspack', command: ['build.js', '--watch'], packages: ['@rspack/core'] },
]

const main = `import { leaf, three } from './leaf.ts'
import { moved } from './physics.ts'
import { Vec2 } from './vec.ts'

console.log(\`moved \${moved(new Vec2(1, 2), new Vec2(10, 20), 0.5)}, leaf \${leaf}, three \${three}\`)
`

describe.each(watchers)('$name', ({ name, command, packages: names }) => {
  const folder = join(repository, 'test/hosts', name)
  const own = readdirSync(folder).map(each => [each, readFileSync(join(folder, each), 'utf8')])
  const linked = Object.fromEntries(names.map(each => [each, join(repository, 'node_modules', each)]))
  const project = new Project(
    { ...changing, ...Object.fromEntries(own), 'src/main.ts': main },
    { ...packages, ...linked },
  )
  let watcher: ChildProcess
  let output = ''
  const take = (chunk: Buffer) => (output += stripVTControlCharacters(String(chunk)))
  beforeAll(() => {
    watcher = project.start(...command)
    watcher.stdout!.on('data', take)
    watcher.stderr!.on('data', take)
  })
  afterAll(async () => {
    const ended = new Promise(resolve => watcher.on('close', resolve))
    watcher.kill()
    await ended
  })

  const printed = async () => (project.exists('out/main.js') ? (await project.node('out/main.js')).output : '')
  const prints = (text: string) =>
    expect
      .poll(printed, { timeout: 30_000, interval: 100, message: `${name} printed:\n${output}` })
      .toBe(`moved ${text}\n`)

  test('an edit of a table, and of an inferred type, reaches the files with the operators', async () => {
    await prints('(6, 12), leaf 7, three 3')
    edit(project, 'leaf')
    await prints('(6, 12), leaf 16, three 3')
    edit(project, 'table')
    await prints('(6, 22), leaf 16, three 3')

    const { file, line, code, text } = errors.table
    expect(output).not.toContain(text)
    edit(project, 'lost')
    await expect.poll(() => output, { timeout: 30_000 }).toContain(`error TS${code}: ${text}`)
    expect(output).toContain(`${file}:${line}:`)

    edit(project, 'found')
    await prints('(6, 12), leaf 16, three 3')
    edit(project, 'inferred')
    await prints('(6, 12), leaf 21, three 6')
    expect(watcher.exitCode).toBe(null)
  })
})
