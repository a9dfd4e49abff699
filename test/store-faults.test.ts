/** Each dependency that a store could forget is found by the edits that other tests make: a fault is planted in the sources for each. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Pair } from './built-twice.ts'
import { repository } from './hosts/project.ts'

/** Of `optionSets`. */
const [WRITING_NOTHING, STRIPPING] = [6, 8]

const { bundled } = (await import('../scripts/mutation/bundle.mjs' as string)) as {
  bundled(file: string, texts: ReadonlyMap<string, string>): Promise<string>
}
type BuiltTwice = typeof import('./built-twice.ts')

/**
 * What is forgotten: a text of a source, what is written there, and what shows it, an edit or something else that happens to
 * the pair. What is held twice is not here, for one fault is not seen: a text by its hash and by its version, which names the lowered text too; what waits to be written
 * has no outline, and a program without outlines writes it.
 */
type Fault = readonly [
  file: string,
  text: string,
  instead: string,
  shown: string | ((pair: Pair, its: BuiltTwice) => void),
]
const again = 'transformer/build/again.ts'
const remembering = 'transformer/build/remembering.ts'
const faults: Readonly<Record<string, Fault>> = {
  'what the compiler finds affected': [
    again,
    ': isAffected(ts, settled)',
    ': () => false',
    'a type that a file exports again',
  ],
  'what is exported again': [
    'transformer/program/type-check.ts',
    'names.add(file.fileName)',
    '',
    pair => {
      // a file with an outline would be asked of a program without
      Object.assign(pair.store, { isBuilderAlone: false })
      pair.changeAndBack('an inferred type')
    },
  ],
  'the types of private members': [
    again,
    'return name => isDue(name) || above.has(name)',
    'return isDue',
    'a private table',
  ],
  'types inside of functions': [
    'transformer/syntax/hidden-types.ts',
    'isType(ts, node) && !outer.has(node)',
    'false',
    'a table of an interface inside of a function',
  ],
  'declarations that are stripped': [
    'transformer/build/store.ts',
    ' || options.stripInternal',
    '',
    (pair, { plainStep }) => {
      pair.compare({ ...plainStep, options: STRIPPING })
      // the builder knows a declaration from the first change on
      for (const version of [1, 0])
        pair.compare({ ...plainStep, options: STRIPPING, edits: [['internal.ts', version]] })
    },
  ],
  'what a file sees of others': [again, 'return name => !below.has(name)', 'return () => true', 'its own text'],
  'the warnings of tsgrad': [
    'transformer/transform.ts',
    'warnOf(remembered.files, warn)',
    '',
    'a body behind a derivative that is 0',
  ],
  'the places in the original text': [
    remembering,
    'pieces: listOf(file.mapped.pieces)',
    "pieces: ''",
    (pair, { plainStep }) => {
      pair.compare({ ...plainStep, options: WRITING_NOTHING, edits: [['make.ts', 2]] })
      pair.compare(plainStep)
    },
  ],
}

async function plantedIn(file: string, text: string, instead: string): Promise<BuiltTwice> {
  const before = readFileSync(join(repository, file), 'utf8')
  const after = before.replace(text, instead)
  expect(after, `${file} has not ${text}`).not.toBe(before)
  const source = await bundled('test/built-twice.ts', new Map([[file, after]]))
  const module = { exports: {} as BuiltTwice }
  new Function('module', 'exports', 'require', source)(module, module.exports, createRequire(import.meta.url))
  return module.exports
}

describe('a store that forgets', () => {
  test.each(Object.entries(faults))(
    '%s is found',
    async (_, [file, text, instead, shown]) => {
      const its = await plantedIn(file, text, instead)
      const isShown = (isGiven: boolean) => {
        const pair = new its.Pair(isGiven)
        pair.compare(its.plainStep)
        try {
          if (typeof shown === 'string') pair.changeAndBack(shown)
          else shown(pair, its)
        } catch (failure) {
          return (failure as { code?: string }).code === 'ERR_ASSERTION'
        }
        return false
      }
      expect([false, true].some(isShown)).toBe(true)
    },
    600_000,
  )
})
