/**
 * The shared part of the files that write: the current file, its resolutions, and the spelling of calls.
 * It must not write anything itself.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { Resolution } from '../meaning/meaning.ts'
import { isDispatched } from '../meaning/order.ts'
import { freeName } from '../syntax/inserts.ts'
import type { BinarySite } from '../syntax/rewrite.ts'
import { type Site, targetOf, unparenthesized, writtenTarget } from '../syntax/syntax.ts'

/** The functions of the runtime entry that lowered text may call. */
export type Helper =
  | 'dispatchBinary'
  | 'dispatchUnary'
  | 'dispatchMath'
  | 'foldMath'
  | 'evaluatedFirst'
  | 'place'
  | 'chain'
  | 'differentiable'

/**
 * The first operator of a flat chain is an ordinary call; each later one continues with its value, in an assignment of its own or
 * nested around the operator before it.
 */
export interface FlatLink {
  readonly kind: 'first' | 'later' | 'nested'
  readonly isLast: boolean
  /** The operators nested around this one, the outermost first; none for one that is nested itself. */
  readonly around: readonly BinarySite[]
}

export interface LowerContext {
  readonly ts: TypeScript
  readonly file: ts.SourceFile
  resolutionOf(site: Site): Resolution
  /** The place of an operator in a flat chain; undefined outside of flat chains. */
  linkOf(site: BinarySite): FlatLink | undefined
  /** Whether an operand is written as a call or in parentheses, so that a dot may follow it. */
  becomesCall(node: ts.Node): boolean
  /** The name of a helper in this file. */
  name(helper: Helper): string
  stringIsHidden(at: ts.Node): boolean
}

/** Whether an operator becomes a call of the right operand's method, with the left operand as argument. */
export function isReflectedCall(context: LowerContext, site: Site): boolean {
  const resolution = context.resolutionOf(site)
  return resolution.kind === 'reflected' && !isDispatched(context.ts, site, resolution)
}

/** A target as it may stand before a dot: without parentheses, unless a type is asserted inside of them. */
export function readable(ts: TypeScript, written: ts.Expression): ts.Expression {
  const inner = unparenthesized(ts, written)
  return ts.isLeftHandSideExpression(inner) ? inner : written
}

/** The parameters of the arrows that `place` takes: object, key and value. */
export function placeNames({ ts, file }: LowerContext, site: Site): readonly [string, string, string] {
  const target = targetOf(ts, site) as ts.PropertyAccessExpression | ts.ElementAccessExpression
  const written = readable(ts, writtenTarget(site)!)
  // an asserted type may speak of the user's names: `(f().x as typeof o)`
  const types =
    file.text.slice(written.getStart(file), target.getStart(file)) + file.text.slice(target.end, written.end)
  const isSuper = target.expression.kind === ts.SyntaxKind.SuperKeyword
  const names = [isSuper ? '_' : 'o', ts.isElementAccessExpression(target) ? 'k' : '_k', 'v']
  return names.map(name => freeName(types, name)) as [string, string, string]
}

/** A text as a string literal. */
export function quoted(text: string): string {
  // JSON's escapes, of line breaks and the like, are JavaScript's
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${escaped.replace(/[\u2028\u2029]/g, each => `\\u${each.charCodeAt(0).toString(16)}`)}'`
}

/** `.mul`, or `['a b']` for a method whose name is no identifier. */
export const member = (method: string) =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(method) ? `.${method}` : `[${quoted(method)}]`

/** The start of a run-time helper's call: `dispatchBinary('*', 'mul', 'rmul', `. */
export function dispatchOpen({ name }: LowerContext, helper: Helper, key: string, resolution: Resolution): string {
  return `${name(helper)}(${dispatchArguments(helper === 'dispatchUnary', key, resolution)}`
}

/** The operator and its methods, for a run-time helper. */
export function dispatchArguments(isUnary: boolean, key: string, resolution: Resolution): string {
  const [method, reflected] = methodNames(resolution)
  return (isUnary ? [key, method] : [key, method, reflected]).map(text => `${quoted(text)}, `).join('')
}

/** The methods that a helper may call, for an object on the left and on the right. */
export function methodNames(resolution: Resolution): [direct: string, reflected: string] {
  switch (resolution.kind) {
    case 'dispatch':
    case 'fold':
      return [resolution.method, resolution.reflected]
    case 'method':
      return [resolution.method, '']
    case 'reflected':
      return ['', resolution.method]
    default:
      throw new Error(`${resolution.kind} names no method`)
  }
}
