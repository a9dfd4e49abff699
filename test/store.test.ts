/** A build that uses what the last one found out writes and reports what one without it does. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BuildResult, BuiltAgain, memoryStore } from './built-again.ts'
import { optionSets, versions } from './edited-texts.ts'
import { countOr, seed } from './random.ts'

const names = Object.keys(versions)

type Spoiler = 'nothing' | 'cut' | 'one letter' | 'lost' | 'older' | 'not written'
interface Step {
  readonly edits: readonly (readonly [name: string, version: number])[]
  readonly options: number
  readonly branch: 'stay' | 'save' | 'go back'
  readonly spoiler: Spoiler
}

const edit = fc.constantFrom(...names).chain(name => fc.tuple(fc.constant(name), fc.nat(versions[name]!.length - 1)))
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 4 }, { arbitrary: fc.constantFrom(...others), weight: 1 })
const step: fc.Arbitrary<Step> = fc.record({
  edits: fc.array(edit, { minLength: 0, maxLength: 3 }),
  options: mostly(0, ...optionSets.keys()),
  branch: mostly<Step['branch']>('stay', 'save', 'go back'),
  spoiler: mostly<Spoiler>('nothing', 'cut', 'one letter', 'lost', 'older', 'not written'),
})

/** Two copies of a project, one of them with a store, and the disk of that store. */
class Pair {
  readonly disk = new Map<string, string>()
  readonly store = memoryStore(this.disk)
  readonly withStore: BuiltAgain
  readonly without = new BuiltAgain()
  #branch: readonly ReadonlyMap<string, string>[] | undefined
  #older = new Map<string, string>()

  constructor(isGiven = false) {
    this.withStore = new BuiltAgain(this.store, isGiven)
    for (const name of names) this.write(name, versions[name]![0])
  }

  get #both() {
    return [this.withStore, this.without] as const
  }

  write(name: string, text: string | undefined): void {
    for (const each of this.#both) each.write(name, text)
  }

  /** Sources, outputs and the .tsbuildinfo become those of before; the store stays. */
  branch(how: Step['branch']): void {
    if (how === 'save') this.#branch = this.#both.map(each => each.saved())
    else if (how === 'go back') for (const [i, saved] of (this.#branch ?? []).entries()) this.#both[i]!.restore(saved)
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

  compare({ edits, options, branch, spoiler }: Step): void {
    this.branch(branch)
    for (const [name, version] of edits) this.write(name, versions[name]![version])
    if (spoiler !== 'not written') this.spoil(spoiler)
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
    const found = fresh.build()
    const { errors, outputs } = this.withStore.build()
    expect(errors).toEqual(found.errors)
    expect(scriptsOf({ ...found, outputs })).toMatchObject(scriptsOf(found))
  }
}

/** What runs: declarations may name the members of a union in another order after other questions. */
const scriptsOf = ({ outputs }: BuildResult) =>
  Object.fromEntries(Object.entries(outputs).filter(([name]) => /\.js(\.map)?$/.test(name)))

const plainStep: Step = { edits: [], options: 0, branch: 'stay', spoiler: 'nothing' }

test('after any edits a build with a store gives what one without gives, outputs and errors', () => {
  let builds = 0
  fc.assert(
    fc.property(fc.boolean(), fc.array(step, { minLength: 3, maxLength: 8 }), (isGiven, steps) => {
      const pair = new Pair(isGiven)
      for (const each of [plainStep, ...steps]) {
        pair.compare(each)
        builds++
      }
      pair.compareWithNew()
    }),
    { numRuns: countOr(3), seed },
  )
  expect(builds).toBeGreaterThan(3)
})

describe('a store', () => {
  test('knows all files but the changed one, those with errors and those with derivatives', () => {
    const pair = new Pair()
    pair.compare(plainStep)
    pair.compare({ ...plainStep, edits: [['link3.ts', 1]] })
    expect(pair.store.told).toEqual(['Lowered files of the last build that are used: 25 of 27.'])
  })

  test('that is lost is written again by a build in which nothing has changed', () => {
    const pair = new Pair()
    pair.compare(plainStep)
    pair.compare({ ...plainStep, spoiler: 'lost' })
    pair.compare(plainStep)
    const used = 'Lowered files of the last build that are used: 26 of 27.'
    expect(pair.store.told).toEqual(['Lowered files of the last build are not used: there are none.', used])
  })
})
