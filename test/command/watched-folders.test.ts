/** `tsgrad build --watch` with TypeScript 7 while folders come and go, as a checkout of a branch makes them. */
import type { ChildProcess } from 'node:child_process'
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installed, Project, tsconfig } from '../hosts/project.ts'
import { typescripts } from '../hosts/typescripts.ts'
import { MAIN } from './compilers.ts'

const sources = {
  'src/main.ts': "import { b } from './deep/part/b.js'\nexport const c = b + 1\n",
  'src/deep/part/b.ts': "import { NumberWithGrad } from 'tsgrad'\nexport const b = new NumberWithGrad(3) * 2\n",
}

describe.each(typescripts.filter(({ isNative }) => isNative))('TypeScript $release', ({ folder }) => {
  const project = new Project(sources, { ...installed, typescript: folder, 'ts-patch': undefined })
  const at = (name: string) => join(project.root, name)
  let watcher: ChildProcess
  let output = ''
  beforeAll(() => {
    watcher = project.start(MAIN, 'build', '-w', '--preserveWatchOutput')
    watcher.stdout!.on('data', chunk => (output += chunk))
    watcher.stderr!.on('data', chunk => (output += chunk))
  })
  afterAll(() => void watcher.kill('SIGKILL'))

  /** What is said until this is said. */
  const saidOf = async (act: () => void, wanted: RegExp) => {
    act()
    while (!wanted.test(output)) {
      if (watcher.exitCode !== null) throw new Error(`the watcher ended:\n${output}`)
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    const said = output
    output = ''
    return said
  }
  const isFine = /Found 0 errors\. Watching/

  test('survives folders and tsconfig.json that go and come back, and sees files in new folders', async () => {
    await saidOf(() => {}, isFine)
    expect(project.read('out/main.js')).toContain('b.add(1)')
    await saidOf(() => rmSync(at('src/deep'), { recursive: true }), /error TS2307[\s\S]*Found 1 error/)
    await saidOf(() => project.write(sources), isFine)
    await saidOf(
      () => rmSync(at('tsconfig.json')),
      /error TS5083: Cannot read file '.*tsconfig\.json'\.[\s\S]*Watching/,
    )
    await saidOf(() => project.write({ 'tsconfig.json': tsconfig() }), isFine)
    const wrong = "import '../../main.js'\nexport const bad: string = 1\n"
    await saidOf(
      () => project.write({ 'src/new/er/bad.ts': wrong }),
      /src\/new\/er\/bad\.ts\(2,14\): error TS2322[\s\S]*Found 1 error/,
    )
    await saidOf(() => renameSync(at('src/new'), at('src/v1.2')), /src\/v1\.2\/er\/bad\.ts\(2,14\): error TS2322/)
    await saidOf(() => rmSync(at('src/v1.2'), { recursive: true }), isFine)
    renameSync(at('src'), at('elsewhere'))
    renameSync(at('elsewhere'), at('src'))
    await saidOf(() => project.write({ 'src/main.ts': `${sources['src/main.ts']}export const d = c * 2\n` }), isFine)
    expect(project.read('out/main.js')).toContain('c.mul(2)')
    await new Promise(resolve => setTimeout(resolve, 500))
    expect(output).toBe('')
  })
})
