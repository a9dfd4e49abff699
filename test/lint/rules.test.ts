/** The rules for natural math find their traps, leave other code alone, and change what they report as the tables say. */
import { join } from 'node:path'
import { RuleTester } from 'eslint'
import { describe, it } from 'vitest'
import tsgrad from '../../lint/index.ts'
import { Project } from '../hosts/project.ts'

RuleTester.describe = describe
RuleTester.it = it
RuleTester.itOnly = it.only

const project = new Project({ 'src/main.ts': '' })
const filename = join(project.root, 'src/main.ts')
const tester = new RuleTester({ languageOptions: { parser: tsgrad.parser } })

/** The line before each case of two lines or more; names are declared, so that no case needs more than one line. */
const head = (imported = 'NumberWithGrad, type Numeric') =>
  `import { ${imported} } from 'tsgrad'\ndeclare const a: NumberWithGrad, b: NumberWithGrad, either: Numeric, n: number, m: number, xs: NumberWithGrad[], ns: number[]\n`

/** One line that must be left alone. */
const valid = (code: string) => ({ name: code, code: head() + code, filename })

interface Invalid {
  readonly code: string
  readonly messageId: string
  /** What the fix gives, with the names that are imported then. */
  readonly fixed?: string
  readonly suggested?: string
  readonly suggestionId?: string
  readonly imports?: string
  /** How often it is reported. */
  readonly count?: number
}

const invalid = ({ code, messageId, fixed, suggested, suggestionId = 'num', imports, count = 1 }: Invalid) => {
  const after = (text: string) => head(imports && `NumberWithGrad, type Numeric, ${imports}`) + text
  const suggestions = suggested === undefined ? [] : [{ messageId: suggestionId, output: after(suggested) }]
  return {
    name: code,
    code: head() + code,
    filename,
    output: fixed === undefined ? null : after(fixed),
    errors: Array.from({ length: count }, () => ({ messageId, suggestions })),
  }
}

function table(name: string, good: readonly string[], bad: readonly Invalid[]): void {
  tester.run(name, tsgrad.rules![name] as never, { valid: good.map(valid), invalid: bad.map(invalid) })
}

table(
  'no-tracked-index',
  ['export const x = xs[0]', 'export const x = xs[a.num]', 'export const x = xs[n * 2]', "export const x = a['num']"],
  [
    { code: 'export const x = xs[a]', messageId: 'index', suggested: 'export const x = xs[a.num]' },
    { code: 'export const x = xs[a * 2 + 1]', messageId: 'index', suggested: 'export const x = xs[(a * 2 + 1).num]' },
    { code: 'export const x = xs[-a]', messageId: 'index', suggested: 'export const x = xs[(-a).num]' },
    { code: 'export const x = ns[either]', messageId: 'index' },
    { code: 'const i = a * 2; ns[i] = 1', messageId: 'index', suggested: 'const i = a * 2; ns[i.num] = 1' },
  ],
)

table(
  'no-tracked-equality',
  [
    'export const x = a.num === b.num',
    'export const x = n === m',
    'export const x = a.grad === null',
    'declare const c: NumberWithGrad | undefined; export const x = c === undefined',
    'declare const c: NumberWithGrad | null; export const x = c != null',
    'declare const c: unknown; export const x = c === a',
    'export const x = Object.is(a, b)',
    'export const x = a < b || a >= 3',
    'switch (n) { case 1: break }',
    'switch (true) { case a < b: break }',
    'switch (a.num) { case b.num: break; default: }',
  ],
  [
    { code: 'export const x = a === b', messageId: 'equality', suggested: 'export const x = a.num === b.num' },
    { code: 'export const x = a !== b', messageId: 'equality', suggested: 'export const x = a.num !== b.num' },
    { code: 'export const x = a == 3', messageId: 'equality', suggested: 'export const x = a.num == 3' },
    { code: 'export const x = n != a', messageId: 'equality', suggested: 'export const x = n != a.num' },
    {
      code: 'export const x = (a * 2) === b',
      messageId: 'equality',
      suggested: 'export const x = ((a * 2).num) === b.num',
    },
    {
      code: 'const c = a * 2 + n; if (c === n) xs.pop()',
      messageId: 'equality',
      suggested: 'const c = a * 2 + n; if (c.num === n) xs.pop()',
    },
    { code: 'export const x = either === 0', messageId: 'equality' },
    { code: 'export const x = either === a', messageId: 'equality' },
    { code: 'export const f = <T extends Numeric>(x: T) => x === 0', messageId: 'equality' },
    {
      code: 'class C extends NumberWithGrad {}; export const x = new C(1) === a',
      messageId: 'equality',
      suggested: 'class C extends NumberWithGrad {}; export const x = (new C(1)).num === a.num',
    },
    {
      code: 'switch (a) { case b: break; default: }',
      messageId: 'switch',
      suggested: 'switch (a.num) { case b.num: break; default: }',
    },
    {
      code: 'switch (a * 2) { case 3: break }',
      messageId: 'switch',
      suggested: 'switch ((a * 2).num) { case 3: break }',
    },
  ],
)

table(
  'no-tracked-condition',
  [
    'if (a.num) xs.pop()',
    'if (n || m) xs.pop()',
    'if (a > b && n) xs.pop()',
    'export const x = (y?: NumberWithGrad) => (y ? y : a)',
    'export const x = (y: NumberWithGrad | null) => y || a',
    'export const x = (y?: Numeric) => !y',
    'export const x = (y?: NumberWithGrad) => y ?? a',
    'export const x = xs.map(y => y ?? a)',
    'if (xs[0]) xs.pop()',
    'if (xs[0] && xs[n]) xs.pop()',
    'declare const some: (NumberWithGrad | undefined)[]; export const x = some.filter(Boolean)',
    'declare const some: (NumberWithGrad | undefined)[]; export const x = some.filter(y => y)',
    'declare const u: unknown; if (u) xs.pop()',
    'declare const u: any; if (u || !u) xs.pop()',
    'declare const u: NumberWithGrad | boolean; if (u) xs.pop()',
    'export const x = xs.filter(y => y > 2)',
    'const Boolean = (y: unknown) => y === a; export const x = Boolean(a)',
  ],
  [
    { code: 'if (a) xs.pop()', messageId: 'condition', suggested: 'if (a.num) xs.pop()' },
    { code: 'if (either) xs.pop()', messageId: 'condition' },
    { code: 'if (n > 2 && a) xs.pop()', messageId: 'condition', suggested: 'if (n > 2 && a.num) xs.pop()' },
    { code: 'while (a) xs.pop()', messageId: 'condition', suggested: 'while (a.num) xs.pop()' },
    { code: 'do xs.pop(); while (a)', messageId: 'condition', suggested: 'do xs.pop(); while (a.num)' },
    { code: 'for (; a; ) xs.pop()', messageId: 'condition', suggested: 'for (; a.num; ) xs.pop()' },
    { code: 'export const x = a ? 1 : 2', messageId: 'condition', suggested: 'export const x = a.num ? 1 : 2' },
    { code: 'export const x = a || 5', messageId: 'condition', suggested: 'export const x = a.num || 5' },
    { code: 'export const x = a && n', messageId: 'condition', suggested: 'export const x = a.num && n' },
    { code: 'export const x = !a', messageId: 'condition', suggested: 'export const x = !a.num' },
    { code: 'export const x = !!(a ?? b)', messageId: 'condition', suggested: 'export const x = !!((a ?? b).num)' },
    { code: 'export const x = Boolean(a)', messageId: 'condition', suggested: 'export const x = Boolean(a.num)' },
    { code: 'export const x = xs.filter(Boolean)', messageId: 'condition' },
    {
      code: 'export const x = xs.some(y => y)',
      messageId: 'condition',
      suggested: 'export const x = xs.some(y => y.num)',
    },
    {
      code: 'export const x = ns.find(y => y * a)',
      messageId: 'condition',
      suggested: 'export const x = ns.find(y => (y * a).num)',
    },
    { code: 'export const f = <T extends Numeric>(x: T) => (x ? 1 : 2)', messageId: 'condition' },
    {
      code: 'export const f = <T extends NumberWithGrad>(x: T) => !x',
      messageId: 'condition',
      suggested: 'export const f = <T extends NumberWithGrad>(x: T) => !x.num',
    },
  ],
)

table(
  'no-tracked-conversion',
  [
    'export const x = Number(a.num)',
    "export const x = Number('3') + Number(n)",
    'export const x = Number.isNaN(a)',
    'export const x = ns.map(Number)',
    'export const x = Number.isFinite(a * 2) && Number.isNaN(either)',
    'export const x = ns.some(Number.isNaN)',
    'export const x = xs.some(y => Number.isNaN(y))',
    'const { isNaN } = Number; export const x = isNaN(n)',
    'const own = { isNaN: (y: unknown) => y === a }; export const x = xs.some(own.isNaN)',
    'declare const u: unknown; export const x = [u].some(Number.isNaN)',
    'export const x = String(a)',
    'const Number = (y: NumberWithGrad) => y.num; export const x = Number(a)',
  ],
  [
    { code: 'export const x = Number(a)', messageId: 'conversion', suggested: 'export const x = a.num' },
    { code: 'export const x = Number(a * 2)', messageId: 'conversion', suggested: 'export const x = (a * 2).num' },
    { code: 'export const x = Number(either)', messageId: 'conversion' },
    { code: 'export const x = xs.map(Number)', messageId: 'conversion' },
    { code: 'export const x = xs.some(Number.isNaN)', messageId: 'test' },
    { code: 'export const x = xs.map(y => y / 0).every(Number.isFinite)', messageId: 'test' },
    { code: 'export const x = [either].filter(Number.isInteger)', messageId: 'test' },
    { code: 'const isNaN = Number.isNaN; export const x = isNaN(a * 2)', messageId: 'test' },
    { code: 'const { isFinite: is } = Number; export const x = [is(a), is(either)]', messageId: 'test', count: 2 },
    { code: 'export const x = globalThis.Number.isNaN(a)', messageId: 'test' },
    { code: 'const N = Number; export const x = N.isSafeInteger(a)', messageId: 'test' },
    { code: 'const isNaN = Number.isNaN; export const x = xs.some(isNaN)', messageId: 'test' },
  ],
)

table(
  'no-tracked-comparator',
  [
    'xs.sort((p, q) => p.num - q.num)',
    'ns.sort((p, q) => p - q)',
    'ns.sort()',
    "['b', 'a'].sort()",
    'xs.toSorted((p, q) => Math.sign(p.num - q.num))',
    'declare const own: { sort(compare: (p: NumberWithGrad) => NumberWithGrad): void }; own.sort(p => p * 2)',
  ],
  [
    { code: 'xs.sort((p, q) => p - q)', messageId: 'comparator', fixed: 'xs.sort((p, q) => p.num - q.num)' },
    { code: 'xs.toSorted((p, q) => q - p)', messageId: 'comparator', fixed: 'xs.toSorted((p, q) => q.num - p.num)' },
    {
      code: 'ns.sort((p, q) => p * a - q * a)',
      messageId: 'comparator',
      fixed: 'ns.sort((p, q) => (p * a).num - (q * a).num)',
    },
    {
      code: 'ns.sort((p, q) => Math.abs(p - a))',
      messageId: 'comparator',
      fixed: 'ns.sort((p, q) => Math.abs(p - a).num)',
    },
    { code: 'xs.sort((p, q) => { return p - q })', messageId: 'comparator' },
    { code: 'const by = (p: NumberWithGrad, q: NumberWithGrad) => p - q; xs.sort(by)', messageId: 'comparator' },
    { code: 'xs.sort()', messageId: 'text', suggested: 'xs.sort((p, q) => p.num - q.num)' },
    { code: 'declare const es: Numeric[]; es.sort()', messageId: 'text' },
  ],
)

const loop = (before: string, step: string, after: string) =>
  `${before}; for (const x of xs) { const loss = (x - a) ** 2; ${step} } ${after}`
const backward = 'loss.backward()'

table(
  'no-kept-graph',
  [
    loop('let total = 0', `${backward}; total += loss.num`, 'console.log(total)'),
    // the sum is what the gradient is taken of
    loop('let total = new NumberWithGrad(0)', 'total += loss', 'total.backward()'),
    loop('let total = new NumberWithGrad(0)', `${backward}; total += loss`, 'const mean = total / 3; mean.backward()'),
    // it goes where nobody can see
    loop('let total = new NumberWithGrad(0)', `${backward}; total += loss`, 'export const result = total'),
    loop('let total = new NumberWithGrad(0)', `${backward}; total += loss`, 'export { total }'),
    loop('export let total = new NumberWithGrad(0)', `${backward}; total += loss`, ''),
    loop(
      'const f = (x: NumberWithGrad) => x; let total = new NumberWithGrad(0)',
      `${backward}; total += loss`,
      'f(total)',
    ),
    // no step is taken: a sum of tracked numbers
    loop('let total = new NumberWithGrad(0)', 'total += loss', 'console.log(total.num)'),
    // it lives for one step only
    loop('', `let total = new NumberWithGrad(0); total += loss; ${backward}; console.log(total.num)`, ''),
  ],
  [
    {
      code: loop('let total = new NumberWithGrad(0)', `${backward}; total += loss`, 'console.log(total.num / 3)'),
      messageId: 'graph',
      suggested: loop('let total = 0', `${backward}; total += loss.num`, 'console.log(total / 3)'),
    },
    {
      code: loop('let total: Numeric = 0', `${backward}; total += loss`, 'console.log(`mean ${total / 3}`)'),
      messageId: 'graph',
      suggested: loop('let total: Numeric = 0', `${backward}; total += loss.num`, 'console.log(`mean ${total / 3}`)'),
    },
    {
      code: loop(
        'let total = new NumberWithGrad(0)',
        `${backward}; total = total + loss * 2`,
        "console.log('total ' + total)",
      ),
      messageId: 'graph',
      suggested: loop('let total = 0', `${backward}; total = total + (loss * 2).num`, "console.log('total ' + total)"),
    },
    {
      code: loop('let total = 0', `${backward}; total += loss`, 'console.log(total)'),
      messageId: 'graph',
      suggested: loop('let total = 0', `${backward}; total += loss.num`, 'console.log(total)'),
    },
  ],
)

const use = (expression: string) => `export const y = ${expression}`
const stable = (code: string, fixed: string, imports?: string): Invalid => ({
  code: use(code),
  messageId: 'stable',
  fixed: use(fixed),
  ...(imports && { imports }),
})

/** A change that a person must confirm, as derivatives differ somewhere. */
const confirmed = (code: string, suggested: string): Invalid => ({
  code: use(code),
  messageId: 'stable',
  suggested: use(suggested),
  suggestionId: 'use',
})

table(
  'prefer-stable-math',
  [
    'Math.log(1 + Math.exp(n))',
    '1 / (1 + Math.exp(-n))',
    'Math.sqrt(n * n + m * m)',
    'Math.log(1 + n)',
    'Math.exp(n) - 1',
    'Math.log(ns.map(x => Math.exp(x)).reduce((p, q) => p + q))',
    'Math.log(2 + a)',
    'Math.log(1 + a + b)',
    'Math.exp(a) - 2',
    'Math.sqrt(a * b + b * b)',
    'Math.sqrt(a * a)',
    'Math.sqrt(xs.pop()! * xs.pop()! + a * a)',
    '1 / (2 + Math.exp(-a))',
    'Math.exp(a) / (1 + Math.exp(b))',
    'Math.log(xs.map(x => Math.exp(x)).reduce((p, q) => p * q))',
    'Math.log(xs.map((x, i) => Math.exp(x * i)).reduce((p, q) => p + q))',
    '(() => { const Math = { log: (x: NumberWithGrad) => x }; return Math.log(1 + a) })()',
  ].map(use),
  [
    stable('Math.log(1 + Math.exp(a))', 'softplus(a)', 'softplus'),
    stable('Math.log(Math.exp(a * 2 - b) + 1)', 'softplus(a * 2 - b)', 'softplus'),
    stable('Math.log1p(Math.exp(a))', 'softplus(a)', 'softplus'),
    stable('Math.log(1 + Math.exp(either))', 'softplus(either)', 'softplus'),
    stable('1 / (1 + Math.exp(-a))', 'sigmoid(a)', 'sigmoid'),
    stable('1 / (1 + Math.exp(-(a * 2 + b)))', 'sigmoid(a * 2 + b)', 'sigmoid'),
    stable('1 / (Math.exp(a - b) + 1)', 'sigmoid(-(a - b))', 'sigmoid'),
    stable('2 * (1 / (1 + Math.exp(-a)))', '2 * (sigmoid(a))', 'sigmoid'),
    stable('Math.exp(a) / (1 + Math.exp(a))', 'sigmoid(a)', 'sigmoid'),
    confirmed('Math.sqrt(a * a + b * b)', 'Math.hypot(a, b)'),
    confirmed('Math.sqrt(a ** 2 + (b - n) ** 2 + n * n)', 'Math.hypot(a, b - n, n)'),
    confirmed('Math.sqrt(xs[0]! * xs[0]! + n ** 2)', 'Math.hypot(xs[0]!, n)'),
    stable('Math.sqrt(1 + a * a)', 'Math.hypot(1, a)'),
    stable('Math.sqrt(a * a + b ** 2 + 1)', 'Math.hypot(a, b, 1)'),
    stable('Math.log(1 + a)', 'Math.log1p(a)'),
    stable('Math.log(a * b + 1)', 'Math.log1p(a * b)'),
    stable('Math.log(1 - a)', 'Math.log1p(-a)'),
    stable('Math.log(1 - a * b)', 'Math.log1p(-(a * b))'),
    stable('Math.exp(a) - 1', 'Math.expm1(a)'),
    stable('n * (Math.exp(a * n) - 1)', 'n * (Math.expm1(a * n))'),
    stable('Math.log(Math.exp(a) + Math.exp(b))', 'logSumExp([a, b])', 'logSumExp'),
    stable('Math.log(Math.exp(a) + Math.exp(b) + Math.exp(a * b))', 'logSumExp([a, b, a * b])', 'logSumExp'),
    { code: use('Math.log(Math.exp(a) + Math.exp(n))'), messageId: 'stable' },
    { code: use('Math.log(1 /* one */ + Math.exp(a))'), messageId: 'stable' },
    { code: '{ const softplus = n; xs.push(Math.log(1 + Math.exp(a)) * softplus) }', messageId: 'stable' },
    { code: 'export const f = <T extends Numeric>(x: T) => Math.log(1 + Math.exp(x))', messageId: 'stable' },
  ],
)

/** Whole files: what is imported already, and under which name. */
const whole = (code: string, output: string, suggested?: string) => ({
  name: code,
  code,
  filename,
  output: suggested === undefined ? output : null,
  errors: [
    {
      messageId: 'stable',
      suggestions: suggested === undefined ? [] : [{ messageId: 'use', output: suggested }],
    },
  ],
})

const tracked = 'const a = new NumberWithGrad(1)\n'
const arrays = "import { NumberWithGrad, sum } from 'tsgrad'\nconst xs = [new NumberWithGrad(1)]\n"
const withLogSumExp = arrays.replace('sum', 'sum, logSumExp')

tester.run('prefer-stable-math', tsgrad.rules!['prefer-stable-math'] as never, {
  valid: [
    // functions of the same names that are not tsgrad's
    {
      code: `import { NumberWithGrad } from 'tsgrad'\n${tracked}const log = (x: NumberWithGrad) => x\nexport const y = log(1 + a)`,
      filename,
    },
    { code: "import { log, exp } from 'tsgrad'\nexport const y = log(1 + exp(2))", filename },
  ],
  invalid: [
    whole(
      `import { NumberWithGrad, log, exp as e } from 'tsgrad'\n${tracked}export const y = log(1 + e(a))`,
      `import { NumberWithGrad, log, exp as e, softplus } from 'tsgrad'\n${tracked}export const y = softplus(a)`,
    ),
    whole(
      `import { NumberWithGrad, softplus as soft } from 'tsgrad'\n${tracked}export const y = Math.log(1 + Math.exp(a))`,
      `import { NumberWithGrad, softplus as soft } from 'tsgrad'\n${tracked}export const y = soft(a)`,
    ),
    whole(
      "import * as t from 'tsgrad'\nconst a = new t.NumberWithGrad(1)\nexport const y = 1 / (1 + Math.exp(-a))",
      "import * as t from 'tsgrad'\nconst a = new t.NumberWithGrad(1)\nexport const y = t.sigmoid(a)",
    ),
    whole(
      'import type { NumberWithGrad } from "tsgrad"\nimport fs from "node:fs";\nexport const f = (a: NumberWithGrad) => 1 / (1 + Math.exp(-a))',
      'import type { NumberWithGrad } from "tsgrad"\nimport fs from "node:fs";\nimport { sigmoid } from "tsgrad";\nexport const f = (a: NumberWithGrad) => sigmoid(a)',
    ),
    whole(
      `import { NumberWithGrad, sigmoid } from 'tsgrad'\n${tracked}export const y = -Math.log(sigmoid(a))`,
      `import { NumberWithGrad, sigmoid, logSigmoid } from 'tsgrad'\n${tracked}export const y = -logSigmoid(a)`,
    ),
    whole(
      `import { NumberWithGrad, sigmoid, logSigmoid } from 'tsgrad'\n${tracked}export const y = Math.log(1 - sigmoid(a * 2))`,
      `import { NumberWithGrad, sigmoid, logSigmoid } from 'tsgrad'\n${tracked}export const y = logSigmoid(-(a * 2))`,
    ),
    // an empty array has a sum, but no logSumExp: a person decides
    whole(
      `${arrays}export const y = Math.log(sum(xs.map(x => Math.exp(x))))`,
      '',
      `${withLogSumExp}export const y = logSumExp(xs)`,
    ),
    whole(
      `${arrays}export const y = Math.log(xs.map(x => Math.exp(x * 2)).reduce((p, q) => p + q, 0))`,
      '',
      `${withLogSumExp}export const y = logSumExp(xs.map(x => x * 2))`,
    ),
  ],
})
