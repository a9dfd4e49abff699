/**
 * Every function with options says what came and what it expects: in the place of the options, under a name that is none, and under each name.
 * The functions are found in the sources, and the names in their own messages, so that a new one is asked too.
 */
import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import * as index from '../runtime/index.ts'
import * as inspect from '../runtime/inspect.ts'
import * as optimise from '../runtime/optimise.ts'

type Call = (options: unknown) => unknown
const any = (value: unknown) => value as never
const square = (x: index.NumberWithGrad) => x.mul(x)
const parameter = () => {
  const w = new index.NumberWithGrad(3)
  w.mul(w).backward()
  return w
}
const search = (f: (...args: never[]) => unknown): Call => {
  return options => {
    const found = f(...([(x: index.NumberWithGrad) => x.sub(2), 1, options] as never[]))
    return found !== null && typeof found === 'object' && Symbol.iterator in found ? [...any(found)] : found
  }
}

/** A call of each with given options, and what they must hold besides. */
const calls: Record<string, Call> = {
  adam: options => index.adam([parameter()], undefined, any(options)),
  momentum: options => index.momentum([parameter()], undefined, any(options)),
  sgd: options => index.sgd([parameter()], any(options)),
  numericalDiff: options => index.numericalDiff(square, any(options))(any(2)),
  gradInto: options => index.gradInto((x: number) => x, any(options)),
  grad: options => index.grad(square, any(options))(any(2)),
  valueAndGrad: options => index.valueAndGrad(square, any(options))(any(2)),
  findAnomaly: options => inspect.findAnomaly(parameter(), any(options)),
  checkGrad: options => inspect.checkGrad(square, any(2), any(options)),
  clipGradients: options => optimise.clipGradients([parameter()], any(options)),
  cosineDecay: options => optimise.cosineDecay(1, any(options)),
  exponentialDecay: options => optimise.exponentialDecay(1, any(options)),
  warmup: options => optimise.warmup(1, any(options)),
  leastSquares: search(optimise.leastSquares),
  leastSquaresSteps: search(optimise.leastSquaresSteps),
  minimize: search(optimise.minimize),
  minimizeSteps: search(optimise.minimizeSteps),
  root: search(optimise.root),
  rootSteps: search(optimise.rootSteps),
  requireSeed: options => new index.NumberWithGrad(2).backward(any(options)),
}
const required = ['rate', 'steps', 'factor', 'norm']

const odd: readonly (readonly [text: string, value: unknown])[] = [
  ['null', null],
  ['a number', 3],
  ['text', 'x'],
  ['true', true],
  ['a bigint', 3n],
  ['a symbol', Symbol('x')],
  ['a function', () => 1],
  ['an array', []],
  ['a date', new Date(0)],
  ['a Map', new Map()],
  ['a promise', Promise.resolve({})],
  ['a number of tsgrad', new index.NumberWithGrad(2)],
]
const oddValues: typeof odd = [...odd.filter(([text]) => text !== 'a number'), ['NaN', NaN], ['a record', {}]]

/** What is in order under some names; the last three are asked about when `f` is called, or looked at. */
const taken: Readonly<Record<string, readonly string[]>> = {
  aux: ['true'],
  createGraph: ['true'],
  onIteration: ['a function'],
  seed: ['NaN'],
  names: ['an array', 'a Map', 'a number of tsgrad', 'a record'],
}

/** The exported functions with a parameter of that name. */
function functionsWithOptions(): string[] {
  const folder = new URL('../runtime/', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
  const found = new Set<string>()
  for (const name of files) {
    const text = readFileSync(new URL(name, folder), 'utf8')
    if (!/\boptions\b/.test(text)) continue
    for (const node of ts.createSourceFile(name, text, ts.ScriptTarget.ESNext).statements) {
      if (!ts.isFunctionDeclaration(node) || !node.name) continue
      const isExported = node.modifiers?.some(each => each.kind === ts.SyntaxKind.ExportKeyword)
      const takes = node.parameters.some(each => ts.isIdentifier(each.name) && each.name.text === 'options')
      if (isExported && takes) found.add(node.name.text)
    }
  }
  return [...found]
}

function messageOf(call: () => unknown): string {
  try {
    call()
    return 'no error'
  } catch (error) {
    return (error as Error).message
  }
}

/** The names of the options of a call, by what it says of another one. */
function namesOf(call: Call): string[] {
  const [, names] = /(?:options|or) \{ (.*) \}; got /.exec(messageOf(() => call({ unknown: 1 }))) ?? []
  return names?.split(', ') ?? []
}

test('each function with options has a row', () => {
  const found = functionsWithOptions().filter(name => name !== 'requireOptions')
  expect(found.sort()).toEqual(Object.keys(calls).sort())
})

describe.each(Object.entries(calls))('%s', (key, call) => {
  const where = key === 'requireSeed' ? 'NumberWithGrad.backward' : key.replace('Steps', '')
  const names = namesOf(call)
  const base = (others: object) => {
    const needed = required.filter(name => names.includes(name)).map(name => [name, 0.5])
    return { ...Object.fromEntries(needed), ...others }
  }
  const isSeed = key === 'requireSeed'
  const isRefused = new RegExp(`^${where}: expected (?:a number or|options) \\{ .* \\}; got `)

  test('a name that is none', () => {
    expect(names.length).toBeGreaterThan(0)
    expect(messageOf(() => call(base({})))).toMatch(key === 'gradInto' ? 'carries no compiled gradient' : 'no error')
    expect(messageOf(() => call(base({ unknown: 1 })))).toMatch(isRefused)
  })
  test.each(odd.filter(([text]) => !(isSeed && text === 'a number')))('%s', (text, value) => {
    // a function of one number takes it, and its step
    if (key === 'numericalDiff' && text === 'a number') return
    expect(messageOf(() => call(value))).toMatch(isRefused)
  })
  test.each(names.flatMap(name => oddValues.map(([text, value]) => [name, text, value] as const)))(
    '%s: %s',
    (name, text, value) => {
      if (taken[name]?.includes(text)) return
      const message = messageOf(() => call(base({ [name]: value })))
      expect(message).toMatch(new RegExp(`^(?:${where}|names): .*(?:; got |[;\`] (?:it )?must )`))
      expect(message).toMatch(isSeed || ['by', 'lower', 'upper'].includes(name) ? /./ : new RegExp(`${name}\\b`))
    },
  )
})
