/**
 * What all parts of the lowerer share: the file at hand, its resolutions, and how calls are spelled.
 * It must not write anything itself.
 */
import type ts from 'typescript'
import type { Resolution } from '../meaning/meaning.ts'
import type { BinarySite } from '../syntax/rewrite.ts'
import { onlyLiterals, type Site, type TypeScript, unparenthesized } from '../syntax/syntax.ts'

/** The functions of the runtime entry that lowered text may call. */
export type Helper = 'dispatchBinary' | 'dispatchUnary' | 'dispatchMath' | 'evaluatedFirst' | 'place' | 'chain'

/** `first` is a call like any other, the `later` ones go on with its value. */
export interface FlatLink {
  readonly kind: 'first' | 'later'
  readonly isLast: boolean
}

export interface Lowering {
  readonly ts: TypeScript
  readonly file: ts.SourceFile
  resolutionOf(site: Site): Resolution
  /** What an operator is in a chain that is written flat; undefined outside of them. */
  linkOf(site: BinarySite): FlatLink | undefined
  /** Whether a node is written as a call, so that a dot may follow. */
  isRewritten(node: ts.Node): boolean
  /** The inserted name of a helper. */
  name(helper: Helper): string
  stringIsHidden(at: ts.Node): boolean
}

/** A reflected call evaluates the right operand first. Where that could be seen, the run-time helper keeps the order. */
export function isDispatched({ ts, file }: Pick<Lowering, 'ts' | 'file'>, site: Site, resolution: Resolution): boolean {
  if (resolution.kind !== 'reflected') return resolution.kind === 'dispatch'
  if (site.form === 'assign') return true
  const [left, right] = site.form === 'math' ? site.node.arguments : operands(site)
  const between = file.text.slice(left!.end, right!.getStart(file))
  const hasComment = /[\n\r]|\/[/*]/.test(between)
  return hasComment || !mayTurn(ts, left!, right!)
}

/** Whether nobody can see that the right one of two operands is evaluated first. */
export function mayTurn(ts: TypeScript, left: ts.Expression, right: ts.Expression): boolean {
  return onlyLiterals(ts, left) || (isFixed(ts, left) && isPlainRead(ts, right))
}

/** Whether an operator is written as a call of the right operand's method, with the left operand moved into it. */
export function isReflectedCall(lowering: Lowering, site: Site): boolean {
  const resolution = lowering.resolutionOf(site)
  return resolution.kind === 'reflected' && !isDispatched(lowering, site, resolution)
}

function operands(site: Site): [ts.Expression, ts.Expression] {
  const { left, right } = site.node as ts.BinaryExpression
  return [left, right]
}

/** A variable read: no side effect, and none that another read could have on it. */
function isFixed(ts: TypeScript, node: ts.Expression): boolean {
  return ts.isIdentifier(node)
}
function isPlainRead(ts: TypeScript, node: ts.Expression): boolean {
  const inner = unparenthesized(ts, node)
  return ts.isIdentifier(inner) || inner.kind === ts.SyntaxKind.ThisKeyword
}

const quoted = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`

/** `.mul`, or `['a b']` for a method whose name is no identifier. */
export const member = (method: string) =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(method) ? `.${method}` : `[${quoted(method)}]`

/** The start of a run-time helper's call: `dispatchBinary('*', 'mul', 'rmul', `. */
export function dispatchOpen({ name }: Lowering, helper: Helper, key: string, resolution: Resolution): string {
  return `${name(helper)}(${dispatchArguments(helper === 'dispatchUnary', key, resolution)}`
}

/** The operator and its methods, for a run-time helper. */
export function dispatchArguments(isUnary: boolean, key: string, resolution: Resolution): string {
  const [method, reflected] = methodNames(resolution)
  return (isUnary ? [key, method] : [key, method, reflected]).map(text => `${quoted(text)}, `).join('')
}

function methodNames(resolution: Resolution): [direct: string, reflected: string] {
  switch (resolution.kind) {
    case 'dispatch':
      return [resolution.method, resolution.reflected]
    case 'method':
      return [resolution.method, '']
    case 'reflected':
      return ['', resolution.method]
    default:
      throw new Error(`${resolution.kind} names no method`)
  }
}
