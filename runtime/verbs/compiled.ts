/**
 * The verbs by compiled derivatives: what each asks of the text, and the shape of its result.
 * It must not know how a derivative was found.
 */
import { kindOf } from '../engine/node.ts'
import type { Adjoint, CompiledDerivatives, CompiledVerbs, DerivativeKind, DerivativeSupport, Seed } from './carried.ts'
import { type Places, requirePlaces } from './options.ts'
import { likeArguments, numbersOf, reshape } from './shapes.ts'
import { supportOf } from './support.ts'
import { symmetric } from './symmetric.ts'

/** The derivative of a kind. @throws TypeError where the function was compiled for others. */
function ofKind<Kind extends DerivativeKind>(
  carried: CompiledDerivatives,
  kind: Kind,
  where: string,
): NonNullable<CompiledDerivatives[Kind]> {
  const found = carried[kind]
  if (found !== undefined) return found as NonNullable<CompiledDerivatives[Kind]>
  throw new TypeError(
    `${where}: f carries the derivatives ${Object.keys(carried).join(', ')}, and not ${kind}. Give the parameter ` +
      `through which it came the type Differentiable<…, '${kind}'>.`,
  )
}

/** The numbers of a value. @throws TypeError for a tracked one: the text of a derivative computes with plain ones. */
function plainIn(value: unknown, where: string): readonly number[] {
  const numbers: readonly unknown[] = numbersOf(value, where, true)
  for (const each of numbers)
    if (typeof each !== 'number')
      throw new TypeError(`${where}: a compiled derivative takes plain numbers; got ${kindOf(each)}`)
  return numbers as readonly number[]
}

/** The only gradient, or the list of those by the arguments that a call has; what is not there has none. */
const likeInputs = (gradients: readonly unknown[], args: readonly unknown[]): unknown => {
  const all = args.map((each, i) => (each == null ? each : gradients[i]))
  return gradients.length === 1 ? all[0] : all
}

/** The value and the gradient of a function that returns one number, with `isAux` a pair of one and whatever else. */
export function compiledGrad(
  carried: CompiledDerivatives,
  args: readonly unknown[],
  where: string,
  by: Places | undefined,
  isAux: boolean,
  support = supportOf(where),
): [value: unknown, gradient: unknown] {
  const seed = isAux ? ofPair(where) : ofOne(where)
  if (by === undefined) {
    const [value, gradients] = swept(ofKind(carried, 'grad', where), seed, args, support)
    return [value, likeInputs(gradients, args)]
  }
  const places = requirePlaces(by, args, where)
  const own = carried[`grad by ${places.join(',')}`]
  const adjoint = own ?? ofKind(carried, 'grad', where)
  const [value, all] = swept(adjoint, seed, args, support)
  const gradients = own ? all : places.map(place => all[place])
  return [value, typeof by === 'number' ? gradients[0] : gradients]
}

function swept(adjoint: Adjoint, seed: Seed, args: readonly unknown[], support: DerivativeSupport) {
  const found = adjoint(support, seed, ...(args as readonly never[]))
  support.shape(found[0])
  return found
}

const ofOne = (where: string) => (value: unknown) => {
  if (typeof value === 'number') return 1
  const given = Array.isArray(value) ? `an array of length ${value.length}. Sum it, or use jacobian.` : kindOf(value)
  throw new TypeError(`${where}: f must return one number; got ${given}`)
}
const ofPair = (where: string) => (pair: unknown) => {
  if (!Array.isArray(pair) || pair.length !== 2)
    throw new TypeError(`${where}: with \`aux\` f must return [value, aux]; got ${kindOf(pair)}`)
  return [ofOne(where)(pair[0])]
}

/** A cotangent of 0 takes no part. */
const weight = (cotangent: number) => (cotangent === 0 ? -0 : cotangent)

/** @throws RangeError when there are not as many numbers as a function returns. */
export function requireLength(where: string, what: string, expected: number, given: number, of: string): void {
  if (expected === given) return
  throw new RangeError(`${where}: the ${what} must have as many numbers as the ${of}; got ${given} for ${expected}`)
}

/** The value, and the gradient of the sum of its numbers times a cotangent's. */
function compiledVjp(carried: CompiledDerivatives, all: readonly unknown[]): [value: unknown, gradient: unknown] {
  const where = 'vjp'
  const cotangent = plainIn(all.at(-1), where)
  const seed = (value: unknown) => {
    requireLength(where, 'cotangent', numbersOf(value, `${where}: the result of f`).length, cotangent.length, 'result')
    return reshape(value, cotangent.map(weight))
  }
  const [args, support] = [all.slice(0, -1), supportOf(where)]
  const [value, gradients] = swept(ofKind(carried, 'grad', where), seed, args, support)
  // along 0 nothing arrives, be a partial infinite or NaN, as on the tape
  const isStill = cotangent.every(each => each === 0)
  return [value, likeInputs(isStill ? gradients.map((_, i) => support.gradient(args[i])) : gradients, args)]
}

/** A gradient in the place of each number of the result; the function runs once for each of them. */
function compiledJacobian(carried: CompiledDerivatives, args: readonly unknown[]): unknown {
  const where = 'jacobian'
  const adjoint = ofKind(carried, 'grad', where)
  const support = supportOf(where)
  let count = 1
  const row = (at: number) => {
    const seed = (value: unknown) => {
      count = numbersOf(value, `${where}: the result of f`).length
      return reshape(
        value,
        Array.from({ length: count }, (_, i) => (i === at ? 1 : -0)),
      )
    }
    return swept(adjoint, seed, args, support)
  }
  const [value, first] = row(0)
  const rows = Array.from({ length: count }, (_, i) => likeInputs(i === 0 ? first : row(i)[1], args))
  return reshape(value, rows)
}

/** The arguments of `f`, and as many directions. */
export function halves(
  all: readonly unknown[],
  where: string,
): [args: readonly unknown[], directions: readonly unknown[]] {
  if (all.length === 2) return [[all[0]], [all[1]]]
  if (all.length % 2 === 1)
    throw new TypeError(`${where}: expected the arguments of f, then a direction for each; got ${all.length} arguments`)
  return [all.slice(0, all.length / 2), all.slice(all.length / 2)]
}

/** The arguments of `f`, and the numbers of their directions. */
function directed(all: readonly unknown[], where: string): [args: readonly unknown[], direction: readonly number[]] {
  const [args, directions] = halves(all, where)
  return [args, plainIn(directions, where)]
}

/** What a text along directions takes: arguments, and directions in their shapes; along a 0 nothing moves. */
function moving(args: readonly unknown[], text: { length: number }, direction: readonly number[], where: string) {
  requireLength(where, 'direction', plainIn(args, where).length, direction.length, 'argument')
  // directions stand behind all parameters, also behind those that a call leaves out
  const all = [...args]
  all.length = Math.max((text.length - 1) >> 1, all.length)
  return all.concat(reshape(args, direction.map(weight))) as never[]
}

/** The value, and its derivative along a direction. */
function compiledJvp(carried: CompiledDerivatives, all: readonly unknown[]): [value: unknown, tangent: unknown] {
  const where = 'jvp'
  const [args, direction] = directed(all, where)
  const text = ofKind(carried, where, where)
  const [value, tangent] = text(supportOf(where), ...moving(args, text, direction, where))
  const numbers = plainIn(value, `${where}: the result of f`)
  const slopes: number[] = []
  collectSlopes(value, tangent, slopes)
  return [reshape(value, numbers), reshape(value, slopes)]
}

/** The tangents of the numbers of a value, in order; what never moves has none. */
function collectSlopes(value: unknown, tangent: unknown, into: number[]): void {
  if (typeof value === 'number') into.push(typeof tangent === 'number' ? tangent + 0 : 0)
  else if (value != null)
    for (const [key, each] of Object.entries(value as object))
      collectSlopes(each, (tangent as Record<string, unknown> | undefined)?.[key], into)
}

/** The gradient of the derivative along a direction. */
function compiledHvp(carried: CompiledDerivatives, all: readonly unknown[]): unknown {
  const where = 'hvp'
  const [args, direction] = directed(all, where)
  return productAlong(carried, args, direction, where, supportOf(where))
}

function productAlong(
  carried: CompiledDerivatives,
  args: readonly unknown[],
  direction: readonly number[],
  where: string,
  support: DerivativeSupport,
): unknown {
  const text = ofKind(carried, 'hvp', where)
  return likeInputs(swept(text, ofOne(where), moving(args, text, direction, where), support)[1], args)
}

/** The second derivatives: the function runs once for each number of the arguments. */
function compiledHessian(carried: CompiledDerivatives, args: readonly unknown[]): unknown {
  const where = 'hessian'
  const count = numbersOf(args, where, true).length
  const support = supportOf(where)
  const rows = Array.from({ length: count }, (_, i) => {
    const unit = Array.from({ length: count }, (_, k) => (i === k ? 1 : 0))
    return numbersOf(productAlong(carried, args, unit, where, support), where, true) as number[]
  })
  // the text takes two names before an argument and its direction
  const like = carried.hvp!.length > 4 ? reshape : likeArguments
  return like(
    args,
    symmetric(rows).map(row => like(args, row)),
  )
}

export const compiledVerbs: CompiledVerbs = {
  grad: compiledGrad,
  vjp: compiledVjp,
  jacobian: compiledJacobian,
  jvp: compiledJvp,
  hvp: compiledHvp,
  hessian: compiledHessian,
}
