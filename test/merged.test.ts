/** Ten libraries, whose classes get operators by the four lines of docs/interop.md: lowered, run, and compared with their own calls. */
import { existsSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Compiled, compile, run, shown } from './compile.ts'
import { type Merged, merged } from './merged-lines.ts'

const head = (each: Merged) => `import type { operators } from 'tsgrad'\n${each.head}\n`
const nameOf = ({ library }: Merged) => `${library.replaceAll('.', '-')}.ts`
const program = (each: Merged, column: 0 | 1 | 2) =>
  `${head(each)}export const results = [\n${each.lines.map(line => `() => ${line[column]},\n`).join('')}]\n`
const refusals = (each: Merged) =>
  `${head(each)}${each.refused.map(([natural], i) => `export const refused${i} = ${natural}\n`).join('')}`

/** A value of any of the libraries as data. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { toObject, to2DArray } = value as Record<string, (() => unknown) | undefined>
  if (value instanceof Set) return [...value]
  if (to2DArray) return to2DArray.call(value)
  return { kind: value.constructor.name, text: toObject ? JSON.stringify(toObject.call(value)) : String(value) }
}

async function results(text: string, { library }: Merged): Promise<readonly unknown[]> {
  const modules = library === 'Set' ? {} : { [library]: { ...(await import(library)), __esModule: true } }
  return (run(text, modules).results as readonly (() => unknown)[]).map(f => plain(f()))
}

// each by itself: what one merges would be seen by all
const alone = (name: string, text: string): Compiled =>
  compile({ [name]: text }, { skipLibCheck: true, lib: ['lib.esnext.d.ts'] })

test('ten libraries get operators, and docs/interop.md names them', () => {
  const page = readFileSync(new URL('../docs/interop.md', import.meta.url), 'utf8')
  expect(merged.length).toBe(10)
  expect(merged.filter(({ library }) => !page.includes(`| ${library} `)).map(({ library }) => library)).toEqual([])
})

test('docs/interop.md names the packages of types that must be installed', () => {
  const page = readFileSync(new URL('../docs/interop.md', import.meta.url), 'utf8')
  const folder = new URL('../node_modules/', import.meta.url)
  const apart = merged.map(({ library }) => `@types/${library}`).filter(name => existsSync(new URL(name, folder)))
  expect(apart.length).toBe(3)
  expect(apart.filter(name => !page.includes(`\`${name}\``))).toEqual([])
})

/** How a package exports a class, and what merges with it. */
const forms: readonly (readonly [
  kind: string,
  exported: string,
  imported: string,
  merge: string,
  code: number | undefined,
])[] = [
  ['a named export', 'export class C CLASS', '{ C }', 'interface C TABLE', undefined],
  ['a list of exports', 'class C CLASS\nexport { C as default, C }', 'C', 'interface C TABLE', undefined],
  ['a renamed export', 'class B CLASS\nexport { B as C }', '{ C }', 'interface C TABLE', undefined],
  ['a default export alone', 'export default class C CLASS', 'C', 'export default interface C TABLE', undefined],
  ['a default export by its name', 'export default class C CLASS', 'C', 'interface C TABLE', 92025],
  ['a namespace', 'export namespace N { class C CLASS }', '{ N }', 'namespace N { interface C TABLE }', undefined],
  [
    'export = with a namespace',
    'declare namespace N { class C CLASS }\nexport = N',
    'N',
    'interface C TABLE',
    undefined,
  ],
  ['export = of a class', 'declare class C CLASS\nexport = C', 'C', 'interface C TABLE', 2671],
  [
    'export = of a constant',
    'declare class C CLASS\ndeclare const D: typeof C\nexport = D',
    'C',
    'interface C TABLE',
    2671,
  ],
]

test.each(forms)('merging: %s', (kind, exported, imported, merge, code) => {
  const declaration = `declare module './lib.js' { ${merge.replace('TABLE', "{ readonly [operators]: { '+': 'add' } }")} }`
  const make = imported.includes('N') ? 'new N.C()' : 'new C()'
  const { diagnostics, lowered } = compile(
    {
      'lib.d.ts': exported.replace('CLASS', '{ add(other: this): this }').replace(/^class/, 'declare class'),
      'main.ts': `import ${imported} from './lib.js'\nimport type { operators } from 'tsgrad'\n${declaration}\nexport const sum = ${make} + ${make}\n`,
    },
    { esModuleInterop: true },
  )
  expect(
    diagnostics
      .map(found => found.code)
      .filter(found => found !== 2365)
      .slice(0, 1),
    kind,
  ).toEqual(code === undefined ? [] : [code])
  if (code === undefined) expect(lowered()).toContain(`sum = ${make}.add(${make})`)
})

describe.each(merged)('$library', each => {
  const { lines, refused, needs, throws = [] } = each
  const name = nameOf(each)
  let compiled: Compiled
  beforeAll(() => {
    compiled = alone(name, program(each, 0))
  })

  test('natural math compiles, to the calls that are claimed', () => {
    expect(compiled.diagnostics.map(shown)).toEqual([])
    const arrows = compiled
      .lowered(name)
      .split('\n')
      .filter(line => line.startsWith('() => '))
    expect(arrows).toEqual(lines.map(([, text]) => `() => ${text},`))
  })

  test.skipIf(needs !== undefined && !(needs in Set.prototype))(
    "the results are those of the library's own calls",
    async () => {
      expect(await results(compiled.lowered(name), each)).toEqual(await results(program(each, 2), each))
    },
  )

  test.each(throws)('%s compiles, and the library throws', async (natural, message) => {
    const { diagnostics, lowered } = alone(name, program({ ...each, lines: [[natural, '', '']] }, 0))
    expect(diagnostics.map(shown)).toEqual([])
    await expect(results(lowered(name), each)).rejects.toThrow(message)
  })

  test('what it does not name, and operands that do not fit, are errors', () => {
    const places = alone(name, refusals(each)).diagnostics.map(({ file, start, code }) => {
      const { line } = ts.getLineAndCharacterOfPosition(file!, start!)
      return [file!.text.split('\n')[line]!.split(' = ')[1], code]
    })
    expect(places.sort()).toEqual([...refused].sort())
  })
})
