/** One text in natural math, run three times: on plain numbers without the transformer, on hyper-dual and on tracked numbers. */
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { compile, run, shown } from './compile.ts'

// a program imports the package by its name
const hyperDualText = readFileSync(new URL('hyper-dual.ts', import.meta.url), 'utf8').replace(
  '../runtime/index.ts',
  'tsgrad',
)

/** The exports of a text that begins with what it is given, the type `N` of its numbers. */
export function inThreeNumbers(text: (numbers: string) => string): { plain: object; oracle: object; tracked: object } {
  const { diagnostics, lowered } = compile({
    'hyper-dual.ts': hyperDualText,
    'oracle.ts': text("import type { HyperDual } from './hyper-dual.ts'\ntype N = HyperDual"),
    'main.ts': text("import type { NumberWithGrad } from 'tsgrad'\ntype N = NumberWithGrad"),
  })
  expect(diagnostics.map(shown)).toEqual([])
  return { plain: run(text('type N = number')), oracle: run(lowered('oracle.ts')), tracked: run(lowered()) }
}
