/** The command with TypeScript 7 itself: it watches, leaves no process behind, and says when tsgrad fails. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { loadPackage } from '../../transformer/hosts/native/package.ts'
import { nativeProject } from '../../transformer/hosts/native/project.ts'
import { installed, Project, run } from '../hosts/project.ts'
import { typescripts } from '../hosts/typescripts.ts'
import { MAIN } from './compilers.ts'

const good = "import { NumberWithGrad } from 'tsgrad'\nexport const a = new NumberWithGrad(3) * 2\n"
const projectWith = (typescript: string) =>
  new Project({ 'src/good.ts': good }, { ...installed, typescript, 'ts-patch': undefined })

/** All processes with their parents, but those that have ended and wait to be noticed. */
function processes(): readonly (readonly [pid: number, parent: number])[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n')
  const cells = rows.map(row => row.trim().split(/\s+/)).filter(([, , state]) => !state?.startsWith('Z'))
  return cells.map(([pid, parent]) => [Number(pid), Number(parent)])
}

/** What a process started, all the way down. */
function descendants(pid: number, all = processes()): readonly number[] {
  return all.filter(([, parent]) => parent === pid).flatMap(([id]) => [id, ...descendants(id, all)])
}

const alive = (pids: Iterable<number>) => {
  const all = new Set(processes().map(([pid]) => pid))
  return [...pids].filter(pid => all.has(pid))
}

describe.each(typescripts.filter(({ isNative }) => isNative))('$name', ({ folder }) => {
  test('an edit is compiled under --watch, and an interrupt ends the command and all that it started', async () => {
    const project = projectWith(folder)
    const watcher = project.start(MAIN, 'build', '--watch', '--preserveWatchOutput')
    let output = ''
    watcher.stdout!.on('data', chunk => (output += chunk))
    const ended = run(watcher)
    const says = (text: string) => expect.poll(() => output, { timeout: 30_000 }).toContain(text)
    await says('Found 0 errors. Watching for file changes.')
    expect(project.read('out/good.js')).toContain('.mul(2)')
    project.write({ 'src/good.ts': good.replace('*', '&') })
    await says('src/good.ts(2,40): error TS92001')
    const started = descendants(watcher.pid!)
    expect(started.length).toBeGreaterThan(0)
    watcher.kill('SIGINT')
    await ended
    await expect.poll(() => alive(started)).toEqual([])
  })

  test('a build leaves no process behind', async () => {
    const project = projectWith(folder)
    const child = project.start(MAIN, 'build')
    const seen = new Set<number>()
    const timer = setInterval(() => descendants(child.pid!).map(pid => seen.add(pid)), 50)
    const { status, output } = await run(child)
    clearInterval(timer)
    expect([status, output]).toEqual([0, ''])
    expect(seen.size).toBeGreaterThan(0)
    await expect.poll(() => alive(seen)).toEqual([])
  })

  test('a fault of tsgrad is reported with its place, and nothing is written', async () => {
    const project = projectWith(folder)
    const native = await loadPackage(folder)
    const isPrefixUnaryExpression = (node: { getText(): string }) => {
      if (node.getText() === 'new NumberWithGrad(3) * 2') throw new Error('sabotaged')
      return false
    }
    const ast = { ...native.ast, isPrefixUnaryExpression } as unknown as typeof native.ast
    const opened = nativeProject({ ...native, ast }, join(project.root, 'tsconfig.json'))
    afterAll(() => opened.close())
    const { diagnostics, emitted, emitSkipped } = await opened.build()
    expect(diagnostics.map(({ code, file }) => [code, file?.fileName])).toEqual([
      [99001, join(project.root, 'src/good.ts')],
    ])
    expect([emitted, emitSkipped, project.exists('out')]).toEqual([[], true, false])
  })
})
