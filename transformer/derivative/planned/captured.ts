/**
 * What units share with the function around them: a call of one may read and assign variables that stand outside of it.
 * It must not know derivatives.
 */
import {
  type Atom,
  allOf,
  isVariable,
  readBy,
  type Statement,
  type Statements,
  type StructuredFunction,
  targetsIn,
  type Variable,
} from '../structured.ts'

/** The variables that are mentioned in more than one of the function and its units. */
export function sharedIn({ body, parameters, result, units }: StructuredFunction): ReadonlySet<Variable> {
  const places = new Map<Variable, Set<Statements>>()
  const note = (atom: Atom, place: Statements) => {
    if (isVariable(atom) && atom.outer === undefined) places.set(atom, (places.get(atom) ?? new Set()).add(place))
  }
  for (const each of [{ body, parameters, result }, ...units]) {
    for (const atom of [...each.parameters, each.result]) note(atom, each.body)
    for (const statement of allOf(each.body)) {
      const own = statement.k === 'call' ? statement.operands : readBy(statement)
      for (const atom of own) note(atom, each.body)
      if ('target' in statement && statement.target) note(statement.target, each.body)
    }
  }
  return new Set([...places].filter(([, all]) => all.size > 1).map(([variable]) => variable))
}

/** The function whose calls say which variables of the function around a unit they read and assign, also by the units that it calls. */
export function withCaptures(f: StructuredFunction): StructuredFunction {
  if (f.units.length === 0) return f
  const shared = sharedIn(f)
  const reached = f.units.map((_, place) => reachedFrom(f, place))
  const variablesOf = (place: number, own: (statement: Statement) => Iterable<Atom>) => {
    const found = new Set<Variable>()
    for (const unit of reached[place]!)
      for (const each of allOf(f.units[unit]!.body))
        for (const atom of own(each)) if (isVariable(atom) && shared.has(atom)) found.add(atom)
    return [...found]
  }
  const captures = f.units.map((_, place) => ({
    reads: variablesOf(place, readBy),
    assigns: variablesOf(place, each => targetsIn([each])),
  }))
  const block = (all: Statements): Statements =>
    all.map(each => {
      if (each.k === 'if') return { ...each, whenTrue: block(each.whenTrue), whenFalse: block(each.whenFalse) }
      if (each.k === 'loop') return { ...each, before: block(each.before), body: block(each.body) }
      return each.k === 'call' ? { ...each, ...captures[each.unit]! } : each
    })
  return { ...f, body: block(f.body), units: f.units.map(unit => ({ ...unit, body: block(unit.body) })) }
}

/** The units that a unit calls, itself first. */
function reachedFrom({ units }: StructuredFunction, place: number): ReadonlySet<number> {
  const found = new Set([place])
  for (const unit of found) for (const each of allOf(units[unit]!.body)) if (each.k === 'call') found.add(each.unit)
  return found
}

/** The bodies of a function and of its units. */
export const bodiesOf = ({ body, units }: StructuredFunction): readonly Statements[] => [
  body,
  ...units.map(unit => unit.body),
]
