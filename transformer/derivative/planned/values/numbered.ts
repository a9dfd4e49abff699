/**
 * Gives the same value to the same computation, in the order in which statements run. It must not know when memory is written, nor what
 * values are for.
 */
import {
  type Atom,
  allIn,
  allOf,
  isVariable,
  readBy,
  type Statement,
  type Statements,
  type StructuredFunction,
  targetsIn,
  type Variable,
} from '../../structured.ts'
import { sharedIn } from '../captured.ts'
import { countedLoop, steppedVariables } from './counted.ts'
import {
  type CountedLoop,
  isInsideBlock,
  isWholeValue,
  type PrimalValue,
  type PrimalValues,
  readsMemory,
  type SteppedVariable,
} from './value.ts'

export type Numbered = Pick<PrimalValues, 'read' | 'result' | 'counted' | 'stepped' | 'turns'> & {
  blockOf(statement: Statement): Statements
}

/** What is asked of loads and of loops around. */
export interface NumberingQuestion {
  readonly parents: PrimalValues['parents']
  isStable(statement: Statement): boolean
  /** Loops that are known to count. */
  readonly counted: PrimalValues['counted']
}

/** What each variable holds at a place. */
type Holders = Map<Variable, PrimalValue>

interface Numbering {
  readonly asked: NumberingQuestion
  readonly shared: ReadonlySet<Variable>
  readonly reads: Map<Statement, readonly PrimalValue[]>
  readonly results: Map<Statement, PrimalValue>
  readonly loops: Map<Statement, CountedLoop>
  readonly stepped: Map<Statement, readonly SteppedVariable[]>
  readonly blocks: Map<Statement, Statements>
  readonly turns: Map<Statement, PrimalValue>
  readonly texts: Map<string, PrimalValue>
  readonly outers: Map<Variable, PrimalValue>
  readonly same: Map<string, PrimalValue[]>
  readonly ids: Map<PrimalValue, number>
}

export function numbered(f: StructuredFunction, asked: NumberingQuestion): Numbered {
  const numbering: Numbering = {
    asked,
    shared: sharedIn(f),
    reads: new Map(),
    results: new Map(),
    loops: new Map(),
    stepped: new Map(),
    blocks: new Map(),
    turns: new Map(),
    texts: new Map(),
    outers: new Map(),
    same: new Map(),
    ids: new Map(),
  }
  bodies(numbering, f)
  return {
    read: each => numbering.reads.get(each)!,
    result: each => numbering.results.get(each)!,
    counted: each => numbering.loops.get(each),
    stepped: each => numbering.stepped.get(each)!,
    turns: each => numbering.turns.get(each)!,
    blockOf: each => numbering.blocks.get(each)!,
  }
}

function bodies(numbering: Numbering, f: StructuredFunction): void {
  const given = f.parameters.map(each => [each, parameterOf(each)] as const)
  block(numbering, f.body, new Map(given))
  const assigned = new Set(allIn(f).flatMap(each => [...targetsIn([each])]))
  const once = targetsIn(f.body)
  // what a unit captures, and never changes, is there when it runs backwards; all else is kept by each of its calls
  const captured = [...numbering.shared].filter(each => !given.some(([one]) => one === each && !assigned.has(one)))
  const outside = new Map(given.filter(([each]) => !assigned.has(each)))
  for (const each of captured) if (each.isFixed && once.has(each)) outside.set(each, parameterOf(each))
  for (const { parameters, body } of f.units) {
    const entry = (holder: Variable): PrimalValue => ({ k: 'merge', args: [], text: '', home: body, holder })
    const held: Holders = new Map(outside)
    for (const each of captured) if (!held.has(each)) held.set(each, entry(each))
    for (const each of parameters) held.set(each, entry(each))
    block(numbering, body, held)
  }
}

const parameterOf = (holder: Variable): PrimalValue => ({ k: 'parameter', args: [], text: '', home: undefined, holder })

const merged = (by: Statement, home: Statements, holder: Variable): PrimalValue => ({
  k: 'merge',
  args: [],
  text: '',
  home,
  holder,
  by,
})

// ---- values

function textValue({ texts }: Numbering, text: string): PrimalValue {
  const known = texts.get(text) ?? { k: 'text', args: [], text, home: undefined }
  texts.set(text, known)
  return known
}

function valueAt(numbering: Numbering, atom: Atom, held: Holders): PrimalValue {
  const { outers, shared } = numbering
  if (!isVariable(atom)) return textValue(numbering, atom)
  if (atom.outer !== undefined) {
    const known = outers.get(atom) ?? { ...textValue(numbering, atom.outer), holder: atom }
    outers.set(atom, known)
    return known
  }
  const found = held.get(atom) ?? (shared.has(atom) ? textValue(numbering, 'undefined') : undefined)
  if (!found) throw new Error(`a derivative reads '${atom.wanted}', which nothing assigns before`)
  return found
}

/** One value for the same computation, where an earlier one has always run. */
function numberedOnce({ asked, same, ids }: Numbering, value: PrimalValue): PrimalValue {
  const idOf = (each: PrimalValue) => {
    if (!ids.has(each)) ids.set(each, ids.size)
    return ids.get(each)!
  }
  const key = `${value.k} ${value.text} ${value.args.map(idOf).join(' ')}`
  const known = same.get(key) ?? []
  const earlier = known.find(each => isInsideBlock(value.home, each.home!, asked.parents))
  if (earlier) return earlier
  same.set(key, [...known, value])
  return value
}

function computedValue(numbering: Numbering, each: Statement, home: Statements, held: Holders): PrimalValue {
  const { isStable } = numbering.asked
  const args = readBy(each).map(atom => valueAt(numbering, atom, held))
  const own = { args, home, by: each, ...('target' in each && each.target && { holder: each.target }) }
  switch (each.k) {
    case 'operation':
      return numberedOnce(numbering, { ...own, k: 'operation', text: each.rule })
    case 'constant': {
      const text = each.text.map(atom => (isVariable(atom) ? '§' : atom)).join('')
      const value: PrimalValue = { ...own, k: 'constant', text }
      return readsMemory(each) && !isStable(each) ? value : numberedOnce(numbering, value)
    }
    case 'load': {
      const value: PrimalValue = { ...own, k: 'load', text: '' }
      return isStable(each) ? numberedOnce(numbering, value) : value
    }
    case 'make':
    case 'effect':
    case 'call':
      return { ...own, k: 'made', text: '' }
    default:
      return args[0]!
  }
}

// ---- statements

function block(numbering: Numbering, all: Statements, held: Holders): void {
  for (const each of all) {
    numbering.blocks.set(each, all)
    if (each.k === 'if') numberChoice(numbering, each, all, held)
    else if (each.k === 'loop') loop(numbering, each, all, held)
    else {
      numbering.reads.set(
        each,
        readBy(each).map(atom => valueAt(numbering, atom, held)),
      )
      if (each.k === 'call') for (const one of each.assigns ?? []) held.set(one, merged(each, all, one))
      if (!('target' in each) || !each.target) continue
      const value = computedValue(numbering, each, all, held)
      numbering.results.set(each, value)
      held.set(each.target, value)
    }
  }
}

function numberChoice(numbering: Numbering, each: Statement & { k: 'if' }, all: Statements, held: Holders): void {
  numbering.reads.set(each, [valueAt(numbering, each.test, held)])
  const [yes, no] = [new Map(held), new Map(held)]
  block(numbering, each.whenTrue, yes)
  block(numbering, each.whenFalse, no)
  for (const variable of new Set([...yes.keys(), ...no.keys()])) {
    const [a, b] = [yes.get(variable), no.get(variable)]
    held.set(variable, a === b && a ? a : merged(each, all, variable))
  }
}

function loop(numbering: Numbering, each: Statement & { k: 'loop' }, all: Statements, held: Holders): void {
  const { asked, reads, turns, loops } = numbering
  const before = new Map(held)
  const targets = targetsIn([...allOf(each.before), ...allOf(each.body)])
  for (const variable of targets) if (held.has(variable)) held.set(variable, merged(each, each.body, variable))
  const heads = new Map(held)
  block(numbering, each.before, held)
  reads.set(each, [valueAt(numbering, each.test, held)])
  const inside = new Map(held)
  block(numbering, each.body, inside)
  turns.set(each, { k: 'turns', args: [], text: '', home: all, by: each })
  const around = { before, heads, end: inside, reads, isStable: asked.isStable }
  numbering.stepped.set(each, steppedVariables(targets, around))
  const counted = countedLoop(each, around)
  if (counted && isWholeValue(counted.from, asked.counted)) loops.set(each, counted)
  for (const variable of targets) held.set(variable, merged(each, all, variable))
}
