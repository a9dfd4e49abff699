/**
 * The first call of each compiled derivative compares itself with differences of the function's values along one direction: while `debug`
 * is on, and with TSGRAD_CHECK=1 in Node's environment from when this module is loaded. It must not know how derivatives are written.
 */
import { checkCarried, isCheckAsked } from '../verbs/carried.ts'
import { numbersOf, reshape } from '../verbs/shapes.ts'

type CheckedFunction = (...args: readonly never[]) => unknown
interface OnceSupport {
  once(): void
}
type OwnSeed = (value: unknown) => unknown
type OwnAdjoint = (support: OnceSupport, seed: OwnSeed, ...args: readonly never[]) => [unknown, unknown[]]
type OwnTangent = (support: OnceSupport, ...args: readonly never[]) => [unknown, unknown]

const hasRun = /* @__PURE__ */ new WeakSet<object>()

/** The same derivatives, which throw where their first results do not agree with the values of `f`. */
export function selfChecked<Derivatives extends object>(
  f: unknown,
  derivatives: Derivatives,
  where: string,
): Derivatives {
  const entries = Object.entries(derivatives).map(([kind, derivative]) => {
    if (hasRun.has(derivative)) return [kind, derivative]
    const first = kind === 'jvp' ? firstTangent : firstAdjoint
    return [kind, first(f as CheckedFunction, kind, derivative, where)]
  })
  return Object.fromEntries(entries) as Derivatives
}

/** Calls a derivative, and says whether its function may be called again. */
function called<T>(derivative: object, support: OnceSupport, use: (support: OnceSupport) => T): [T, boolean] {
  let hasEffects = false
  const once = () => {
    hasEffects = true
    support.once()
  }
  const result = use({ ...support, once })
  const isFirst = !hasRun.has(derivative)
  hasRun.add(derivative)
  return [result, isFirst && !hasEffects]
}

const firstAdjoint =
  (f: CheckedFunction, kind: string, adjoint: OwnAdjoint, where: string): OwnAdjoint =>
  (support, seed, ...args) => {
    let cotangent: unknown
    const noted: OwnSeed = value => {
      cotangent = seed(value)
      return cotangent
    }
    const [result, isDue] = called(adjoint, support, own => adjoint(own, noted, ...args))
    if (!isDue) return result
    const given: readonly unknown[] = kind === 'hvp' ? args.slice(0, args.length / 2) : args
    const places = kind.startsWith('grad by ') ? kind.slice(8).split(',').map(Number) : [...given.keys()]
    const at = numbersFrom(places.map(place => given[place]))
    const gradient = numbersFrom(result[1])
    if (!at || gradient?.length !== at.length) return result
    const direction = at.map((x, i) => Math.sin(7 * i + 1) * (Math.abs(x) || 1))
    const found = gradient.reduce((sum, each, i) => sum + each * direction[i]!, 0)
    const valueAt = (numbers: readonly number[]) => {
      const moved = reshape(
        places.map(place => given[place]),
        numbers,
      ) as readonly unknown[]
      return weighted(
        f(...(given.map((each, i) => (places.includes(i) ? moved[places.indexOf(i)] : each)) as never[])),
        cotangent,
      )
    }
    const other = kind === 'hvp' ? numbersFrom(args.slice(args.length / 2))! : undefined
    requireAgreement(found, estimates(valueAt, at, direction, other), where)
    return result
  }

const firstTangent =
  (f: CheckedFunction, _kind: string, tangent: OwnTangent, where: string): OwnTangent =>
  (support, ...args) => {
    const [result, isDue] = called(tangent, support, own => tangent(own, ...args))
    const given: readonly unknown[] = args.slice(0, args.length / 2)
    const [at, direction] = [numbersFrom(given), numbersFrom(args.slice(args.length / 2))]
    const [values, slopes] = [numbersFrom(result[0]), numbersFrom(result[1])]
    if (!isDue || !at || !direction || !values || slopes?.length !== values.length) return result
    const weights = slopes.map((_, i) => Math.sin(7 * i + 1))
    const sum = (numbers: readonly number[]) => numbers.reduce((total, each, i) => total + weights[i]! * each, 0)
    const valueAt = (numbers: readonly number[]) =>
      sum(numbersFrom(f(...(reshape(given, numbers) as never[]))) ?? [NaN])
    requireAgreement(sum(slopes), estimates(valueAt, at, direction, undefined), where)
    return result
  }

/** The numbers of a value; undefined where it holds anything else. */
function numbersFrom(value: unknown): readonly number[] | undefined {
  try {
    return numbersOf(value, '', true) as readonly number[]
  } catch {
    return undefined
  }
}

function weighted(value: unknown, cotangent: unknown): number {
  if (typeof cotangent === 'number') return cotangent === 0 ? 0 : cotangent * (value as number)
  const parts = value as Readonly<Record<string, unknown>>
  return Object.entries(cotangent as object).reduce((sum, [key, each]) => sum + weighted(parts[key], each), 0)
}

interface StepSlope {
  readonly value: number
  readonly noise: number
  readonly isKinked: boolean
}

/** The derivative of values along a direction, or along two, by differences over steps from wide to near. */
function estimates(
  valueAt: (numbers: readonly number[]) => number,
  at: readonly number[],
  direction: readonly number[],
  other: readonly number[] | undefined,
): readonly StepSlope[] {
  const along = (s: number, t: number) => {
    try {
      return valueAt(at.map((x, i) => x + s * direction[i]! + t * (other?.[i] ?? 0)))
    } catch {
      return NaN
    }
  }
  return [0, 1, 2, 3, 4, 5].map(i => {
    if (other) {
      const h = 2 ** (-4 - 1.5 * i)
      const corners = [along(h, h), -along(h, -h), -along(-h, h), along(-h, -h)]
      const value = corners.reduce((a, b) => a + b) / (4 * h * h)
      return { value, noise: (2 ** -46 * Math.abs(corners[0]!)) / (h * h), isKinked: false }
    }
    const h = 2 ** (-6 - 3 * i)
    const [up, middle, down] = [along(h, 0), along(0, 0), along(-h, 0)]
    const [right, left, value] = [(up - middle) / h, (middle - down) / h, (up - down) / (2 * h)]
    const size = Math.max(Math.abs(right), Math.abs(left))
    return { value, noise: (2 ** -46 * Math.abs(middle)) / h, isKinked: Math.abs(right - left) > 0.05 * size }
  })
}

/** @throws Error where two steps agree with each other, and none with the derivative. */
function requireAgreement(found: number, numeric: readonly StepSlope[], where: string): void {
  if (!Number.isFinite(found)) return
  const isNear = (a: number, b: number, noise: number) =>
    Math.abs(a - b) <= 1e-3 * Math.max(Math.abs(a), Math.abs(b)) + noise + 1e-12
  if (numeric.some(({ value, noise }) => isNear(found, value, noise))) return
  const settled = numeric.find(({ value, noise, isKinked }, i) => {
    const next = numeric[i + 1]
    return next && !isKinked && !next.isKinked && isNear(value, next.value, 0) && noise < 1e-3 * Math.abs(value)
  })
  if (!settled) return
  throw new Error(
    `${where}: the compiled derivative does not agree with differences of the function's values: along a direction it is ${found}, and ` +
      `differences give ${settled.value}. This is a fault of tsgrad, which TSGRAD_CHECK=1 and \`debug\` look for: please report it with the function.`,
  )
}

if (isCheckAsked) checkCarried(selfChecked)
