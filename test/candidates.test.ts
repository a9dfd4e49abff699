/** Which files are looked into: those from which a class with operators can be reached, and no others. */
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { transform } from '../transformer/index.ts'
import { findCandidates } from '../transformer/syntax/candidates.ts'
import { programOf } from './compile.ts'

function candidates(files: Record<string, string>): string[] {
  const { program } = programOf(files)
  return findCandidates(ts, program)
    .files.map(({ fileName }) => fileName)
    .filter(name => name.includes('/memory/'))
    .map(name => name.slice(name.lastIndexOf('/') + 1))
}

const tracked = { 'model.ts': "import { NumberWithGrad } from 'tsgrad'\nexport const a = new NumberWithGrad(3)" }

describe('a file is a candidate', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['when it imports tsgrad', { ...tracked }, ['model.ts']],
    [
      'when it imports a file that does',
      { ...tracked, 'use.ts': "import { a } from './model.ts'\nexport const b = a * 2" },
      ['model.ts', 'use.ts'],
    ],
    [
      'unless Angular checks it in place of a template',
      { ...tracked, 'app.ngtypecheck.ts': "import { a } from './model.ts'\nexport const b = a * 2" },
      ['model.ts'],
    ],
    ['when it re-exports one', { ...tracked, 'barrel.ts': "export * from './model.ts'" }, ['model.ts', 'barrel.ts']],
    [
      'by a type-only import',
      { ...tracked, 'use.ts': "import type { a } from './model.ts'\nexport type A = typeof a" },
      ['model.ts', 'use.ts'],
    ],
    [
      'by an import type',
      { ...tracked, 'use.ts': "export const f = (a: import('./model.ts').A) => a" },
      ['model.ts', 'use.ts'],
    ],
    [
      'by a dynamic import',
      { ...tracked, 'use.ts': "export const m = await import('./model.ts')" },
      ['model.ts', 'use.ts'],
    ],
    [
      'when a candidate adds to it by declaration merging, with its importers',
      {
        ...tracked,
        'options.ts': 'export interface Options { steps: number }',
        'fit.ts': "import type { Options } from './options.ts'\nexport const fit = (o: Options) => o",
        'merge.ts':
          "import type { NumberWithGrad } from 'tsgrad'\ndeclare module './options.ts' { interface Options { rate: NumberWithGrad } }",
      },
      ['model.ts', 'options.ts', 'fit.ts', 'merge.ts'],
    ],
    [
      'whatever it imports, when a candidate declares globals',
      {
        ...tracked,
        'alone.ts': 'export const n = 1',
        'global.ts': "import { a } from './model.ts'\ndeclare global { var tracked: typeof a }\nexport {}",
      },
      ['model.ts', 'alone.ts', 'global.ts'],
    ],
    [
      'but not when nothing leads to a class with operators',
      { ...tracked, 'plain.ts': 'export const n = 1 + 2' },
      ['model.ts'],
    ],
    [
      "but not when it imports a symbol of the user's own, in a file of the same name",
      {
        ...tracked,
        'operators.ts': 'export declare const operators: unique symbol\nexport type Other = typeof operators',
        'own.ts': "import type { operators } from './operators.ts'\nexport declare class Own { [operators]: object }",
      },
      ['model.ts'],
    ],
    [
      'but not when it has a syntax error',
      { ...tracked, 'half.ts': "import { a } from './model.ts'\nconst b = a *" },
      ['model.ts'],
    ],
  ])('%s', (_, files, expected) => expect(candidates(files).sort()).toEqual([...expected].sort()))
})

test('a program without tsgrad is handed back as it is', () => {
  const { program, host } = programOf({ 'plain.ts': 'export const n = 1 + 2' })
  expect(transform(ts, program, host)).toBe(program)
})

test('a program in which every operator is native is handed back as it is', () => {
  const { program, host } = programOf({
    'plain.ts': "import { numericalDiff } from 'tsgrad'\nexport const n = numericalDiff(x => x * 2, 1) + 1",
  })
  expect(transform(ts, program, host)).toBe(program)
})

test('an operator on globals of a script is lowered when it needs no import', () => {
  const { program, host } = programOf({
    ...tracked,
    'global.ts': "import { a } from './model.ts'\ndeclare global { var tracked: typeof a }\nexport {}",
    'script.ts': 'var doubled = tracked * 2',
  })
  const lowered = transform(ts, program, host)
    .getSourceFiles()
    .find(({ fileName }) => fileName.endsWith('script.ts'))!
  expect(lowered.text).toBe('var doubled = tracked.mul(2)')
})

test('an import that would be inserted from another copy of the runtime than the classes are of is an error', () => {
  // the sources are another copy than the built runtime, to which `tsgrad` leads
  const { program, host } = programOf({
    'main.ts': "import type { Numeric } from '../../runtime/index.ts'\nexport const f = (x: Numeric) => x * x",
  })
  const [diagnostic, ...others] = transform(ts, program, host).getOptionsDiagnostics()
  expect(others).toEqual([])
  expect(diagnostic?.code).toBe(93001)
})
