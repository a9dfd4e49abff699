/**
 * Operators by their tokens: the row of the rules that one names, or that it compares or rounds.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import { quotedRules } from '../quoted-rules.ts'
import { type Atom, isVariable, type Variable } from '../structured.ts'
import type { Enter } from './context.ts'

const ruleBySign = new Map(
  Object.entries(quotedRules).flatMap(([name, { keys }]) => keys.map(key => [key as string, name])),
)

/** The row by an operator's or a function's name, such as `*` or `Math.sin`. */
export const ruleNamed = (sign: string): string | undefined => ruleBySign.get(sign)

/** The row of a binary operator, or of the assignment with it. */
export const ruleOf = (ts: TypeScript, kind: ts.SyntaxKind): string | undefined =>
  ruleBySign.get(signOf(ts, kind).replace(/=$/, ''))

const COMPARISONS = new Set(['<', '>', '<=', '>=', '===', '!==', '==', '!='])
const BITS = new Set(['&', '|', '^', '<<', '>>', '>>>'])

export const isComparison = (ts: TypeScript, kind: ts.SyntaxKind) => COMPARISONS.has(signOf(ts, kind))
/** The sign of a bitwise operator, or of the assignment with it. */
export function bitSignOf(ts: TypeScript, kind: ts.SyntaxKind): string | undefined {
  const sign = signOf(ts, kind).replace(/=$/, '')
  return BITS.has(sign) ? sign : undefined
}

/** A bitwise operation, which rounds its operands. */
export function bitsOf(
  enter: Enter,
  sign: string,
  operands: readonly [Atom, Atom],
  nodes: readonly ts.Node[],
): Variable {
  for (const [i, atom] of operands.entries()) if (isVariable(atom)) enter.oblige('rounded', atom, nodes[i]!)
  return enter.constant(operands[0], ` ${sign} `, operands[1])
}

const signOf = (ts: TypeScript, kind: ts.SyntaxKind): string => ts.tokenToString(kind) ?? ''

const NUMERAL = /^\(?-?[\d.][\w.+-]*\)?$/

/** Whether two literals are equal, of which TypeScript would say that nobody compares them; undefined where one is none. */
export function equalityOf(a: Atom, sign: string, b: Atom): 'true' | 'false' | undefined {
  const [left, right] = [a, b].map(each => {
    if (typeof each !== 'string') return undefined
    return each.startsWith('"') ? each : NUMERAL.test(each) ? Number(each.replace(/[()]/g, '')) : undefined
  })
  if (left === undefined || right === undefined || !/^[!=]==?$/.test(sign)) return undefined
  return `${(left === right) === (sign[0] === '=')}`
}
