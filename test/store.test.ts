/** A build that uses what the last one found out writes and reports what one without it does. */
import fc from 'fast-check'
import type ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { dependencies, Pair, plainStep, step } from './built-twice.ts'
import { countOr, seed } from './random.ts'

/** Steps of one project: more of them in a full run, where each new project costs builds from nothing. */
const isFull = countOr(1) > 1
const LENGTH = isFull ? 50 : 6

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

/** Every dependency in a full run, every twelfth of another beginning in a sample: each costs four builds, a second and a half. */
const tried = Object.keys(dependencies).filter((_, i) => isFull || i % 12 === seed % 12)

/** What ends in a store that is not used, and what is said of it. */
const spoilers: Readonly<Record<string, readonly [spoil: (pair: Pair) => void, reason: string]>> = {
  lost: [pair => pair.spoil('lost'), 'there are none that can be read'],
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

/** What a program says and writes of all files at once and of each. */
function shownOf(program: ts.Program) {
  const written: [string, string][] = []
  const write = (name: string, text: string) => void (name.endsWith('.tsbuildinfo') || written.push([name, text]))
  const said = (file?: ts.SourceFile) =>
    [...program.getSemanticDiagnostics(file), ...program.getDeclarationDiagnostics(file)].map(each => [
      each.file?.fileName,
      each.start,
      each.code,
      each.file?.text,
    ])
  const files = program.getSourceFiles().filter(file => !file.isDeclarationFile)
  const each = files.map(file => [file.fileName, said(file), program.emit(file, write).emitSkipped])
  return { all: said(), emitSkipped: program.emit(undefined, write).emitSkipped, each, written }
}

describe('a store', () => {
  test('is right whatever changes that a lowered text depends on, and when it changes back', () => {
    const pair = new Pair()
    pair.compare(plainStep)
    const isWrong = (name: string) => {
      try {
        return pair.changeAndBack(name)
      } catch {
        return true
      }
    }
    expect(tried.length).toBeGreaterThan(1)
    const wrong = tried.filter(isWrong)
    expect(wrong).toEqual([])
  }, 300_000)

  test('of a build that another one overtakes is not that of the other one', () => {
    for (const isGiven of isFull ? [false, true] : [seed % 2 === 0]) {
      const pair = new Pair(isGiven)
      pair.compare(plainStep)
      pair.overtaken('vec.ts', 1)
      pair.compare(plainStep)
    }
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

  test('has outlines of files, which answer what is asked of the files all the same', () => {
    for (const isGiven of [false, true]) {
      const pair = new Pair(isGiven)
      pair.compare(plainStep)
      pair.compare({ ...plainStep, edits: [['link3.ts', 1]] })
      const [own, other] = [pair.withStore.program!, pair.without.program!]
      const cut = own.getSourceFiles().filter(file => file.text !== other.getSourceFile(file.fileName)!.text)
      expect(cut.length).toBeGreaterThan(5)
      expect(shownOf(own)).toEqual(shownOf(other))
    }
  })

  test('knows all files but the changed one, those with errors and those with derivatives', () => {
    const pair = new Pair()
    pair.compare(plainStep)
    pair.compare({ ...plainStep, edits: [['link3.ts', 1]] })
    expect(pair.store.told).toEqual(['Lowered files of the last build that are used: 46 of 49.'])
    pair.compare({ ...plainStep, spoiler: 'lost' })
    pair.compare(plainStep)
    // written again by a build in which nothing has changed
    expect(pair.store.told.at(-1)).toEqual('Lowered files of the last build that are used: 47 of 49.')
  })
})
