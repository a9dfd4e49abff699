/**
 * What each statement reads, as values: the same value has one name wherever it is computed, so it is known which of them can be had again
 * when the statements run backwards. It must not know what is kept, nor derivatives.
 */
import type { Allocation, Memory } from '../memory.ts'
import {
  type Atom,
  allIn,
  allOf,
  blocksOf,
  isVariable,
  readBy,
  type Statement,
  type Statements,
  type StructuredFunction,
  targetsIn,
  type Variable,
} from '../structured.ts'
import { bodiesOf, sharedIn } from './captured.ts'
import type { DerivativeSettings } from './settings.ts'

export interface PrimalValue {
  readonly k: 'text' | 'parameter' | 'operation' | 'constant' | 'load' | 'made' | 'merge' | 'counter' | 'turns'
  readonly args: readonly PrimalValue[]
  /** The text itself, or the rule. */
  readonly text: string
  /** The block whose run gives it its value; undefined for what is the same everywhere. */
  readonly home: Statements | undefined
  /** The variable that holds it behind its statement. */
  readonly holder?: Variable
  readonly by?: Statement
}

/** `for (let i = from; i < bound; i++)`, or downwards. */
export interface CountedLoop {
  readonly counter: Variable
  readonly value: PrimalValue
  readonly from: PrimalValue
  readonly bound: PrimalValue
  readonly sign: '<' | '<=' | '>' | '>='
  readonly step: 1 | -1
}

export interface PrimalValues {
  /** The values of what a statement reads, in the order of `readBy`. */
  read(statement: Statement): readonly PrimalValue[]
  /** The value of its target. */
  result(statement: Statement): PrimalValue
  counted(loop: Statement): CountedLoop | undefined
  /** Whether what a load, or a length, reads stays the same until the function ends. */
  isStable(statement: Statement): boolean
  turns(loop: Statement): PrimalValue
  readonly parents: ReadonlyMap<Statements, Parent>
}

export interface Parent {
  readonly block: Statements
  readonly owner: Statement
  readonly index: number
}

export function valuesOf(
  f: StructuredFunction,
  memory: Memory,
  settings: Pick<DerivativeSettings, 'memory' | 'counted'>,
): PrimalValues {
  const parents = parentsOf(bodiesOf(f))
  // places first: which loads are stable asks which arrays are meant
  const first = numbered(
    f,
    () => false,
    parents,
    () => undefined,
  )
  const stable = new Map<Statement, boolean>()
  const isStable = (statement: Statement) => {
    if (!settings.memory || hasUnknownCalls(f)) return false
    const known = stable.get(statement) ?? isUntouched(statement, f, memory, first, parents)
    stable.set(statement, known)
    return known
  }
  // a loop inside of another one may begin at its counter
  const { counted } = numbered(f, isStable, parents, () => undefined)
  const values = numbered(f, isStable, parents, counted)
  return { ...values, isStable, parents, counted: settings.counted ? values.counted : () => undefined }
}

function parentsOf(bodies: readonly Statements[]): Map<Statements, Parent> {
  const found = new Map<Statements, Parent>()
  const visit = (block: Statements) =>
    block.forEach((owner, index) => {
      for (const inner of blocksOf(owner)) {
        found.set(inner, { block, owner, index })
        visit(inner)
      }
    })
  bodies.forEach(visit)
  return found
}

/** Whether `inner` is a block or inside of it. */
export function isInsideBlock(
  inner: Statements | undefined,
  outer: Statements,
  parents: PrimalValues['parents'],
): boolean {
  for (let at = inner; at; at = parents.get(at)?.block) if (at === outer) return true
  return false
}

type Numbered = Pick<PrimalValues, 'read' | 'result' | 'counted' | 'turns'> & {
  blockOf(statement: Statement): Statements
}

function numbered(
  f: StructuredFunction,
  isStable: (statement: Statement) => boolean,
  parents: PrimalValues['parents'],
  known: PrimalValues['counted'],
): Numbered {
  type Holders = Map<Variable, PrimalValue>
  const reads = new Map<Statement, readonly PrimalValue[]>()
  const results = new Map<Statement, PrimalValue>()
  const loops = new Map<Statement, CountedLoop>()
  const blocks = new Map<Statement, Statements>()
  const turns = new Map<Statement, PrimalValue>()
  const texts = new Map<string, PrimalValue>()
  const shared = sharedIn(f)
  const same = new Map<string, PrimalValue[]>()
  const ids = new Map<PrimalValue, number>()
  const idOf = (value: PrimalValue) => {
    if (!ids.has(value)) ids.set(value, ids.size)
    return ids.get(value)!
  }
  const textValue = (text: string): PrimalValue => {
    const known = texts.get(text) ?? { k: 'text', args: [], text, home: undefined }
    texts.set(text, known)
    return known
  }
  const outers = new Map<Variable, PrimalValue>()
  const valueAt = (atom: Atom, held: Holders): PrimalValue => {
    if (!isVariable(atom)) return textValue(atom)
    if (atom.outer !== undefined) {
      const known = outers.get(atom) ?? { ...textValue(atom.outer), holder: atom }
      outers.set(atom, known)
      return known
    }
    const found = held.get(atom) ?? (shared.has(atom) ? textValue('undefined') : undefined)
    if (!found) throw new Error(`a derivative reads '${atom.wanted}', which nothing assigns before`)
    return found
  }
  /** One value for the same computation, where an earlier one has always run. */
  const numberedOnce = (value: PrimalValue): PrimalValue => {
    const key = `${value.k} ${value.text} ${value.args.map(idOf).join(' ')}`
    const known = same.get(key) ?? []
    const earlier = known.find(each => isInsideBlock(value.home, each.home!, parents))
    if (earlier) return earlier
    same.set(key, [...known, value])
    return value
  }
  const computed = (each: Statement, home: Statements, held: Holders): PrimalValue => {
    const args = readBy(each).map(atom => valueAt(atom, held))
    const own = { args, home, by: each, ...('target' in each && each.target && { holder: each.target }) }
    switch (each.k) {
      case 'operation':
        return numberedOnce({ ...own, k: 'operation', text: each.rule })
      case 'constant': {
        const text = each.text.map(atom => (isVariable(atom) ? '§' : atom)).join('')
        const value: PrimalValue = { ...own, k: 'constant', text }
        return readsMemory(each) && !isStable(each) ? value : numberedOnce(value)
      }
      case 'load': {
        const value: PrimalValue = { ...own, k: 'load', text: '' }
        return isStable(each) ? numberedOnce(value) : value
      }
      case 'make':
      case 'effect':
      case 'call':
        return { ...own, k: 'made', text: '' }
      default:
        return args[0]!
    }
  }
  const block = (all: Statements, held: Holders): void => {
    for (const each of all) {
      blocks.set(each, all)
      if (each.k === 'if') {
        reads.set(each, [valueAt(each.test, held)])
        const [yes, no] = [new Map(held), new Map(held)]
        block(each.whenTrue, yes)
        block(each.whenFalse, no)
        for (const variable of new Set([...yes.keys(), ...no.keys()])) {
          const [a, b] = [yes.get(variable), no.get(variable)]
          if (a === b && a) held.set(variable, a)
          else held.set(variable, merged(each, all, variable))
        }
      } else if (each.k === 'loop') loop(each, all, held)
      else {
        reads.set(
          each,
          readBy(each).map(atom => valueAt(atom, held)),
        )
        if (each.k === 'call') for (const one of each.assigns ?? []) held.set(one, merged(each, all, one))
        if (!('target' in each) || !each.target) continue
        const value = computed(each, all, held)
        results.set(each, value)
        held.set(each.target, value)
      }
    }
  }
  const merged = (by: Statement, home: Statements, holder: Variable): PrimalValue => ({
    k: 'merge',
    args: [],
    text: '',
    home,
    holder,
    by,
  })
  const loop = (each: Statement & { k: 'loop' }, all: Statements, held: Holders) => {
    const before = new Map(held)
    const targets = targetsIn([...allOf(each.before), ...allOf(each.body)])
    for (const variable of targets) if (held.has(variable)) held.set(variable, merged(each, each.body, variable))
    const heads = new Map(held)
    block(each.before, held)
    reads.set(each, [valueAt(each.test, held)])
    const inside = new Map(held)
    block(each.body, inside)
    turns.set(each, { k: 'turns', args: [], text: '', home: all, by: each })
    const counted = countedLoop(each, before, heads, inside, reads, isStable)
    if (counted && isWholeValue(counted.from, known)) loops.set(each, counted)
    for (const variable of targets) held.set(variable, merged(each, all, variable))
  }
  const given = f.parameters.map(each => [each, parameterOf(each)] as const)
  block(f.body, new Map(given))
  const assigned = new Set([...allIn(f)].flatMap(each => [...targetsIn([each])]))
  const once = targetsIn(f.body)
  // what a unit captures, and never changes, is there when it runs backwards; all else is kept by each of its calls
  const captured = [...shared].filter(each => !given.some(([one]) => one === each && !assigned.has(one)))
  const outside = new Map(given.filter(([each]) => !assigned.has(each)))
  for (const each of captured) if (each.isFixed && once.has(each)) outside.set(each, parameterOf(each))
  for (const { parameters, body } of f.units) {
    const entry = (holder: Variable): PrimalValue => ({ k: 'merge', args: [], text: '', home: body, holder })
    const held: Holders = new Map(outside)
    for (const each of captured) if (!held.has(each)) held.set(each, entry(each))
    for (const each of parameters) held.set(each, entry(each))
    block(body, held)
  }
  return {
    read: each => reads.get(each)!,
    result: each => results.get(each)!,
    counted: each => loops.get(each),
    turns: each => turns.get(each)!,
    blockOf: each => blocks.get(each)!,
  }
}

const parameterOf = (holder: Variable): PrimalValue => ({ k: 'parameter', args: [], text: '', home: undefined, holder })

function countedLoop(
  loop: Statement & { k: 'loop' },
  before: ReadonlyMap<Variable, PrimalValue>,
  heads: ReadonlyMap<Variable, PrimalValue>,
  end: ReadonlyMap<Variable, PrimalValue>,
  reads: ReadonlyMap<Statement, readonly PrimalValue[]>,
  isStable: (statement: Statement) => boolean,
): CountedLoop | undefined {
  const asked = loop.before.find(each => 'target' in each && each.target === loop.test)
  if (asked?.k !== 'constant' || asked.text.length !== 3) return undefined
  const [left, middle] = asked.text as [Atom, Atom, Atom]
  const sign = isVariable(middle) ? undefined : /^ (<|<=|>|>=) $/.exec(middle)?.[1]
  if (!sign || !isVariable(left)) return undefined
  // the only statements that may lie before the test are what its bound is computed of
  if (loop.before.some(each => blocksOf(each).length > 0 || !('target' in each) || !each.target?.isFixed))
    return undefined
  const [value] = reads.get(asked)!
  const head = heads.get(left)
  const next = end.get(left)
  if (!value || value !== head || next?.k !== 'operation' || next.args[0] !== head || next.args[1]?.text !== '1')
    return undefined
  const step = next.text === 'add' ? 1 : next.text === 'sub' ? -1 : 0
  if (step === 0 || sign.startsWith('<') !== step > 0) return undefined
  const bound = reads.get(asked)![2]!
  const from = before.get(left)
  if (!from || !isInvariant(bound, loop, isStable)) return undefined
  return { counter: left, value, from, bound, sign: sign as '<', step }
}

/** Whether a value is always a whole number. */
export function isWholeValue(value: PrimalValue, counted: PrimalValues['counted']): boolean {
  if (value.k === 'text') return /^\d{1,9}$/.test(value.text)
  if (value.k === 'constant') return value.text === '§.length'
  if (value.k === 'merge')
    return value.by?.k === 'loop' && counted(value.by)?.counter === value.holder && value.home === value.by.body
  return (
    value.k === 'operation' &&
    /^(?:add|sub|mul)$/.test(value.text) &&
    value.args.every(each => isWholeValue(each, counted))
  )
}

/** Whether each turn of a loop finds the same. */
function isInvariant(
  value: PrimalValue,
  loop: Statement & { k: 'loop' },
  isStable: (statement: Statement) => boolean,
): boolean {
  if (value.home !== loop.before && value.home !== loop.body) return true
  if (value.k !== 'operation' && value.k !== 'constant' && value.k !== 'load') return false
  return (!readsMemory(value.by!) || isStable(value.by!)) && value.args.every(each => isInvariant(each, loop, isStable))
}

// ---- memory

/** Whether something is called that may change whatever the function reads. */
export const hasUnknownCalls = (f: StructuredFunction) => {
  for (const each of allIn(f)) if (each.k === 'effect' && each.mayWrite) return true
  return false
}

/** Whether a statement reads an array or a record. */
export const readsMemory = (statement: Statement): boolean =>
  statement.k === 'load' || readBy(statement).some(atom => isVariable(atom) && atom.kind === 'reference')

/** Whether no statement that may run behind a load writes what it reads. */
function isUntouched(
  load: Statement,
  f: StructuredFunction,
  memory: Memory,
  values: Numbered,
  parents: PrimalValues['parents'],
): boolean {
  const objects = readBy(load).filter((atom): atom is Variable => isVariable(atom) && atom.kind === 'reference')
  const key = load.k === 'load' ? load.key : undefined
  return objects.every(object => {
    const at = readBy(load).indexOf(object)
    const reference = values.read(load)[at]!
    return [...memory.placesOf(object)].every(place =>
      bodiesOf(f).every(body =>
        writesTo(place, body, memory).every(write => {
          if (isOtherProperty(write, key)) return true
          // each call of a unit has objects of its own, of which nothing is known here
          return f.units.length === 0 && isHarmless(write, place, reference, load, values, parents)
        }),
      ),
    )
  })
}

type Write = Statement & { readonly k: 'store' | 'push' | 'shrink' }

function writesTo(place: Allocation, statements: Statements, memory: Memory): readonly Write[] {
  return statements.flatMap((each): readonly Write[] => {
    if (each.k === 'store' || each.k === 'push') return memory.placesOf(each.to).has(place) ? [each] : []
    if (each.k === 'shrink') return memory.placesOf(each.of).has(place) ? [each] : []
    return blocksOf(each).flatMap(block => writesTo(place, block, memory))
  })
}

function isOtherProperty(write: Write, key: Atom | undefined): boolean {
  const isProperty = (atom: Atom | undefined) => typeof atom === 'string' && atom.startsWith('"')
  return write.k === 'store' && isProperty(key) && isProperty(write.key) && key !== write.key
}

function isHarmless(
  write: Write,
  place: Allocation,
  reference: PrimalValue,
  load: Statement,
  values: Numbered,
  parents: PrimalValues['parents'],
): boolean {
  const { by } = place
  // what is captured or given is written nowhere; else a write through another name may come at any time
  if (!by) return false
  const written = values.read(write)[0]!
  if (written.k !== 'made' || written.by !== by) return false
  const made = values.blockOf(by)
  const isInBefore = (block: Statements) => {
    const parent = parents.get(block)
    return parent?.owner.k === 'loop' && parent.owner.before === block
  }
  if (isInBefore(made)) return false
  const own = values.blockOf(load)
  // outside of its turn: a write in another one meets another object
  if (!isInsideBlock(own, made, parents)) return true
  return isOlder(reference, by, made, values, parents) || !mayFollow(write, load, made, values, parents)
}

/** Whether a reference was there before the object was made, so that it is another object. */
function isOlder(
  reference: PrimalValue,
  by: Statement,
  made: Statements,
  values: Numbered,
  parents: PrimalValues['parents'],
): boolean {
  if (reference.home === undefined) return true
  if (reference.home !== made) return isInsideBlock(made, reference.home, parents)
  if (reference.k === 'merge' && reference.by?.k === 'loop' && reference.by.body === made) return true
  return (
    reference.by !== undefined && values.blockOf(reference.by) === made && made.indexOf(reference.by) < made.indexOf(by)
  )
}

/** Whether a write may run behind a load in the same run of a block around both. */
function mayFollow(
  write: Statement,
  load: Statement,
  around: Statements,
  values: Numbered,
  parents: PrimalValues['parents'],
): boolean {
  const pathOf = (statement: Statement) => {
    const path: { block: Statements; index: number; owner: Statement }[] = []
    let block = values.blockOf(statement)
    let owner = statement
    for (;;) {
      path.unshift({ block, index: block.indexOf(owner), owner })
      const parent = parents.get(block)
      if (block === around || !parent) return path
      block = parent.block
      owner = parent.owner
    }
  }
  const [a, b] = [pathOf(write), pathOf(load)]
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (a[i]!.block !== b[i]!.block) return false // two sides of a choice
    if (a[i]!.index !== b[i]!.index) return a[i]!.index > b[i]!.index
    if (a[i]!.owner.k === 'loop') return true
  }
  return true
}
