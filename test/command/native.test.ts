/** The engine for native compilers: the same output as the one in process for the same findings, and options read by TypeScript 7. */
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installed, Project, repository, tsconfig } from '../hosts/project.ts'
import { comparable, MAIN, projectWith, typescript6, written } from './compilers.ts'

const STAND_IN = join(repository, 'test/command/stand-in.mjs')

const good = {
  'src/good.ts': "import { NumberWithGrad } from 'tsgrad'\nexport const a = new NumberWithGrad(3) * 2\n",
}
const bad = {
  ...good,
  'src/bad.ts':
    "import { a } from './good.js'\nexport const c: string = 1\nexport const d = a & 1, e = a * [\n1,\n2,\n3,\n4,\n5]\n",
  'src/worse.ts': "export const x: number = 'x'\n",
}

describe('prints, writes and ends as TypeScript 6 in process does', () => {
  test.each([
    ['build', good, ['--pretty']],
    ['build', bad, ['--pretty', 'true', '--listEmittedFiles']],
    ['build', bad, ['-p', '.', '--noEmitOnError', '--outDir', 'else/where']],
    ['check', bad, []],
    ['check', bad, ['.', '--pretty']],
  ] as const)('tsgrad %s %#', async (command, files, args) => {
    const [native, inProcess] = [projectWith(typescript6, files), projectWith(typescript6, files)]
    const [found, wanted] = [
      await native.node(STAND_IN, command, ...args),
      await inProcess.node(MAIN, command, ...args),
    ]
    expect(comparable(native, found)).toEqual(comparable(inProcess, wanted))
    expect(written(native)).toEqual(written(inProcess))
    if (command === 'build' && files === good) expect(native.read('out/good.js')).toContain('.mul(2)')
  })
})

describe('TypeScript 7 reads the options', () => {
  test.each([
    [['--nope'], 1, "error TS5023: Unknown compiler option '--nope'.\n"],
    [['-p', 'nowhere'], 1, /error TS5058: The specified path does not exist: '.*nowhere'\.\n/],
    [['--version'], 0, 'Version 7.0.2\n'],
    [['-b'], 0, ''],
    [['-b', '--watch'], 1, /^tsgrad build does not support --build with --watch with TypeScript 7\. /],
    [['src/good.ts', '--ignoreConfig'], 1, /^tsgrad build compiles a project, not single files, with TypeScript 7\. /],
  ] as const)('%s', async (args, status, output) => {
    const run = await projectWith(typescript6, good).node(STAND_IN, 'build', ...args)
    expect(run.output).toEqual(typeof output === 'string' ? output : expect.stringMatching(output))
    expect(run.status).toBe(status)
  })
})

describe('with --watch', () => {
  const project = projectWith(typescript6, {
    ...good,
    'tsconfig.json': tsconfig({ rootDir: undefined, outDir: undefined }),
  })
  let watcher: ChildProcess
  let output = ''
  beforeAll(() => {
    watcher = project.start(STAND_IN, 'build', '-w', '--preserveWatchOutput')
    watcher.stdout!.on('data', chunk => (output += chunk))
    watcher.stderr!.on('data', chunk => (output += chunk))
  })
  afterAll(() => void watcher.kill())

  const edited = async (files: Parameters<Project['write']>[0]) => {
    project.write(files)
    while (!/Watching for file changes\.\n/.test(output)) {
      if (watcher.exitCode !== null) throw new Error(`the watcher ended:\n${output}`)
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    const report = output
    output = ''
    return report
  }

  test('each change is compiled, and the files that it writes itself start nothing', async () => {
    expect(await edited({})).toMatch(
      /^\n\S+ (?:[AP]M )?- Starting compilation in watch mode\.\.\.\n\n\n.* - Compiled 1 files in \d+\.\d\d s\.\n.* - Found 0 errors\. Watching for file changes\.\n$/,
    )
    expect(project.read('src/good.js')).toContain('.mul(2)')
    const wrong = await edited({
      'src/good.ts': "import { NumberWithGrad } from 'tsgrad'\nexport const a = new NumberWithGrad(3) & 2\n",
    })
    expect(wrong).toContain('src/good.ts(2,40): error TS92001')
    expect(wrong).toMatch(/ - Found 1 error\. Watching for file changes\.\n$/)
    expect(await edited(good)).toContain('Found 0 errors.')
    expect(await edited({ 'src/more.ts': 'export const n: string = 1\n' })).toContain('src/more.ts(1,14): error TS2322')
    await new Promise(resolve => setTimeout(resolve, 500))
    expect(output).toBe('')
  })
})

describe('a command that reads programs', () => {
  test.each(['explain', 'eject'])('%s takes the compiler beside a native one', async name => {
    const packages = {
      ...installed,
      typescript: join(repository, 'node_modules/typescript-7'),
      '@typescript/typescript6': typescript6.typescript,
      'ts-patch': undefined,
    }
    const project = new Project(good, packages)
    // what only the compiler in process would do
    project.write({
      'count.cjs':
        "process.on('exit', () => console.log(Object.keys(require.cache).some(each => /[/]typescript[/]lib[/]typescript.js$/.test(each))))",
    })
    const { status, output } = await project.node('--require', './count.cjs', MAIN, name, 'src/good.ts')
    expect(output).toContain('.mul(')
    expect(output).toMatch(/^true$/m)
    expect(status).toBe(0)
  })
})
