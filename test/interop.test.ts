/** The entries for other libraries: every operator that they name, lowered, run on the real package and compared with its own calls. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as tf from '@tensorflow/tfjs-core'
import * as decimal from 'decimal.js'
import * as mathjs from 'mathjs'
import * as three from 'three'
import ts from 'typescript'
import { beforeAll, describe, expect, test } from 'vitest'
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-layers'
import { install } from '../interop/install.ts'
import * as tsgrad from '../runtime/index.ts'
import { libraries } from '../scripts/tables/libraries.ts'
import { type Compiled, compile, programOf, shown } from './compile.ts'
import { decimalEntry, type Entry, entries, tfjsEntry } from './interop-lines.ts'

for (const { module } of libraries) await import(`../interop/${module}.ts`)

const sourceOf = ({ name }: Entry) => `${libraries.find(({ entry }) => entry === name)!.module}.ts`
const program = ({ head, lines }: Entry) =>
  `${head}\nexport const results = [\n${lines.map(([natural]) => `() => ${natural},\n`).join('')}]\n`
const twin = ({ head, lines }: Entry) =>
  `${head}\nexport const results = [\n${lines.map(([, , byHand]) => `() => ${byHand},\n`).join('')}]\n`
const refusals = ({ head, refused }: Entry) =>
  `${head}\n${refused.map(([natural], i) => `export const refused${i} = ${natural}`).join('\n')}\n`

/** Runs a module, with the real packages that it imports. */
function run(text: string, modules: Entry['modules'], console?: object): Record<string, unknown> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.CommonJS },
  })
  const exports: Record<string, unknown> = {}
  const required = (asked: string) => modules[asked] ?? { tsgrad }[asked]
  new Function('exports', 'require', 'mathjs', 'console', outputText)(exports, required, mathjs, console)
  return exports
}

function results(text: string, { modules, name }: Entry): readonly unknown[] {
  const found = run(text, modules).results as readonly (() => unknown)[]
  expect(found.length, name).toBeGreaterThan(20)
  return found.map(f => plain(f()))
}

/** A value of any of the libraries as data, with what tells it from another kind. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof tf.Tensor)
    return { shape: value.shape, dtype: value.dtype, data: [...value.dataSync()].map(rounded) }
  if (typeof value === 'number') return rounded(value)
  if (typeof value !== 'object' || value === null) return value
  const complex = value as { re?: number; im?: number }
  if ('re' in value) return { re: rounded(complex.re!), im: rounded(complex.im!) }
  if ('toArray' in value) return { kind: value.constructor.name, data: (value as three.Vector3).toArray().map(rounded) }
  return { kind: value.constructor.name, text: String(value) }
}

// the twin may come to a value by another way
const rounded = (x: number) => Number(x.toPrecision(6)) + 0

let compiled: Compiled
beforeAll(() => {
  compiled = compile(
    Object.fromEntries(
      entries.flatMap(entry => [
        [sourceOf(entry), program(entry)],
        [`refused-${sourceOf(entry)}`, refusals(entry)],
      ]),
    ),
    { skipLibCheck: true },
  )
})

test('each library of the table has its lines', () => {
  expect(entries.map(({ name }) => name)).toEqual(libraries.map(({ entry }) => entry))
})

describe.each(entries)('$name', entry => {
  const { name, lines, refused } = entry
  const source = sourceOf(entry)
  const found = () => compiled.diagnostics.filter(({ file }) => file!.fileName.endsWith(`/${source}`))
  const lowered = () => compiled.lowered(source)

  test('natural math compiles, to the calls that are claimed', () => {
    expect(found().map(shown)).toEqual([])
    const arrows = lowered()
      .split('\n')
      .filter(line => line.startsWith('() => '))
    expect(arrows).toEqual(lines.map(([, text]) => `() => ${text},`))
  })

  test('the results are those of the calls that one writes by hand', () => {
    expect(results(lowered(), entry)).toEqual(results(twin(entry), entry))
  })

  test('every method that its tables name is called here', () => {
    const text = readFileSync(new URL(`../interop/${source}`, import.meta.url), 'utf8')
    const named = new Set([...text.matchAll(/'[^'\n]+': '(\w+)'/g)].map(([, method]) => method!))
    expect(named.size).toBeGreaterThan(10)
    expect([...named].filter(method => !lowered().includes(`.${method}(`))).toEqual([])
  })

  test('what it does not name, and operands that do not fit, are errors', () => {
    const errors = compiled.diagnostics.filter(({ file }) => file!.fileName.endsWith(`/refused-${source}`))
    const places = errors.map(({ file, start, code }) => {
      const { line } = ts.getLineAndCharacterOfPosition(file!, start!)
      return [file!.text.split('\n')[line]!.split(' = ')[1], code]
    })
    expect(places.sort()).toEqual(refused.map(([natural, code]) => [natural, code]).sort())
    expect(refused.length, name).toBeGreaterThan(4)
  })
})

test('declarations need no transformer, also where libraries are checked', () => {
  const declarations = Object.fromEntries([...compiled.emit()].filter(([name]) => /^(?!refused).*\.d\.ts$/.test(name)))
  expect(Object.keys(declarations)).toEqual(['decimal.d.ts', 'mathjs.d.ts', 'three.d.ts', 'tfjs.d.ts'])
  const { program } = programOf(
    {
      ...declarations,
      'consumer.ts': `import type { Decimal } from 'decimal.js'
import { results } from './decimal.js'
import { results as tensors } from './tfjs.js'
export const first: string | boolean | Decimal = results[0]!()
export const wrong: string = tensors[0]!()
`,
    },
    { skipLibCheck: false },
  )
  const ours = program.getSourceFiles().filter(({ fileName }) => /\/test\/memory\/|\/dist\/interop\//.test(fileName))
  expect(ours.length).toBe(9)
  const found = ours.flatMap(file => [...program.getSemanticDiagnostics(file)])
  expect(found.map(({ start, code, file }) => [code, file!.text.slice(start, start! + 5)])).toEqual([[2322, 'wrong']])
})

describe('docs/interop.md', () => {
  const page = readFileSync(new URL('../docs/interop.md', import.meta.url), 'utf8')
  const [invoice, slope, own] = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text]) => text!)
  const luxon = `export class Duration {
  plus(other: Duration) { return other }
  minus(other: Duration) { return other }
  negate() { return this }
}`

  test('its programs print what they claim, and its four lines name the operators of a class', () => {
    const { diagnostics, lowered } = compile(
      {
        'invoice.ts': `${invoice}\nexport {}`,
        'slope.ts': slope!,
        'own.ts': own!,
        'uses.ts': "import { Duration } from 'luxon'\nexport const d = -new Duration() + new Duration()\n",
        'luxon.ts': luxon,
      },
      {
        skipLibCheck: true,
        paths: {
          tsgrad: [fileURLToPath(new URL('../dist/runtime/index.d.ts', import.meta.url))],
          luxon: [fileURLToPath(new URL('memory/luxon.ts', import.meta.url))],
        },
      },
    )
    expect(diagnostics.map(shown).filter(text => !text.includes('"console"'))).toEqual([])
    expect(lowered('uses.ts')).toContain('d = new Duration().negate().plus(new Duration())')
    const printed: unknown[] = []
    for (const name of ['invoice.ts', 'slope.ts'])
      run(
        lowered(name),
        { ...decimalEntry.modules, ...tfjsEntry.modules },
        { log: (value: unknown) => printed.push(value) },
      )
    expect(printed.map(String)).toEqual([invoice, slope].map(text => / \/\/ (.*)$/m.exec(text!)![1]))
    expect(own!.split('\n').filter(line => line !== '' && line !== '}').length).toBe(4)
  })

  test('names every method that is installed, but those that are called as their function of Math', () => {
    const { Matrix3, Matrix4, Quaternion, Vector2, Vector3, Vector4 } = three
    const others = [decimal.Decimal, mathjs.complex(0, 1).constructor, mathjs.fraction(0).constructor, tf.Tensor]
    const names = [Matrix3, Matrix4, Quaternion, Vector2, Vector3, Vector4, ...others].flatMap(({ prototype }) =>
      Object.entries(Object.getOwnPropertyDescriptors(prototype))
        .filter(([, { value }]) => typeof value === 'function' && Symbol.for('tsgrad.interop') in value)
        .map(([name]) => name),
    )
    expect(names.length).toBeGreaterThan(60)
    const inTables = readFileSync(new URL('../interop/tfjs.ts', import.meta.url), 'utf8')
    expect(names.filter(name => !page.includes(name) && !inTables.includes(`'Math.${name}'`))).toEqual([])
  })
})

describe('what is installed', () => {
  test('is not seen by those who list properties', () => {
    const prototypes = [
      decimal.Decimal.prototype,
      tf.Tensor.prototype,
      three.Vector3.prototype,
      three.Matrix4.prototype,
    ]
    const installed = ['added', 'plus', 'rminus', 'times', 'exp'].flatMap(name =>
      prototypes
        .map(prototype => Object.getOwnPropertyDescriptor(prototype, name))
        .filter(found => found !== undefined),
    )
    // `times` and `exp` of decimal.js are its own
    const ours = installed.filter(({ value }) => Symbol.for('tsgrad.interop') in value)
    expect(ours.length).toBeGreaterThan(6)
    expect(ours.filter(({ enumerable }) => enumerable)).toEqual([])
  })

  test('never replaces a method of the library, and then adds nothing', () => {
    class Money {
      declare scaled: () => number
      total(): number {
        return 1
      }
    }
    expect(() => install(Money, { scaled: () => 2, total: () => 2 })).toThrow(
      /^tsgrad cannot add the method 'total' to Money/,
    )
    expect('scaled' in Money.prototype).toBe(false)
    install(Money, { scaled: () => 2 })
    install(Money, { scaled: () => 3 })
    expect([new Money().scaled(), new Money().total()]).toEqual([3, 1])
  })

  test.each<[string, () => unknown, string]>([
    [
      'a string that the types did not show',
      () => new decimal.Decimal(1).added('2' as never),
      "cannot take the string '2'",
    ],
    [
      'a number beside a vector',
      () => new three.Vector3().plus(1 as never),
      '`+` of Vector3 cannot take an operand of type number',
    ],
    ['a vector of another length', () => new three.Vector3().times(new three.Vector2() as never), 'of type Vector2'],
    [
      'a vector of the wrong length beside a matrix',
      () => new three.Matrix4().times(new three.Vector2() as never),
      '`*` of Matrix4',
    ],
    ['nothing beside a quaternion', () => new three.Quaternion().times(null as never), 'of type null'],
    ['an irrational power of a fraction', () => mathjs.fraction(2).power(0.5), '2 ** 0.5 is not a fraction'],
  ])('throws for %s', (_, call, message) => {
    expect(call).toThrow(message)
  })
})
