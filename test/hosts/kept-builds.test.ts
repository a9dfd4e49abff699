/** Builds on the disk that find of the last one what a fault has left: each writes and says what a build from nothing does. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { MAIN } from '../command/compilers.ts'
import { type Files, Project, type Run, tsconfig } from './project.ts'

vi.setConfig({ testTimeout: 600_000 })
// of the processes that it starts
process.env.TSGRAD_CACHE = '1'

const vec = (method: string) => `import type { operators } from 'tsgrad'
export class Vec {
  declare readonly [operators]: { '+': '${method}' }
  add(other: Vec): Vec { return other }
  plus(other: Vec): Vec { return this }
}
`
const files: Files = {
  'tsconfig.json': tsconfig({ incremental: true, sourceMap: true }),
  'src/vec.ts': vec('add'),
  'src/make.ts': "import { Vec } from './vec.js'\nexport const make = () => new Vec() + new Vec()\n",
  'src/uses.ts': "import { make } from './make.js'\nexport const sum = make() + make()\n",
  'src/slope.ts': "import { grad } from 'tsgrad'\nexport const slope = grad((x: number) => x * x)\n",
  'src/wrong.ts': "import { make } from './make.js'\nexport const wrong = make() - make()\n",
  ...Object.fromEntries(
    Array.from({ length: 4 }, (_, i) => [
      `src/many${i}.ts`,
      `import { make } from './make.js'\nexport const many${i} = (x: number) => (x > ${i} ? make() + make() : make())\n`,
    ]),
  ),
}

/** What a process does at its file of the store, by the name of the fault. */
const preloaded = (fault: string) => `import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
const fault = ${JSON.stringify(fault)}
const isKept = name => /[\\\\/]\\.cache[\\\\/]tsgrad[\\\\/]/.test(String(name))
const opened = new Set()
const die = at => fault === at && process.kill(process.pid, 'SIGKILL')
const fail = (at, code) => {
  if (fault === at) throw Object.assign(new Error(code + ': planted'), { code })
}
const { openSync, writeFileSync, renameSync } = fs
fs.openSync = (name, ...rest) => {
  if (String(name).endsWith('.tsbuildinfo') && rest[0] === 'w') die('killed before the information')
  if (!isKept(name)) return openSync(name, ...rest)
  die('killed between the information and the store')
  fail('a read-only disk', 'EROFS')
  const file = openSync(name, ...rest)
  opened.add(file)
  return file
}
fs.writeFileSync = (to, data, ...rest) => {
  if (!opened.has(to)) return writeFileSync(to, data, ...rest)
  if (fault !== 'killed after the store') writeFileSync(to, data.subarray(0, data.length >> 1))
  die('killed in the middle of the store')
  fail('a full disk', 'ENOSPC')
  fs.ftruncateSync(to, 0)
  return fs.writeSync(to, data, 0, data.length, 0)
}
fs.renameSync = (from, to) => {
  if (isKept(to)) die('killed before the store has its name')
  renameSync(from, to)
  if (isKept(to)) die('killed after the store')
}
syncBuiltinESMExports()
`

/** What the next build says of the store; undefined where it uses it. */
const faults: Readonly<Record<string, string | undefined>> = {
  'killed before the information': undefined,
  'killed between the information and the store': 'they are not of the build that wrote the .tsbuildinfo',
  'killed in the middle of the store': 'they are not of the build that wrote the .tsbuildinfo',
  'killed before the store has its name': 'they are not of the build that wrote the .tsbuildinfo',
  'killed after the store': undefined,
  'a read-only disk': 'they are not of the build that wrote the .tsbuildinfo',
  'a full disk': 'they are not of the build that wrote the .tsbuildinfo',
}

const folderOf = (project: Project) => join(project.root, 'node_modules/.cache/tsgrad')
const keptIn = (project: Project) => readdirSync(folderOf(project)).map(name => join(folderOf(project), name))
const build = (project: Project, ...args: string[]) => project.node(MAIN, 'build', ...args)
const NOT_USED = 'Lowered files of the last build are not used: '

/** What a build says and writes. */
interface Result {
  readonly status: number | null
  readonly errors: readonly string[]
  readonly outputs: Files
}
const resultOf = (project: Project, { status, output }: Run): Result => ({
  status,
  errors: output.split('\n').filter(each => each.includes('error TS')),
  outputs: project.all('out'),
})

/** What a build from nothing, without a store, says and writes, by the text of the class. */
const fresh = new Map<string, Result>()
const project = new Project(files)

beforeAll(async () => {
  for (const method of ['plus', 'add']) {
    project.write({ 'src/vec.ts': vec(method) })
    for (const name of ['out', 'tsconfig.tsbuildinfo'])
      rmSync(join(project.root, name), { recursive: true, force: true })
    fresh.set(vec(method), resultOf(project, await build(project, '--no-cache')))
    expect(fresh.get(vec(method))!.errors).toHaveLength(1)
  }
  expect(existsSync(folderOf(project))).toBe(false)
  await build(project)
  expect(keptIn(project)).toHaveLength(1)
}, 600_000)

/** Builds, and gives the reason why nothing of the store is used. */
async function builtRight(): Promise<string | undefined> {
  const done = await build(project, '--diagnostics')
  expect(resultOf(project, done)).toEqual(fresh.get(project.read('src/vec.ts')))
  const line = done.output.split('\n').find(each => each.startsWith(NOT_USED))
  return line?.slice(NOT_USED.length, -1)
}

/** The class gets the other table. */
const edit = () => project.write({ 'src/vec.ts': vec(project.read('src/vec.ts') === vec('add') ? 'plus' : 'add') })

describe('a process that ends, or a disk that fails, at the store', () => {
  test.each(Object.entries(faults))('%s', async (fault, reason) => {
    edit()
    project.write({ 'fault.mjs': preloaded(fault) })
    const ended = await project.node('--import', './fault.mjs', MAIN, 'build', '--diagnostics')
    if (fault.startsWith('killed')) expect(ended).toMatchObject({ status: null })
    else expect(ended.output).toMatch(/Lowered files are not kept: E\w+: planted\./)
    expect(await builtRight()).toBe(reason)
    expect(keptIn(project)).toHaveLength(1)
  })

  test('kills at any moment', async () => {
    for (let round = 0; round < 5; round++) {
      edit()
      const child = project.start(MAIN, 'build')
      const ended = new Promise(resolve => child.on('close', resolve))
      await new Promise(resolve => setTimeout(resolve, 300 + Math.random() * 2500))
      child.kill('SIGKILL')
      await ended
    }
    await builtRight()
    edit()
    await builtRight()
  })
})

/** What is done to the file of the store, and what is said of it. */
const damages: Readonly<Record<string, readonly [damage: (file: string) => void, reason: string]>> = {
  'cut short': [file => truncateSync(file, statSync(file).size >> 1), 'they are damaged'],
  emptied: [file => truncateSync(file, 0), 'they are damaged'],
  'with one other letter': [file => changeOneLetter(file), 'they are damaged'],
  'with a folder in its place': [file => inItsPlace(file), 'there are none that can be read'],
}

function changeOneLetter(file: string): void {
  const data = readFileSync(file)
  const at = data.indexOf('make().') + 'make().'.length
  expect(at).toBeGreaterThan(100)
  data.write(data.toString('latin1', at, at + 3) === 'add' ? 'sub' : 'adds', at)
  writeFileSync(file, data)
}

function inItsPlace(file: string): void {
  rmSync(file)
  mkdirSync(file)
}

describe('a store', () => {
  test.each(Object.entries(damages))('%s is left aside', async (_, [damage, reason]) => {
    for (const file of keptIn(project)) damage(file)
    expect(await builtRight()).toBe(reason)
    rmSync(folderOf(project), { recursive: true })
    edit()
    await builtRight()
  })

  test('is not needed: a file may stand where its folder would be', async () => {
    rmSync(folderOf(project), { recursive: true })
    writeFileSync(folderOf(project), '')
    edit()
    expect(await builtRight()).toBe('there are none that can be read')
    rmSync(folderOf(project))
  })

  test('of three builds at once, of different sources, is right or left aside', async () => {
    for (let round = 0; round < 2; round++) {
      edit()
      const first = build(project)
      await new Promise(resolve => setTimeout(resolve, 700 * round))
      edit()
      await Promise.all([first, build(project), project.tspc()])
      await builtRight()
    }
  })

  test('asks no clock', async () => {
    const file = join(project.root, 'src/vec.ts')
    const { atime, mtime } = statSync(file)
    edit()
    utimesSync(file, atime, mtime)
    for (const each of keptIn(project)) utimesSync(each, 0, 0)
    expect(await builtRight()).toBe(undefined)
  })
})
