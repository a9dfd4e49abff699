/** Source maps and stack traces lead from the emitted files to the text that the user wrote. */
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import ts from 'typescript'
import { beforeAll, describe, expect, test } from 'vitest'
import { walk } from '../../transformer/syntax/walk.ts'
import { Project, type Run, tsconfig } from './project.ts'

const source = `import { NumberWithGrad, type Numeric } from 'tsgrad'
/** A weight. */
const weight = new NumberWithGrad(3), bias = new NumberWithGrad(-1)
export const linear = weight * 4 + bias, turned = 2 - weight, both = linear / turned - -bias
export const square = (value: Numeric) => value * value + 1
export function loss(inputs: readonly number[], target: Numeric = 2 * weight): NumberWithGrad {
  let total = bias * 0
  for (const [index, input] of inputs.entries()) {
    const error = weight * input +
      bias * (index + 1) -
      target // a comment
    total += error ** 2
    total *= 1
  }
  return Math.tanh(total) / inputs.length
}
export class Model {
  scale = weight * 2
  #shift = bias + 1
  run(input: Numeric) {
    const text = \`a \${input}
      template \${weight * 2 + bias} of lines \${'x' + this.scale}\`
    return { text, result: this.scale * input + this.#shift, less: this.scale < input && input > bias }
  }
}
export async function later(promise: Promise<NumberWithGrad>) {
  const first = (await promise) * weight, second = -(await promise)
  return first < second ? first : weight - second * linear
}
export const fail = (value: NumberWithGrad) => { const doubled = value * 2 + value; throw new RangeError(String(doubled)) }
`
const caller = `import { NumberWithGrad } from 'tsgrad'
import { fail } from './main.js'
const three = new NumberWithGrad(3)
const run = () => (three * 2 + 1, fail(three * three))
run()
`
/** What each inserted name stands for. */
const operatorOf: Readonly<Record<string, readonly string[]>> = {
  add: ['+', '+='],
  sub: ['-'],
  rsub: ['-'],
  mul: ['*', '*='],
  rmul: ['*'],
  div: ['/'],
  neg: ['-'],
  pow: ['**'],
  lt: ['<'],
  gt: ['>'],
  tanh: ['Math.tanh'],
  __tsgrad_dispatchBinary: ['*', '+', '-', '<', '>'],
}

const files = {
  'src/main.ts': source,
  'src/crlf.ts': source.replaceAll('\n', '\r\n'),
  // the import of the helper comes on a line of its own here
  'src/documented.ts': `/** Squares. */\nexport const f = (x: Numeric) => x * x\n${source}`,
  'src/caller.ts': caller,
}
const maps = new Project({ ...files, 'tsconfig.json': tsconfig({ sourceMap: true, declarationMap: true }) })
const inline = new Project({ ...files, 'tsconfig.json': tsconfig({ inlineSourceMap: true, inlineSources: true }) })
let compiled: readonly Run[]
beforeAll(async () => {
  compiled = await Promise.all([maps.tspc(), inline.tspc()])
})

test('the program compiles', () => {
  expect(compiled).toEqual([
    { status: 0, output: '' },
    { status: 0, output: '' },
  ])
})

interface Found {
  /** Names that the user wrote and that lead to the same name. */
  readonly names: number
  /** Inserted names that lead to their operators. */
  readonly operators: number
  readonly wrong: readonly string[]
}

/** Follows the identifiers of an emitted text to the original one. */
function follow(emitted: string, map: string, original: string, isFollowed: (node: ts.Identifier) => boolean): Found {
  const tracer = new TraceMap(map)
  const file = ts.createSourceFile('emitted.ts', emitted, ts.ScriptTarget.Latest, true)
  const originalLines = original.split('\n')
  const wrong: string[] = []
  let [names, operators] = [0, 0]
  const visit = (node: ts.Node): undefined => {
    if ((ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) && isFollowed(node as ts.Identifier)) {
      const { line, character } = file.getLineAndCharacterOfPosition(node.getStart())
      const at = originalPositionFor(tracer, { line: line + 1, column: character })
      const there = at.line === null ? '' : originalLines[at.line - 1]!.slice(at.column)
      const wanted = operatorOf[node.text] ?? [node.text]
      const longest = wanted.toSorted((a, b) => b.length - a.length).find(text => there.startsWith(text))
      const isWhole = longest && (operatorOf[node.text] || !/^[\w$]/.test(there.slice(longest.length)))
      if (!isWhole)
        wrong.push(`${line + 1}:${character + 1} ${node.text} -> ${at.line}:${at.column} ${there.slice(0, 20)}`)
      else if (operatorOf[node.text]) operators++
      else names++
    }
  }
  // the inserted import has no counterpart
  for (const statement of file.statements)
    if (!/__tsgrad.*from 'tsgrad'/.test(statement.getText())) walk(ts, statement, visit)
  return { names, operators, wrong }
}

// `String(…)` around a tracked number beside a string is inserted, but has no operator of its own
const isWritten = ({ text, parent }: ts.Identifier) => text !== 'String' || ts.isNewExpression(parent.parent)
// the members of an inferred type, and a private one, are written by the compiler and stand in no map
const isDeclared = (node: ts.Identifier) =>
  (node.parent as ts.NamedDeclaration).name === node &&
  !ts.isPropertySignature(node.parent) &&
  !ts.isPrivateIdentifier(node as ts.Node)

describe.each(['main', 'crlf', 'documented'])('in %s.ts', name => {
  const original = files[`src/${name}.ts` as keyof typeof files]

  test('every name in the JavaScript leads to itself, every inserted method to its operator', () => {
    const { names, operators, wrong } = follow(
      maps.read(`out/${name}.js`),
      maps.read(`out/${name}.js.map`),
      original,
      isWritten,
    )
    expect(wrong).toEqual([])
    expect(names).toBeGreaterThan(80)
    expect(operators).toBeGreaterThan(30)
  })

  test('every declared name in the declarations leads to itself', () => {
    const { names, wrong } = follow(
      maps.read(`out/${name}.d.ts`),
      maps.read(`out/${name}.d.ts.map`),
      original,
      isDeclared,
    )
    expect(wrong).toEqual([])
    expect(names).toBeGreaterThan(12)
  })

  test('an inline map leads to the same places and holds the original text', () => {
    const [text, encoded] = inline.read(`out/${name}.js`).split('//# sourceMappingURL=data:application/json;base64,')
    const map = Buffer.from(encoded!, 'base64').toString('utf8')
    const { names, operators, wrong } = follow(text!, map, original, isWritten)
    expect(wrong).toEqual([])
    expect(names).toBeGreaterThan(80)
    expect(operators).toBeGreaterThan(30)
    expect(JSON.parse(map).sourcesContent).toEqual([original])
    expect(JSON.parse(map).sources).toEqual([`../src/${name}.ts`])
  })
})

test.each([
  ['separate', maps],
  ['inline', inline],
])('a stack trace through %s maps names the original lines and columns', async (_, project) => {
  const { output, status } = await project.node('--enable-source-maps', 'out/caller.js')
  expect(status).toBe(1)
  const places = [...output.matchAll(/src\/(\w+)\.ts:(\d+):(\d+)\)?$/gm)].map(([, ...place]) => place.join(':'))
  const [throwing, calling] = [source.split('\n')[29]!, caller.split('\n')[3]!]
  expect(places).toEqual(
    expect.arrayContaining([
      `main:30:${throwing.indexOf('new RangeError') + 1}`,
      `caller:4:${calling.indexOf('fail') + 1}`,
      'caller:5:1',
    ]),
  )
})
