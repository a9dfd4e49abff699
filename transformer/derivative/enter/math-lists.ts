/**
 * `Math.max`, `min` and `hypot` of a list that is spread: the derivatives are those of one operation of all its numbers.
 * It must not know derivatives.
 */
import type ts from 'typescript'
import { FLOW, sharedRule } from '../rows.ts'
import { type Atom, isVariable, type Template, type Variable } from '../structured.ts'
import { made } from './arrays.ts'
import { mayAssign } from './assignments.ts'
import type { Enter, Iterated } from './context.ts'

/** The value, or the list that is spread, of each argument. */
type Listed = readonly (Atom | Iterated)[]

export function mathOfList(enter: Enter, name: 'max' | 'min' | 'hypot', node: ts.CallExpression): Atom {
  const { ts } = enter
  const values = node.arguments.map((each, i): Atom | Iterated => {
    if (ts.isSpreadElement(each)) return enter.iterated(each.expression)
    const value = enter.atom(each)
    const isAtRisk = isVariable(value) && node.arguments.slice(i + 1).some(later => mayAssign(enter, later))
    return isAtRisk ? enter.settled(value) : value
  })
  return name === 'hypot' ? hypotOf(enter, values) : selected(enter, name, values)
}

function eachOf(enter: Enter, values: Listed, work: (value: Atom) => void): void {
  for (const each of values)
    if (typeof each === 'string' || 'wanted' in each) work(each)
    else enter.each(each.array, each.kind, (found, index) => void work(enter.visited(each, found, index)))
}

/** What JavaScript itself gives for all of them. */
function nativeValue(enter: Enter, name: string, values: Listed): Variable {
  const texts = values.map((each): Template => {
    if (typeof each === 'string' || 'wanted' in each) return [each]
    return ['...', each.array, ...(each.of === 'keys' ? ['.keys()'] : [])]
  })
  return enter.constant(`Math.${name}(`, ...texts.flatMap((each, i) => (i === 0 ? each : [', ', ...each])), ')')
}

/** One after the other; a tie of the first k with another one leaves k of k + 1 parts to them. */
function selected(enter: Enter, name: 'max' | 'min', values: Listed): Atom {
  const total = enter.changing(name, 'scalar')
  const ties = enter.changing('ties', 'scalar')
  const most = nativeValue(enter, name, values)
  enter.set(total, name === 'max' ? '-Infinity' : 'Infinity')
  enter.set(ties, '0')
  eachOf(enter, values, value => {
    const [before, count] = [enter.copied(total), enter.copied(ties)]
    const after = enter.operation(sharedRule(name), [before, value, count, most], name)
    enter.set(total, after)
    const [isNew, isTied] = [enter.constant(value, ' === ', after), enter.constant(before, ' === ', after)]
    enter.set(ties, enter.constant(isNew, ' ? (', isTied, ' ? ', count, ' + 1 : 1) : ', count))
  })
  return enter.copied(total)
}

/** Each number x has the partial x / y; for second derivatives the y in it moves too, as a value that has these partials says. */
function hypotOf(enter: Enter, values: Listed): Atom {
  const [first] = values
  const isList = values.length === 1 && typeof first === 'object' && 'of' in first && first.of === 'values'
  const xs: Listed = [{ array: isList ? first.array : oneList(enter, values), kind: 'scalar', of: 'values' }]
  const y = nativeValue(enter, 'hypot', xs)
  const folded = (start: Atom, step: (total: Variable, x: Atom) => Atom) => {
    const total = enter.changing('total', 'scalar')
    enter.set(total, start)
    eachOf(enter, xs, x => enter.set(total, step(enter.copied(total), x)))
    return enter.copied(total)
  }
  const flowing = (partial: (x: Atom) => Atom) =>
    folded(y, (total, x) => enter.operation(FLOW, [total, partial(x), x], 'total'))
  const once = flowing(x => enter.constant(y, ' === 0 ? 0 : ', x, ' / ', y))
  if (enter.order === 1) return once
  const result = enter.changing('hypot', 'scalar')
  // a kink
  const whenTrue = enter.block(() =>
    enter.set(
      result,
      folded('0', (total, x) => enter.operation('hypot', [total, x])),
    ),
  )
  const whenFalse = enter.block(() =>
    enter.set(
      result,
      flowing(x => enter.operation('div', [x, once], 'part')),
    ),
  )
  enter.emit({ k: 'if', test: enter.constant(y, ' === 0'), whenTrue, whenFalse })
  return enter.copied(result)
}

function oneList(enter: Enter, values: Listed): Variable {
  const list = made(enter, 'array')
  eachOf(enter, values, from => enter.emit({ k: 'push', to: list, from }))
  return list
}
