/** What each operator is lowered to, and that the lowered text computes what its author meant. */
import { describe, expect, test } from 'vitest'
import { NumberWithGrad } from '../runtime/index.ts'
import { run, shown } from './compile.ts'
import { compilers } from './compilers.ts'
import { expressions, ofExpression, ofStatement, statements } from './lower-rows.ts'

function derivativeByA(result: unknown, a: NumberWithGrad): number | undefined {
  if (!(result instanceof NumberWithGrad)) return undefined
  result.backward()
  return a.grad ?? 0
}

describe.each(compilers)('with %s an expression', (_, compile) => {
  // One program for all: a file each.
  const compiled = compile(Object.fromEntries(expressions.map(([source], i) => [`case${i}.ts`, ofExpression(source)])))
  const line = (text: string) => text.slice(text.indexOf('export const result = ') + 22, text.lastIndexOf('\nexport'))

  test('no program has an error', () => expect(compiled.diagnostics.map(shown)).toEqual([]))

  test.each(expressions.map((row, i) => [row[0], ...row.slice(1), i] as const))('%s -> %s', (_, ...row) => {
    const i = row.at(-1) as number
    const [, expected, value, gradient] = expressions[i]!
    const text = compiled.lowered(`case${i}.ts`)
    expect(line(text)).toBe(expected)
    const { result, a } = run(text)
    expect(result instanceof NumberWithGrad ? result.num : result).toSatisfy(
      got => got === value || Math.abs(Number(got) - Number(value)) < 1e-12 * Math.abs(Number(value)),
    )
    if (gradient !== undefined) expect(derivativeByA(result, a as NumberWithGrad)).toBeCloseTo(gradient, 9)
  })

  test('that is lowered stays as it is when it is lowered again', () => {
    const texts = expressions.map((_, i) => compiled.lowered(`case${i}.ts`))
    expect(texts.filter((text, i) => text !== ofExpression(expressions[i]![0])).length).toBeGreaterThan(50)
    const again = compile(Object.fromEntries(texts.map((text, i) => [`case${i}.ts`, text])))
    expect(texts.map((_, i) => again.lowered(`case${i}.ts`))).toEqual(texts)
  })
})

describe.each(compilers)('with %s a statement', (_, compile) => {
  const compiled = compile(Object.fromEntries(statements.map(([source], i) => [`case${i}.ts`, ofStatement(source)])))
  test('no program has an error', () => expect(compiled.diagnostics.map(shown)).toEqual([]))

  test.each(statements.map(([source, lowered], i) => [source, lowered, i] as const))('%s -> %s', (_, expected, i) => {
    const text = compiled.lowered(`case${i}.ts`)
    expect(text.slice(text.lastIndexOf('\n{ ') + 3, text.lastIndexOf('\n}\nconst result'))).toBe(expected)
    const { x, logged } = run(text) as { x: NumberWithGrad; logged: number[] }
    expect(x.num).toBe(statements[i]![2])
    expect(logged).toEqual(statements[i]![3] ?? [])
  })
})
