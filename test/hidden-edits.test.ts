/** An incremental build finds each operator that an edit of a type allows or refuses, where the compiler's builder does not follow that type. */
import { describe, expect, test } from 'vitest'
import { type BuildResult, BuiltAgain, memoryStore } from './built-again.ts'
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

function projectOf(how: keyof typeof hidden, builds: BuiltAgain): (type: string) => void {
  const [hides, asked] = hidden[how]!
  builds.write('classes.ts', classes)
  for (const [i, each] of operations(asked).entries()) builds.write(`asks${i}.ts`, fileOf(each))
  return type => builds.write('hides.ts', `${imports}${hides(types[type]!)}\n`)
}

const ways = Object.keys(hidden)
describe.each(countOr(1) > 1 ? ways : [ways[seed % ways.length]!])('of %s', how => {
  test.each(['without a store', 'with a store'])('%s, a type changes into each other one', kind => {
    const builds = new BuiltAgain(kind === 'with a store' ? memoryStore() : undefined)
    const change = projectOf(how, builds)
    const anew = new Map<string, ReturnType<typeof told>>()
    const walk = walkOf(Object.keys(types))
    for (const [i, type] of walk.entries()) {
      change(type)
      const found = told(builds.build())
      if (!anew.has(type)) {
        const fresh = new BuiltAgain()
        projectOf(how, fresh)(type)
        anew.set(type, told(fresh.build()))
      }
      expect({ from: walk[i - 1], to: type, ...found }).toEqual({ from: walk[i - 1], to: type, ...anew.get(type) })
    }
    const steps = new Set(walk.map((type, i) => `${walk[i - 1]} ${type}`))
    expect(steps.size).toBeGreaterThan(walk.length / 2)
    const refused = [...anew.values()].filter(({ errors }) => errors.length > 0)
    expect(refused.length).toBeGreaterThan(1)
  })
})
