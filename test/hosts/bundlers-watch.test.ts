/** Bundlers that watch: edits reach every module whose operators they concern, also where no import is left to lead there. */
import type { ChildProcess } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundlers, projectOf } from './bundlers.ts'
import { changing, edit, edits } from './changing.ts'
import { errors } from './fixture.ts'

const main = `import { leaf, three } from './leaf.ts'
import { moved } from './physics.ts'
import { Vec2 } from './vec.ts'

console.log(\`moved \${moved(new Vec2(1, 2), new Vec2(10, 20), 0.5)}, leaf \${leaf}, three \${three}\`)
`

describe.each(bundlers.filter(({ watch }) => watch))('$name', bundler => {
  const project = projectOf(bundler, { 'src/main.ts': main }, {}, changing)
  let watcher: ChildProcess
  let output = ''
  const take = (chunk: Buffer) => (output += stripVTControlCharacters(String(chunk)))
  beforeAll(() => {
    watcher = project.start(...bundler.command, ...bundler.watch!)
    watcher.stdout!.on('data', take)
    watcher.stderr!.on('data', take)
  })
  afterAll(async () => {
    // not until its output is closed, which the bundler's own processes may hold
    const ended = new Promise(resolve => watcher.on('exit', resolve))
    if (watcher.kill()) await ended
  })

  const printed = async () => (project.exists('out/main.js') ? (await project.node('out/main.js')).output : '')
  /** Waits for something, and saves the edited file again now and then: a watcher may not listen yet when a build's output is there. */
  const until = async (
    name: keyof typeof edits | undefined,
    read: () => string | Promise<string>,
    expected: string,
  ) => {
    if (name) edit(project, name)
    let polls = 0
    const found = async () => {
      if (name && ++polls % 40 === 0) project.write({ [edits[name][0]]: project.read(edits[name][0]) })
      return read()
    }
    await expect
      .poll(found, { timeout: 100_000, interval: 100, message: `${bundler.name}: ${output}` })
      .toContain(expected)
  }

  test('an edit of a table, and of an inferred type, reaches the files with the operators', async () => {
    await until(undefined, printed, 'moved (6, 12), leaf 7, three 3\n')
    await until('leaf', printed, 'moved (6, 12), leaf 16, three 3\n')
    await until('table', printed, 'moved (6, 22), leaf 16, three 3\n')

    const { file, line, code, text } = errors.table
    expect(output).not.toContain(text)
    await until('lost', () => output, `error TS${code}: ${text}`)
    expect(output).toContain(`${file}:${line}:`)

    await until('found', printed, 'moved (6, 12), leaf 16, three 3\n')
    await until('inferred', printed, 'moved (6, 12), leaf 21, three 6\n')
    expect(watcher.exitCode).toBe(null)
  }, 300_000)
})
