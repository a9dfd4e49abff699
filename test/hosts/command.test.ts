/** `tsgrad check` and `tsgrad build` on the project of all hosts, with each TypeScript; and TypeScript 7 against its own command. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Compiler, comparable, installTypescript5, MAIN, typescript6, written } from '../command/compilers.ts'
import { errors, failing, fixture, inCompilers, packages, printed } from './fixture.ts'
import { followed } from './followed.ts'
import { type Files, Project, type Run, tsconfig } from './project.ts'
import { typescripts } from './typescripts.ts'

const five = installTypescript5()
afterAll(() => five.remove())

const compilers: readonly Pick<Compiler, 'version' | 'typescript'>[] = [
  five.compiler,
  typescript6,
  ...typescripts.filter(({ isNative }) => isNative).map(each => ({ version: each.release, typescript: each.folder })),
]

/** The project, with no ts-patch and no line "plugins". */
const projectOf = (typescript: string, files: Files = {}) =>
  new Project(
    { ...fixture, 'tsconfig.json': withoutPlugins, ...files },
    { ...packages, typescript, 'ts-patch': undefined },
  )

const { compilerOptions, ...others } = JSON.parse(fixture['tsconfig.json']!)
const withoutPlugins = JSON.stringify({ compilerOptions: { ...compilerOptions, plugins: undefined }, ...others })

describe.each(compilers)('TypeScript $version', ({ version, typescript }) => {
  const project = projectOf(typescript)
  let built: Run
  beforeAll(async () => {
    built = await project.node(MAIN, 'build', '--declaration')
  })

  test('it is the compiler at work, and builds the project, which prints its values and gradients', async () => {
    expect(await project.node(MAIN, 'build', '--version')).toEqual({ status: 0, output: `Version ${version}\n` })
    expect(built).toEqual({ status: 0, output: '' })
    expect(await project.node('out/main.js')).toEqual({ status: 0, output: `${printed.join('\n')}\n` })
    expect(project.read('out/model.d.ts')).toContain('NumberWithGrad')
  })

  test('an exception is thrown at its places in the original text', async () => {
    const { output, status } = await project.node('--enable-source-maps', 'out/failing.js')
    expect(status).toBe(1)
    expect(output).toContain(failing.printed)
    const places = [...output.matchAll(/(src\/\w+\.ts):(\d+):(\d+)\)?$/gm)]
    expect(places.map(([, file, line, column]) => ({ file, line: Number(line), column: Number(column) }))).toEqual(
      failing.places,
    )
  })

  test('every method that stands for an operator leads to its operator', () => {
    const names = Object.keys(project.all('out')).filter(name => name.endsWith('.js'))
    const found = names.flatMap(name => followed(project.read(`out/${name}`), project.read(`out/${name}.map`)))
    expect(found.filter(({ isExact }) => !isExact)).toEqual([])
    expect(found.length).toBeGreaterThan(12)
  })

  test.each(Object.entries(inCompilers))(
    'the error `%s` is the only one, at its place',
    async (_, { files, ...error }) => {
      const { output, status } = await projectOf(typescript, files).node(MAIN, 'check')
      const [first, ...others] = output.trimEnd().split('\n')
      expect(first).toContain(`${error.file}(${error.line},${error.column}): error TS${error.code}: ${error.text}`)
      expect(others.filter(line => !line.startsWith(' '))).toEqual([])
      expect(status).toBe(version.startsWith('7.0') ? 1 : 2)
    },
  )

  test('nothing is written with --noEmitOnError after an error, nor by check', async () => {
    const broken = projectOf(typescript, errors.operand.files)
    expect((await broken.node(MAIN, 'build', '--noEmitOnError')).status).toBe(1)
    expect((await broken.node(MAIN, 'check')).output).toContain('TS2345')
    expect(broken.exists('out')).toBe(false)
  })
})

const plain = {
  'src/plain.ts': 'export const n = 1 + 2, s = `${n * 2}`\n',
  'src/uses.ts': "import { n } from './plain.js'\nexport const m = n ** 2\n",
}
const bad = {
  ...plain,
  'src/bad.ts': "export const bad = 'x' * 2, other: 1 = 2\n",
  'src/worse.ts': 'export const x: 1 = 2',
}

/** In TypeScript 7 the order of written files is that of its threads. */
const inOrder = ({ status, output }: Run): Run => {
  const isName = (line: string) => line.startsWith('TSFILE:')
  const lines = output.split('\n')
  return { status, output: [...lines.filter(line => !isName(line)), ...lines.filter(isName).sort()].join('\n') }
}

describe.each(compilers.filter(({ version }) => version.startsWith('7')))('plain code by TypeScript $version', each => {
  test.each([
    ['no errors', plain, ['--declaration', '--sourceMap', '--listEmittedFiles']],
    ['errors', bad, []],
    ['errors in colours', bad, ['--pretty']],
    ['errors that stop it', bad, ['--noEmitOnError', '--pretty']],
    ['errors without outputs', bad, ['--noEmit']],
    ['another folder', plain, ['-p', '.', '--outDir', 'else/where']],
    ['an unknown option', plain, ['--nope']],
    ['an option without its value', plain, ['--outDir']],
    ['no project', plain, ['-p', 'nowhere']],
  ] as const)('%s: as its own command', async (_, files, args) => {
    const [ours, theirs] = [0, 1].map(
      () => new Project({ 'tsconfig.json': tsconfig(), ...files }, { ...packages, typescript: each.typescript }),
    ) as [Project, Project]
    const found = await ours.node(MAIN, 'build', ...args)
    const wanted = await theirs.tsc(...args)
    expect(inOrder(comparable(ours, found))).toEqual(inOrder(comparable(theirs, wanted)))
    expect(written(ours)).toEqual(written(theirs))
  })

  // the API is given another text of the tsconfig.json, so there is no place in it
  test.each([
    ['a broken tsconfig.json', '{ "include": ['],
    ['wrong options in tsconfig.json', '{ "compilerOptions": { "target": "nope" } }'],
  ])('%s: the errors of its own command', async (_, config) => {
    const files = { ...plain, 'tsconfig.json': config }
    const project = new Project(files, { ...packages, typescript: each.typescript })
    const [found, wanted] = [await project.node(MAIN, 'build'), await project.tsc()]
    const lines = ({ output }: Run) => output.split('\n').sort()
    expect(found.status).toBe(wanted.status)
    expect(lines(found)).toEqual(lines(wanted))
    expect(lines(found).length).toBeGreaterThan(1)
  })
})
