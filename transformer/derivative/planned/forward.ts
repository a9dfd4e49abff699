/**
 * The first half of a derivative: the function as it is, which keeps what the plan says. It must not know how that is used.
 */

import {
  type Atom,
  allIn,
  blocksOf,
  isVariable,
  type Statement,
  type Statements,
  targetsIn,
  type Unit,
  type Variable,
} from '../structured.ts'
import { type Formula, infix, type Local, localOf, memberFormula, text } from './formulas.ts'
import { type Line, placeLines } from './lines.ts'
import { assignedBy, isMentionedBy } from './simplified.ts'
import { isOverwritten, type KeptValue } from './storage.ts'
import type { PrimalValue } from './values.ts'
import {
  computed,
  formulaOf,
  held,
  isNamed,
  memberOf,
  namedIn,
  newLocal,
  type PlannedWriting,
  templateFormula,
} from './writing.ts'

const ANY = 'any'
type Assigning = Statement & { readonly target: Variable }

export interface Forward {
  readonly lines: readonly Line[]
  /** Variables that both halves see, though one of them is declared inside of a block. */
  readonly hoisted: readonly Local[]
  /** The units as functions. */
  readonly units: readonly Line[]
}

export function plannedForward(writing: PlannedWriting): Forward {
  const { f, memory, values, plan, inlined, scopes, shared } = writing
  const statements = [...allIn(f)]
  const zero = text(writing.zero)
  const hoisted = new Set<Local>()
  const snapshots = snapshotsOf(writing)
  const isInLoop = (block: Statements): boolean => {
    const parent = values.parents.get(block)
    // each call of a unit is a turn
    return parent === undefined ? block !== f.body : parent.owner.k === 'loop' || isInLoop(parent.block)
  }
  for (const [value, kinds] of plan.inScope)
    for (const of of kinds) {
      const local = held(writing, value, of, false)
      const declaredIn =
        isOverwritten(value, f, values, false) || value.k === 'turns'
          ? value.home
          : value.holder!.isFixed
            ? value.home
            : scopes.get(value.holder!)
      if (declaredIn !== f.body) hoisted.add(local)
    }
  const shadowed = shadowedForward(writing)
  const assignedAnywhere = targetsIn(statements)
  for (const variable of shared) {
    if (!assignedAnywhere.has(variable)) continue
    const locals = [writing.local(variable), ...(shadowed.has(variable) ? [writing.shadowLocal(variable)] : [])]
    for (const local of locals) {
      local.isShared = true
      hoisted.add(local)
    }
  }

  // ---- declarations

  const typeOf = (variable: Variable) => {
    if (variable.isFixed && variable.kind === 'scalar') return undefined
    return variable.kind === 'scalar' && isNumeric(variable, statements) ? undefined : ANY
  }
  const typed = (type: string | undefined) => (type === undefined ? {} : { type })
  /** Variables that are declared before a statement, because it assigns them inside of it. */
  const declaredBefore = (each: Statement, all: Statements): Line[] => {
    if (blocksOf(each).length === 0) return []
    return [...assignedBy(each)].flatMap((variable): Line[] => {
      if (variable.isFixed || scopes.get(variable) !== all) return []
      const first = all.find(one => isMentionedBy(one, variable))
      if (first !== each) return []
      const locals = [writing.local(variable), ...(shadowed.has(variable) ? [writing.shadowLocal(variable)] : [])]
      return locals.flatMap(local => (hoisted.has(local) ? [] : [{ k: 'declare', local, type: ANY } as const]))
    })
  }
  const bound = (
    local: Local,
    variable: Variable,
    value: Formula,
    each: Statement,
    all: Statements,
    type?: string,
  ): Line => {
    const isDeclared =
      hoisted.has(local) ||
      (!variable.isFixed && (scopes.get(variable) !== all || all.find(one => isMentionedBy(one, variable)) !== each))
    if (isDeclared) return { k: 'assign', to: localOf(local), sign: '=', value }
    return { k: 'declare', local, value, ...typed(type) }
  }
  const assigned = (each: Assigning, value: Formula, all: Statements, type = typeOf(each.target)) =>
    bound(writing.local(each.target), each.target, value, each, all, type)

  // ---- shadows

  const shadowFormula = (atom: Atom): Formula => {
    if (!isVariable(atom) || atom.outer !== undefined || !memory.isShadowed(atom)) return text('undefined')
    const statement = inlined.get(atom)
    if (statement?.k === 'load' && !isNamed(writing, statement)) return loadedShadow(statement)
    return localOf(writing.shadowLocal(atom))
  }
  const loadedShadow = (each: Statement & { k: 'load' }): Formula => {
    const object = shadowFormula(each.from)
    const found = memberOf(object, each.key, formulaOf(writing, each.key))
    if (!memory.mayLackShadow(each.from)) return found
    return {
      k: 'choice',
      test: infix('===', object, text('undefined')),
      whenTrue: text('undefined'),
      whenFalse: found,
    }
  }
  const withShadow = (each: Assigning, all: Statements, shadow: () => Formula): Line[] =>
    shadowed.has(each.target) ? [bound(writing.shadowLocal(each.target), each.target, shadow(), each, all, ANY)] : []
  const ifThere = (variable: Variable, line: Line): Line =>
    memory.mayLackShadow(variable)
      ? { k: 'if', test: infix('!==', shadowFormula(variable), text('undefined')), whenTrue: [line], whenFalse: [] }
      : line
  const shadowValue = (from: Atom): Formula =>
    isVariable(from) && from.kind === 'reference' ? shadowFormula(from) : zero

  // ---- statements

  const block = (all: Statements, without?: Statement): Line[] => {
    const lines: Line[] = (snapshots.starts.get(all) ?? []).flatMap(snapshot)
    const skipped = new Set<Statement | undefined>([without])
    for (const [i, each] of all.entries()) {
      if (skipped.has(each) || ('target' in each && each.target && inlined.has(each.target) && !isNamed(writing, each)))
        continue
      const from = lines.length
      lines.push(...declaredBefore(each, all))
      if (each.k === 'make') lines.push(...made(each, all, skipped))
      else if (each.k === 'loop') lines.push(...loop(each, all))
      else if ('target' in each && each.target && isOfNextLoop(each as Assigning, all, i)) continue
      else lines.push(...statement(each, all))
      for (const value of snapshots.behind.get(each) ?? []) lines.push(...snapshot(value))
      placeLines(lines, from, each.at)
      if (each.k === 'throw') return lines
    }
    return [...lines, ...keptAtEnd(all)]
  }
  const statement = (each: Statement, all: Statements): Line[] => {
    switch (each.k) {
      case 'set':
        return [
          each.from === 'undefined' || each.from === 'null'
            ? assigned(each, text(each.from), all, ANY)
            : assigned(each, formulaOf(writing, each.from), all),
          ...(each.target.kind === 'reference' ? withShadow(each, all, () => shadowFormula(each.from)) : []),
        ]
      case 'operation':
        return [assigned(each, computed(writing, each), all)]
      case 'constant': {
        // the elements of a list that only the text knows might be undefined
        const isList = each.text.some(atom => typeof atom === 'string' && /Array|\[/.test(atom))
        return [assigned(each, computed(writing, each), all, isList ? ANY : typeOf(each.target))]
      }
      case 'load':
        return [
          assigned(each, computed(writing, each), all),
          ...(each.target.kind === 'reference' ? withShadow(each, all, () => loadedShadow(each)) : []),
        ]
      case 'throw':
        return [{ k: 'end', word: 'throw', value: templateFormula(each.text, atom => formulaOf(writing, atom)) }]
      case 'effect': {
        const value: Formula = { k: 'once', of: templateFormula(each.text, atom => formulaOf(writing, atom)) }
        return [
          each.target ? assigned(each as typeof each & { target: Variable }, value, all, ANY) : { k: 'do', value },
        ]
      }
      case 'dense':
        return [dense(each)]
      case 'call':
        return called(each, all)
      case 'store': {
        const [to, from] = [
          memberOf(formulaOf(writing, each.to), each.key, formulaOf(writing, each.key)),
          formulaOf(writing, each.from),
        ]
        const lines: Line[] = [{ k: 'assign', to, sign: '=', value: from }]
        if (!memory.isShadowed(each.to)) return lines
        const shadow = memberOf(shadowFormula(each.to), each.key, formulaOf(writing, each.key))
        return [...lines, ifThere(each.to, { k: 'assign', to: shadow, sign: '=', value: shadowValue(each.from) })]
      }
      case 'push': {
        const pushed = (to: Formula, value: Formula): Line => ({
          k: 'do',
          value: { k: 'call', of: memberFormula(to, 'push'), args: [value] },
        })
        const lines = [pushed(formulaOf(writing, each.to), formulaOf(writing, each.from))]
        if (!memory.isShadowed(each.to)) return lines
        return [...lines, ifThere(each.to, pushed(shadowFormula(each.to), shadowValue(each.from)))]
      }
      case 'shrink':
        // the array of adjoints keeps its length: what was there has adjoints still
        return [
          {
            k: 'assign',
            to: memberFormula(formulaOf(writing, each.of), 'length'),
            sign: '=',
            value: formulaOf(writing, each.to),
          },
        ]
      case 'if': {
        const test = formulaOf(writing, each.test)
        const [whenTrue, whenFalse] = [block(each.whenTrue), block(each.whenFalse)]
        if (whenTrue.length + whenFalse.length === 0) return []
        if (whenTrue.length > 0) return [{ k: 'if', test, whenTrue, whenFalse }]
        return [{ k: 'if', test: { k: 'unary', sign: '!', of: test }, whenTrue: whenFalse, whenFalse: [] }]
      }
      default:
        return []
    }
  }
  /** Each array or record goes with its shadow. */
  const called = (each: Statement & { k: 'call' }, all: Statements): Line[] => {
    const unit = f.units[each.unit]!
    const args = unit.parameters.flatMap((parameter, i) => [
      formulaOf(writing, each.operands[i]!),
      ...(shadowed.has(parameter) ? [shadowFormula(each.operands[i]!)] : []),
    ])
    const of = localOf(writing.unitLocal(unit, 'forward'))
    const call: Formula = { k: 'once', of: { k: 'call', of, args } }
    const { target } = each
    if (!target) return [{ k: 'do', value: call }]
    const own = { ...each, target }
    if (!isPair(unit)) return [assigned(own, call, all, ANY)]
    const pair = newLocal('pair')
    const part = (i: number) => memberFormula(localOf(pair), text(`${i}`))
    return [
      { k: 'declare', local: pair, value: call },
      assigned(own, part(0), all, ANY),
      ...withShadow(own, all, () => part(1)),
    ]
  }
  const isPair = ({ result }: Unit) => isVariable(result) && result.kind === 'reference' && shadowed.has(result)
  const unitFunction = (unit: Unit): Line => {
    const { parameters, body, result } = unit
    const value = formulaOf(writing, result)
    const pair: Formula = { k: 'list', elements: [value, shadowFormula(result)] }
    return {
      k: 'function',
      local: writing.unitLocal(unit, 'forward'),
      parameters: parameters.flatMap(each => [
        writing.local(each),
        ...(shadowed.has(each) ? [writing.shadowLocal(each)] : []),
      ]),
      body: [
        ...block(body),
        ...(result === 'undefined' ? [] : [{ k: 'end', word: 'return', value: isPair(unit) ? pair : value } as const]),
      ],
    }
  }
  const dense = ({ of, key }: Statement & { k: 'dense' }): Line => {
    const [object, at] = [formulaOf(writing, of), formulaOf(writing, key)]
    // most elements are numbers, and the second test is slow
    const test: Formula = {
      k: 'binary',
      sign: '&&',
      left: infix('===', memberFormula(object, at), text('undefined')),
      right: { k: 'unary', sign: '!', of: { k: 'pieces', pieces: ['(', at, ' in ', object, ')'] } },
    }
    return { k: 'if', test, whenTrue: [{ k: 'do', value: { k: 'call', of: text('$.hole'), args: [] } }], whenFalse: [] }
  }
  const made = (each: Statement & { k: 'make' }, all: Statements, skipped: Set<Statement | undefined>): Line[] => {
    const { target, of } = each
    const isShadowed = shadowed.has(target)
    if (of === 'typed') {
      const count = each.length === undefined ? text('0') : formulaOf(writing, each.length)
      const zeros: Formula = { k: 'call', of: text('new Float64Array'), args: [count] }
      const filled = (by: Formula): Formula => ({ k: 'call', of: memberFormula(zeros, 'fill'), args: [by] })
      const array = each.fill === undefined ? zeros : filled(text(each.fill))
      const shadow = writing.zero === '0' ? zeros : filled(zero)
      return [assigned(each, array, all, undefined), ...(isShadowed ? withShadow(each, all, () => shadow) : [])]
    }
    const parts = partsFrom(each, all)
    for (const part of parts) skipped.add(part)
    const values = parts.map(part => formulaOf(writing, part.from))
    const shadows = parts.map(part => shadowValue(part.from))
    const keys = parts.map(part => (part.k === 'store' ? (part.key as string).slice(1, -1) : ''))
    const literal = (elements: readonly Formula[]): Formula =>
      of === 'array'
        ? { k: 'list', elements }
        : { k: 'record', properties: elements.map((value, i) => [keys[i]!, value] as const) }
    return [
      assigned(each, literal(values), all, of === 'array' ? 'any[]' : ANY),
      ...(isShadowed ? withShadow(each, all, () => literal(shadows)) : []),
    ]
  }
  /** The statements right behind one that makes an array or a record, which fill it. */
  const partsFrom = (each: Statement & { k: 'make' }, all: Statements) => {
    const found: (Statement & { k: 'store' | 'push' })[] = []
    const keys = new Set<Atom>()
    for (const next of all.slice(all.indexOf(each) + 1)) {
      if ('target' in next && next.target && inlined.has(next.target) && !isNamed(writing, next)) continue
      const isPart =
        each.of === 'array' ? next.k === 'push' : next.k === 'store' && !isVariable(next.key) && !keys.has(next.key)
      if (!isPart || (next as Statement & { k: 'push' }).to !== each.target) break
      const part = next as Statement & { k: 'store' | 'push' }
      if (part.from === each.target) break
      if (part.k === 'store') keys.add(part.key)
      found.push(part)
    }
    return found
  }

  // ---- loops

  const isForm = (each: Statement & { k: 'loop' }): boolean => {
    const counted = values.counted(each)
    const last = each.body.at(-1)
    if (!counted || last?.k !== 'operation' || last.target !== counted.counter) return false
    if (namedIn(plan).has(values.result(last)) || namedIn(plan).has(values.turns(each))) return false
    return each.before.every(one => 'target' in one && one.target && inlined.has(one.target) && !isNamed(writing, one))
  }
  /** Whether a statement is the start of a `for (let i = …; …)` that follows. */
  const isOfNextLoop = (each: Assigning, all: Statements, i: number): boolean => {
    const next = all[i + 1]
    if (next?.k !== 'loop' || !isForm(next) || values.counted(next)!.counter !== each.target) return false
    if (scopes.get(each.target) !== all || hoisted.has(writing.local(each.target)) || f.result === each.target)
      return false
    return !all.some((one, j) => j !== i && j !== i + 1 && isMentionedBy(one, each.target))
  }
  const loop = (each: Statement & { k: 'loop' }, all: Statements): Line[] => {
    const start = all[all.indexOf(each) - 1]
    const heads = (snapshots.heads.get(each) ?? []).flatMap(snapshot)
    if (start && 'target' in start && start.target && isOfNextLoop(start as Assigning, all, all.indexOf(start))) {
      const { counter, step } = values.counted(each)!
      const value = start.k === 'set' ? formulaOf(writing, start.from) : computed(writing, start)
      const starts = (snapshots.behind.get(start) ?? []).map(one => writing.snapshot(one, 'value'))
      const from = starts.length > 0 ? localOf(starts[0]!) : value
      const copies = starts.map((local, i) => copied(local, i === 0 ? value : from))
      const body = [...heads, ...block(each.body, each.body.at(-1))]
      const test = formulaOf(writing, each.test)
      return [...copies, { k: 'for', counter: writing.local(counter), from, test, step: step > 0 ? '++' : '--', body }]
    }
    const turns = values.turns(each)
    const isCounted = namedIn(plan).has(turns)
    const local = writing.turnsLocal(each)
    const before = block(each.before)
    const test = each.test === 'true' ? text('true') : formulaOf(writing, each.test)
    const next: Line[] = isCounted
      ? [{ k: 'assign', to: localOf(local), sign: '=', value: infix('+', localOf(local), text('1')) }]
      : []
    const body = [...block(each.body), ...next]
    const first: Line[] = !isCounted
      ? []
      : hoisted.has(local)
        ? [{ k: 'assign', to: localOf(local), sign: '=', value: text('0') }]
        : [{ k: 'declare', local, value: text('0') }]
    if (before.length + heads.length === 0) return [...first, { k: 'while', test, body }]
    const ends: Line[] =
      each.test === 'true'
        ? []
        : [
            {
              k: 'if',
              test: { k: 'unary', sign: '!', of: test },
              whenTrue: [{ k: 'end', word: 'break' }],
              whenFalse: [],
            },
          ]
    return [...first, { k: 'while', test: text('true'), body: [...heads, ...before, ...ends, ...body] }]
  }

  // ---- what is kept

  const snapshot = (value: PrimalValue): Line[] =>
    (['value', 'shadow'] as const).flatMap((of): Line[] => {
      const isWanted =
        plan.inScope.get(value)?.has(of) ||
        (of === 'value' && [...plan.taped.values()].some(all => all.includes(value))) ||
        [...plan.objects.values()].some(all => all.some(each => each.value === value && each.of === of))
      if (!isWanted) return []
      const local = writing.snapshot(value, of)
      const from = localOf(of === 'value' ? writing.local(value.holder!) : writing.shadowLocal(value.holder!))
      return [copied(local, from)]
    })
  const copied = (local: Local, value: Formula): Line =>
    hoisted.has(local) ? { k: 'assign', to: localOf(local), sign: '=', value } : { k: 'declare', local, value }
  const keptAtEnd = (all: Statements): Line[] => {
    const numbers = plan.taped.get(all) ?? []
    const objects = plan.objects.get(all) ?? []
    const [T, sp] = [localOf(writing.tape), localOf(writing.top)]
    const holding = ({ value, of }: KeptValue) => localOf(held(writing, value, of, isInLoop(all)))
    const lines: Line[] = []
    if (numbers.length > 0) {
      const test = infix('>', infix('+', sp, text(`${numbers.length}`)), memberFormula(T, 'length'))
      const grown: Line = { k: 'assign', to: T, sign: '=', value: { k: 'call', of: text('$.grown'), args: [T] } }
      lines.push({ k: 'if', test, whenTrue: [grown], whenFalse: [] })
      for (const [i, value] of numbers.entries()) {
        const to = memberFormula(T, i === 0 ? sp : infix('+', sp, text(`${i}`)))
        lines.push({ k: 'assign', to, sign: '=', value: holding({ value, of: 'value' }) })
      }
      lines.push({ k: 'assign', to: sp, sign: '+=', value: text(`${numbers.length}`) })
    }
    if (objects.length > 0)
      lines.push({ k: 'do', value: { k: 'call', of: text('R.push'), args: objects.map(holding) } })
    return lines
  }

  return { lines: block(f.body), hoisted: [...hoisted], units: f.units.map(unitFunction) }
}

/** PrimalValues whose variable gets another one, by where they must be copied. */
function snapshotsOf(writing: PlannedWriting) {
  const { f, values, plan } = writing
  const behind = new Map<Statement, PrimalValue[]>()
  const heads = new Map<Statement, PrimalValue[]>()
  const starts = new Map<Statements, PrimalValue[]>()
  const isTurn = new Set(
    [...plan.taped.values(), ...[...plan.objects.values()].map(all => all.map(({ value }) => value))].flat(),
  )
  for (const value of namedIn(plan)) {
    if (value.k === 'turns' || !isOverwritten(value, f, values, isTurn.has(value))) continue
    const isHead = value.k === 'merge' && value.by?.k === 'loop' && value.by.body === value.home
    if (!value.by) {
      starts.set(value.home!, [...(starts.get(value.home!) ?? []), value])
      continue
    }
    const into = isHead ? heads : behind
    into.set(value.by, [...(into.get(value.by) ?? []), value])
  }
  return { behind, heads, starts }
}

/** Whether a variable only ever holds numbers. */
function isNumeric(variable: Variable, statements: readonly Statement[]): boolean {
  for (const each of statements) {
    if (!('target' in each) || each.target !== variable || each.k === 'operation') continue
    if (each.k === 'set' && !isVariable(each.from) && /^-?[\d.]+$/.test(each.from)) continue
    return false
  }
  return true
}

/** The references whose shadows are at hand on the way forwards. */
function shadowedForward({ f, memory, plan }: PlannedWriting): ReadonlySet<Variable> {
  const statements = [...allIn(f)]
  const found = new Set<Variable>()
  const want = (atom: Atom) => {
    if (!isVariable(atom) || atom.kind !== 'reference' || !memory.isShadowed(atom) || atom.outer || found.has(atom))
      return
    found.add(atom)
    for (const each of statements)
      if ('target' in each && each.target === atom) {
        if (each.k === 'load') want(each.from)
        if (each.k === 'set') want(each.from)
      }
  }
  for (const each of statements) {
    if (each.k === 'make') want(each.target)
    if ('target' in each && each.target && !each.target.isFixed) want(each.target)
    if (each.k === 'store' || each.k === 'push') {
      if (!memory.isShadowed(each.to)) continue
      want(each.to)
      want(each.from)
    }
  }
  want(f.result)
  for (const { parameters, result } of f.units) [...parameters, result].forEach(want)
  for (const each of statements) if (each.k === 'call') each.operands.forEach(want)
  for (const [value, kinds] of plan.inScope) if (kinds.has('shadow')) want(value.holder!)
  for (const { value, of } of [...plan.objects.values()].flat()) if (of === 'shadow') want(value.holder!)
  return found
}
