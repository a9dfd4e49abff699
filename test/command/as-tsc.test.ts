/** `tsgrad check` and `tsgrad build` print, write and end as `tspc` does, and as plain `tsc` where nothing is tracked, byte for byte. */
import { afterAll, beforeAll, describe, test } from 'vitest'
import { type Files, type Project, tsconfig } from '../hosts/project.ts'
import { type Compiler, comparable, installTypescript5, MAIN, projectWith, typescript6, written } from './compilers.ts'

const good = `import { NumberWithGrad, type Numeric } from 'tsgrad'
export const a = new NumberWithGrad(3)
export const b = a * 4 + 3
export const square = (x: Numeric) => x * x + 1
`
const bad = `import { a } from './good.js'
export const c: string = 1
export const d = a & 1

export const e = a * 2 + a * 'x'
export const long = a * [
  1,
  2,
  3,
  4,
  5,
]
interface Point { x: number; y: number }
export const p: Point = { x: 1 }
`
const twoGood = { 'src/good.ts': good, 'src/other.ts': "import { a } from './good.js'\nexport const c = 2 - a * 3\n" }
const errors = { ...twoGood, 'src/bad.ts': bad, 'src/worse.ts': "export const x: number = 'x'\n" }
const plain = {
  'src/plain.ts': 'export const n = 1 + 2, s = `${n * 2}`\n',
  'src/uses.ts': "import { n } from './plain.js'\nexport const m = n ** 2\n",
}

const composite = JSON.parse(tsconfig({ composite: true, incremental: true })).compilerOptions
const ofProject = (rest: object) =>
  JSON.stringify({
    extends: '../base.json',
    include: ['src'],
    compilerOptions: { rootDir: 'src', outDir: 'out' },
    ...rest,
  })
const references = {
  'base.json': JSON.stringify({ compilerOptions: { ...composite, rootDir: undefined, outDir: undefined } }),
  'tsconfig.json': JSON.stringify({ files: [], references: [{ path: 'library' }, { path: 'app' }] }),
  'library/tsconfig.json': ofProject({}),
  'library/src/model.ts': `import { NumberWithGrad } from 'tsgrad'
export const loss = (x: number) => new NumberWithGrad(2) * x
`,
  'app/tsconfig.json': ofProject({ references: [{ path: '../library' }] }),
  'app/src/main.ts': `import { loss } from '../../library/src/model.js'
export const total = loss(1) + loss(2)
`,
}
const wrongReferences = {
  ...references,
  'app/src/main.ts': `${references['app/src/main.ts']}export const bad = total * 'x'\n`,
}

interface Case {
  readonly name: string
  readonly files: Files
  /** Arguments of each run, one after another in the same folder. */
  readonly runs: readonly (readonly string[])[]
  /** Files that change after the first run. */
  readonly change?: Files
  /** What is compared with; `tspc`, unless something else is said. */
  readonly to?: 'tsc'
  /** Where both commands are compared, and TypeScript 5.9 as well; else `build` with TypeScript 6 only. */
  readonly wide?: true
}

const cases: readonly Case[] = [
  { name: 'no errors, with maps', files: twoGood, runs: [['--sourceMap', '--declarationMap', '--listEmittedFiles']] },
  { name: 'errors', files: errors, runs: [[], ['--pretty'], ['--noEmitOnError']], wide: true },
  { name: 'one error', files: { ...twoGood, 'src/bad.ts': 'export const a: 1 = 2\n' }, runs: [['--pretty']] },
  { name: 'syntax errors', files: { ...twoGood, 'src/bad.ts': 'export const = 1 +\n' }, runs: [['--pretty']] },
  { name: 'lists of files', files: twoGood, runs: [['--listFiles'], ['--listFilesOnly']] },
  { name: 'paths from where the user is', files: twoGood, runs: [['-p', '.', '--outDir', 'else/where']] },
  {
    name: 'incremental builds, with errors that come',
    files: { ...twoGood, 'tsconfig.json': tsconfig({ incremental: true }) },
    runs: [['--listEmittedFiles'], ['--listEmittedFiles'], ['--pretty']],
    change: { 'src/other.ts': "import { a } from './good.js'\nexport const c = 2 - a * 3 * 'x'\n" },
    wide: true,
  },
  {
    name: 'projects',
    files: references,
    runs: [
      ['-b', '--verbose'],
      ['-b', '-v'],
      ['-b', '--clean'],
    ],
    wide: true,
  },
  {
    name: 'an error in one of several projects',
    files: wrongReferences,
    runs: [
      ['-b', '--pretty'],
      ['--build', 'library', '-v'],
      ['-p', 'app'],
    ],
  },
  {
    name: 'wrong options',
    files: twoGood,
    runs: [['--nope'], ['--target', 'es1'], ['-p'], ['-b', '--nope'], ['-w', '-b'], ['-p', 'nowhere'], ['-p', 'src']],
    to: 'tsc',
    wide: true,
  },
  {
    name: 'a broken tsconfig.json',
    files: { ...plain, 'tsconfig.json': '{ "include": [' },
    runs: [[], ['--pretty'], ['-b']],
    to: 'tsc',
  },
  {
    name: 'wrong options in tsconfig.json',
    files: { ...plain, 'tsconfig.json': '{ "compilerOptions": { "target": "nope", "nope": 1 } }' },
    runs: [[], ['--pretty'], ['-b']],
    to: 'tsc',
  },
  { name: 'no files', files: { 'tsconfig.json': tsconfig() }, runs: [['--pretty']], to: 'tsc' },
  {
    name: 'a file beside a tsconfig.json',
    files: plain,
    runs: [['src/uses.ts', '--outDir', 'o']],
    to: 'tsc',
    wide: true,
  },
  { name: 'versions and options', files: plain, runs: [['-v'], ['--showConfig'], ['--all']], to: 'tsc' },
  { name: 'another language', files: errors, runs: [['--locale', 'de']] },
  {
    name: 'plain code',
    files: plain,
    runs: [[], ['--incremental'], ['--declarationMap', '--explainFiles']],
    to: 'tsc',
    wide: true,
  },
  {
    name: 'errors in plain code, in two files',
    files: {
      ...plain,
      'src/bad.ts': "export const bad = 'x' * 2, other: 1 = 2\n",
      'src/worse.ts': 'export const x: 1 = 2',
    },
    runs: [[], ['--pretty']],
    to: 'tsc',
    wide: true,
  },
]

/** Runs one tool again and again in a folder, and gives what it printed and left each time. */
async function results(
  project: Project,
  { runs, change }: Case,
  script: readonly string[],
  options: readonly string[],
) {
  const found: { run: { status: number | null; output: string }; files: Files }[] = []
  for (const [i, args] of runs.entries()) {
    const isBuild = /^--?b/.test(args[0] ?? '')
    const all = isBuild ? [args[0]!, ...options, ...args.slice(1)] : [...options, ...args]
    const run = await project.node(...script, ...all)
    found.push({ run: comparable(project, run), files: written(project) })
    if (i === 0 && change) project.write(change)
  }
  return found
}

// one at a time: ts-patch locks its cache
function compared(these: readonly Case[], compilerOf: () => Compiler) {
  const commands = ({ wide }: Case) => (wide ? (['build', 'check'] as const) : (['build'] as const))
  test.for(these.flatMap(each => commands(each).map(command => ({ ...each, command }))))(
    '$name: tsgrad $command',
    { timeout: 180_000 },
    async ({ command, ...each }, { expect }) => {
      const compiler = compilerOf()
      const [ours, theirs] = [projectWith(compiler, each.files), projectWith(compiler, each.files)]
      const other = each.to === 'tsc' ? 'node_modules/typescript/bin/tsc' : compiler.tspc
      const [found, wanted] = await Promise.all([
        results(ours, each, [MAIN, command], []),
        results(theirs, each, [other], command === 'check' ? ['--noEmit'] : []),
      ])
      expect(found).toEqual(wanted)
      expect(found).toHaveLength(each.runs.length)
    },
  )
}

describe('with TypeScript 6.0', () => compared(cases, () => typescript6))

describe('with TypeScript 5.9', () => {
  let installed: ReturnType<typeof installTypescript5>
  beforeAll(() => {
    installed = installTypescript5()
  })
  afterAll(() => installed.remove())
  compared(
    cases.filter(({ wide }) => wide),
    () => installed.compiler,
  )
})

test('--explainFiles names the imports that stand in the texts, also beside inserted ones', async ({ expect }) => {
  const [ours, theirs] = [projectWith(typescript6, twoGood), projectWith(typescript6, twoGood)]
  const reasons = (output: string) => output.split('\n').filter(line => !line.includes('error TS'))
  const [found, wanted] = [await ours.node(MAIN, 'build', '--explainFiles'), await theirs.tsc('--explainFiles')]
  expect(reasons(found.output).length).toBeGreaterThan(50)
  expect(reasons(found.output)).toEqual(reasons(wanted.output))
})
