/** Which statements and units have anything to do backwards. It must not write a line. */
import { allOf, isVariable, type Statement, type Unit, type Variable } from '../../structured.ts'
import type { PlannedWriting } from '../writing.ts'

type Asked = Pick<PlannedWriting, 'f' | 'memory'>

/** Whether a statement itself has, without those inside of it. */
export function isReversed(asked: Asked, each: Statement): boolean {
  if (each.k === 'store' || each.k === 'push') return asked.memory.isShadowed(each.to)
  if (each.k === 'call') return isReversedUnit(asked, each.unit)
  return 'target' in each && each.target?.kind === 'scalar' && asked.memory.isActive(each.target)
}

export const isReversedUnit = (asked: Asked, place: number, seen: readonly number[] = []): boolean =>
  allOf(asked.f.units[place]!.body).some(each =>
    each.k === 'call'
      ? !seen.includes(each.unit) && isReversedUnit(asked, each.unit, [...seen, place])
      : isReversed(asked, each),
  )

export const activeParameters = ({ memory }: Asked, { parameters }: Unit): readonly Variable[] =>
  parameters.filter(each => each.kind === 'scalar' && memory.isActive(each))

export const isActiveResult = ({ memory }: Asked, { result }: Unit): boolean =>
  isVariable(result) && result.kind === 'scalar' && memory.isActive(result)
