/**
 * A function whose small records and lists are variables, one for each part, where nothing needs them as a whole: what is made in each
 * turn of a loop is then neither allocated nor kept. It must not know derivatives.
 */
import {
  type Atom,
  allIn,
  blocksOf,
  isVariable,
  readBy,
  type Statement,
  type Statements,
  type StructuredFunction,
  type Variable,
} from '../structured.ts'
import { bodiesOf, sharedIn } from './captured.ts'
import { isMentionedBy } from './simplified.ts'

/** Above this a record is no short text any more. */
const MOST_PARTS = 16

type Make = Statement & { readonly k: 'make' }
type FirstStore = Statement & { readonly k: 'store' | 'push' }

/** Variables that may hold the same records, all of one form. */
interface Family {
  readonly members: Set<Variable>
  readonly makes: Make[]
  /** The kind of each part, by its key. */
  readonly kinds: Map<string, Variable['kind']>
  /** The stores that give a record its parts before anything else sees it, with the keys of these. */
  readonly first: Map<Statement, string>
  isWhole: boolean
  isWritten: boolean
}

/** Parts of parts too. */
export function parted(given: StructuredFunction): StructuredFunction {
  for (let f = given; ; ) {
    const next = withParts(f)
    if (next === f) return f
    f = next
  }
}

function withParts(f: StructuredFunction): StructuredFunction {
  const families = familiesOf(f)
  for (const body of bodiesOf(f)) noteMade(body, families)
  for (const each of allIn(f)) noteUse(each, families)
  const shared = sharedIn(f)
  const held = [...f.parameters, ...f.units.flatMap(unit => [...unit.parameters, unit.result]), f.result, ...shared]
  for (const each of held) ofWhole(families, each)
  const chosen = new Map([...families].filter(([, family]) => canBeParted(family)))
  return chosen.size === 0 ? f : takenApart(f, chosen)
}

const canBeParted = ({ makes, kinds, members, isWhole, isWritten }: Family) =>
  !isWhole &&
  makes.length > 0 &&
  kinds.size <= MOST_PARTS &&
  // a record with two names is the same record: a write by one is seen by the other
  (!isWritten || members.size === 1)

// ---- families

function familiesOf(f: StructuredFunction): Map<Variable, Family> {
  const families = new Map<Variable, Family>()
  const familyOf = (variable: Variable) => {
    const known: Family = families.get(variable) ?? {
      members: new Set([variable]),
      makes: [],
      kinds: new Map(),
      first: new Map(),
      isWhole: variable.outer !== undefined,
      isWritten: false,
    }
    families.set(variable, known)
    return known
  }
  for (const each of allIn(f)) {
    if (each.k === 'make' && each.of !== 'typed') familyOf(each.target).makes.push(each)
    if (each.k !== 'set' || each.target.kind !== 'reference') continue
    const own = familyOf(each.target)
    if (!isVariable(each.from)) own.isWhole = true
    else if (familyOf(each.from) !== own) joinFamilies(own, familyOf(each.from), families)
  }
  return families
}

function joinFamilies(one: Family, other: Family, families: Map<Variable, Family>): void {
  for (const each of other.members) {
    one.members.add(each)
    families.set(each, one)
  }
  one.makes.push(...other.makes)
  one.isWhole ||= other.isWhole
}

function ofWhole(families: ReadonlyMap<Variable, Family>, atom: Atom | undefined): void {
  const family = atom !== undefined && isVariable(atom) ? families.get(atom) : undefined
  if (family) family.isWhole = true
}

/** What each record holds where it is made. */
function noteMade(block: Statements, families: ReadonlyMap<Variable, Family>): void {
  for (const [i, each] of block.entries()) {
    for (const inner of blocksOf(each)) noteMade(inner, families)
    if (each.k !== 'make' || each.of === 'typed') continue
    const family = families.get(each.target)!
    const parts = firstParts(block, i, each.target)
    const kinds = new Map([...parts].map(([key, store]) => [key, kindOfStored(store.from)]))
    for (const [key, store] of parts) family.first.set(store, key)
    const isSame = family.kinds.size === 0 || hasSameKinds(family.kinds, kinds)
    const isKnown = each.target.isFixed && kinds.size > 0 && [...kinds.values()].every(kind => kind !== undefined)
    if (!isSame || !isKnown) family.isWhole = true
    else for (const [key, kind] of kinds) family.kinds.set(key, kind!)
  }
}

const hasSameKinds = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>) =>
  a.size === b.size && [...a].every(([key, kind]) => b.get(key) === kind)

/** A literal that is no number may stand for a part that is missing. */
const kindOfStored = (atom: Atom): Variable['kind'] | undefined =>
  isVariable(atom) ? atom.kind : /^(?:-?[\d.]|NaN$|-?Infinity$)/.test(atom) ? 'scalar' : undefined

/** The first stores into a record that is made at a place of a block, until something else mentions it. */
function firstParts(block: Statements, at: number, made: Variable): ReadonlyMap<string, FirstStore> {
  const found = new Map<string, FirstStore>()
  for (let i = at + 1; i < block.length; i++) {
    const each = block[i]!
    const isStore = (each.k === 'store' || each.k === 'push') && each.to === made && each.from !== made
    const key = isStore ? (each.k === 'push' ? `${found.size}` : each.key) : undefined
    if (isStore && typeof key === 'string' && !found.has(key)) found.set(key, each)
    else if (isMentionedBy(each, made)) break
  }
  return found
}

/** What a statement asks of the records that it mentions. */
function noteUse(each: Statement, families: ReadonlyMap<Variable, Family>): void {
  const isPart = (of: Variable, key: Atom) => typeof key === 'string' && families.get(of)?.kinds.has(key)
  switch (each.k) {
    case 'set':
    case 'make':
      return
    case 'load': {
      const kind = typeof each.key === 'string' && families.get(each.from)?.kinds.get(each.key)
      if (kind !== each.target.kind) ofWhole(families, each.from)
      // what is loaded from elsewhere has no parts of its own
      return ofWhole(families, each.target)
    }
    case 'store': {
      ofWhole(families, each.from)
      const family = families.get(each.to)
      if (!family || family.first.has(each)) return
      family.isWritten = true
      if (!isPart(each.to, each.key) || kindOfStored(each.from) !== family.kinds.get(each.key as string))
        family.isWhole = true
      return
    }
    case 'push':
      ofWhole(families, each.from)
      if (!families.get(each.to)?.first.has(each)) ofWhole(families, each.to)
      return
    case 'dense':
      if (!isPart(each.of, each.key)) ofWhole(families, each.of)
      return
    default:
      for (const atom of [...readBy(each), ...('target' in each ? [each.target] : [])]) ofWhole(families, atom)
      if (each.k === 'call') for (const variable of each.assigns ?? []) ofWhole(families, variable)
  }
}

// ---- the function without them

function takenApart(f: StructuredFunction, families: ReadonlyMap<Variable, Family>): StructuredFunction {
  const partOf = partVariables(f, families)
  const keysOf = (variable: Variable) => [...families.get(variable)!.kinds.keys()]
  const one = (each: Statement): readonly Statement[] => {
    const { at } = each
    const set = (target: Variable, from: Atom): Statement => ({ k: 'set', target, from, at })
    switch (each.k) {
      case 'make':
        return families.has(each.target) ? [] : [each]
      case 'set': {
        const { target, from } = each
        if (!families.has(target)) return [each]
        return keysOf(target).map(key => set(partOf(target, key), partOf(from as Variable, key)))
      }
      case 'load':
        return families.has(each.from) ? [set(each.target, partOf(each.from, each.key as string))] : [each]
      case 'store':
        return families.has(each.to) ? [set(partOf(each.to, each.key as string), each.from)] : [each]
      case 'push': {
        const key = families.get(each.to)?.first.get(each)
        return key === undefined ? [each] : [set(partOf(each.to, key), each.from)]
      }
      case 'dense':
        return families.has(each.of) ? [] : [each]
      case 'if':
        return [{ ...each, whenTrue: block(each.whenTrue), whenFalse: block(each.whenFalse) }]
      case 'loop':
        return [{ ...each, before: block(each.before), body: block(each.body) }]
      default:
        return [each]
    }
  }
  const block = (all: Statements): Statements => all.flatMap(one)
  return { ...f, body: block(f.body), units: f.units.map(unit => ({ ...unit, body: block(unit.body) })) }
}

/** The variable of each part, made when it is asked for first. */
function partVariables(f: StructuredFunction, families: ReadonlyMap<Variable, Family>) {
  const known = new Map<Variable, Map<string, Variable>>()
  const isChanged = (of: Variable, key: string) =>
    allIn(f).some(
      each => each.k === 'store' && each.to === of && each.key === key && !families.get(of)!.first.has(each),
    )
  return (of: Variable, key: string): Variable => {
    const own = known.get(of) ?? new Map<string, Variable>()
    known.set(of, own)
    const made = (): Variable => ({
      wanted: nameOfPart(of, key),
      kind: families.get(of)!.kinds.get(key)!,
      isFixed: of.isFixed && !isChanged(of, key),
    })
    const part = own.get(key) ?? made()
    own.set(key, part)
    return part
  }
}

/** `sX` for `s.x`; the parts of what has no name of its own are called after their keys. */
function nameOfPart({ wanted }: Variable, key: string): string {
  const own = key.replace(/^"|"$/g, '').replace(/[^\p{ID_Continue}$]/gu, '')
  if (/^\d/.test(own)) return wanted === 'list' ? 'part' : `${wanted}${own}`
  return wanted === 'record' ? own || 'part' : `${wanted}${own.charAt(0).toUpperCase()}${own.slice(1)}`
}
