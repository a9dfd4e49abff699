/**
 * The 35 problems of Moré, Garbow and Hillstrom, "Testing unconstrained optimization software", ACM TOMS 7 (1981), in natural math.
 * A row: name, n, m, the sum of squares at the standard start, that start, the residuals of `x` as text. It must not know what runs it.
 * Sums of squares: by hand where they are short, in exact fractions for the two discrete equations, else the squares of the
 * norms that MINPACK's test programs print, and what collections of the problems print.
 */
export type Problem = readonly [name: string, n: number, m: number, f: number, x0: string, residuals: string]

const helical = 'Math.atan(x[1] / x[0]) / (2 * Math.PI)'
const bard = '[0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.1, 4.39]'
const bell = '[0.0009, 0.0044, 0.0175, 0.054, 0.1295, 0.242, 0.3521, 0.3989]'
const meyer = '[34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872]'
const kowalik = `[[4, 0.1957], [2, 0.1947], [1, 0.1735], [0.5, 0.16], [0.25, 0.0844], [0.167, 0.0627], [0.125, 0.0456],
  [0.1, 0.0342], [0.0833, 0.0323], [0.0714, 0.0235], [0.0625, 0.0246]]`
const osborne1 = `[844, 908, 932, 936, 925, 908, 881, 850, 818, 784, 751, 718, 685, 658, 628, 603, 580, 558, 538, 522, 506, 490,
  478, 467, 457, 448, 438, 431, 424, 420, 414, 411, 406]`
const osborne2 = `[1366, 1191, 1112, 1013, 991, 885, 831, 847, 786, 725, 746, 679, 608, 655, 616, 606, 602, 626, 651, 724, 649,
  649, 694, 644, 624, 661, 612, 558, 533, 495, 500, 423, 395, 375, 372, 391, 396, 405, 428, 429, 523, 562, 607, 653, 672, 708,
  633, 668, 645, 632, 591, 559, 597, 625, 739, 710, 729, 720, 636, 581, 428, 292, 162, 98, 54]`

const powell = (a: string, b: string, c: string, d: string) =>
  `${a} + 10 * ${b}, Math.sqrt(5) * (${c} - ${d}), (${b} - 2 * ${c}) ** 2, Math.sqrt(10) * (${a} - ${d}) ** 2`

export const problems: readonly Problem[] = [
  ['Rosenbrock', 2, 2, 24.2, '[-1.2, 1]', '[10 * (x[1] - x[0] ** 2), 1 - x[0]]'],
  [
    'Freudenstein and Roth',
    2,
    2,
    400.5,
    '[0.5, -2]',
    '[-13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1], -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]]',
  ],
  [
    'Powell badly scaled',
    2,
    2,
    1 + (Math.exp(-1) - 0.0001) ** 2,
    '[0, 1]',
    '[1e4 * x[0] * x[1] - 1, Math.exp(-x[0]) + Math.exp(-x[1]) - 1.0001]',
  ],
  ['Brown badly scaled', 2, 3, 999998000003, '[1, 1]', '[x[0] - 1e6, x[1] - 2e-6, x[0] * x[1] - 2]'],
  ['Beale', 2, 3, 14.203125, '[1, 1]', '[1.5, 2.25, 2.625].map((y, i) => y - x[0] * (1 - x[1] ** (i + 1)))'],
  [
    'Jennrich and Sampson',
    2,
    10,
    64.5856498144943 ** 2,
    '[0.3, 0.4]',
    'to(10).map(i => 2 + 2 * i - (Math.exp(i * x[0]) + Math.exp(i * x[1])))',
  ],
  [
    'Helical valley',
    3,
    3,
    2500,
    '[-1, 0, 0]',
    `[10 * (x[2] - 10 * (x[0] > 0 ? ${helical} : ${helical} + 0.5)), 10 * (Math.sqrt(x[0] ** 2 + x[1] ** 2) - 1), x[2]]`,
  ],
  [
    'Bard',
    3,
    15,
    6.45613629515967 ** 2,
    '[1, 1, 1]',
    `${bard}.map((y, i) => y - (x[0] + (i + 1) / ((15 - i) * x[1] + Math.min(i + 1, 15 - i) * x[2])))`,
  ],
  [
    'Gaussian',
    3,
    15,
    3.88810699e-6,
    '[0.4, 1, 0]',
    `to(15).map(i => x[0] * Math.exp(-x[1] * ((8 - i) / 2 - x[2]) ** 2 / 2) - ${bell}[Math.min(i, 16 - i) - 1])`,
  ],
  [
    'Meyer',
    3,
    16,
    41153.4665543031 ** 2,
    '[0.02, 4000, 250]',
    `${meyer}.map((y, i) => x[0] * Math.exp(x[1] / (50 + 5 * i + x[2])) - y)`,
  ],
  // |y - x₂| where the paper prints |y m i x₂|, as in all implementations
  [
    'Gulf research and development',
    3,
    99,
    12.11070582556949,
    '[5, 2.5, 0.15]',
    'to(99).map(i => Math.exp(-(Math.abs(25 + (-50 * Math.log(i / 100)) ** (2 / 3) - x[1]) ** x[2] / x[0])) - i / 100)',
  ],
  [
    'Box three-dimensional',
    3,
    10,
    32.1115837449572 ** 2,
    '[0, 10, 20]',
    'to(10).map(i => i / 10).map(t => Math.exp(-t * x[0]) - Math.exp(-t * x[1]) - x[2] * (Math.exp(-t) - Math.exp(-10 * t)))',
  ],
  ['Powell singular', 4, 4, 215, '[3, -1, 0, 1]', `[${powell('x[0]', 'x[1]', 'x[2]', 'x[3]')}]`],
  [
    'Wood',
    4,
    6,
    19192,
    '[-3, -1, -3, -1]',
    `[10 * (x[1] - x[0] ** 2), 1 - x[0], Math.sqrt(90) * (x[3] - x[2] ** 2), 1 - x[2],
      Math.sqrt(10) * (x[1] + x[3] - 2), (x[1] - x[3]) / Math.sqrt(10)]`,
  ],
  [
    'Kowalik and Osborne',
    4,
    11,
    0.0728915102882945 ** 2,
    '[0.25, 0.39, 0.415, 0.39]',
    `${kowalik}.map(([u, y]) => y - x[0] * (u ** 2 + u * x[1]) / (u ** 2 + u * x[2] + x[3]))`,
  ],
  [
    'Brown and Dennis',
    4,
    20,
    7926693.336997,
    '[25, 5, -5, -1]',
    'to(20).map(i => i / 5).map(t => (x[0] + t * x[1] - Math.exp(t)) ** 2 + (x[2] + x[3] * Math.sin(t) - Math.cos(t)) ** 2)',
  ],
  [
    'Osborne 1',
    5,
    33,
    0.937564021037838 ** 2,
    '[0.5, 1.5, -1, 0.01, 0.02]',
    `${osborne1}.map((y, i) => y / 1000 - (x[0] + x[1] * Math.exp(-10 * i * x[3]) + x[2] * Math.exp(-10 * i * x[4])))`,
  ],
  [
    'Biggs EXP6',
    6,
    13,
    0.77907,
    '[1, 2, 1, 1, 1, 1]',
    `to(13).map(i => i / 10).map(t => x[2] * Math.exp(-t * x[0]) - x[3] * Math.exp(-t * x[1]) + x[5] * Math.exp(-t * x[4])
      - (Math.exp(-t) - 5 * Math.exp(-10 * t) + 3 * Math.exp(-4 * t)))`,
  ],
  [
    'Osborne 2',
    11,
    65,
    1.44686540984712 ** 2,
    '[1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5]',
    `${osborne2}.map((y, i) => y / 1000 - (x[0] * Math.exp(-i / 10 * x[4])
      + sum([1, 2, 3].map(k => x[k] * Math.exp(-((i / 10 - x[k + 7]) ** 2) * x[k + 4])))))`,
  ],
  [
    'Watson',
    6,
    31,
    30,
    'to(6).map(() => 0)',
    `[...to(29).map(i => i / 29).map(t => sum(x.slice(1).map((v, j) => (j + 1) * v * t ** j))
      - sum(x.map((v, j) => v * t ** j)) ** 2 - 1), x[0], x[1] - x[0] ** 2 - 1]`,
  ],
  [
    'Extended Rosenbrock',
    10,
    10,
    121,
    'to(10).map(i => i % 2 === 1 ? -1.2 : 1)',
    'to(5).flatMap(i => [10 * (x[2 * i - 1] - x[2 * i - 2] ** 2), 1 - x[2 * i - 2]])',
  ],
  [
    'Extended Powell singular',
    8,
    8,
    430,
    '[3, -1, 0, 1, 3, -1, 0, 1]',
    `[0, 4].flatMap(i => [${powell('x[i]', 'x[i + 1]', 'x[i + 2]', 'x[i + 3]')}])`,
  ],
  [
    'Penalty I',
    4,
    5,
    885.06264,
    '[1, 2, 3, 4]',
    '[...x.map(v => Math.sqrt(1e-5) * (v - 1)), sum(x.map(v => v ** 2)) - 0.25]',
  ],
  [
    'Penalty II',
    4,
    8,
    2.34000880546302,
    'to(4).map(() => 0.5)',
    `[x[0] - 0.2,
      ...[1, 2, 3].map(i => Math.sqrt(1e-5) * (Math.exp(x[i] / 10) + Math.exp(x[i - 1] / 10) - Math.exp((i + 1) / 10) - Math.exp(i / 10))),
      ...[1, 2, 3].map(i => Math.sqrt(1e-5) * (Math.exp(x[i] / 10) - Math.exp(-1 / 10))),
      sum(x.map((v, j) => (4 - j) * v ** 2)) - 1]`,
  ],
  [
    'Variably dimensioned',
    10,
    12,
    2198551.1625,
    'to(10).map(i => 1 - i / 10)',
    `[...x.map(v => v - 1), sum(x.map((v, j) => (j + 1) * (v - 1))), sum(x.map((v, j) => (j + 1) * (v - 1))) ** 2]`,
  ],
  [
    'Trigonometric',
    10,
    10,
    0.00707575946622261,
    'to(10).map(() => 0.1)',
    'x.map((v, i) => 10 - sum(x.map(w => Math.cos(w))) + (i + 1) * (1 - Math.cos(v)) - Math.sin(v))',
  ],
  [
    'Brown almost-linear',
    10,
    10,
    9 * 5.5 ** 2 + (1 - 2 ** -10) ** 2,
    'to(10).map(() => 0.5)',
    '[...x.slice(1).map((_, i) => x[i] + sum(x) - 11), x.reduce((a, b) => a * b) - 1]',
  ],
  [
    'Discrete boundary value',
    10,
    10,
    0.0007885191012648215,
    'to(10).map(i => i / 11 * (i / 11 - 1))',
    `x.map((v, i) => 2 * v - (i > 0 ? x[i - 1] : 0) - (i < 9 ? x[i + 1] : 0) + (v + (i + 1) / 11 + 1) ** 3 / 242)`,
  ],
  [
    'Discrete integral equation',
    10,
    10,
    0.06341684157945264,
    'to(10).map(i => i / 11 * (i / 11 - 1))',
    `x.map((v, i) => v + sum(x.map((w, j) => (j > i ? (i + 1) / 11 * (1 - (j + 1) / 11) : (1 - (i + 1) / 11) * (j + 1) / 11)
      * (w + (j + 1) / 11 + 1) ** 3)) / 22)`,
  ],
  [
    'Broyden tridiagonal',
    10,
    10,
    21,
    'to(10).map(() => -1)',
    'x.map((v, i) => (3 - 2 * v) * v - (i > 0 ? x[i - 1] : 0) - 2 * (i < 9 ? x[i + 1] : 0) + 1)',
  ],
  [
    'Broyden banded',
    10,
    10,
    360,
    'to(10).map(() => -1)',
    `x.map((v, i) => v * (2 + 5 * v ** 2) + 1
      - sum(x.slice(Math.max(0, i - 5), i + 2).map(w => w * (1 + w))) + v * (1 + v))`,
  ],
  [
    'Linear, full rank',
    5,
    10,
    25,
    'to(5).map(() => 1)',
    '[...x.map(v => v - sum(x) / 5 - 1), ...x.map(() => -sum(x) / 5 - 1)]',
  ],
  ['Linear, rank 1', 5, 10, 84985, 'to(5).map(() => 1)', 'to(10).map(i => i * sum(x.map((v, j) => (j + 1) * v)) - 1)'],
  [
    'Linear, rank 1 with zero columns and rows',
    5,
    10,
    15886,
    'to(5).map(() => 1)',
    '[-1, ...to(8).map(i => i * (2 * x[1] + 3 * x[2] + 4 * x[3]) - 1), -1]',
  ],
  [
    'Chebyquad',
    8,
    8,
    0.196513861678448 ** 2,
    'to(8).map(i => i / 9)',
    'to(8).map(k => sum(x.map(v => chebyshev(k, 2 * v - 1))) / 8 + (k % 2 === 0 ? 1 / (k ** 2 - 1) : 0))',
  ],
]

/** The starts, residuals and sums of squares as the exports of a program, which begins with what it is given. */
export const programText = (imported: string) => `
${imported}
const to = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)
const sum = (xs: readonly N[]): N => xs.reduce((a, b) => a + b)
const chebyshev = (k: number, t: N): N => k === 1 ? t : k === 2 ? 2 * t * t - 1 : 2 * t * chebyshev(k - 1, t) - chebyshev(k - 2, t)
export const starts: number[][] = [${problems.map(([, , , , x0]) => x0).join(',\n')}]
export const residuals: ((x: readonly N[]) => (N | number)[])[] = [
${problems.map(([, , , , , each]) => `  x => ${each},`).join('\n')}
]
export const squares = residuals.map(each => (x: readonly N[]): N => each(x).map((r): N | number => r ** 2).reduce((a, b) => a + b) as N)
`
