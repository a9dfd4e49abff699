/**
 * Hyper-dual numbers for kinks and jumps, with the first and second partials of each row that has one, written by hand: an oracle for
 * second derivatives of nests. It must not know any rule or engine of the runtime.
 *
 * A part is absent where nothing depends on its direction. Where a step jumps, nothing passes, but the direction that moved its operand
 * is remembered: a kink, a jump or a further step behind it has no second derivative along that direction.
 */

/** v + a ε₁ + b ε₂ + ab ε₁ε₂, and whether a jump below is moved along ε₁ or ε₂. */
export interface KinkedDual {
  readonly v: number
  readonly a?: number
  readonly b?: number
  readonly ab?: number
  readonly jumpsA?: boolean
  readonly jumpsB?: boolean
}

type Part = number | undefined

/** The value, the partials (absent: nothing passes), the second partials (NaN: there are none), and of a step whether it jumps here. */
interface Local {
  readonly v: number
  readonly p: readonly Part[]
  readonly h: readonly (readonly Part[])[]
  readonly step?: boolean
  readonly atJump?: boolean
}

const { NaN: nan } = Number
const none = undefined

const smooth = (v: number, p: number, h: Part): Local => ({ v, p: [p], h: [[h]] })
const step = (v: number, atJump: boolean): Local => ({ v, p: [none], h: [[none]], step: true, atJump })
const all = (h: Part): Part[][] => [
  [h, h],
  [h, h],
]

function selection(v: number, a: number, b: number): Local {
  if (a === b) return { v, p: [0.5, 0.5], h: all(nan) }
  return { v, p: [v === a ? 1 : none, v === b ? 1 : none], h: all(none) }
}

function power(a: number, b: number): Local {
  const v = a ** b
  if (a !== 0) {
    // of a negative base the exponent has no partial, which the gradient says already
    const l = Math.log(a)
    const mixed = a < 0 ? none : a ** (b - 1) * (1 + b * l)
    const h = [
      [b * (b - 1) * a ** (b - 2), mixed],
      [mixed, a < 0 ? none : v * l * l],
    ]
    return { v, p: [b * a ** (b - 1), v * l], h }
  }
  if (b < 0) return { v, p: [b * 0 ** (b - 1), nan], h: all(nan) }
  const mixed = b > 1 ? 0 : nan // xʸ⁻¹ (1 + y log x)
  const h = [
    [b === 0 || b === 1 ? 0 : b * (b - 1) * 0 ** (b - 2), mixed],
    [mixed, b === 0 ? nan : 0], // 0 ** y jumps at y = 0
  ]
  return { v, p: [b === 0 ? 0 : b * 0 ** (b - 1), 0], h }
}

function angle(a: number, b: number): Local {
  const r = a * a + b * b
  const h = [
    [(-2 * a * b) / r ** 2, (a * a - b * b) / r ** 2],
    [(a * a - b * b) / r ** 2, (2 * a * b) / r ** 2],
  ]
  return { v: Math.atan2(a, b), p: [b / r, -a / r], h: a === 0 && b <= 0 ? all(nan) : h }
}

function length(a: number, b: number): Local {
  const v = Math.hypot(a, b)
  if (v === 0) return { v, p: [0, 0], h: all(nan) }
  const [p, q] = [a / v, b / v]
  const h = [
    [(1 - p * p) / v, (-p * q) / v],
    [(-p * q) / v, (1 - q * q) / v],
  ]
  return { v, p: [p, q], h }
}

function remainder(a: number, b: number): Local {
  const v = a % b
  return { v, p: [1, -Math.trunc(a / b)], h: all(v === 0 && a !== 0 ? nan : none) }
}

/** Of one operand. */
export const unaryLocals = {
  abs: x => smooth(Math.abs(x), Math.sign(x), x === 0 ? nan : none),
  sign: x => step(Math.sign(x), x === 0),
  floor: x => step(Math.floor(x), Number.isInteger(x)),
  ceil: x => step(Math.ceil(x), Number.isInteger(x)),
  round: x => step(Math.round(x), Number.isInteger(x + 0.5)),
  trunc: x => step(Math.trunc(x), Number.isInteger(x) && x !== 0),
  sqrt: x => smooth(Math.sqrt(x), 0.5 / Math.sqrt(x), -0.25 / x ** 1.5),
  cbrt: x => smooth(Math.cbrt(x), 1 / (3 * Math.cbrt(x) ** 2), -2 / (9 * Math.cbrt(x) ** 5)),
  asin: x => smooth(Math.asin(x), 1 / Math.sqrt(1 - x * x), Math.abs(x) === 1 ? nan : x / (1 - x * x) ** 1.5),
  acos: x => smooth(Math.acos(x), -1 / Math.sqrt(1 - x * x), Math.abs(x) === 1 ? nan : -x / (1 - x * x) ** 1.5),
  acosh: x => smooth(Math.acosh(x), 1 / Math.sqrt(x * x - 1), x === 1 ? nan : -x / (x * x - 1) ** 1.5),
  atanh: x => smooth(Math.atanh(x), 1 / (1 - x * x), Math.abs(x) === 1 ? nan : (2 * x) / (1 - x * x) ** 2),
} satisfies Record<string, (x: number) => Local>

/** Of two. */
export const binaryLocals = {
  mod: remainder,
  pow: power,
  max: (a, b) => selection(Math.max(a, b), a, b),
  min: (a, b) => selection(Math.min(a, b), a, b),
  atan2: angle,
  hypot: length,
  mul: (a, b) => ({
    v: a * b,
    p: [b, a],
    h: [
      [none, 1],
      [1, none],
    ],
  }),
  add: (a, b) => ({ v: a + b, p: [1, 1], h: all(none) }),
} satisfies Record<string, (a: number, b: number) => Local>

const plus = (a: Part, b: Part): Part => (a === none ? b : b === none ? a : a + b)
const times = (a: Part, b: Part): Part => (a === none || b === none ? none : a * b)
const total = (parts: readonly Part[]): Part => parts.reduce(plus, none)

/** A row at hyper-dual operands. */
export function apply(row: (...values: number[]) => Local, xs: readonly KinkedDual[]): KinkedDual {
  const { v, p, h, step: isStep = false, atJump = false } = row(...xs.map(x => x.v))
  const movedA = xs.map((x, i) => (p[i] !== none || isStep) && (x.a !== none || x.jumpsA === true))
  const movedB = xs.map((x, i) => (p[i] !== none || isStep) && (x.b !== none || x.jumpsB === true))
  const hides = xs.some((x, i) => (p[i] !== none || isStep) && (x.jumpsA || x.jumpsB))
  if (isStep) {
    const jumps = atJump || hides
    return {
      v,
      ...(jumps && movedA[0] && movedB[0] && { ab: nan }),
      jumpsA: jumps && movedA[0]!,
      jumpsB: jumps && movedB[0]!,
    }
  }
  const singular = xs.some((_, i) => xs.some((_x, k) => Number.isNaN(h[i]![k]) && movedA[i] && movedB[k]))
  const a = total(xs.map((x, i) => times(p[i], x.a)))
  const b = total(xs.map((x, i) => times(p[i], x.b)))
  const ab = plus(
    total(xs.map((x, i) => times(p[i], x.ab))),
    total(xs.flatMap((x, i) => xs.map((z, k) => times(h[i]![k], times(x.a, z.b))))),
  )
  return {
    v,
    ...(a !== none && { a }),
    ...(b !== none && { b }),
    ...((singular || ab !== none) && { ab: singular ? nan : ab! }),
    jumpsA: xs.some((x, i) => p[i] !== none && x.jumpsA),
    jumpsB: xs.some((x, i) => p[i] !== none && x.jumpsB),
  }
}
