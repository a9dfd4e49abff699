/**
 * Which arrays and records a variable may hold, and which of them, and of the numbers, depend on the arguments.
 * By inclusion: a variable holds what any statement may assign to it. It must not know how a derivative is written.
 */
import { type Atom, allIn, isVariable, type Statement, type StructuredFunction, type Variable } from './structured.ts'

/** Arrays or records that are made at one place, or all that an argument or a captured variable holds. */
export interface Allocation {
  /** The argument or the captured variable; undefined for what the function makes. */
  readonly source?: Variable
  /** The statement that makes it; undefined for what the function was given. */
  readonly by?: Statement
  /** What it holds, by property; all elements of an array are one. */
  readonly contents: Map<string, Set<Allocation>>
  /** The properties that are stored into it, as keys. */
  readonly fields: Set<string>
  /** Whether it holds a number that depends on the arguments. */
  isActive: boolean
}

export interface Memory {
  placesOf(variable: Variable): ReadonlySet<Allocation>
  /** Whether a number depends on the arguments. */
  isActive(atom: Atom): boolean
  /** Whether what a variable holds may have adjoints. */
  isShadowed(variable: Variable): boolean
  /** Whether some of what it holds has none. */
  mayLackShadow(variable: Variable): boolean
}

const ELEMENTS = '*'
const empty = (): Allocation => ({ contents: new Map(), fields: new Set(), isActive: false })
const fieldOf = (key: Atom) => (isVariable(key) || !key.startsWith('"') ? ELEMENTS : key)

export function memoryOf(f: StructuredFunction): Memory {
  const { parameters, inputs, units } = f
  const statements = allIn(f)
  const places = new Map<Variable, Set<Allocation>>()
  const made = new Map<Statement, Allocation>()
  const active = new Set<Variable>(inputs.filter(({ kind }) => kind === 'scalar'))
  let isChanged = true

  const placesOf = (variable: Variable): Set<Allocation> => {
    const known = places.get(variable)
    if (known) return known
    const own = new Set<Allocation>()
    places.set(variable, own)
    if (variable.outer !== undefined) own.add({ ...empty(), source: variable })
    return own
  }
  const contentsOf = (place: Allocation, field: string): Set<Allocation> => {
    // all that an argument holds is the argument's
    if (place.source) return new Set([place])
    const known = place.contents.get(field)
    if (known) return known
    const none = new Set<Allocation>()
    place.contents.set(field, none)
    return none
  }
  const include = (into: Set<Allocation>, from: Iterable<Allocation>) => {
    const before = into.size
    for (const each of from) into.add(each)
    if (into.size > before) isChanged = true
  }
  const activate = (variable: Variable) => {
    if (!active.has(variable)) isChanged = true
    active.add(variable)
  }
  const isActive = (atom: Atom) => isVariable(atom) && active.has(atom)
  const put = (to: Variable, field: string, from: Atom) => {
    for (const place of placesOf(to)) {
      // refused elsewhere
      if (place.source) continue
      place.fields.add(field)
      if (isVariable(from) && from.kind === 'reference') include(contentsOf(place, field), placesOf(from))
      else if (isActive(from) && !place.isActive) {
        place.isActive = true
        isChanged = true
      }
    }
  }
  const flow = (target: Variable, from: Atom) => {
    if (isVariable(from) && from.kind === 'reference') include(placesOf(target), placesOf(from))
    else if (isActive(from)) activate(target)
  }
  const visit = (each: Statement) => {
    // what comes from outside is not the function's to write
    if (each.k === 'effect' && each.target?.kind === 'reference' && placesOf(each.target).size === 0)
      include(placesOf(each.target), [{ ...empty(), source: each.target }])
    if (each.k === 'make') {
      if (!made.has(each)) made.set(each, { ...empty(), by: each })
      include(placesOf(each.target), [made.get(each)!])
    }
    if (each.k === 'set') flow(each.target, each.from)
    if (each.k === 'call') {
      const { parameters, result } = units[each.unit]!
      for (const [i, parameter] of parameters.entries()) flow(parameter, each.operands[i]!)
      if (each.target) flow(each.target, result)
    }
    if (each.k === 'operation' && each.operands.some(isActive)) activate(each.target)
    if (each.k === 'store') put(each.to, fieldOf(each.key), each.from)
    if (each.k === 'push') put(each.to, ELEMENTS, each.from)
    if (each.k !== 'load') return
    for (const place of placesOf(each.from)) {
      if (each.target.kind === 'reference') include(placesOf(each.target), contentsOf(place, fieldOf(each.key)))
      else if (place.isActive) activate(each.target)
    }
  }

  for (const each of parameters)
    if (each.kind === 'reference') placesOf(each).add({ ...empty(), source: each, isActive: inputs.includes(each) })
  while (isChanged) {
    isChanged = false
    statements.forEach(visit)
  }

  const carries = (place: Allocation, seen = new Set<Allocation>()): boolean => {
    if (place.isActive) return true
    if (seen.has(place)) return false
    seen.add(place)
    return [...place.contents.values()].some(all => [...all].some(each => carries(each, seen)))
  }
  return {
    placesOf,
    isActive,
    isShadowed: variable => [...placesOf(variable)].some(each => carries(each)),
    mayLackShadow: variable => [...placesOf(variable)].some(each => !carries(each)),
  }
}
