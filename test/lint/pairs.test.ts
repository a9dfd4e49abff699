/** Each node of a file with natural math has its node in the lowered file, with the type that it has when it runs. */
import ts from 'typescript'
import { expect, test } from 'vitest'
import { pairNodes } from '../../lint/pairs.ts'
import { walk } from '../../transformer/syntax/walk.ts'
import { lowerProgram } from '../../transformer/transform.ts'
import { programOf } from '../compile.ts'

const head = `import { NumberWithGrad, type Numeric } from 'tsgrad'
type N = NumberWithGrad
interface O { get(): { a: N } }
declare const a: N, either: Numeric, o: O, n: number
let t = a;
`

/** A file with a body, and the nodes of its lowered file that stand for its nodes. */
function pairedFile(body: string) {
  const { program, host } = programOf({ 'main.ts': head + body })
  const { files, program: lowered } = lowerProgram(ts, program, host)
  const [explained] = files
  const { original } = explained!
  const file = lowered.getSourceFile(original.fileName)!
  const pairs = pairNodes(ts, explained!, file)
  expect(pairs.size).toBeGreaterThan(20)
  return { original, file, pairs, checker: lowered.getTypeChecker() }
}

/** The type of every expression of a body, in the order of the text: `a * 4: NumberWithGrad`. */
function typesOf(body: string): string[] {
  const { original, file, pairs, checker } = pairedFile(body)
  const types: string[] = []
  walk(ts, original, node => {
    const pair = pairs.get(node)
    if (pair) expect(pair.getSourceFile()).toBe(file)
    if (ts.isExpression(node) && node.getStart(original) >= head.length) {
      const type = pair ? checker.typeToString(checker.getTypeAtLocation(pair)) : 'unpaired'
      types.push(`${node.getText(original)}: ${type.replaceAll('NumberWithGrad', 'N')}`)
    }
  })
  return types
}

test.each<[body: string, ...types: string[]]>([
  ['a * 4 + 3', 'a * 4 + 3: N', 'a * 4: N', 'a: N', '4: 4', '3: 3'],
  ['2 * (a - n)', '2 * (a - n): N', '2: 2', '(a - n): N', 'a - n: N', 'a: N', 'n: number'],
  ['-a', '-a: N', 'a: N'],
  ["'v ' + a", "'v ' + a: string", '\'v \': "v "', 'a: N'],
  ['n * 2 + n', 'n * 2 + n: number', 'n * 2: number', 'n: number', '2: 2', 'n: number'],
  ['either * 2', 'either * 2: Numeric', 'either: Numeric', '2: 2'],
  ['t += a', 't += a: N', 't: N', 'a: N'],
  ['t++', 't++: N', 't: N'],
  ['const u = t++', 'u: N', 't++: N', 't: N'],
  ['(a as N) * 2', '(a as N) * 2: N', '(a as N): N', 'a as N: N', 'a: N', 'N: N', '2: 2'],
  [
    'const f = (x = a * 2) => -x',
    'f: (x?: N) => N',
    '(x = a * 2) => -x: (x?: N) => N',
    'x: N',
    'a * 2: N',
    'a: N',
    '2: 2',
    '-x: N',
    'x: N',
  ],
  // what stands nowhere in the lowered text has no pair
  ['Math.max(n, a)', 'Math.max(n, a): N', 'Math.max: unpaired', 'Math: unpaired', 'max: unpaired', 'n: number', 'a: N'],
  [
    'o.get().a += a',
    'o.get().a += a: N',
    'o.get().a: unpaired',
    'o.get(): { a: N; }',
    'o.get: () => { a: N; }',
    'o: O',
    'get: () => { a: N; }',
    'a: N',
    'a: N',
  ],
])('%s', (body, ...types) => {
  expect(typesOf(body)).toEqual(types)
})

test('each term of a chain of five thousand is paired', () => {
  const { original, file, pairs } = pairedFile(Array.from({ length: 5000 }, () => 'a').join(' + '))
  const terms = [...pairs].filter(([node]) => ts.isIdentifier(node) && node.getStart(original) >= head.length)
  expect(terms).toHaveLength(5000)
  for (const [, pair] of terms) expect(pair.getText(file)).toBe('a')
})
