/** Projects that TypeScript 7 checks and builds, against `tspc` of TypeScript 6 and against the compiler's own command. */
import { join } from 'node:path'
import { eachMapping, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type NativeDiagnostic, type NativeProject, openNative } from '../../transformer/hosts/native.ts'
import { natives } from '../compilers.ts'
import { type Files, installed, Project, repository, tsconfig } from './project.ts'

const sources = {
  'src/vec.ts': `import type { operators } from 'tsgrad'
export class Vec {
  declare readonly [operators]: { '+': 'add'; '*': 'times'; reflected: { '*': 'scaledBy' } }
  constructor(readonly x: number, readonly y: number) {}
  add(other: Vec) { return new Vec(this.x + other.x, this.y + other.y) }
  times(other: Vec): number
  times(other: number): Vec
  times(other: Vec | number): Vec | number {
    return typeof other === 'number' ? new Vec(this.x * other, this.y * other) : this.x * other.x + this.y * other.y
  }
  scaledBy(k: number) { return this.times(k) }
  toString() { return \`(\${this.x}, \${this.y})\` }
}
`,
  'src/parts/model.ts': `import { NumberWithGrad, type Numeric } from 'tsgrad'
export const weight = new NumberWithGrad(3) // größe 🙂
export const model = (x: Numeric) => weight * x + 1
export const generic = <T extends Numeric>(x: T) => x * x
`,
  'src/loss.ts': `import { model, generic } from './parts/model.js'
export const loss = (xs: readonly number[]) => xs.map(x => (model(x) - 2) ** 2).reduce((u, v) => u + v) / xs.length
export const squared = generic(loss([1, 2]))
`,
  'src/plain.ts': `import { Vec } from './vec.js'
export const v = new Vec(1, 2)
export const three = 1 + 2 * Number(v.x)
`,
  'src/main.ts': `import { loss, squared } from './loss.js'
import { weight } from './parts/model.js'
import { three, v } from './plain.js'
const result = loss([1, 2, 3])
result.backward()
let total = v
total += 2 * v
console.log('größe 🙂 ' + result, weight.grad, String(squared), three, String(total), v * v)
`,
}
const wrong = `${sources['src/main.ts']}const size = '🙂' + 1
export const bad = size ? weight * 'x' : weight & 1
// @ts-expect-error
export const silenced = weight & 1
export const text: string = weight * 2
`
const printed = 'größe 🙂 31 23.999999999999996 210.25 3 (3, 6) 5\n'

const linked = { ...installed, '@types/node': join(repository, 'node_modules/@types/node') }
const options = { types: ['node'], sourceMap: true, declarationMap: true }
const project = (files: Files = sources, more: object = {}) =>
  new Project({ ...files, 'tsconfig.json': tsconfig({ ...options, ...more }) }, linked)

const opened: NativeProject[] = []
afterAll(() => {
  for (const each of opened) each.close()
})
const open = async (folder: string, { root }: Project, overrides?: object) => {
  const native = await openNative(folder, join(root, 'tsconfig.json'), overrides)
  opened.push(native)
  return native
}

/** As the command prints it: `src/main.ts(8,20): error TS2345: …`. */
function shown({ root }: Project, diagnostics: readonly NativeDiagnostic[]): string[] {
  return diagnostics.map(({ file, start = 0, code, messageText }) => {
    const before = file?.text.slice(0, start) ?? ''
    const place = `${before.split('\n').length},${before.length - before.lastIndexOf('\n')}`
    const text = typeof messageText === 'string' ? messageText : messageText.messageText
    return `${file?.fileName.slice(root.length + 1)}(${place}): error TS${code}: ${text}`
  })
}

const isCode = (name: string) => /\.(?:js|d\.ts)$/.test(name)
const only = (files: Files, test: (name: string) => boolean) =>
  Object.fromEntries(Object.entries(files).filter(([name]) => test(name)))

/** What `tspc` of TypeScript 6 gives. */
const byTspc = project()
const wrongByTspc = project({ ...sources, 'src/main.ts': wrong })
let errors: readonly string[]
beforeAll(async () => {
  const [right, failed] = await Promise.all([byTspc.tspc(), wrongByTspc.tspc('--noEmit', '--pretty', 'false')])
  expect(right).toEqual({ status: 0, output: '' })
  errors = failed.output.split('\n').filter(line => line.startsWith('src/'))
  expect(errors.length).toBe(3)
})

describe.each(natives.map(native => [native.version, native.folder] as const))('TypeScript %s', (version, folder) => {
  test('checks, and reports what tspc reports, where tspc does', async () => {
    const checked = await open(folder, wrongByTspc)
    const { diagnostics, emitted, emitSkipped } = checked.check()
    expect(shown(wrongByTspc, diagnostics)).toEqual(errors)
    expect({ emitted, emitSkipped }).toEqual({ emitted: [], emitSkipped: true })
  })

  test('builds what tspc builds, and it runs', async () => {
    const built = project()
    const { diagnostics, emitted } = await (await open(folder, built)).build()
    expect(shown(built, diagnostics)).toEqual([])
    const [got, expected] = [built.all('out'), byTspc.all('out')]
    expect(Object.keys(got)).toEqual(Object.keys(expected))
    expect(emitted.map(name => name.slice(built.root.length + 5)).sort()).toEqual(Object.keys(expected))
    expect(only(got, isCode)).toEqual(only(expected, isCode))
    expect(Object.keys(only(got, isCode)).length).toBe(10)
    expect(await built.node('out/main.js')).toEqual({ status: 0, output: printed })
  })

  test('writes source maps that lead to the original text', async () => {
    const built = project(sources, { inlineSources: true })
    await (await open(folder, built)).build()
    let followed = 0
    for (const [name, map] of Object.entries(only(built.all('out'), name => name.endsWith('.js.map')))) {
      const traced = new TraceMap(map)
      expect(traced.sources.map(source => join(built.root, 'out', name, '..', source!))).toEqual([
        join(built.root, 'src', name.replace('.js.map', '.ts')),
      ])
      const original = built.read(join('src', name.replace('.js.map', '.ts')))
      expect(traced.sourcesContent).toEqual([original])
      const emitted = built.read(join('out', name.replace('.map', ''))).split('\n')
      for (const [line, text] of emitted.entries())
        for (const { index, 0: word } of text.matchAll(
          /(?<![\w/.=])(?:weight|model|loss|result|total|squared|three)\b/g,
        )) {
          const found = originalPositionFor(traced, { line: line + 1, column: index })
          expect(original.split('\n')[found.line! - 1]!.slice(found.column!).startsWith(word)).toBe(true)
          followed++
        }
    }
    expect(followed).toBeGreaterThan(20)
  })

  test('inline source maps lead there, too', async () => {
    const built = project(sources, { sourceMap: false, declarationMap: false, inlineSourceMap: true })
    await (await open(folder, built)).build()
    const [, map] = /sourceMappingURL=data:application\/json;base64,(.*)/.exec(built.read('out/parts/model.js')) ?? []
    const traced = new TraceMap(Buffer.from(map!, 'base64').toString('utf8'))
    expect(traced.sources).toEqual(['../../src/parts/model.ts'])
    const columns: number[] = []
    eachMapping(traced, ({ originalLine, originalColumn }) => originalLine === 3 && columns.push(originalColumn!))
    // the operators of the third line
    expect(columns).toEqual(expect.arrayContaining([44, 48]))
  })

  test('sees changed, new and removed files', async () => {
    const changing = project()
    const native = await open(folder, changing)
    const change = (files: Files) => {
      changing.write(files)
      native.update(Object.keys(files).map(name => join(changing.root, name)))
      return shown(changing, native.check().diagnostics)
    }
    expect(shown(changing, native.check().diagnostics)).toEqual([])
    expect(change({ 'src/main.ts': wrong })).toEqual(errors)
    expect(change({ 'src/main.ts': sources['src/main.ts'] })).toEqual([])
    expect(change({ 'src/new.ts': "import { v } from './plain.js'\nexport const w: string = v + v\n" })).toEqual([
      "src/new.ts(2,14): error TS2322: Type 'Vec' is not assignable to type 'string'.",
    ])
    expect(native.fileNames()).toContain(join(changing.root, 'src/new.ts'))
    changing.remove('src/new.ts')
    native.update([join(changing.root, 'src/new.ts')])
    expect(shown(changing, native.check().diagnostics)).toEqual([])
    // a table that another file's operators follow
    const renamed = sources['src/vec.ts'].replace("'+': 'add'; ", '')
    expect(
      change({ 'src/vec.ts': renamed }).filter(line => line.startsWith('src/main.ts(7,7): error TS92001')),
    ).toHaveLength(1)
  })

  test('takes options of a command line', async () => {
    const given = project({ ...sources, 'src/main.ts': wrong })
    const build = async (overrides: object) => (await open(folder, given, overrides)).build()
    expect((await build({ noEmit: true })).emitSkipped).toBe(true)
    expect((await build({ noEmitOnError: true })).emitSkipped).toBe(true)
    expect(given.exists('out')).toBe(false)
    const { diagnostics, emitSkipped } = await build({ outDir: join(given.root, 'other'), sourceMap: false })
    expect({ errors: shown(given, diagnostics), emitSkipped }).toEqual({ errors, emitSkipped: false })
    expect(given.exists('other/main.js')).toBe(true)
    expect(given.exists('other/main.js.map')).toBe(false)
  })

  /** Options that say where outputs stand and what they are, and the folders that then hold some. */
  const layouts: readonly (readonly [name: string, options: object])[] = [
    ['a rootDir above the sources', { rootDir: '.' }],
    ['outputs beside the sources', { rootDir: undefined, outDir: undefined }],
    ['a folder for declarations', { declarationDir: 'types', sourceRoot: 'https://example.org/src' }],
    ['incremental builds', { incremental: true, sourceMap: false, declarationMap: false }],
    ['a composite project', { composite: true, tsBuildInfoFile: 'info/here.tsbuildinfo' }],
    ['paths and kept imports', { paths: { '@parts/*': ['./src/parts/*'] }, verbatimModuleSyntax: true }],
  ]
  test.each(layouts)('lays out %s as its own command does', async (_, more) => {
    const natural = project(sources, more)
    const native = await open(folder, natural)
    expect(shown(natural, (await native.build()).diagnostics)).toEqual([])
    const texts = Object.keys(sources).map(name => {
      const lowered = native.explain(join(natural.root, name))?.mapped.text
      return [name, lowered ?? natural.read(name)] as const
    })
    expect(texts.filter(([name, text]) => text !== natural.read(name)).length).toBe(3)
    const lowered = project(Object.fromEntries(texts), more)
    expect(await lowered.node(join(folder, 'bin/tsc'))).toEqual({ status: 0, output: '' })

    const names = (files: Files) => Object.keys(files).filter(name => !name.startsWith('node_modules'))
    const [got, expected] = [natural.all('.'), lowered.all('.')]
    expect(names(got)).toEqual(names(expected))
    // maps and .ts files speak of the natural text
    const isSame = (name: string) => !/node_modules|\.map$/.test(name) && !(name in sources)
    for (const name of names(expected).filter(isSame))
      expect(JSON.stringify(got[name]), name).toBe(JSON.stringify(expected[name]))
    const isMap = (name: string) => name.endsWith('.map')
    const sourcesOf = (files: Files) =>
      Object.entries(only(files, isMap)).map(([name, map]) => {
        const { sources, sourceRoot } = JSON.parse(map) as { sources: string[]; sourceRoot?: string }
        return [name, sources, sourceRoot]
      })
    expect(sourcesOf(got)).toEqual(sourcesOf(expected))
    if (version.startsWith('7.0')) expect(names(natural.all('.')).filter(name => name.includes('.tsgrad'))).toEqual([])
  })
})
