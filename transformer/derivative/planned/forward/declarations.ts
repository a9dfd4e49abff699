/** Where variables of the text are declared, and how a statement gives them what they hold. It must not know what that is. */
import { blocksOf, isVariable, type Statement, type Statements, type Variable } from '../../structured.ts'
import { type Formula, type Local, localOf } from '../formulas.ts'
import type { Line } from '../lines.ts'
import { assignedBy, isMentionedBy } from '../simplified.ts'
import { ANY, type Assigning, type ForwardWay } from './way.ts'

/** Variables that are declared before a statement, because it assigns them inside of it. */
export function declaredBefore(way: ForwardWay, each: Statement, all: Statements): Line[] {
  const { writing, hoisted } = way
  if (blocksOf(each).length === 0) return []
  return [...assignedBy(each)].flatMap((variable): Line[] => {
    if (variable.isFixed || writing.scopes.get(variable) !== all) return []
    const first = all.find(one => isMentionedBy(one, variable))
    if (first !== each) return []
    const locals = [writing.local(variable), ...(way.shadowed.has(variable) ? [writing.shadowLocal(variable)] : [])]
    return locals.flatMap(local => (hoisted.has(local) ? [] : [{ k: 'declare', local, type: ANY } as const]))
  })
}

/** What a statement of a block gives to a variable, or to its shadow. */
export interface Given {
  readonly local: Local
  readonly value: Formula
  readonly type?: string | undefined
}

export function givenLine(way: ForwardWay, each: Assigning, all: Statements, { local, value, type }: Given): Line {
  const { target } = each
  const isDeclared =
    way.hoisted.has(local) ||
    (!target.isFixed &&
      (way.writing.scopes.get(target) !== all || all.find(one => isMentionedBy(one, target)) !== each))
  if (isDeclared) return { k: 'assign', to: localOf(local), sign: '=', value }
  return { k: 'declare', local, value, ...(type === undefined ? {} : { type }) }
}

export const assigned = (
  way: ForwardWay,
  each: Assigning,
  all: Statements,
  value: Formula,
  type: string | undefined = writtenType(way, each.target),
): Line => givenLine(way, each, all, { local: way.writing.local(each.target), value, type })

export function writtenType({ statements }: ForwardWay, variable: Variable): string | undefined {
  if (variable.isFixed && variable.kind === 'scalar') return undefined
  return variable.kind === 'scalar' && isNumeric(variable, statements) ? undefined : ANY
}

/** Whether a variable only ever holds numbers. */
function isNumeric(variable: Variable, statements: readonly Statement[]): boolean {
  for (const each of statements) {
    if (!('target' in each) || each.target !== variable || each.k === 'operation') continue
    if (each.k === 'set' && !isVariable(each.from) && /^-?[\d.]+$/.test(each.from)) continue
    return false
  }
  return true
}
