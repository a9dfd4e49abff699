/** What a statement is made of, through the statements that stand in its place, and whether it adds to its own variable. It must not know adjoints. */
import type { Memory } from '../memory.ts'
import { type Atom, isVariable, readBy, type Statement, type Variable } from '../structured.ts'

export interface StepQuestion {
  readonly memory: Pick<Memory, 'isActive'>
  readonly inlined: ReadonlyMap<Variable, Statement>
}

/** The variables with adjoints that a statement reads, each as often as it does. */
export function leavesOf(asked: StepQuestion, each: Statement): readonly Variable[] {
  if (!/^(?:set|operation|store|push)$/.test(each.k)) return []
  return readBy(each).flatMap(atom => {
    if (!isVariable(atom) || !asked.memory.isActive(atom)) return []
    const inner = asked.inlined.get(atom)
    return inner ? leavesOf(asked, inner) : [atom]
  })
}

/** Whether a statement adds to its own variable, or subtracts from it. */
export function addsTo(asked: StepQuestion, each: Statement, variable: Variable): boolean {
  if (each.k !== 'operation' || !/^(?:add|sub)$/.test(each.rule)) return false
  const [a, b] = each.operands as [Atom, Atom]
  const goesOn = (atom: Atom): boolean => {
    if (atom === variable) return true
    const inner = isVariable(atom) ? asked.inlined.get(atom) : undefined
    return inner !== undefined && addsTo(asked, inner, variable)
  }
  return goesOn(a) || (each.rule === 'add' && goesOn(b))
}
