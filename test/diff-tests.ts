/** The functions of numbers and vectors that DiffTests.jl collects, in natural math. It must not know what runs them. */

const scalar = [0.7]
const vector = [0.6, -0.4, 1.3, 0.9, 2.1]
const square = [0.6, -0.4, 1.3, 0.9]
const one = 'Math.sin(x[0]) ** 2 / Math.cos(x[0]) ** 2'
const two = '2 * x[0] + Math.sqrt(x[0] * x[0] * x[0])'
const three = '10.31 ** (x[0] + x[0]) - x[0]'
const pairs = (term: string) => `[sum(x.slice(1).map((i, at) => { const j = x[at]; return ${term} }))]`

/** Name, point, results of `x`. */
export const rows: readonly (readonly [name: string, at: readonly number[], results: string])[] = [
  ['num2num_1', scalar, `[${one}]`],
  ['num2num_2', scalar, `[${two}]`],
  ['num2num_3', scalar, `[${three}]`],
  ['num2num_4', scalar, '[1]'],
  ['num2num_5', scalar, '[1 / (1 + Math.exp(-x[0]))]'],
  ['identity', vector, '[...x]'],
  ['num2arr_1', scalar, `[${one}, ${two}, ${three}, ${one} - (${two}), ${two}, ${three}, ${two}, ${three}]`],
  ['num2arr_1!', scalar, 'to(5).map(i => squares(Math.sin(x[0]), i))'],
  ['vec2num_1', vector, '[(Math.exp(x[0]) + Math.log(x[2]) * x[3]) / x[4]]'],
  ['vec2num_2', vector, '[x[0] * x[1] + Math.sin(x[0])]'],
  ['vec2num_3', vector, '[Math.sqrt(sum(x.flatMap(v => x.map(w => (v * w) ** 2))))]'],
  ['vec2num_4', vector, '[(sum(x) + product(x), 1)]'],
  ['vec2num_5', vector, '[sum(x.map(v => (-v) ** 3))]'],
  ['vec2num_6', vector, '[x.map((v): N | number => v > 0 ? v : 0).reduce((a, b): N | number => a + b)]'],
  ['vec2num_7', vector, '[sum(x.map(v => x[0] * v))]'],
  ['rosenbrock_1', vector, pairs('(1 - j) ** 2 + 100 * (i - j ** 2) ** 2')],
  ['rosenbrock_2', vector, pairs('(x[0] - j) ** 2 + 100 * x[0] * (i - j ** 2) ** 2')],
  ['rosenbrock_3', vector, '[sum(to(4).map(k => (1 - x[k - 1]) ** 2 + 100 * (x[k] - x[k - 1] ** 2) ** 2))]'],
  ['rosenbrock_4', vector, pairs('(1 + j) ** 2 + 100 * Math.abs(i + j ** 2) ** 2')],
  [
    'ackley',
    vector,
    `[-20 * Math.exp(-0.2 * Math.sqrt(sum(x.map(v => v ** 2)) / 5))
      - Math.exp(sum(x.map(v => Math.cos(2 * Math.PI * v))) / 5) + 20 + Math.E]`,
  ],
  ['self_weighted_logit', vector, '[1 / (1 + Math.exp(-sum(x.map(v => v * v))))]'],
  ['first', vector, '[x[0]]'],
  ['det', square, '[x[0] * x[3] - x[1] * x[2]]'],
  ['mat2num_3', square, '[sum(x.map(v => Math.sqrt(Math.abs(v) + v ** 2) * 0.5))]'],
  [
    'mat2num_4',
    square,
    '[sum([0, 2].flatMap(r => [0, 1].map(c => Math.sin(x[r]) * x[c] + Math.sin(x[r + 1]) * x[c + 2]))) / 2]',
  ],
  [
    'softmax',
    square,
    '[sum(x.map((v, k) => Math.exp(v) / (Math.exp(x[k < 2 ? 0 : 2]) + Math.exp(x[k < 2 ? 1 : 3]))))]',
  ],
  ['inv', square, '[x[3], -x[1], -x[2], x[0]].map(v => v / (x[0] * x[3] - x[1] * x[2]))'],
  [
    'chebyquad',
    vector,
    'to(5).map(k => sum(x.map(v => chebyshev(k, 2 * v - 1))) / 5 + (k % 2 === 0 ? 1 / (k ** 2 - 1) : 0))',
  ],
  [
    'brown_almost_linear',
    vector,
    '[...to(4).map(() => sum(x.slice(0, 4).map(v => v + (sum(x) - 6)))), product(x) - 1]',
  ],
  [
    'trigonometric',
    vector,
    'x.map(() => x.reduce((y, v) => Math.sin(v) * y + 5 - 5 * Math.cos(x[4]), Math.cos(x[4])))',
  ],
  ['mutation_test_1', vector, '[x[0] * x[1], 0 * x[2], x[0] * x[1] + 0 * x[2], 0, 0]'],
  ['mutation_test_2', vector, '[x[0] * x[1], x[0] * x[1], 1, 1, 1]'],
  ['arr2arr_1', vector, '(sum(x.map(v => v * v)), [0, 0, 0, 0, 0])'],
  ['arr2arr_2', square, '[x[0], x[1]].map(v => v + v + x[0])'],
  ['minus', vector, 'x.map(v => -v)'],
]

/** All of them over a type `N` of numbers. */
export const diffTests = (imported: string) => `
${imported}
const to = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)
const sum = (xs: readonly N[]): N => xs.reduce((a, b) => a + b)
const product = (xs: readonly N[]): N => xs.reduce((a, b) => a * b)
const squares = (s: N, i: number): N | number => i === 1 ? 0 : (s + squares(s, i - 1)) ** 2
const chebyshev = (k: number, t: N): N => k === 1 ? t : k === 2 ? 2 * t * t - 1 : 2 * t * chebyshev(k - 1, t) - chebyshev(k - 2, t)
export const results: ((x: readonly N[]) => (N | number)[])[] = [
${rows.map(([, , results]) => `  x => ${results},`).join('\n')}
]
// one number that depends on all results, and on the first input in any case
export const weighted = results.map(each => (x: readonly N[]): N =>
  each(x).map((y, k): N | number => (k + 1) * y).reduce((a, b): N | number => a + b) + x[0] ** 2)
`
