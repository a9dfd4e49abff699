/**
 * A check of a function's derivatives of two orders, in both modes, against differences of its values and of its gradient.
 * It must not know how derivatives are found.
 */
import { MANY, type ManyOperands } from '../engine/node.ts'
import { NumberWithGrad, type Numeric } from '../number/number-with-grad.ts'
import { plainNumbers, valueOn } from '../verbs/check.ts'
import { hvp, jvp } from '../verbs/directional.ts'
import { type Derivable, deriveBy, type InputsBy, type Places } from '../verbs/options.ts'
import { type Inputs, isRecord, reshape, type ShapedInput } from '../verbs/shapes.ts'
import { grad } from '../verbs/verbs.ts'
import { besideDifferences, type CheckedRow } from './beside-differences.ts'
import { evaluationOrder, namesByNode } from './graph.ts'

/** What `checkGrad` may be told. */
export interface CheckOptions {
  /** 1 for first derivatives only; 2, the default, for second ones too. */
  readonly order?: 1 | 2
  /** How far apart the derivatives may be, relative to the larger one; 1e-5 unless told. */
  readonly tolerance?: number
  /** How many random directions are tried besides each number by itself; 3 unless told. */
  readonly directions?: number
  /** Another seed gives other directions. */
  readonly seed?: number
}

/** What `checkGrad` has done. */
export interface CheckResult {
  /** The order up to which derivatives were compared. */
  readonly order: 1 | 2
  /** What could not be compared as usual, and why: an edge nearby, a rule without second derivatives, a NaN. */
  readonly notes: readonly string[]
}

const OPTIONS = ['order', 'by', 'tolerance', 'directions', 'seed']

/** Numbers in [-1, 1), the same for the same seed. Source: Park & Miller, "Random number generators", 1988. */
function* random(seed: number): Generator<number, never> {
  for (let state = (Math.abs(Math.trunc(seed)) % 2147483646) + 1; ; ) {
    state = (state * 48271) % 2147483647
    yield state / 1073741823.5 - 1
  }
}

/** A direction with its name, and the size of the numbers that it moves. */
interface Direction {
  readonly name: string
  readonly numbers: readonly number[]
  readonly scale: number
}

/** Each number by itself, and random directions in which each moves in proportion to its size. */
function directionsOf(at: readonly number[], paths: readonly string[], { directions = 3, seed = 1 }: CheckOptions) {
  const numbers = random(seed)
  const units = at.map(
    (x, i): Direction => ({ name: paths[i]!, numbers: at.map((_, k) => +(i === k)), scale: Math.abs(x) }),
  )
  const others = Array.from({ length: at.length > 1 ? directions : 0 }, (_, i): Direction => {
    return { name: `direction ${i}`, numbers: at.map(x => numbers.next().value * (Math.abs(x) || 1)), scale: 1 }
  })
  return [...units, ...others]
}

const innerProduct = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, x, i) => (b[i] === 0 ? sum : sum + x * b[i]!), 0)

/** The names of a function's parameters, as its text has them; `args[0]` where one has no name. */
function parameterNames(f: Derivable, count: number): string[] {
  const text = Function.prototype.toString.call(f)
  const found = /^(?:async\s+)?(?:function\b[^(]*)?(?:\(([^()]*)\)|([\w$]+)\s*=>)/.exec(text)
  const names = (found?.[1] ?? found?.[2] ?? '').split(',').map(each => each.replace(/=.*/, '').trim())
  const areNames = names.every(each => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(each))
  return Array.from({ length: count }, (_, i) => (areNames && names[i]) || `args[${i}]`)
}

/** The place of each number among the arguments: `w[3]`, `p.bias`. */
function pathsOf(args: readonly unknown[], names: readonly string[], count: number): string[] {
  const leaves = Array.from({ length: count }, () => new NumberWithGrad(0))
  const shaped = reshape(args, leaves) as unknown[]
  const paths = namesByNode(Object.fromEntries(names.map((name, i) => [name, shaped[i]])))
  return leaves.map(leaf => paths.get(leaf)!)
}

/** What was recorded for a result: the rules without second derivatives, and the size of the largest number. */
function whatWasRecorded(y: unknown): { readonly incomplete: readonly string[]; readonly size: number } {
  const nodes = y instanceof NumberWithGrad ? evaluationOrder(y, 'checkGrad') : []
  const rules = nodes.flatMap(node => (node._opcode === MANY ? (node._a as ManyOperands).rule : []))
  return {
    incomplete: [...new Set(rules.filter(rule => !rule.trackedPartials).map(rule => rule.name))],
    size: nodes.reduce((size, { _num }) => (Number.isFinite(_num) ? Math.max(size, Math.abs(_num)) : size), 0),
  }
}

type OnShapes = (...args: readonly unknown[]) => unknown
type OnNumbers = (numbers: readonly number[]) => number

/** The function of a list of numbers, as the verbs take it. */
interface Checked {
  readonly f: (xs: readonly NumberWithGrad[]) => Numeric
  readonly value: OnNumbers
  readonly at: readonly number[]
}

/** How much a number of the record has to do with the result, at most: its size times its adjoint. What cancels leaves rounding of that. */
function influence({ f, at }: Checked): number {
  const y = f(at.map(x => new NumberWithGrad(x)))
  if (typeof y === 'number') return 0
  y.backward()
  const sizes = evaluationOrder(y, 'checkGrad').map(node => Math.abs(node.num * (node.grad ?? 0)))
  return sizes.reduce((most, size) => (Number.isFinite(size) ? Math.max(most, size) : most), 0)
}

function firstOrder(checked: Checked, directions: readonly Direction[], tolerance: number): CheckedRow[] {
  const { f, value, at } = checked
  const gradient = grad(f)(at)
  const rounding = 2 ** -50 * influence(checked)
  return directions.map(({ name, numbers, scale }) => {
    const forward = jvp(f)(at, numbers)[1]
    const along = (t: number) => value(at.map((x, i) => x + t * numbers[i]!))
    return besideDifferences(name, [innerProduct(gradient, numbers), forward], along, {
      scale,
      tolerance,
      rounding: rounding / (scale || 1),
      mayBeNaN: false,
    })
  })
}

/** The gradient's derivative along each direction, times random numbers, so that one number stands for all. */
function secondOrder(
  { f, at }: Checked,
  directions: readonly Direction[],
  { tolerance, seed, rounding }: { readonly tolerance: number; readonly seed: number; readonly rounding: number },
): CheckedRow[] {
  const numbers = random(seed + 1)
  const gradient = grad(f)
  const noted = gradient as unknown as (xs: readonly NumberWithGrad[]) => Numeric[]
  return directions.map(({ name, numbers: direction, scale }) => {
    const weights = at.map(() => numbers.next().value)
    const along = (t: number) => innerProduct(gradient(at.map((x, i) => x + t * direction[i]!)), weights)
    const onSlots = innerProduct(hvp(f)(at, direction), weights)
    const onNodes = innerProduct(
      jvp((xs: readonly NumberWithGrad[]) => noted(xs))(at, direction)[1] as number[],
      weights,
    )
    return besideDifferences(`${name}, gradient`, [onSlots, onNodes], along, {
      scale,
      tolerance,
      rounding,
      mayBeNaN: true,
    })
  })
}

const FIRST_ORDER = {
  what: 'the derivatives of f do not agree with central differences',
  columns: ['reverse', 'forward', 'numeric'],
}
const SECOND_ORDER = {
  what: 'the second derivatives of f do not agree with central differences of its gradient',
  columns: ['hvp', 'jvp of grad', 'numeric'],
}

function table(rows: readonly CheckedRow[], columns: readonly string[]): string {
  const width = Math.max(12, ...rows.map(row => row.at.length)) + 2
  const lines = rows.map(({ at, verdict, found, numeric }) => [
    verdict === 'wrong' ? '>' : ' ',
    at,
    ...[...found, numeric].map(x => x.toPrecision(9)),
  ])
  return [['', '', ...columns], ...lines]
    .map(([mark, at, ...cells]) => `${mark!.padEnd(2)}${at!.padEnd(width)}${cells.map(c => c.padStart(18)).join('')}`)
    .join('\n')
}

/** The notes of comparisons. @throws Error with a table where one fails. */
function notesOf(rows: readonly CheckedRow[], { what, columns }: typeof FIRST_ORDER): string[] {
  if (rows.some(row => row.verdict === 'wrong'))
    throw new Error(`checkGrad: ${what}.
${table(rows, columns)}`)
  return rows.flatMap(({ note }) => note ?? [])
}

function check(f: OnShapes, args: readonly unknown[], names: readonly string[], options: CheckOptions): CheckResult {
  const { order = 2, tolerance = 1e-5, seed = 1 } = options
  const at = plainNumbers(args, 'checkGrad')
  const onList = (xs: readonly NumberWithGrad[]) => f(...(reshape(args, xs) as unknown[])) as Numeric
  const value = valueOn(f as Derivable, args, 'checkGrad')
  const y = value(at)
  if (!Number.isFinite(y)) throw new Error(`checkGrad: the value of f is ${y}, which has no derivative to compare`)
  const checked = { f: onList, value, at }
  const directions = directionsOf(at, pathsOf(args, names, at.length), options)
  const first = notesOf(firstOrder(checked, directions, tolerance), FIRST_ORDER)
  if (order === 1) return { order: 1, notes: first }
  const { incomplete, size } = whatWasRecorded(onList(at.map(x => new NumberWithGrad(x))))
  if (incomplete.length > 0) {
    const missing = `${incomplete.join(', ')}: no trackedPartials, so second derivatives were not checked`
    return { order: 1, notes: [...first, missing] }
  }
  const second = secondOrder(checked, directions, { tolerance, seed, rounding: 2 ** -36 * size })
  return { order: 2, notes: [...first, ...notesOf(second, SECOND_ORDER)] }
}

/**
 * Compares the derivatives of `f`, by reverse and by forward mode, with central differences of its values, and its second derivatives
 * with differences of its gradient: by each number and along random directions. `checkGrad(f)` takes what `grad(f)` takes;
 * `checkGrad(f, x)` is for one argument.
 *
 * Steps are powers of 2 in proportion to each number, and the one with the least estimated error decides: an alarm is a difference of
 * more than `tolerance` and ten times that estimate. At a kink any derivative between those of both sides is right; at an end of
 * the domain the side that is there decides; the notes of the result name such places, and second derivatives that are NaN.
 *
 * @param f as for `grad`; it is called some fifty times for each number, and its gradient as often.
 * @returns what was compared: order 1 where a `customRule` without `trackedPartials` has no second derivative.
 * @throws Error when derivatives do not agree, or one is NaN, with a table of all by their places: `w[3]`, `p.bias`.
 * Source: HIPS autograd's `check_grads`, of order 2; the steps of Ridders 1982, as for `numericalDiff`.
 * @example checkGrad((x: NumberWithGrad) => x.sin().mul(x), 0.7).order // 2
 */
export function checkGrad<Args extends readonly NumberWithGrad[]>(
  f: (...args: Args) => Numeric,
): <A extends Inputs<Args, number>>(...args: A) => CheckResult
export function checkGrad<Args extends readonly unknown[], const By extends Places>(
  f: (...args: Args) => Numeric,
  options: CheckOptions & { readonly by: By },
): <A extends InputsBy<Args, By, number>>(...args: A) => CheckResult
export function checkGrad<X = NumberWithGrad>(
  f: (x: X) => Numeric,
  x: ShapedInput<X, number>,
  options?: CheckOptions,
): CheckResult
export function checkGrad<Args extends readonly unknown[]>(
  f: (...args: Args) => Numeric,
  options?: CheckOptions,
): <A extends Inputs<Args, number>>(...args: A) => CheckResult
export function checkGrad(f: Derivable, second: unknown = {}, third: CheckOptions = {}): unknown {
  const isOptions = isRecord(second) && Object.keys(second).every(key => OPTIONS.includes(key))
  if (!isOptions) return check(f as OnShapes, [second], parameterNames(f, 1), third)
  const { by, ...options } = second as CheckOptions & { readonly by?: Places }
  return (...args: readonly unknown[]) => {
    const names = parameterNames(f, args.length)
    if (by === undefined) return check(f as OnShapes, args, names, options)
    const chosen = typeof by === 'number' ? [by] : by
    let result: CheckResult | undefined
    deriveBy(
      (g, some) => {
        result = check(
          g as OnShapes,
          some,
          chosen.map(place => names[place]!),
          options,
        )
        return [0, 0]
      },
      f,
      args,
      'checkGrad',
      by,
    )
    return result
  }
}
