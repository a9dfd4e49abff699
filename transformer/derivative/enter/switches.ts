/**
 * `switch`: the clause that a value chooses, and the clauses behind it until one jumps. It must not know derivatives.
 */
import type ts from 'typescript'
import { asStored, asVariable, type Enter, type Escape } from './context.ts'
import { escapesBut, guarded, nowhere } from './jumps.ts'
import { equalityOf } from './operators.ts'
import { comparable } from './outer-types.ts'

export function switchesOf(enter: Enter): Pick<Enter, 'switchStatement'> {
  const { ts } = enter

  /** The number of the clause that is chosen; the number of clauses for none. */
  const chosenClause = (node: ts.SwitchStatement) => {
    const { clauses } = node.caseBlock
    const given = enter.settled(asStored(enter.value(node.expression), node.expression))
    const value = () => asVariable(enter, comparable(given))
    const place = enter.changing('clause', 'scalar')
    const otherwise = clauses.findIndex(ts.isDefaultClause)
    enter.set(place, '-1')
    for (const [i, clause] of clauses.entries()) {
      if (ts.isDefaultClause(clause)) continue
      const tried = enter.block(() => {
        const expected = asStored(enter.value(clause.expression), clause.expression)
        const known = equalityOf(given, '===', expected)
        if (known === 'true') enter.set(place, `${i}`)
        if (known) return
        const whenTrue = enter.block(() => enter.set(place, `${i}`))
        enter.emit({ k: 'if', test: enter.constant(value(), ' === ', comparable(expected)), whenTrue, whenFalse: [] })
      })
      enter.emit({ k: 'if', test: enter.constant(place, ' < 0'), whenTrue: tried, whenFalse: [] })
    }
    const last = enter.block(() => enter.set(place, `${otherwise === -1 ? clauses.length : otherwise}`))
    enter.emit({ k: 'if', test: enter.constant(place, ' < 0'), whenTrue: last, whenFalse: [] })
    return place
  }

  const switchStatement: Enter['switchStatement'] = (node, labels) => {
    const place = chosenClause(node)
    const stopped = enter.changing('stopped', 'scalar')
    enter.set(stopped, 'false')
    const { targets } = enter.activations.at(-1)!
    targets.push({ labels, stopped })
    let so: Escape = nowhere
    for (const [i, { statements }] of node.caseBlock.clauses.entries()) {
      if (statements.length === 0) continue
      so = guarded(enter, { ...so, always: false }, () => {
        let inside = nowhere
        const whenTrue = enter.block(() => {
          inside = enter.statements(statements)
        })
        enter.emit({ k: 'if', test: enter.constant(place, ` <= ${i}`), whenTrue, whenFalse: [] })
        return inside
      })
    }
    targets.pop()
    return escapesBut(so, stopped)
  }

  return { switchStatement }
}
