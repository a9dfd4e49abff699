/**
 * A function with fewer variables that means the same: copies stand for what they copy, and a result goes straight to where it is assigned.
 * It must not know derivatives.
 */
import { memoryOf } from '../memory.ts'
import {
  type Atom,
  allIn,
  allOf,
  blocksOf,
  isMadeUpName,
  isVariable,
  readBy,
  type Statement,
  type Statements,
  type StructuredFunction,
  targetsIn,
  type Variable,
  withoutUnused,
} from '../structured.ts'
import { bodiesOf, sharedIn } from './captured.ts'

export function simplified(f: StructuredFunction): StructuredFunction {
  let found = withoutUnused(f)
  for (;;) {
    // those of what never changes first: the others ask how long what they copy stays the same
    const fixed = withoutCopies(found, true)
    const next = fixed === found ? retargeted(withoutCopies(found, false)) : fixed
    if (next === found) return withoutUnused(found)
    found = next
  }
}

/** The variables that a statement, and those inside of it, assign. */
export function assignedBy(statement: Statement): ReadonlySet<Variable> {
  const known = targets.get(statement)
  if (known) return known
  const found = targetsIn(allOf([statement]))
  targets.set(statement, found)
  return found
}
const targets = new WeakMap<Statement, ReadonlySet<Variable>>()

/** Whether a statement, or one inside of it, reads or assigns a variable. */
export function isMentionedBy(statement: Statement, variable: Variable): boolean {
  let found = mentioned.get(statement)
  if (!found) {
    found = new Set(assignedBy(statement))
    for (const each of allOf([statement])) for (const atom of readBy(each)) if (isVariable(atom)) found.add(atom)
    mentioned.set(statement, found)
  }
  return found.has(variable)
}
const mentioned = new WeakMap<Statement, Set<Variable>>()

/** The function with other atoms in the places of some. */
function withAtoms(f: StructuredFunction, by: ReadonlyMap<Variable, Atom>, without: ReadonlySet<Statement>) {
  const one = (atom: Atom): Atom => {
    let at = atom
    while (isVariable(at) && by.has(at)) at = by.get(at)!
    return at
  }
  const block = (all: Statements): Statements => all.filter(each => !without.has(each)).map(statement)
  const statement = (each: Statement): Statement => {
    const own = withRead(each, one)
    if (own.k === 'if') return { ...own, whenTrue: block(own.whenTrue), whenFalse: block(own.whenFalse) }
    return own.k === 'loop' ? { ...own, before: block(own.before), body: block(own.body) } : own
  }
  const units = f.units.map(unit => ({ ...unit, body: block(unit.body), result: one(unit.result) }))
  return { ...f, body: block(f.body), units, result: one(f.result) }
}

/** A statement that reads other atoms. */
function withRead(each: Statement, one: (atom: Atom) => Atom): Statement {
  const variable = (of: Variable) => one(of) as Variable
  switch (each.k) {
    case 'set':
      return { ...each, from: one(each.from) }
    case 'operation':
    case 'call':
      return { ...each, operands: each.operands.map(of => one(of)) }
    case 'constant':
    case 'throw':
    case 'effect':
      return { ...each, text: each.text.map(of => one(of)) }
    case 'make':
      return each.length === undefined ? each : { ...each, length: one(each.length) }
    case 'load':
      return { ...each, from: variable(each.from), key: one(each.key) }
    case 'store':
      return { ...each, to: variable(each.to), key: one(each.key), from: one(each.from) }
    case 'push':
      return { ...each, to: variable(each.to), from: one(each.from) }
    case 'dense':
      return { ...each, of: variable(each.of), key: one(each.key) }
    case 'shrink':
      return { ...each, of: variable(each.of), to: one(each.to) }
    case 'if':
    case 'loop':
      return { ...each, test: one(each.test) }
  }
}

/** How often each variable is read, and the statements that read it. */
function readsOf(f: StructuredFunction) {
  const count = new Map<Variable, number>()
  const templates = new Set<Variable>()
  const add = (atom: Atom) => {
    if (isVariable(atom)) count.set(atom, (count.get(atom) ?? 0) + 1)
  }
  for (const each of allIn(f)) {
    for (const atom of readBy(each)) add(atom)
    if (each.k === 'constant' || each.k === 'throw' || each.k === 'effect' || each.k === 'if' || each.k === 'loop')
      for (const atom of readBy(each)) if (isVariable(atom)) templates.add(atom)
  }
  for (const { result } of [f, ...f.units]) add(result)
  return { count, templates }
}

function withoutCopies(f: StructuredFunction, ofFixed: boolean): StructuredFunction {
  const { templates } = readsOf(f)
  const shared = sharedIn(f)
  const results = new Set<Atom>(f.units.map(({ result }) => result))
  const by = new Map<Variable, Atom>()
  const without = new Set<Statement>()
  const written = new Set<Variable>()
  const block = (all: Statements) => {
    for (const [i, each] of all.entries()) {
      for (const inner of blocksOf(each)) block(inner)
      if (each.k !== 'set' || !each.target.isFixed || each.target === each.from) continue
      const { target, from } = each
      if (ofFixed !== (!isVariable(from) || from.isFixed)) continue
      if (shared.has(target) || (isVariable(from) && !from.isFixed && (shared.has(from) || results.has(target))))
        continue
      const isSafe = isVariable(from)
        ? from.isFixed || isUnchanged(all, i, target, from, f)
        : /^\d/.test(from) && !templates.has(target)
      // one at a time for each variable that changes
      if (!isSafe || (isVariable(from) && written.has(from) && !from.isFixed)) continue
      if (isVariable(from)) {
        written.add(from)
        if (from.isFixed && isMadeUpName(from.wanted) && !from.outer) from.wanted = target.wanted
      }
      by.set(target, from)
      without.add(each)
    }
  }
  bodiesOf(f).forEach(block)
  return by.size === 0 ? f : withAtoms(f, by, without)
}

/** Whether a copy at a place of a block is only read while what it copies is the same. */
function isUnchanged(all: Statements, at: number, copy: Variable, from: Variable, f: StructuredFunction): boolean {
  let last = at
  for (let i = at + 1; i < all.length; i++) if (isMentionedBy(all[i]!, copy)) last = i
  if (f.result === copy) {
    if (all !== f.body) return false
    last = all.length - 1
  }
  for (let i = at + 1; i <= last; i++) {
    const each = all[i]!
    if (!assignedBy(each).has(from)) continue
    const isOwnStep = i === last && f.result !== copy && blocksOf(each).length === 0
    if (!isOwnStep) return false
  }
  // all that reads it is behind it, in its block
  const inside = all.slice(at + 1).reduce((sum, each) => sum + readCount(each, copy), 0)
  return inside + (f.result === copy ? 1 : 0) === (readsOf(f).count.get(copy) ?? 0)
}
const readCount = (statement: Statement, variable: Variable) => {
  let found = 0
  for (const each of allOf([statement])) for (const atom of readBy(each)) if (atom === variable) found++
  return found
}

/** `t = a + b; s = t` is `s = a + b`. */
function retargeted(f: StructuredFunction): StructuredFunction {
  const { count } = readsOf(f)
  let isChanged = false
  const block = (all: Statements): Statements => {
    let found: Statement[] = all.map(each => {
      if (each.k === 'if') {
        const [whenTrue, whenFalse] = [block(each.whenTrue), block(each.whenFalse)]
        return whenTrue === each.whenTrue && whenFalse === each.whenFalse ? each : { ...each, whenTrue, whenFalse }
      }
      if (each.k !== 'loop') return each
      const [before, body] = [block(each.before), block(each.body)]
      return before === each.before && body === each.body ? each : { ...each, before, body }
    })
    for (let i = 0; i < found.length; i++) {
      const each = found[i]!
      if (each.k !== 'operation' && each.k !== 'load' && each.k !== 'constant') continue
      const { target } = each
      if (!target.isFixed || count.get(target) !== 1) continue
      const at = found.findIndex((other, j) => j > i && other.k === 'set' && other.from === target)
      const to = at === -1 ? undefined : (found[at] as Statement & { k: 'set' }).target
      if (!to || found.slice(i + 1, at).some(other => isMentionedBy(other, to))) continue
      found = [...found.slice(0, i), { ...each, target: to }, ...found.slice(i + 1, at), ...found.slice(at + 1)]
      isChanged = true
    }
    return found.length === all.length && found.every((each, i) => each === all[i]) ? all : found
  }
  const body = block(f.body)
  const units = f.units.map(unit => ({ ...unit, body: block(unit.body) }))
  return isChanged ? { ...f, body, units } : f
}

/** The function with a variable for each captured name that it reads, once and in its place: an unknown call may change what it means. */
export function withNamesRead(f: StructuredFunction): StructuredFunction {
  const isRead = (atom: Atom) => (isVariable(atom) ? atom.outer !== undefined : isName(atom))
  const read = (into: Statement[]) => (atom: Atom) => {
    if (!isRead(atom)) return atom
    const [kind, wanted] = isVariable(atom)
      ? [atom.kind, atom.wanted]
      : (['scalar', /[\p{ID_Continue}$]+(?=$| as any\))/u.exec(atom)![0]] as const)
    const target: Variable = { wanted, kind, isFixed: true }
    into.push({ k: 'effect', target, text: [atom], mayWrite: false, isPure: true })
    return target
  }
  const block = (all: Statements): Statements =>
    all.flatMap((each): Statements => {
      const before: Statement[] = []
      if (each.k === 'loop') {
        const test = read(before)(each.test)
        return [{ ...each, before: [...block(each.before), ...before], test, body: block(each.body) }]
      }
      if (each.k === 'constant')
        return [each.text.some(isRead) ? { ...each, k: 'effect', mayWrite: false, isPure: true } : each]
      const own = each.k === 'throw' || each.k === 'effect' ? each : withRead(each, read(before))
      if (own.k !== 'if') return [...before, own]
      return [...before, { ...own, whenTrue: block(own.whenTrue), whenFalse: block(own.whenFalse) }]
    })
  return { ...f, body: block(f.body), units: f.units.map(unit => ({ ...unit, body: block(unit.body) })) }
}

/** Whether a text mentions something that is captured. */
const isName = (text: string) => {
  const without = text.replace(
    /\bMath\.\w+|\b(?:NaN|Infinity|undefined|null|true|false|typeof|in|instanceof|length)\b|\d[eE]/g,
    '',
  )
  return !text.startsWith('"') && /[\p{L}_$]/u.test(without)
}

/** Lengths in tests as values of their own, and pushes as writes at indices where other writes may let the same array grow: then its last element need not be the last one pushed. */
export function withStores(f: StructuredFunction): StructuredFunction {
  const memory = memoryOf(f)
  const meets = (a: Variable, b: Variable) => [...memory.placesOf(a)].some(place => memory.placesOf(b).has(place))
  const isIndexed = (each: Statement): each is Statement & { k: 'store' } =>
    each.k === 'store' && !(typeof each.key === 'string' && each.key.startsWith('"'))
  const isWritten = (to: Variable) =>
    allIn(f).some(each => (each.k === 'shrink' ? meets(each.of, to) : isIndexed(each) && meets(each.to, to)))
  const block = (all: Statements): Statements => {
    /** How many elements an array has that was made in this block. */
    const lengths = new Map<Variable, number>()
    return all.flatMap((each): Statement[] => {
      if (each.k === 'constant' && each.text.length === 4 && each.text[3] === '.length' && each.text[1] === ' < ') {
        const length: Variable = { wanted: 'length', kind: 'scalar', isFixed: true }
        const [index, sign, array] = each.text as [Atom, Atom, Atom]
        return [
          { k: 'constant', target: length, text: [array, '.length'] },
          { ...each, text: [index, sign, length] },
        ]
      }
      if (each.k === 'make' && each.of === 'array' && each.target.isFixed) lengths.set(each.target, 0)
      if (/^(?:if|loop|store|shrink|call)$/.test(each.k)) lengths.clear()
      if (each.k === 'push' && !lengths.has(each.to)) lengths.clear()
      if (each.k === 'if') return [{ ...each, whenTrue: block(each.whenTrue), whenFalse: block(each.whenFalse) }]
      if (each.k === 'loop') return [{ ...each, before: block(each.before), body: block(each.body) }]
      if (each.k !== 'push') return [each]
      const { to, from } = each
      const length = lengths.get(to)
      if (length !== undefined) lengths.set(to, length + 1)
      if (!memory.isShadowed(to) || !isWritten(to)) return [each]
      const key: Atom = length === undefined ? { wanted: 'at', kind: 'scalar', isFixed: true } : `${length}`
      const count: Statement[] = isVariable(key) ? [{ k: 'constant', target: key, text: [to, '.length'] }] : []
      return [...count, { k: 'store', to, key, from }]
    })
  }
  return { ...f, body: block(f.body), units: f.units.map(unit => ({ ...unit, body: block(unit.body) })) }
}
