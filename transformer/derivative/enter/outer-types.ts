/**
 * What TypeScript knows of values from outside: where it is more than that they hold numbers, the text reads them as any, because it
 * narrows such types elsewhere than the user's text does, and may see no private member. It must not know statements.
 */
import type ts from 'typescript'
import type { Atom } from '../structured.ts'
import type { Enter } from './context.ts'
import { isArrayType } from './types.ts'

type AskedOfOuter = Pick<Enter, 'ts' | 'checker' | 'siteOfThis'>

/** The text of a captured number that TypeScript knows no other kind of. */
export const outerText = (enter: AskedOfOuter, text: string, type: ts.Type) =>
  isOneKind(enter, type) ? text : `(${text} as any)`

/** Whether an array or a record holds only numbers, texts and truths, each of one kind, that may be missing. */
export function isPlainlyTyped(enter: AskedOfOuter, root: ts.Type, isThis = false): boolean {
  const { ts, checker } = enter
  const seen = new Set<ts.Type>()
  const visit = (given: ts.Type, isRoot: boolean): boolean => {
    const type = checker.getNonNullableType(given)
    if (seen.has(type) || isOneKind(enter, type)) return true
    seen.add(type)
    if (type.isUnion() || checker.isTupleType(type) || !(type.flags & ts.TypeFlags.Object)) return false
    if (isArrayType(checker, type)) return visit(checker.getIndexTypeOfType(type, ts.IndexKind.Number)!, false)
    return type
      .getProperties()
      .every(each => !isHidden(enter, each, isRoot && isThis) && visit(checker.getTypeOfSymbol(each), false))
  }
  return visit(root, true)
}

/** A private or protected member, which the place of the derivative may not see. */
function isHidden({ ts, siteOfThis }: AskedOfOuter, { valueDeclaration }: ts.Symbol, isOfThis: boolean): boolean {
  if (!valueDeclaration) return false
  const modifiers = ts.getCombinedModifierFlags(valueDeclaration)
  if (modifiers & ts.ModifierFlags.Private) return !isOfThis || valueDeclaration.parent !== siteOfThis?.parent
  return (modifiers & ts.ModifierFlags.Protected) !== 0 && !isOfThis
}

/** Of one kind, and not of some of its values only, between which a comparison chooses. */
function isOneKind({ ts, checker }: AskedOfOuter, type: ts.Type): boolean {
  const { TypeFlags: Flags } = ts
  if (type.flags & Flags.Any || type === checker.getBooleanType()) return true
  return !type.isUnion() && (type.flags & (Flags.Number | Flags.String | Flags.Literal)) !== 0
}

/** What is compared: of a captured constant TypeScript knows the value, and takes the comparison for a mistake. */
export const comparable = (atom: Atom): Atom =>
  typeof atom === 'string' &&
  /^[\p{ID_Start}$_]/u.test(atom) &&
  !/^(?:Math|Number|null|undefined|NaN|Infinity|true|false)\b/.test(atom)
    ? `(${atom} as any)`
    : atom
