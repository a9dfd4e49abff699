/**
 * Which results stand in the only place that reads them, as in `s + a * b`, and where variables are seen.
 * It must not know derivatives.
 */

import {
  type Atom,
  allOf,
  blocksOf,
  isVariable,
  readBy,
  type Statement,
  type Statements,
  type StructuredFunction,
  type Variable,
} from '../structured.ts'
import { bodiesOf, sharedIn } from './captured.ts'
import { assignedBy, isMentionedBy } from './simplified.ts'
import { type PrimalValues, readsMemory } from './values/value.ts'

interface ReadAt {
  readonly block: Statements
  readonly index: number
}

/** The statement of each variable that needs no name. */
export function inlinedIn(f: StructuredFunction): ReadonlyMap<Variable, Statement> {
  const count = new Map<Variable, number>()
  const users = new Map<Variable, ReadAt>()
  const use = (atom: Atom, place: ReadAt) => {
    if (!isVariable(atom)) return
    count.set(atom, (count.get(atom) ?? 0) + 1)
    users.set(atom, place)
  }
  const visit = (block: Statements) => {
    for (const [index, each] of block.entries()) {
      const place = each.k === 'loop' ? { block: each.before, index: each.before.length } : { block, index }
      for (const atom of readBy(each)) use(atom, place)
      blocksOf(each).forEach(visit)
    }
  }
  bodiesOf(f).forEach(visit)
  for (const { result } of [f, ...f.units]) use(result, { block: [], index: 0 })

  const found = new Map<Variable, Statement>()
  const fold = (block: Statements) => {
    const roots = new Map<number, number>()
    const inKeys = new Set<Statement>()
    for (let i = block.length - 1; i >= 0; i--) {
      const each = block[i]!
      blocksOf(each).forEach(fold)
      if (each.k !== 'operation' && each.k !== 'constant' && each.k !== 'load') continue
      const { target } = each
      const user = users.get(target)
      if (!target.isFixed || count.get(target) !== 1 || user?.block !== block) continue
      // the same key is read once more for the adjoints, behind the write
      const used = block[user.index]
      // backwards a call hands on to variables
      if (used?.k === 'call') continue
      const isInKey = used !== undefined && (inKeys.has(used) || (used.k === 'store' && used.key === target))
      if (isInKey && readsMemory(each)) continue
      if (isInKey) inKeys.add(each)
      const root = roots.get(user.index) ?? user.index
      if (block.slice(i + 1, root).some(other => mayChange(other, each))) continue
      roots.set(i, root)
      found.set(target, each)
    }
  }
  bodiesOf(f).forEach(fold)
  return found
}

/** Whether a statement may change what another one reads. */
function mayChange(other: Statement, reader: Statement): boolean {
  const atoms = readBy(reader)
  const written = assignedBy(other)
  if (atoms.some(atom => isVariable(atom) && written.has(atom))) return true
  if (!readsMemory(reader)) return false
  for (const each of allOf([other])) if (/^(?:store|push|shrink|effect|call)$/.test(each.k)) return true
  return false
}

/** The innermost block that holds all that reads or assigns a variable. */
export function scopesIn(f: StructuredFunction, parents: PrimalValues['parents']): ReadonlyMap<Variable, Statements> {
  const scopes = new Map<Variable, Statements>()
  const shared = sharedIn(f)
  const depthOf = (block: Statements): number => {
    const parent = parents.get(block)
    return parent ? 1 + depthOf(parent.block) : 0
  }
  const common = (a: Statements, b: Statements): Statements => {
    let [one, other] = [a, b]
    while (one !== other) {
      if (depthOf(one) >= depthOf(other)) one = parents.get(one)!.block
      else other = parents.get(other)!.block
    }
    return one
  }
  const note = (variable: Variable, block: Statements) => {
    const known = scopes.get(variable)
    // what is captured is seen everywhere, also by units
    const isCommon = shared.has(variable) || variable.outer !== undefined
    scopes.set(variable, isCommon ? f.body : known ? common(known, block) : block)
  }
  const visit = (block: Statements) => {
    for (const each of block) {
      for (const atom of readBy(each)) if (isVariable(atom)) note(atom, block)
      if ('target' in each && each.target) note(each.target, block)
      blocksOf(each).forEach(visit)
    }
  }
  bodiesOf(f).forEach(visit)
  for (const { parameters, result, body } of [f, ...f.units])
    for (const each of [...parameters, result]) if (isVariable(each)) note(each, body)
  return scopes
}

/** Whether nothing before a statement of a scope, in the same run of it, reads or assigns a variable. */
export function isFirst(
  statement: Statement,
  variable: Variable,
  block: Statements,
  scope: Statements,
  parents: PrimalValues['parents'],
): boolean {
  let [own, around] = [statement, block]
  for (;;) {
    const index = around.indexOf(own)
    if (around.slice(0, index).some(each => isMentionedBy(each, variable))) return false
    if (around === scope) return true
    const parent = parents.get(around)
    if (!parent || parent.owner.k === 'loop') return false
    own = parent.owner
    around = parent.block
  }
}
