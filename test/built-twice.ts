/**
 * Two copies of a project in memory that get the same edits: one is built with a store, the other without. It must not know which edits
 * a test makes.
 */
import { deepStrictEqual } from 'node:assert'
import fc from 'fast-check'
import { type BuildResult, BuiltAgain, memoryStore } from './built-again.ts'
import { linkVersions, optionSets, packageVersions, usesPackages, versions } from './edited-texts.ts'

const texts: typeof versions = { ...versions, ...packageVersions, 'uses-packages.ts': [usesPackages] }
const names = Object.keys(texts)
const links = Object.keys(linkVersions)

type Spoiler = 'nothing' | 'cut' | 'one letter' | 'lost' | 'older' | 'not written'
export interface Step {
  /** Files or links, and which of their texts they get. */
  readonly edits: readonly (readonly [name: string, version: number])[]
  readonly options: number
  readonly branch: 'stay' | 'save' | 'go back'
  readonly spoiler: Spoiler
  /** Whether plain tsc builds in between. */
  readonly isPlain: boolean
}

const edit = fc
  .constantFrom(...names, ...links)
  .chain(name => fc.tuple(fc.constant(name), fc.nat((texts[name] ?? linkVersions[name])!.length - 1)))
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 14 }, { arbitrary: fc.constantFrom(...others), weight: 1 })
export const step: fc.Arbitrary<Step> = fc.record({
  // few files, or as many as differ between two branches
  edits: fc.oneof(
    { arbitrary: fc.array(edit, { maxLength: 3 }), weight: 12 },
    { arbitrary: fc.array(edit, { minLength: 10, maxLength: 20 }), weight: 1 },
  ),
  options: mostly(0, ...optionSets.keys()),
  branch: mostly<Step['branch']>('stay', 'save', 'go back'),
  spoiler: mostly<Spoiler>('nothing', 'cut', 'one letter', 'lost', 'older', 'not written'),
  isPlain: fc.oneof({ arbitrary: fc.constant(false), weight: 40 }, { arbitrary: fc.constant(true), weight: 1 }),
})

interface Branch {
  readonly files: ReadonlyMap<string, string>
  readonly links: ReadonlyMap<string, string>
}

/** Two copies of a project, one of them with a store, and the disk of that store. */
export class Pair {
  readonly disk = new Map<string, string>()
  readonly store = memoryStore(this.disk)
  readonly withStore: BuiltAgain
  readonly without = new BuiltAgain()
  #branch: readonly Branch[] | undefined
  #older = new Map<string, string>()

  constructor(isGiven = false) {
    this.withStore = new BuiltAgain(this.store, isGiven)
    for (const name of [...names, ...links]) this.edit(name, 0)
  }

  get #both() {
    return [this.withStore, this.without] as const
  }

  edit(name: string, version: number): void {
    for (const each of this.#both) {
      if (linkVersions[name]) each.link(name, linkVersions[name][version]!)
      else each.write(name, texts[name]![version])
    }
  }

  /** Sources, outputs and the .tsbuildinfo become those of before; the store stays. */
  branch(how: Step['branch']): void {
    if (how === 'save') this.#branch = this.#both.map(each => ({ files: each.saved(), links: each.links() }))
    if (how !== 'go back') return
    for (const [i, { files, links }] of (this.#branch ?? []).entries()) {
      this.#both[i]!.restore(files)
      for (const [name, to] of links) this.#both[i]!.link(name, to)
    }
  }

  spoil(how: Spoiler): void {
    const before = new Map(this.disk)
    for (const [name, text] of before) {
      if (how === 'cut') this.disk.set(name, text.slice(0, text.length >> 1))
      if (how === 'one letter') this.disk.set(name, text.replace('.add(', '.sub('))
      if (how === 'lost') this.disk.delete(name)
      if (how === 'older') this.disk.set(name, this.#older.get(name) ?? text)
    }
    this.#older = before
  }

  compare({ edits, options, branch, spoiler, isPlain }: Step): void {
    this.branch(branch)
    for (const [name, version] of edits) this.edit(name, version)
    if (spoiler !== 'not written') this.spoil(spoiler)
    if (isPlain) for (const each of this.#both) each.build(optionSets[options], 'tsc')
    const before = new Map(this.disk)
    const found = this.withStore.build(optionSets[options])
    deepStrictEqual(found, this.without.build(optionSets[options]))
    // a process that ends after the .tsbuildinfo and before the store
    if (spoiler === 'not written') for (const [name, text] of before) this.disk.set(name, text)
  }

  /** What a text depends on changes, and changes back. */
  changeAndBack(name: string): boolean {
    const { edits = [], ...step } = dependencies[name]!
    this.compare({ ...plainStep, ...step, edits })
    this.compare({ ...plainStep, edits: edits.map(([each]) => [each, 0]) })
    return false
  }

  /** The store is lost, and while both builds are under way another build, of another text, begins and ends. */
  overtaken(name: string, version: number): void {
    this.disk.clear()
    for (const each of this.#both) {
      each.write(name, texts[name]![0])
      each.build({}, 'tsgrad', () => {
        each.write(name, texts[name]![version])
        each.build()
      })
    }
  }

  /** After a build with the usual options all that a build from nothing writes is there. */
  compareWithNew(): void {
    this.compare(plainStep)
    const fresh = new BuiltAgain()
    for (const [name, text] of this.without.saved()) if (!name.startsWith('out/')) fresh.write(name, text)
    for (const [name, to] of this.without.links()) fresh.link(name, to)
    const found = fresh.build()
    const { errors, warnings, exitCode, outputs } = this.withStore.build()
    const { outputs: _, written: __, ...said } = found
    deepStrictEqual({ errors, warnings, exitCode }, said)
    const scripts = scriptsOf({ ...found, outputs })
    for (const [name, text] of Object.entries(scriptsOf(found))) deepStrictEqual([name, scripts[name]], [name, text])
  }
}

/** What runs: declarations may name the members of a union in another order after other questions. */
const scriptsOf = ({ outputs }: BuildResult) =>
  Object.fromEntries(Object.entries(outputs).filter(([name]) => /\.js(\.map)?$/.test(name)))

/** A step in which nothing changes. */
export const plainStep: Step = { edits: [], options: 0, branch: 'stay', spoiler: 'nothing', isPlain: false }

/** What a lowered text depends on, each with an edit of it, and options with which it is built. */
export const dependencies: Readonly<Record<string, Partial<Step>>> = {
  'its own text': { edits: [['link3.ts', 1]] },
  'its own text, where the lowered text stays': { edits: [['link3.ts', 2]] },
  'a table': { edits: [['vec.ts', 1]] },
  'a table that is wrong': { edits: [['vec.ts', 4]] },
  'a private table': { edits: [['hides.ts', 1]] },
  'the type of a private table': {
    edits: [
      ['hides.ts', 2],
      ['table.ts', 1],
    ],
  },
  'a table of a class inside of a function': { edits: [['inside.ts', 1]] },
  'a table of an interface inside of a function': { edits: [['public-inside.ts', 1]] },
  'an inferred type': { edits: [['make.ts', 1]] },
  'a body behind a derivative': { edits: [['body.ts', 1]] },
  'a body behind a derivative that is refused': { edits: [['body.ts', 4]] },
  'a body behind a derivative that is 0': { edits: [['body.ts', 3]] },
  'a function between them': { edits: [['through.ts', 1]] },
  'a global declaration': { edits: [['ambient.d.ts', 1]] },
  'a global interface': { edits: [['global.ts', 1]] },
  'an augmentation': { edits: [['augments.ts', 1]] },
  'an augmentation with a table': { edits: [['tables.ts', 1]] },
  'an augmentation without one': { edits: [['tables.ts', 2]] },
  'an enum': { edits: [['kinds.ts', 1]] },
  'what a file exports again': { edits: [['again.ts', 1]] },
  'a type that a file exports again': { edits: [['types.ts', 1]] },
  'a generic class': { edits: [['generic.ts', 1]] },
  'a file of data': { edits: [['data.json', 1]] },
  'the type of a private member': { edits: [['secret.ts', 1]] },
  'a file that is found first': { edits: [['found.ts', 1]] },
  'a file that is gone': { edits: [['link5.ts', 6]] },
  'the name of a file': {
    edits: [
      ['named.ts', 1],
      ['renamed.ts', 1],
      ['by-name.ts', 1],
    ],
  },
  'the version of a package': { edits: [['node_modules/lib/package.json', 1]] },
  'the declarations of a package': { edits: [['node_modules/lib/one.d.ts', 1]] },
  'a link': { edits: [['node_modules/linked', 1]] },
  'an option that changes types': { edits: [['optional.ts', 1]], options: 2 },
  'an option that changes what is written': { options: 3 },
  'an option that hides declarations': { options: 8, edits: [['internal.ts', 1]] },
}
