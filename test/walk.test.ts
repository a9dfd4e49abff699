/** The one walk over a syntax tree, and that there is no other. */
import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { walk } from '../transformer/syntax/walk.ts'

const root = new URL('..', import.meta.url)
const parsed = (text: string) => ts.createSourceFile('main.ts', text, ts.ScriptTarget.Latest, true)

/** The identifiers that a walk visits, in its order. */
function namesIn(text: string, skips: (node: ts.Node) => boolean = () => false): string {
  const names: string[] = []
  walk(ts, parsed(text), node => {
    if (ts.isIdentifier(node)) names.push(node.text)
    return skips(node) ? 'skip' : undefined
  })
  return names.join(' ')
}

test.each([
  ['a + b * c - d(e, f)', 'a b c d e f'],
  ['const { a, b: [c, ...d] } = e', 'a b c d e'],
  ['class A extends b.c { [d] = e; f<G>(h: I) { return j } }', 'A b c d e f G h I j'],
])('%s is walked in source order', (text, names) => expect(namesIn(text)).toBe(names))

test('a parent is visited before its children, and each node once', () => {
  const file = parsed('const a = [b, (c) => c + 1, `x${d}y`]')
  const visited: ts.Node[] = []
  walk(ts, file, node => void visited.push(node))
  expect(visited.length).toBeGreaterThan(15)
  expect(new Set(visited).size).toBe(visited.length)
  expect(visited.slice(1).every(node => visited.indexOf(node.parent) < visited.indexOf(node))).toBe(true)
})

test('what is below a skipped node is not visited, what follows is', () => {
  expect(namesIn('a(b, c)[d]; e', ts.isCallExpression)).toBe('d e')
})

test('a chain of 20,000 operators is no recursion', () => {
  expect(namesIn(Array(20_000).fill('a').join(' + ')).length).toBe(39_999)
})

test('the compiler is asked for children where nodes are walked otherwise, and nowhere else', () => {
  const otherwise = {
    'transformer/syntax/walk.ts': 'the walk',
    'transformer/syntax/rewrite.ts': 'parents that are not set yet, and texts that are copied between children',
    'transformer/ask/guess.ts': 'an answer that is kept for each node',
    'transformer/hosts/native/syntax.ts': 'the same question to TypeScript 7',
    'transformer/lower/skeleton.ts': 'lists of children, each between brackets',
    'scripts/lengths.mjs': 'a script, which imports no TypeScript',
    'transformer/report/errors.ts': 'the depth of each node, in a room before the walk',
  }
  const files = ['transformer', 'command', 'lint', 'playground', 'scripts', 'test'].flatMap(folder =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.m?ts$|\.mjs$/.test(name) && !name.includes('node_modules'))
      .map(name => `${folder}/${name}`),
  )
  const asking = files.filter(name => readFileSync(new URL(name, root), 'utf8').includes('.forEachChild('))
  expect(asking.filter(name => name !== 'test/walk.test.ts').sort()).toEqual(Object.keys(otherwise).sort())
})
