/** Exported expressions of every kind whose types a declaration must name: the public functions, and operators on type parameters. */
import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import * as entry from '../runtime/index.ts'
import { rules } from '../runtime/rules/rules.ts'
import { walk } from '../transformer/syntax/walk.ts'

const folder = new URL('../runtime/', import.meta.url)

/** The example in the docstring of each function that the entry exports, by the function's name. */
function examplesOfFunctions(): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const name of names.filter(each => each.endsWith('.ts') && each !== 'variable.ts')) {
    const text = readFileSync(new URL(name, folder), 'utf8')
    for (const statement of ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true).statements) {
      const named = ts.isFunctionDeclaration(statement) && statement.name?.text
      if (!named || found.has(named) || typeof (entry as Record<string, unknown>)[named] !== 'function') continue
      const [, line, lines] = /@example(?: (.*?)(?: *\*\/)?$|\n((?: \* .*\n)+))/m.exec(statement.getFullText()) ?? []
      const example = line ?? lines?.replace(/^ \* /gm, '')
      if (example) found.set(named, example.replace(/ \/\/ .*$/gm, ''))
    }
  }
  return found
}

/** The functions that the entry exports, each under the name that it was declared with. */
export const functions: readonly string[] = Object.entries(entry).flatMap(([name, value]) =>
  typeof value === 'function' && !/^class\b/.test(String(value)) && value.name === name ? [name] : [],
)

const examples = examplesOfFunctions()

/** The result of a public function, exported without a type: as its example calls it, and each call in that. */
function callsOf(exported: Exporter, name: string): string {
  const code = examples.get(name)
  if (code === undefined) throw new Error(`${name} has no example`)
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2023, true)
  const last = source.statements.at(-1)!
  const before = code.slice(0, last.getStart(source))
  const calls: string[] = [(last as ts.ExpressionStatement).expression.getText(source)]
  walk(ts, last, node => {
    if (ts.isCallExpression(node) && node.expression.getText(source) === name) calls.push(node.getText(source))
    return ts.isFunctionLike(node) ? 'skip' : undefined
  })
  return calls.map((call, i) => exported(`${name}${i}`, '()', call, before)).join('\n')
}

type Exporter = (name: string, parameters: string, expression: string, before?: string) => string

/** An expression as the result of an arrow function, a function and a method, and as the value of a field and a constant. */
function positionsOf(name: string, parameters: string, expression: string, before = ''): readonly string[] {
  const block = `{ ${before}return ${expression} }`
  const body = before ? block : `(${expression})`
  return [
    `export const ${name} = ${parameters} => ${body}`,
    `export function ${name}Function${parameters} ${block}`,
    `export class ${name}Class { field = ${parameters} => ${body}; method${parameters} ${block} }`,
    ...(parameters === '()' ? [`export const ${name}Value = (() => ${body})()`] : []),
  ]
}
const everywhere: Exporter = (...about) => positionsOf(...about).join('\n')
/** Each expression in one position, which is another one for the next. */
function inTurn(): Exporter {
  let turn = 0
  return (...about) => {
    const positions = positionsOf(...about)
    return positions[turn++ % positions.length]!
  }
}

const OPERATORS = ['+', '-', '*', '/', '%', '**', '<', '>', '<=', '>=']
const FUNCTIONS = Object.values(rules).flatMap(({ keys }) => keys.filter(key => key.startsWith('Math.')))
const isBinary = (name: string) => ['Math.pow', 'Math.max', 'Math.min', 'Math.atan2', 'Math.hypot'].includes(name)

/** Operators on type parameters: parameters, and expressions in these. */
const GENERIC: readonly (readonly [parameters: string, expressions: readonly string[]])[] = [
  [
    '<T extends Numeric>(x: T)',
    [
      ...OPERATORS.flatMap(op => [`x ${op} 2`, `2 ${op} x`, `x ${op} x`]),
      ...['-x', '+x', '-(x * x)', '1 / (1 + Math.exp(-x))', 'Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))'],
      ...FUNCTIONS.flatMap(f =>
        isBinary(f) ? [`${f}(x, 2)`, `${f}(2, x)`, `${f}(x, x)`] : [`${f}(x)`, `2 * ${f}(-x)`],
      ),
      '`${x * 2}`',
      '(y => y * x)(x + 1)',
      '[x * 2, { part: 1 - x }] as const',
    ],
  ],
  ['<T extends Numeric>(x: T, y: Numeric)', OPERATORS.flatMap(op => [`x ${op} y`, `y ${op} x`])],
  ['<T extends Numeric, U extends Numeric>(x: T, y: U)', OPERATORS.map(op => `x ${op} y`)],
  ['<P extends { w: Numeric }>(p: P, x: P["w"])', ['p.w * x', 'x * p.w + 1', 'Math.exp(x)', '2 - x']],
  ['<T extends Numeric>(xs: readonly T[])', ['xs.map(each => 2 * each)', 'xs.map(each => each * each)[0]!']],
  ['<T extends NumberWithGrad>(x: T)', ['x * 2', '2 * x', 'Math.exp(x)']],
]

/** Verbs by what they take: one argument and several, records and arrays, functions of the caller. */
const VERBS = [
  'grad(x => x ** 2)',
  'grad((w: NumberWithGrad, b: NumberWithGrad) => w * b)',
  'grad((...xs: NumberWithGrad[]) => xs[0]! * 2)',
  'grad((xs: NumberWithGrad[]) => xs[0]! * 2)',
  'grad(({ w, b }: { w: NumberWithGrad; b: NumberWithGrad[] }) => w * b[0]!)',
  'grad((p: { w: NumberWithGrad }, x: NumberWithGrad) => p.w * x)',
  'valueAndGrad((w: NumberWithGrad, b: NumberWithGrad) => w * b)',
  'valueAndGrad((p: { w: [NumberWithGrad, NumberWithGrad] }) => p.w[0] * 2)',
  'jvp(({ w }: { w: NumberWithGrad }) => w * 2)',
  'vjp((xs: NumberWithGrad[]) => xs[0]! * 2)',
  'vjp(({ w }: { w: NumberWithGrad }) => w * 2)',
  'hvp(([x, y]: [NumberWithGrad, NumberWithGrad]) => x * y)',
  'hvp(({ w }: { w: NumberWithGrad[] }) => w[0]! ** 2)',
  'jacobian(([x, y]) => [x! * y!, x! + 1])',
  'hessian(([x, y]) => x! * y!)',
  "customRule({ name: 'twice', value: (x: number) => 2 * x, partials: () => [2] })",
  "customRule({ name: 'all', value: (...xs: number[]) => xs.length, partials: (...xs) => xs })",
]
const OF_CALLERS = [
  'grad(f)',
  'valueAndGrad(f)',
  'jvp(f)',
  'vjp(f)',
  'hvp(f)',
  '{ slope: grad(f), also: [valueAndGrad(f)] }',
]
const CALLERS = [
  '(f: (x: NumberWithGrad) => Numeric)',
  '<X extends { w: NumberWithGrad }>(f: (x: X) => Numeric)',
  '<X extends readonly NumberWithGrad[]>(f: (x: X) => Numeric)',
]

const imports = `import { ${[...functions, 'NumberWithGrad', 'Place', 'type Numeric'].join(', ')} } from 'tsgrad'\n`

/** Modules that export what has no written type, by name. */
function modulesBy(exported: Exporter): Readonly<Record<string, string>> {
  const generics = GENERIC.flatMap(([parameters, expressions], i) =>
    expressions.map((expression, j) => exported(`generic${i}_${j}`, parameters, expression)),
  )
  const verbs = VERBS.map((verb, i) => exported(`verb${i}`, '()', verb))
  const ofCallers = CALLERS.flatMap((parameters, i) =>
    OF_CALLERS.map((verb, j) => exported(`caller${i}_${j}`, parameters, verb)),
  )
  return {
    'functions.ts': `${imports}${functions.map(name => callsOf(exported, name)).join('\n')}\n`,
    'generics.ts': `import { NumberWithGrad, type Numeric } from 'tsgrad'\n${generics.join('\n')}\n`,
    'verbs.ts': `${imports}${[...verbs, ...ofCallers].join('\n')}\n`,
  }
}

/** Each expression in each position. */
export const modules = modulesBy(everywhere)
/** The same expressions, each in one position. */
export const sampledModules = modulesBy(inTurn())
