/** What is wrong in a chain that is too long for nested calls is one error, at its own place, and the rest of it is silent. */
import ts from 'typescript'
import { expect, test } from 'vitest'
import { findSites } from '../transformer/syntax/rewrite.ts'
import { compile, shown } from './compile.ts'
import { parse } from './every-site.ts'

const long = ' + x'.repeat(250)
const head = `import type { NumberWithGrad, operators } from 'tsgrad'
declare class Odd { declare readonly [operators]: { '+': 'add' }; add(other: Odd): Even }
declare class Even { declare readonly [operators]: { '+': 'add' }; add(other: Odd): Odd }
declare const x: NumberWithGrad, missing: NumberWithGrad | undefined, odd: Odd
export const f = `

/** An expression whose second line has the error, its code, and the text that it is reported at. */
const faults: readonly [name: string, expression: string, code: number, at: string][] = [
  ['an operand that a method does not take', `x${long} -\n'text'${long}`, 92002, "'text'"],
  ['an operand that may be missing', `x${long} -\nx - missing${long}`, 18048, 'missing'],
  ['a class that does not name the operator', `x${long} -\nx << 2${long}`, 92001, '<<'],
  ['a type that changes on the way', `x${long} -\nx + 'text'${long}`, 92005, '+'],
  ['a method that gives another class', `odd\n${' + odd'.repeat(250)}`, 92005, '+'],
]
const script = `var s = (null! as import('tsgrad').NumberWithGrad)\n${long.replaceAll('x', '1')}\n`
const compiled = compile({
  ...Object.fromEntries(faults.map(([, expression], i) => [`${i}.ts`, `${head}${expression}\n`])),
  'script.ts': script,
  'receiver.ts': `import type { NumberWithGrad } from 'tsgrad'
export async function f(x: Promise<NumberWithGrad>) {
  let k = 1
  await x${long.replaceAll('x', 'k')}
  return k
}
`,
  'either.ts': `import type { Numeric } from 'tsgrad'\nexport const f = (x: Numeric) => x${long}\n`,
})
const errorsIn = (name: string) =>
  compiled.diagnostics
    .filter(({ file }) => file?.fileName.endsWith(`/${name}`))
    .map(each => {
      const { line } = each.file!.getLineAndCharacterOfPosition(each.start!)
      return [line + 1, each.code, each.file!.text.slice(each.start!, each.start! + each.length!)]
    })

test.each(faults.map((row, i) => [...row, i] as const))('%s in a long chain', (_, _expression, code, at, i) => {
  expect(errorsIn(`${i}.ts`)).toEqual([[head.split('\n').length + 1, code, at]])
})

test('a long chain in a script, which cannot import its function', () => {
  expect(errorsIn('script.ts')).toEqual([[2, 91002, '+']])
})

test('a long chain whose receiver needs parentheses stands behind a line without a semicolon', () => {
  expect(errorsIn('receiver.ts')).toEqual([])
  expect(compiled.lowered('receiver.ts')).toContain('__tsgrad_chain(__tsgrad_chain.value = (await x).add(k)')
})

test('a link of a long chain is chosen at run time where its operands may be numbers', () => {
  const text = compiled.lowered('either.ts')
  expect(text).toContain("__tsgrad_chain(__tsgrad_chain.value = __tsgrad_dispatchBinary('+', 'add', 'radd', ")
  expect(text).toContain("__tsgrad_dispatchBinary('+', 'add', 'radd', __tsgrad_chain.value, x)")
})

test('operators of a chain that ends in literals are found in a number of steps that grows as the chain does', () => {
  const stepsOf = (terms: number) => {
    let steps = 0
    const isBinaryExpression = (node: ts.Node): node is ts.BinaryExpression =>
      ++steps > 0 && ts.isBinaryExpression(node)
    const { sites } = findSites({ ...ts, isBinaryExpression }, parse(`const y = x${' + 1'.repeat(terms)}`))
    expect(sites).toHaveLength(terms)
    return steps
  }
  expect(stepsOf(800)).toBeLessThan(2.5 * stepsOf(400))
})

test('no other error is reported', () => {
  expect(compiled.diagnostics.map(shown)).toHaveLength(faults.length + 1)
})
