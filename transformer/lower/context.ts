/**
 * The shared part of the files that write: the current file, its resolutions, and the spelling of calls.
 * It must not write anything itself.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import type { Resolution } from '../meaning/meaning.ts'
import { isDispatched } from '../meaning/order.ts'
import type { BinarySite } from '../syntax/rewrite.ts'
import type { Site } from '../syntax/syntax.ts'

/** The functions of the runtime entry that lowered text may call. */
export type Helper =
  | 'dispatchBinary'
  | 'dispatchUnary'
  | 'dispatchMath'
  | 'foldMath'
  | 'evaluatedFirst'
  | 'place'
  | 'chain'

/** The first operator of a flat chain is an ordinary call; each later one continues with its value. */
export interface FlatLink {
  readonly kind: 'first' | 'later'
  readonly isLast: boolean
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

/** A text as a string literal. */
export const quoted = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`

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
