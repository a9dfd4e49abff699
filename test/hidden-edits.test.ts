/**
 * Builds and sessions find each operator that an edit of a type allows or refuses, where the declarations of the edited file do not say that
 * type.
 */
import { describe, expect, test } from 'vitest'
import type { Store } from '../transformer/build/store.ts'
import { type BuildResult, BuiltAgain, memoryStore } from './built-again.ts'
import { shown } from './compile.ts'
import { Edited } from './edited.ts'
import type { Files } from './hosts/project.ts'
import { countOr, seed } from './random.ts'

const vec = (name: string, table: string) => `export class ${name} {
  declare readonly [operators]: ${table}
  times(k: number): ${name} { return this }
  minus(other: number | ${name}): ${name} { return this }
  neg(): ${name} { return this }
  abs(): ${name} { return this }
}`
const classes = `import type { operators } from 'tsgrad'
${vec('All', "{ '*': 'times'; '-': 'minus'; 'unary -': 'neg'; 'Math.abs': 'abs'; reflected: { '*': 'times' } }")}
${vec('Minus', "{ '-': 'minus' }")}
${vec('Times', "{ '*': 'times' }")}
export class Plain { x = 1 }
`

/** The types that a hidden member has, one after another. */
const types: Readonly<Record<string, string>> = {
  number: '1',
  'a class with all operators': 'new All()',
  'a class with one operator': 'new Minus()',
  'a class with another one': 'new Times()',
  'a class without operators': 'new Plain()',
  text: "'1'",
  'a union': 'new All() as All | number',
}

/** How a file hides a type from its declarations, and how another file asks for it. */
const hidden: Readonly<Record<string, readonly [hides: (value: string) => string, asked: string]>> = {
  'a private field': [value => `export class H { private inner = ${value} }`, "new H()['inner']"],
  'a private static field': [value => `export class H { private static inner = ${value} }`, "H['inner']"],
  'a private method': [value => `export class H { private inner() { return ${value} } }`, "new H()['inner']()"],
  'a private parameter of a constructor': [
    value => `export class H { constructor(private readonly inner = ${value}) {} }`,
    "new H()['inner']",
  ],
  'a class inside of a function': [
    value => `export const H = () => {\n  class Own { inner = ${value} }\n  return new Own()\n}`,
    'H().inner',
  ],
  'a private getter': [value => `export class H { private get inner() { return ${value} } }`, "new H()['inner']"],
}

const operations = (asked: string): readonly string[] => [
  `${asked} * 2`,
  `2 * ${asked}`,
  `${asked} - 2`,
  `-${asked}`,
  `Math.abs(${asked})`,
  `${asked} - ${asked}`,
]

const imports = "import { All, Minus, Plain, Times } from './classes.ts'\n"
const fileOf = (operation: string) => `import { H } from './hides.ts'\nexport const result = () => ${operation}\n`

/** A walk in which each name follows each other one. */
const walkOf = (names: readonly string[]): readonly string[] => [
  ...names.flatMap((from, i) => [from, ...names.slice(i + 1).flatMap(to => [to, from])]),
  names[0]!,
]

/** What tsgrad says, and what runs: an error of TypeScript's own, which plain tsc does not find either, is not looked for. */
const told = ({ errors, outputs }: BuildResult) => ({
  errors: errors.filter(each => / 9\d{4} /.test(each)),
  scripts: Object.entries(outputs).filter(([name]) => name.endsWith('.js')),
})

/** The files of a project in which something is hidden with a type. */
function filesOf(how: string, type: string): Files {
  const [hides, asked] = hidden[how]!
  const asks = operations(asked).map((each, i) => [`asks${i}.ts`, fileOf(each)])
  return { 'classes.ts': classes, 'hides.ts': `${imports}${hides(types[type]!)}\n`, ...Object.fromEntries(asks) }
}

/** What is found after each edit: files that change are given. */
type Following = (files: Files) => unknown
const building = (store?: Store): Following => {
  const builds = new BuiltAgain(store)
  return files => {
    for (const [name, text] of Object.entries(files)) builds.write(name, text)
    return told(builds.build())
  }
}
function inSession(): Following {
  let edited: Edited | undefined
  return files => {
    const written = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [`src/${name}`, text.replaceAll(".ts'", ".js'")]),
    )
    if (edited) edited.write({ 'src/hides.ts': written['src/hides.ts']! })
    else edited = new Edited(written)
    const { session } = edited
    const errorsOf = (name: string) => session.operatorDiagnostics(edited!.path(name)).map(shown)
    return Object.keys(written).map(name => [name, edited!.lowered(name), errorsOf(name)])
  }
}
const followings: Readonly<Record<string, () => Following>> = {
  'builds without a store': building,
  'builds with a store': () => building(memoryStore()),
  'a session': inSession,
}

/** All in a full run, and in a sample one place and every other type. */
const isFull = countOr(1) > 1
const ways = Object.keys(hidden).filter((_, i, all) => isFull || i === seed % all.length)
const tried = Object.keys(types).filter((_, i) => isFull || (i + seed) % 2 === 0)

describe.each(ways)('of %s', how => {
  test.each(Object.keys(followings))('%s: a type changes into each other one', kind => {
    const following = followings[kind]!
    const follow = following()
    const anew = new Map<string, unknown>()
    const walk = walkOf(tried)
    for (const [i, type] of walk.entries()) {
      const files = filesOf(how, type)
      const found = follow(files)
      if (!anew.has(type)) anew.set(type, following()(files))
      expect({ from: walk[i - 1], to: type, found }).toEqual({ from: walk[i - 1], to: type, found: anew.get(type) })
    }
    const different = new Set([...anew.values()].map(each => JSON.stringify(each)))
    expect(different.size).toBeGreaterThan(1)
  })
})
