/** Vitest runs the project by the plugin for Vite: values, places, errors, and never out of a cache that is not true any more. */
import type { ChildProcess } from 'node:child_process'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { changing, edit } from './changing.ts'
import { errors, failing, fixture, inHosts, packages, placeOf, printed } from './fixture.ts'
import { type Files, Project, type Run, repository } from './project.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const folder = join(repository, 'test/hosts/vitest')
const specs: Files = Object.fromEntries(
  readdirSync(folder).map(name => [name, readFileSync(join(folder, name), 'utf8')]),
)
const modules = (name: string) => join(repository, 'node_modules', name)

/** A project with tsgrad as npm installs it: a copy, for Vitest treats what lies in node_modules in another way. */
function projectOf(files: Files = {}, typescript = packages.typescript): Project {
  const others = ['vitest', 'vite', 'unplugin', '@jridgewell'].map(name => [name, modules(name)])
  const linked = { ...packages, ...Object.fromEntries(others), typescript, tsgrad: undefined }
  const project = new Project({ ...fixture, ...specs, ...files }, linked)
  for (const name of ['package.json', 'dist'])
    cpSync(join(repository, name), join(project.root, 'node_modules/tsgrad', name), { recursive: true })
  return project
}

const command = 'node_modules/vitest/vitest.mjs'

async function vitest(project: Project, ...args: readonly string[]): Promise<Run> {
  const { status, output } = await project.node(command, 'run', ...args)
  return { status, output: stripVTControlCharacters(output) }
}

/** The places that a report leads to. */
const placesIn = (output: string) =>
  [...output.matchAll(/^ +❯ (?:.* )?([\w./-]+\.ts):(\d+):(\d+)$/gm)].map(([, file, line, column]) => {
    return { file: file!, line: Number(line), column: Number(column) }
  })

test('what the runnable project expects is what every host gives', () => {
  expect(printed.length).toBeGreaterThan(4)
  for (const line of printed) expect(specs['main.spec.ts']).toContain(`'${line}'`)
})

test('with TypeScript 5.9 the values are the same', async () => {
  const { status, output } = await vitest(projectOf({}, modules('typescript-5')), 'main.spec', 'math.spec')
  expect(output).toMatch(/Tests +2 passed \(2\)/)
  expect(status).toBe(0)
})

describe('once', () => {
  const project = projectOf()

  test('the project gives its values, and natural math works in a test itself', async () => {
    const { status, output } = await vitest(project, 'main.spec', 'math.spec')
    expect(output).toMatch(/Tests +2 passed \(2\)/)
    expect(status).toBe(0)
  })

  test('exceptions and failing assertions lead to the original lines and columns, and show them', async () => {
    const { status, output } = await vitest(project, 'failing.spec')
    expect(status).toBe(1)
    expect(output).toContain(failing.message)
    const asserted = placeOf('failing.spec.ts', 'toBe(26)', specs['failing.spec.ts'])
    const awaited = placeOf('failing.spec.ts', "import('./src", specs['failing.spec.ts'])
    const found = placesIn(output)
    for (const place of [...failing.places, asserted]) expect(found).toContainEqual(place)
    // every place that is named is one of these
    const lines = [...failing.places, asserted, awaited].map(({ file, line }) => `${file}:${line}`)
    expect(found.filter(({ file, line }) => !lines.includes(`${file}:${line}`))).toEqual([])
    expect(output).toContain('expect((y * 2 - x * 3).num).toBe(26)')
    expect(output).toContain('+ 25')
  })

  test.each(Object.entries(inHosts))('an error fails the test file: %s', async (_, { files, ...error }) => {
    project.write(files)
    const { status, output } = await vitest(project, 'main.spec', 'math.spec')
    project.write(fixture)
    expect(status).toBe(1)
    const { file, line, column, code, text } = error
    expect(output).toContain(`${file}:${line}:${column} - error TS${code}: ${text}`)
    expect(output).toMatch(new RegExp(`^ *${line} +\\|.*\\n *\\| *[~^]+$`, 'm'))
    // the other test file is not concerned
    expect(output).toMatch(/Tests +1 failed \| 1 passed \(2\)/)
  })

  test('the table of another file decides, although Vitest keeps modules on the disk', async () => {
    const args = ['main.spec', '--experimental.fsModuleCache']
    expect((await vitest(project, ...args)).status).toBe(0)
    project.write({ 'src/vec.ts': fixture['src/vec.ts']!.replace("'*': 'scale'; 'unary", "'*': 'stretch'; 'unary") })
    const { output } = await vitest(project, ...args)
    project.write(fixture)
    expect(output).toMatch(/- +"moved \(6, 12\), mirrored .*\n.*\+ +"moved \(6, 22\), mirrored/)
  })
})

const watched = `import { test } from 'vitest'
import { leaf, three } from './src/leaf.ts'
import { moved } from './src/physics.ts'
import { Vec2 } from './src/vec.ts'

test('it prints', () => {
  console.log(\`moved \${moved(new Vec2(1, 2), new Vec2(10, 20), 0.5)}, leaf \${leaf}, three \${three}\`)
})
`
const untouched = `import { test } from 'vitest'
import { weight } from './src/model.ts'

test('it prints', () => { console.log(\`idle \${weight * 2}\`) })
`

describe('watching', () => {
  const project = projectOf({ ...changing, 'watched.spec.ts': watched, 'untouched.spec.ts': untouched })
  let watcher: ChildProcess
  let output = ''
  const take = (chunk: Buffer) => (output += stripVTControlCharacters(String(chunk)))
  beforeAll(() => {
    watcher = project.start(command, 'watch', 'watched.spec', 'untouched.spec')
    watcher.stdout!.on('data', take)
    watcher.stderr!.on('data', take)
  })
  afterAll(async () => {
    const ended = new Promise(resolve => watcher.on('close', resolve))
    watcher.kill()
    await ended
  })

  /** Waits for a text in what was printed since the last time. */
  const prints = async (text: string) => {
    await expect.poll(() => output, { timeout: 30_000, interval: 50 }).toContain(text)
    await expect.poll(() => output, { timeout: 30_000, interval: 50 }).toContain('ing for file changes...')
    const since = output
    output = ''
    return since
  }

  test('an edit of a table, and of an inferred type, runs the tests again whose operators they concern', async () => {
    expect(await prints('moved (6, 12), leaf 7, three 3')).toContain('idle 6')
    edit(project, 'leaf')
    expect(await prints('moved (6, 12), leaf 16, three 3')).not.toContain('idle')
    edit(project, 'table')
    expect(await prints('moved (6, 22), leaf 16, three 3')).not.toContain('idle')
    edit(project, 'lost')
    const { file, line, column, code, text } = { ...errors.table }
    await prints(`${file}:${line}:${column} - error TS${code}: ${text}`)
    edit(project, 'found')
    await prints('moved (6, 12), leaf 16, three 3')
    edit(project, 'inferred')
    expect(await prints('moved (6, 12), leaf 21, three 6')).not.toContain('idle')
    expect(watcher.exitCode).toBe(null)
  })
})
