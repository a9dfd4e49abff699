/** Errors stand at the user's own operands: each fixture points at its code with a comment under the line. */
import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../transformer/report/diagnostics.ts'
import { compilers } from './compilers.ts'

const folder = new URL('./diagnostics/', import.meta.url)
const fixtures = Object.fromEntries(
  readdirSync(folder).map(name => [name, readFileSync(new URL(name, folder), 'utf8')]),
)

/** `//   ^^^ TS2345 text`: the place is that many columns into the last line that is no such comment. */
function expectations(text: string): string[] {
  const found: string[] = []
  let line = 0
  for (const [i, content] of text.split('\n').entries()) {
    const [, before, carets, message] = /^(\s*\/\/\s*)(\^+) (TS.*)$/.exec(content) ?? []
    if (carets) found.push(`${line}:${before!.length + 1} +${carets.length} ${message}`)
    else line = i + 1
  }
  return found
}

function reported({ file, start, length, code, messageText }: ts.Diagnostic): string {
  const { line, character } = ts.getLineAndCharacterOfPosition(file!, start!)
  // what TypeScript adds to its own messages is not of interest here, what tsgrad adds is
  const added = typeof messageText === 'string' ? [] : (messageText.next ?? []).filter(next => next.code > 91000)
  const first = typeof messageText === 'string' ? messageText : messageText.messageText
  const message = [first, ...added.map(next => next.messageText)].join(' — ')
  return `${line + 1}:${character + 1} +${length} TS${code} ${message}`
}

describe.each(compilers)('with %s', (_, compile) => {
  const { diagnostics } = compile(fixtures)
  test.each(Object.keys(fixtures))('%s reports what its comments say, once each, and nothing else', name => {
    const expected = expectations(fixtures[name]!)
    expect(expected.length).toBeGreaterThan(1)
    const own = diagnostics.filter(({ file }) => file?.fileName.endsWith(`/${name}`))
    const byLine = (u: string, v: string) => Number.parseInt(u, 10) - Number.parseInt(v, 10)
    expect(own.map(reported).sort(byLine)).toEqual(expected)
  })
})

/** Where no file of a program has another text, there is advice all the same. */
test.each(compilers)('with %s a program without operators of classes is advised', (_, compile) => {
  const text = fixtures['alone.ts']!
  expect(compile({ 'alone.ts': text }).diagnostics.map(reported)).toEqual(expectations(text))
})

/** Compilers report these at different places of the call. */
test.each(compilers)('with %s the start of reduce is explained', (_, compile) => {
  const rows = [
    [
      'xs.reduce((s, x) => s + x, 0)',
      "'s' a number, but `+` gives NumberWithGrad. Write `xs.reduce<Numeric>(…, 0)`, or leave the start out, or write `sum(xs)`.",
    ],
    [
      'xs.reduce((s, x) => s + x * x, 0)',
      "'s' a number, but `+` gives NumberWithGrad. Write `xs.reduce<Numeric>(…, 0)`, or leave the start out.",
    ],
    [
      'xs.reduceRight((p, x) => p * x, 1)',
      "'p' a number, but `*` gives NumberWithGrad. Write `xs.reduceRight<Numeric>(…, 1)`, or leave the start out, or write `prod(xs)`.",
    ],
    [
      'xs.reduce((m, x) => Math.max(m, x), -Infinity)',
      "'m' a number, but `Math.max` gives NumberWithGrad. Write `xs.reduce<Numeric>(…, -Infinity)`, or leave the start out.",
    ],
  ] as const
  const text = `import type { NumberWithGrad } from 'tsgrad'\ndeclare const xs: NumberWithGrad[]\n${rows.map(([source], i) => `export const r${i} = ${source}\n`).join('')}`
  const { diagnostics } = compile({ 'main.ts': text })
  expect(diagnostics.length).toBe(rows.length)
  for (const [i, [, advice]] of rows.entries()) expect(reported(diagnostics[i]!)).toContain(advice)
})

test('codes are unique, and each range of codes is used for its kind', () => {
  const codes = Object.values(catalogue).map(({ code }) => code)
  expect(codes.length).toBeGreaterThan(5)
  expect(new Set(codes).size).toBe(codes.length)
  for (const code of codes) expect([91, 92, 93, 94, 99]).toContain(Math.floor(code / 1000))
})
