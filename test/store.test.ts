/** A build that uses what the last one found out writes and reports what one without it does. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BuildResult, BuiltAgain, memoryStore } from './built-again.ts'
import { linkVersions, optionSets, packageVersions, usesPackages, versions } from './edited-texts.ts'
import { countOr, seed } from './random.ts'

const texts: typeof versions = { ...versions, ...packageVersions, 'uses-packages.ts': [usesPackages] }
const names = Object.keys(texts)
const links = Object.keys(linkVersions)

type Spoiler = 'nothing' | 'cut' | 'one letter' | 'lost' | 'older' | 'not written'
interface Step {
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
const step: fc.Arbitrary<Step> = fc.record({
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
class Pair {
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
    expect(found).toEqual(this.without.build(optionSets[options]))
    // a process that ends after the .tsbuildinfo and before the store
    if (spoiler === 'not written') for (const [name, text] of before) this.disk.set(name, text)
  }

  /** After a build with the usual options all that a build from nothing writes is there. */
  compareWithNew(): void {
    this.compare(plainStep)
    const fresh = new BuiltAgain()
    for (const [name, text] of this.without.saved()) if (!name.startsWith('out/')) fresh.write(name, text)
    for (const [name, to] of this.without.links()) fresh.link(name, to)
    const found = fresh.build()
    const { errors, exitCode, outputs } = this.withStore.build()
    expect({ errors, exitCode }).toEqual({ errors: found.errors, exitCode: found.exitCode })
    expect(scriptsOf({ ...found, outputs })).toMatchObject(scriptsOf(found))
  }
}

/** What runs: declarations may name the members of a union in another order after other questions. */
const scriptsOf = ({ outputs }: BuildResult) =>
  Object.fromEntries(Object.entries(outputs).filter(([name]) => /\.js(\.map)?$/.test(name)))

/** Steps of one project: more of them in a full run, where each new project costs builds from nothing. */
const LENGTH = countOr(1) > 1 ? 50 : 10

const plainStep: Step = { edits: [], options: 0, branch: 'stay', spoiler: 'nothing', isPlain: false }

test('after any edits a build with a store gives what one without gives, outputs and errors', () => {
  let builds = 0
  fc.assert(
    fc.property(fc.boolean(), fc.array(step, { minLength: LENGTH, maxLength: LENGTH }), (isGiven, steps) => {
      const pair = new Pair(isGiven)
      for (const each of [plainStep, ...steps]) {
        pair.compare(each)
        builds++
      }
      pair.compareWithNew()
    }),
    { numRuns: countOr(1), seed, endOnFailure: true },
  )
  expect(builds).toBeGreaterThan(3)
})

/** What a lowered text depends on, each with an edit of it, and options with which it is built. */
const dependencies: Readonly<Record<string, { edits?: Step['edits']; options?: number }>> = {
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
  'an inferred type': { edits: [['make.ts', 1]] },
  'a body behind a derivative': { edits: [['body.ts', 1]] },
  'a body behind a derivative that is refused': { edits: [['body.ts', 3]] },
  'a function between them': { edits: [['through.ts', 1]] },
  'a global declaration': { edits: [['ambient.d.ts', 1]] },
  'a global interface': { edits: [['global.ts', 1]] },
  'an augmentation': { edits: [['augments.ts', 1]] },
  'a file that is found first': { edits: [['found.ts', 1]] },
  'a file that is gone': { edits: [['link11.ts', 6]] },
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
}

/** What ends in a store that is not used, and what is said of it. */
const spoilers: Readonly<Record<string, readonly [spoil: (pair: Pair) => void, reason: string]>> = {
  lost: [pair => pair.spoil('lost'), 'there are none'],
  cut: [pair => pair.spoil('cut'), 'they are damaged'],
  'wrong by a letter': [pair => pair.spoil('one letter'), 'they are damaged'],
  'of another build of tsgrad': [
    pair => void Object.assign(pair.store, { stamp: 'another' }),
    'another version of tsgrad wrote them',
  ],
  'of the build before the last': [
    pair => {
      const before = new Map(pair.disk)
      pair.compare({ ...plainStep, edits: [['make.ts', 1]] })
      for (const [name, text] of before) pair.disk.set(name, text)
    },
    'they are not of the build that wrote the .tsbuildinfo',
  ],
}

describe('a store', () => {
  test('is right whatever changes that a lowered text depends on, and when it changes back', () => {
    const pair = new Pair()
    pair.compare(plainStep)
    const wrong = Object.entries(dependencies).flatMap(([name, { edits = [], options = 0 }]) => {
      try {
        pair.compare({ ...plainStep, edits, options })
        pair.compare({ ...plainStep, edits: edits.map(([each]) => [each, 0]) })
        return []
      } catch {
        return [name]
      }
    })
    expect(wrong).toEqual([])
  })

  test('that is spoiled is left aside, which one line says', () => {
    const pair = new Pair()
    pair.compare(plainStep)
    for (const [spoil, reason] of Object.values(spoilers)) {
      spoil(pair)
      pair.store.told.length = 0
      pair.compare(plainStep)
      expect(pair.store.told).toEqual([`Lowered files of the last build are not used: ${reason}.`])
    }
    pair.compare({ ...plainStep, options: 1 })
    expect(pair.store.told.at(-1)).toBe(
      'Lowered files of the last build are not used: they are of a build with other options.',
    )
  })

  test('with a wrong text and its right checksum is not believed', () => {
    const pair = new Pair()
    pair.compare(plainStep)
    for (const [name, text] of pair.disk) {
      const body = text.slice(text.indexOf('\n') + 1).replaceAll('.add(', '.sub(')
      pair.disk.set(name, `${pair.store.hash(body)}\n${body}`)
    }
    pair.compare(plainStep)
  })

  test('knows all files but the changed one, those with errors and those with derivatives', () => {
    const pair = new Pair()
    pair.compare(plainStep)
    pair.compare({ ...plainStep, edits: [['link3.ts', 1]] })
    expect(pair.store.told).toEqual(['Lowered files of the last build that are used: 32 of 35.'])
    pair.compare({ ...plainStep, spoiler: 'lost' })
    pair.compare(plainStep)
    // written again by a build in which nothing has changed
    expect(pair.store.told.at(-1)).toEqual('Lowered files of the last build that are used: 33 of 35.')
  })
})
