/**
 * Variables of generated text whose type TypeScript would narrow, until a right comparison is an error: `t === 0` around `t === 1`, of a
 * `t` that stands for two texts of the user's. It must not know what they hold.
 */
import { type Formula, formulaParts, type Local } from './formulas.ts'
import { formulasIn, type Line } from './lines.ts'
import { everyLine } from './tidy.ts'

/** The variables that are compared with more than one literal. */
export function narrowedLocals(lines: readonly Line[]): ReadonlySet<Local> {
  const literals = new Map<Local, Set<string>>()
  const compared = (one: Formula, other: Formula) => {
    if (one.k !== 'local' || other.k !== 'text') return
    literals.set(one.local, (literals.get(one.local) ?? new Set()).add(other.text))
  }
  for (const part of everyLine(lines).flatMap(formulasIn).flatMap(formulaParts)) {
    if (part.k !== 'binary' || !/^[!=]==?$/.test(part.sign)) continue
    compared(part.left, part.right)
    compared(part.right, part.left)
  }
  return new Set([...literals].flatMap(([local, { size }]) => (size > 1 ? [local] : [])))
}
