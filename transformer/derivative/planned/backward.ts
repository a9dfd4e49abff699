/**
 * The second half of a derivative: the statements backwards, which add up adjoints.
 * It reads memory only where nothing wrote it since. It must not spell a line.
 *
 * Source: Griewank & Walther, "Evaluating Derivatives", 2008, chapter 3 (reverse mode), sections 4.2 and 5 (what is kept).
 */

import { NO_FLOW } from '../rows.ts'
import {
  type Atom,
  allIn,
  allOf,
  isVariable,
  readBy,
  type Statement,
  type Statements,
  type Unit,
  type Variable,
} from '../structured.ts'
import {
  callOf,
  choice,
  type Formula,
  infix,
  isNumeral,
  isText,
  type Local,
  localOf,
  memberFormula,
  opposite,
  text,
} from './formulas.ts'
import { gathered } from './gathered.ts'
import { type Line, placeLines } from './lines.ts'
import { haveOf, type KeptValue } from './storage.ts'
import { isWholeValue, type PrimalValue } from './values.ts'
import {
  adjointName,
  computed,
  held,
  isChoosing,
  isFirstSet,
  memberOf,
  newLocal,
  operationTextsOf,
  type PlannedWriting,
  partialFormula,
  passesNothing,
  passesReached,
} from './writing.ts'

/** Whether an adjoint arrives in some runs, or in each; one that is not in the map never does. */
type Arrival = 'maybe' | 'sure'
type Arrivals = Map<Variable, Arrival>

/** What a walk learned that the next one needs. */
export interface Learned {
  /** What arrives at the end of a turn, when it runs backwards. */
  readonly turns: Map<Statement, ReadonlyMap<Variable, Arrival>>
  /** Adjoints that are asked whether they arrived. */
  readonly asked: Set<Variable>
  isChanged: boolean
}
export const nothingLearned = (): Learned => ({ turns: new Map(), asked: new Set(), isChanged: false })

/** A block that runs backwards. */
interface Frame {
  readonly block: Statements
  readonly lines: Line[]
  readonly isTurn: boolean
  readonly there: Map<PrimalValue, Formula>
  readonly shadows: Map<PrimalValue, Formula>
  readonly adjoints: Map<Variable, Local>
}

type Operation = Statement & { readonly k: 'operation' }
type Load = Statement & { readonly k: 'load' }

export interface Backward {
  readonly lines: readonly Line[]
  /** The units that run backwards, as functions, behind the adjoints of what they share. */
  readonly units: readonly Line[]
}

export function plannedBackward(writing: PlannedWriting, learned: Learned): Backward {
  const { f, memory, values, plan, settings, inlined, scopes, shared } = writing
  const isMarked = writing.zero === '-0'
  const zero = text(writing.zero)
  const frames: Frame[] = []
  let arrivals: Arrivals = new Map()
  let out: Line[] = []

  // ---- values

  const frameOf = (value: PrimalValue): Frame => {
    for (let i = frames.length - 1; i >= 0; i--) {
      const { block } = frames[i]!
      if (block === value.home) return frames[i]!
      const owner = values.parents.get(block)?.owner
      if (owner?.k === 'loop' && (value.home === owner.before || value.home === owner.body)) return frames[i]!
    }
    throw new Error(`a derivative needs '${value.holder?.wanted}' where it is not known`)
  }
  const isInLoop = (frame: Frame) => frames.slice(0, frames.indexOf(frame) + 1).some(each => each.isTurn)
  const asked = {
    values,
    settings,
    isThere: (value: PrimalValue) => value.home !== undefined && frameOf(value).there.has(value),
    isInLoop: (value: PrimalValue) => value.home !== undefined && isInLoop(frameOf(value)),
  }
  const need = (value: PrimalValue): Formula => {
    const have = haveOf(value, asked)
    if (have === 'text') {
      if (value.holder?.outer !== undefined) return { k: 'text', text: value.holder.outer, isOuter: true }
      if (value.text === 'undefined') return text('(undefined as any)')
      return value.k === 'text' ? parsed(value.text) : localOf(writing.local(value.holder!))
    }
    const frame = frameOf(value)
    if (have === 'there') return frame.there.get(value)!
    if (have === 'again') {
      const args = value.args.map((each, i) => (isNeeded(value, i) ? need(each) : text('')))
      const found = computed(writing, value.by!, (_, i) => args[i]!)
      // a step of an index is no variable
      if (value.k !== 'load' && args.every(each => each.k === 'text' || each.k === 'local') && value.text.length < 9) {
        if (value.k === 'constant' || isWholeValue(value, values.counted)) return found
      }
      const local = newLocal(value.holder!.wanted)
      frame.lines.push({ k: 'declare', local, value: found, at: value.by?.at })
      frame.there.set(value, localOf(local))
      return localOf(local)
    }
    if (have === 'scope') {
      plan.inScope.set(value, (plan.inScope.get(value) ?? new Set()).add('value'))
      return localOf(held(writing, value, 'value', false))
    }
    const isObject = value.holder?.kind === 'reference'
    return keep(frame, { value, of: 'value' }, isObject)
  }
  const isNeeded = ({ by }: PrimalValue, i: number) => by!.k !== 'constant' || isVariable(by!.text[i]!)
  const parsed = (source: string) => computed(writing, { k: 'constant', text: [source] } as unknown as Statement)
  const keep = (frame: Frame, kept: KeptValue, isObject: boolean): Formula => {
    const there = kept.of === 'value' ? frame.there : frame.shadows
    const { value } = kept
    const wanted = value.k === 'turns' ? 'turns' : value.holder!.wanted
    const local = newLocal(kept.of === 'value' ? wanted : adjointName(wanted))
    if (isObject) plan.objects.set(frame.block, [...(plan.objects.get(frame.block) ?? []), kept])
    else plan.taped.set(frame.block, [...(plan.taped.get(frame.block) ?? []), value])
    popped.set(frame, [...(popped.get(frame) ?? []), { local, isObject }])
    there.set(value, localOf(local))
    return localOf(local)
  }
  const popped = new Map<Frame, { local: Local; isObject: boolean }[]>()
  /** What a run of a block takes back first. */
  const taken = (frame: Frame): Line[] => {
    const all = popped.get(frame) ?? []
    const numbers = all.filter(each => !each.isObject)
    const objects = all.filter(each => each.isObject)
    const [T, sp] = [localOf(writing.tape), localOf(writing.top)]
    return [
      ...(numbers.length > 0 ? [{ k: 'assign', to: sp, sign: '-=', value: text(`${numbers.length}`) } as const] : []),
      ...numbers.map(
        ({ local }, i): Line => ({
          k: 'declare',
          local,
          value: memberFormula(T, i === 0 ? sp : infix('+', sp, text(`${i}`))),
        }),
      ),
      ...objects.toReversed().map(
        ({ local }): Line => ({
          k: 'declare',
          local,
          value: { k: 'call', of: memberFormula(text('R'), 'pop'), args: [] },
        }),
      ),
    ]
  }
  /** The shadow of what a reference holds. */
  const needShadow = (value: PrimalValue): Formula => {
    const { holder } = value
    if (holder && !memory.isShadowed(holder)) return text('undefined')
    if (value.home === undefined)
      return holder?.outer === undefined && holder ? localOf(writing.shadowLocal(holder)) : text('undefined')
    const frame = frameOf(value)
    const known = frame.shadows.get(value)
    if (known) return known
    const { by } = value
    if (by?.k === 'load' && values.isStable(by) && settings.again && !memory.mayLackShadow(by.from)) {
      const [from, key] = [value.args[0]!, value.args[1]!]
      if (memory.isShadowed(by.from) && haveOf(key, asked) !== 'kept') {
        const local = newLocal(adjointName(holder!.wanted))
        const found = memberOf(needShadow(from), by.key, need(key))
        frame.lines.push({ k: 'declare', local, value: found })
        frame.shadows.set(value, localOf(local))
        return localOf(local)
      }
    }
    if (!isInLoop(frame)) {
      plan.inScope.set(value, (plan.inScope.get(value) ?? new Set()).add('shadow'))
      return localOf(held(writing, value, 'shadow', false))
    }
    return keep(frame, { value, of: 'shadow' }, true)
  }

  // ---- blocks

  /** Lines inside of the current ones. */
  const within = (work: () => void): Line[] => {
    const outer = out
    const own: Line[] = []
    out = own
    work()
    out = outer
    return own
  }
  const joined = (a: Arrivals, b: Arrivals): Arrivals => {
    const found: Arrivals = new Map()
    for (const each of new Set([...a.keys(), ...b.keys()]))
      found.set(each, a.get(each) === 'sure' && b.get(each) === 'sure' ? 'sure' : 'maybe')
    return found
  }
  /** Lines that only run if `test` holds. */
  const ifSo = (test: Formula, work: () => void) => {
    if (isText(test, 'true')) return work()
    const before = new Map(arrivals)
    const whenTrue = within(work)
    arrivals = joined(before, arrivals)
    if (whenTrue.length > 0) out.push({ k: 'if', test, whenTrue, whenFalse: [] })
  }
  const backwards = (block: Statements, isTurn: boolean, start?: (frame: Frame) => void): Line[] => {
    const lines = within(() => {
      const frame: Frame = { block, lines: out, isTurn, there: new Map(), shadows: new Map(), adjoints: new Map() }
      frames.push(frame)
      start?.(frame)
      if (!block.some(({ k }) => k === 'throw')) for (const each of block.toReversed()) statement(each, block)
      frames.pop()
      for (const variable of frame.adjoints.keys()) arrivals.delete(variable)
      lastFrame = frame
    })
    return [...taken(lastFrame!), ...lines]
  }
  let lastFrame: Frame | undefined

  // ---- adjoints

  const adjointFrame = (variable: Variable): Frame => {
    if (shared.has(variable)) return common
    const scope = scopes.get(variable)!
    return frames.find(({ block }) => block === scope) ?? frames[0]!
  }
  const gradient = (variable: Variable) => f.inputs.includes(variable)
  /** Adjoints of what units share with the function around them. */
  const common: Frame = {
    block: [],
    lines: [],
    isTurn: false,
    there: new Map(),
    shadows: new Map(),
    adjoints: new Map(),
  }
  const ask = (variable: Variable) => {
    if (learned.asked.has(variable)) return
    learned.asked.add(variable)
    learned.isChanged = true
  }
  const adjointOf = (variable: Variable): Local => {
    if (gradient(variable)) return writing.shadowLocal(variable)
    const frame = adjointFrame(variable)
    const known = frame.adjoints.get(variable)
    if (known) return known
    const local = newLocal(adjointName(variable.wanted), true)
    frame.adjoints.set(variable, local)
    if (shared.has(variable)) local.isShared = true
    frame.lines.push({ k: 'declare', local, value: zero })
    return local
  }
  const contribute = (variable: Variable, amount: Formula) => {
    const isShared = shared.has(variable)
    const value = isMarked && (isShared || learned.asked.has(variable)) ? plusZero(amount) : amount
    const frame = adjointFrame(variable)
    if (!gradient(variable) && !isShared && !frame.adjoints.has(variable) && out === frame.lines) {
      const local = newLocal(adjointName(variable.wanted), true)
      frame.adjoints.set(variable, local)
      out.push({ k: 'declare', local, value })
    } else {
      const to = localOf(adjointOf(variable))
      const isFresh = !gradient(variable) && !isShared && !arrivals.has(variable)
      out.push({ k: 'assign', to, sign: isFresh ? '=' : '+=', value })
    }
    arrivals.set(variable, isShared ? 'maybe' : 'sure')
  }
  /** What a unit hands back, which may be nothing. */
  const handBack = (variable: Variable, amount: Formula) => {
    out.push({ k: 'assign', to: localOf(adjointOf(variable)), sign: '+=', value: amount })
    arrivals.set(variable, 'maybe')
  }
  /** -0 + 0 is 0: what arrived is never the mark of what did not. */
  const plusZero = (amount: Formula): Formula => ({ k: 'binary', sign: '+', left: amount, right: text('0') })
  const didArrive = (of: Formula): Formula =>
    isMarked ? { k: 'unary', sign: '!', of: callOf('Object.is', of, zero) } : infix('!==', of, zero)
  /** Runs `work` where an adjoint arrived. */
  const guarded = (variable: Variable, isAsked: boolean, work: () => void) => {
    const isSure = settings.reached && arrivals.get(variable) === 'sure'
    if (isSure || !isAsked || gradient(variable)) return work()
    ask(variable)
    ifSo(didArrive(localOf(adjointOf(variable))), work)
  }
  const clear = (variable: Variable, each: Statement, block: Statements) => {
    arrivals.delete(variable)
    if (!shared.has(variable) && isFirstSet(writing, each, variable, block)) return
    out.push({ k: 'assign', to: localOf(adjointOf(variable)), sign: '=', value: zero })
  }

  // ---- operations

  const isActive = (atom: Atom): atom is Variable => isVariable(atom) && memory.isActive(atom)
  /** A variable whose own adjoint is taken last, because the statement assigns it. */
  interface Own {
    readonly variable: Variable
    amount?: Formula
  }
  const times = (d: Formula, partial: Formula): Formula => {
    if (isText(partial, '1')) return d
    if (isText(partial, '-1')) return opposite(d)
    if (isText(d, '1')) return partial
    if (d.k === 'unary' && d.sign === '-') return opposite(infix('*', d.of, partial))
    return infix('*', d, partial)
  }
  const flow = (atom: Variable, d: Formula, own?: Own) => {
    if (atom === own?.variable) own.amount = d
    else {
      const statement = inlined.get(atom)
      if (statement) pulled(statement, d, own)
      else contribute(atom, d)
    }
  }
  /** Hands on what arrived at the result of a statement. */
  const pulled = (each: Statement, d: Formula, own?: Own): void => {
    if (each.k === 'set') return flow(each.from as Variable, d, own)
    if (each.k === 'load') return loadPulled(each, d)
    if (each.k !== 'operation') return
    const flows = each.operands.flatMap((atom, i) => (isActive(atom) ? [[atom, i] as const] : []))
    let arrived = d
    if (flows.length > 1 && d.k !== 'local' && d.k !== 'text') {
      const local = newLocal(adjointName(each.target.wanted))
      out.push({ k: 'declare', local, value: d })
      arrived = localOf(local)
    }
    const args = values.read(each)
    if (passesNothing(each)) {
      for (const [atom, i] of flows) ifSo(callOf('Number.isNaN', need(args[i]!)), () => flow(atom, text('NaN'), own))
      return
    }
    if (/^(?:max|min)$/.test(each.rule)) return chosenPulled(each, flows, arrived, own)
    if (passesReached(each)) return reachedPulled(each, flows, arrived, own)
    for (const [atom, i] of flows) {
      const result = () => need(values.result(each))
      const partial = partialFormula(each, i, index => need(args[index]!), result)
      if (!isChoosing(each)) flow(atom, times(arrived, partial), own)
      else {
        const isChosen = infix('!==', partial, text('0'))
        ifSo(infix('||', isChosen, infix('!==', result(), result())), () => flow(atom, times(arrived, partial), own))
      }
    }
  }
  /** Of the tangent of a row: what is -0 is nothing. */
  const reachedPulled = (each: Operation, flows: readonly (readonly [Variable, number])[], d: Formula, own?: Own) => {
    const args = values.read(each)
    for (const [atom, i] of flows) {
      if (operationTextsOf(each).partials[i] === NO_FLOW) continue
      const partial = partialFormula(
        each,
        i,
        index => need(args[index]!),
        () => need(values.result(each)),
      )
      if (isText(partial, '1')) {
        flow(atom, d, own)
        continue
      }
      const local = newLocal('partial')
      out.push({ k: 'declare', local, value: partial })
      ifSo({ k: 'unary', sign: '!', of: callOf('Object.is', localOf(local), text('-0')) }, () =>
        flow(atom, times(d, localOf(local)), own),
      )
    }
  }
  const chosenPulled = (each: Operation, flows: readonly (readonly [Variable, number])[], d: Formula, own?: Own) => {
    const args = values.read(each)
    const less = each.rule === 'max' ? '<' : '>'
    for (const [atom, i] of flows) {
      const it = need(args[i]!)
      if (each.operands.length === 1) {
        flow(atom, d, own)
        continue
      }
      const isPair = each.operands.length === 2
      const other = isPair ? need(args[1 - i]!) : need(values.result(each))
      const ties = args.map(one => choice(infix('===', compared(need(one)), other), text('1'), text('0')))
      const share = isPair
        ? infix('*', d, text('0.5'))
        : infix(
            '/',
            d,
            ties.slice(1).reduce((sum, one) => infix('+', sum, one), ties[0]!),
          )
      const isOther: Formula = { k: 'unary', sign: '!', of: infix(less, it, other) }
      ifSo(isOther, () => flow(atom, choice(infix('===', it, compared(other)), share, d), own))
    }
  }
  const compared = (of: Formula): Formula =>
    of.k === 'text' && !isNumeral(of) ? { k: 'pieces', pieces: ['(', of, ' as number)'] } : of

  // ---- memory

  const placeOf = (object: PrimalValue, key: Atom, at: PrimalValue): Formula =>
    memberOf(needShadow(object), key, need(at))
  const isLacking = (variable: Variable, object: Formula, work: () => void) =>
    isText(object, 'undefined')
      ? undefined
      : memory.mayLackShadow(variable)
        ? ifSo(infix('!==', object, text('undefined')), work)
        : work()
  const loadPulled = (each: Load, d: Formula) => {
    const [object, at] = values.read(each) as [PrimalValue, PrimalValue]
    const shadow = needShadow(object)
    const place = placeOf(object, each.key, at)
    const isParameter = [...memory.placesOf(each.from)].every(({ source }) => source)
    isLacking(each.from, shadow, () =>
      out.push({ k: 'assign', to: place, sign: '+=', value: isMarked && !isParameter ? plusZero(d) : d }),
    )
  }
  /** Whether a write of a constant is to what was just made, and nothing has read of it: nobody asks for adjoints from before. */
  const isFirst = (
    each: Statement & { k: 'store' | 'push' },
    block: Statements,
    { by, home }: PrimalValue,
  ): boolean => {
    const places = [...memory.placesOf(each.to)]
    if (by?.k !== 'make' || !home || places.some(place => place.by !== by)) return false
    let [own, at]: [Statement, Statements] = [each, block]
    while (at !== home) {
      const parent = values.parents.get(at)
      if (!parent) return false
      own = parent.owner
      at = parent.block
    }
    const between = home.slice(home.indexOf(by) + 1, home.indexOf(own) + 1)
    return [...allOf(between)].every(other => {
      if (other.k === 'call') return false
      if (other.k === 'load') return !memory.placesOf(other.from).has(places[0]!)
      // what was written before is taken back behind it
      if (other.k !== 'push' && other.k !== 'store') return true
      return !isActive(other.from) || !memory.placesOf(other.to).has(places[0]!)
    })
  }
  const written = (each: Statement & { k: 'store' | 'push' }, block: Statements) => {
    if (!memory.isShadowed(each.to)) return
    if (isVariable(each.from) && each.from.kind === 'reference') return pushedReference(each)
    const args = values.read(each)
    const isDue = isActive(each.from)
    if (!isDue && settings.memory && isFirst(each, block, args[0]!)) return
    const shadow = needShadow(args[0]!)
    const wanted = each.k === 'store' && typeof each.key === 'string' ? each.key.replace(/\W/g, '') : ''
    isLacking(each.to, shadow, () => {
      const local = newLocal(wanted ? adjointName(wanted) : `${adjointName(each.to.wanted)}At`)
      if (each.k === 'push') {
        const popping: Formula = { k: 'call', of: memberFormula(shadow, 'pop'), args: [] }
        if (!isDue) return void out.push({ k: 'do', value: popping })
        out.push({ k: 'declare', local, value: popping })
      } else {
        const place = placeOf(args[0]!, each.key, args[1]!)
        if (isDue) out.push({ k: 'declare', local, value: place })
        out.push({ k: 'assign', to: place, sign: '=', value: zero })
        if (!isDue) return
      }
      // a write behind the end of a Float64Array is dropped
      const isTyped = [...memory.placesOf(each.to)].some(({ by }) => by?.k === 'make' && by.of === 'typed')
      // where 0 stands for nothing, it may be handed on as it is
      const isHandedOn = !isMarked && !inlined.has(each.from as Variable)
      const arrived = isHandedOn ? text('true') : didArrive(localOf(local))
      const test = isTyped ? infix('&&', infix('!==', localOf(local), text('undefined')), arrived) : arrived
      ifSo(test, () => flow(each.from as Variable, localOf(local)))
    })
  }

  /** What is pushed behind a reference is taken back before it. */
  const pushedReference = (each: Statement & { k: 'store' | 'push' }) => {
    const places = memory.placesOf(each.to)
    const isBesideNumbers = [...allIn(f)].some(
      other =>
        other.k === 'push' &&
        !(isVariable(other.from) && other.from.kind === 'reference') &&
        [...memory.placesOf(other.to)].some(place => places.has(place)),
    )
    if (each.k !== 'push' || !isBesideNumbers) return
    const shadow = needShadow(values.read(each)[0]!)
    isLacking(each.to, shadow, () =>
      out.push({ k: 'do', value: { k: 'call', of: memberFormula(shadow, 'pop'), args: [] } }),
    )
  }

  // ---- statements

  const leavesOf = (each: Statement): Variable[] => {
    if (each.k !== 'set' && each.k !== 'operation') return []
    return readBy(each).flatMap(atom => {
      if (!isActive(atom)) return []
      const inner = inlined.get(atom)
      return inner ? leavesOf(inner) : [atom]
    })
  }
  /** Whether an adjoint of 0 goes on as 0; one that did not arrive must not arrive behind a sum. */
  const isPlainSum = (each: Statement): boolean => {
    if (isMarked) return false
    if (each.k === 'set') return true
    if (each.k !== 'operation' || !/^(?:add|sub|neg)$/.test(each.rule)) return false
    return readBy(each).every(atom => {
      const inner = isActive(atom) ? inlined.get(atom) : undefined
      return !inner || isPlainSum(inner)
    })
  }
  /** Whether a statement adds to its own variable. */
  const isStep = (each: Statement, variable: Variable): boolean => {
    if (each.k !== 'operation' || !/^(?:add|sub)$/.test(each.rule)) return false
    const [a, b] = each.operands as [Atom, Atom]
    const goesOn = (atom: Atom): boolean => {
      if (atom === variable) return true
      const inner = isVariable(atom) ? inlined.get(atom) : undefined
      return inner !== undefined && isStep(inner, variable)
    }
    return goesOn(a) || (each.rule === 'add' && goesOn(b))
  }
  /** Whether anything may have arrived: a call may hand on to what it shares. */
  const hasArrivals = (variable: Variable) => arrivals.has(variable) || shared.has(variable)
  const assigned = (each: Statement & { target: Variable }, block: Statements) => {
    const { target } = each
    if (inlined.has(target) || target.kind === 'reference' || !memory.isActive(target)) return
    if (each.k === 'set' && !isActive(each.from)) {
      if (hasArrivals(target)) clear(target, each, block)
      return
    }
    if (!(each.k === 'set' || each.k === 'operation' || each.k === 'load') || !hasArrivals(target)) return
    const d = adjointOf(target)
    const owns = leavesOf(each).filter(leaf => leaf === target).length
    const isAsked = !isPlainSum(each)
    if (owns === 0) {
      guarded(target, isAsked, () => pulled(each, localOf(d)))
      return clear(target, each, block)
    }
    if (owns === 1 && isStep(each, target))
      return guarded(target, isAsked, () => pulled(each, localOf(d), { variable: target }))
    guarded(target, isAsked, () => {
      if (owns === 1 && !isChosenWithin(each)) {
        const own: Own = { variable: target }
        pulled(each, localOf(d), own)
        if (own.amount)
          out.push({
            k: 'assign',
            to: localOf(d),
            sign: '=',
            value: isMarked && learned.asked.has(target) ? plusZero(own.amount) : own.amount,
          })
        return
      }
      const before = newLocal(`${adjointName(target.wanted)}Next`)
      out.push({ k: 'declare', local: before, value: localOf(d) })
      out.push({ k: 'assign', to: localOf(d), sign: '=', value: zero })
      arrivals.delete(target)
      pulled(each, localOf(before))
    })
  }
  const isChosenWithin = (each: Statement): boolean =>
    (each.k === 'operation' && (isChoosing(each) || passesNothing(each) || passesReached(each))) ||
    readBy(each).some(atom => isVariable(atom) && inlined.has(atom) && isChosenWithin(inlined.get(atom)!))

  const statement = (each: Statement, block: Statements): void => {
    const from = out.length
    reversed(each, block)
    placeLines(out, from, each.at)
  }
  const reversed = (each: Statement, block: Statements): void => {
    if (each.k === 'store' || each.k === 'push') return written(each, block)
    if (each.k === 'if') return choiceBackwards(each)
    if (each.k === 'loop') return loopBackwards(each)
    if (each.k === 'call') return calledBackwards(each, block)
    if ('target' in each && each.target) assigned(each as Statement & { target: Variable }, block)
  }
  const activeParameters = ({ parameters }: Unit) =>
    parameters.filter(each => each.kind === 'scalar' && memory.isActive(each))
  const isActiveResult = ({ result }: Unit): boolean =>
    isVariable(result) && result.kind === 'scalar' && memory.isActive(result)
  /** What a call kept is taken back whether anything arrives at its result or not. */
  const calledBackwards = (each: Statement & { k: 'call' }, block: Statements) => {
    if (!isReversedUnit(each.unit)) return
    const unit = f.units[each.unit]!
    const target = each.target && isActive(each.target) && each.target.kind === 'scalar' ? each.target : undefined
    const isDue = target !== undefined && hasArrivals(target)
    if (isDue && isMarked) ask(target)
    const given = isActiveResult(unit) ? [isDue ? localOf(adjointOf(target)) : zero] : []
    const of = localOf(writing.unitLocal(unit, 'backward'))
    const call: Formula = { k: 'once', of: { k: 'call', of, args: given } }
    const active = activeParameters(unit)
    const uses = active.flatMap((parameter, i) => {
      const from = each.operands[unit.parameters.indexOf(parameter)]!
      return isActive(from) ? [[from, i] as const] : []
    })
    const local = newLocal('arrived')
    if (uses.length === 0) out.push({ k: 'do', value: call })
    else out.push({ k: 'declare', local, value: call })
    if (isDue) clear(target, each, block)
    for (const [from, i] of uses)
      handBack(from, active.length === 1 ? localOf(local) : memberFormula(localOf(local), text(`${i}`)))
  }
  const isReversedUnit = (place: number, seen: readonly number[] = []): boolean =>
    [...allOf(f.units[place]!.body)].some(each =>
      each.k === 'call' ? !seen.includes(each.unit) && isReversedUnit(each.unit, [...seen, place]) : isReversed(each),
    )
  const unitBackwards = (unit: Unit): Line => {
    const before = arrivals
    arrivals = new Map()
    const given: Local[] = []
    const ends: Line[] = []
    let own: Frame | undefined
    const body = backwards(unit.body, true, frame => {
      own = frame
      if (isMarked) activeParameters(unit).forEach(ask)
      if (!isActiveResult(unit)) return
      const result = unit.result as Variable
      if (isMarked) ask(result)
      const local = newLocal(adjointName(result.wanted), true)
      given.push(local)
      frame.adjoints.set(result, local)
      arrivals.set(result, 'maybe')
    })
    const found = activeParameters(unit).map(each => {
      const local = own!.adjoints.get(each)
      return local ? localOf(local) : zero
    })
    if (found.length > 0)
      ends.push({ k: 'end', word: 'return', value: found.length === 1 ? found[0]! : { k: 'list', elements: found } })
    arrivals = before
    return { k: 'function', local: writing.unitLocal(unit, 'backward'), parameters: given, body: [...body, ...ends] }
  }
  const choiceBackwards = (each: Statement & { k: 'if' }) => {
    const before = new Map(arrivals)
    const whenTrue = backwards(each.whenTrue, false)
    const after = arrivals
    arrivals = before
    const whenFalse = backwards(each.whenFalse, false)
    arrivals = joined(after, arrivals)
    if (whenTrue.length + whenFalse.length === 0) return
    const test = need(values.read(each)[0]!)
    if (whenTrue.length === 0) out.push({ k: 'if', test: not(test), whenTrue: whenFalse, whenFalse: [] })
    else out.push({ k: 'if', test, whenTrue, whenFalse })
  }
  const not = (of: Formula): Formula => ({ k: 'unary', sign: '!', of })

  /** What may have arrived before a turn: from behind the loop, or from a later turn. */
  const entered = (loop: Statement) => {
    const known = learned.turns.get(loop)
    if (!known) return
    for (const each of known.keys()) {
      const isSure = known.get(each) === 'sure' && arrivals.get(each) === 'sure'
      arrivals.set(each, isSure ? 'sure' : 'maybe')
    }
    for (const each of arrivals.keys()) if (!known.has(each)) arrivals.set(each, 'maybe')
  }
  const left = (loop: Statement) => {
    const known = learned.turns.get(loop)
    const isSame = known?.size === arrivals.size && [...arrivals].every(([each, so]) => known.get(each) === so)
    if (!isSame) {
      learned.turns.set(loop, new Map(arrivals))
      learned.isChanged = true
    }
  }
  const loopBackwards = (each: Statement & { k: 'loop' }) => {
    const counted = values.counted(each)
    const before = new Map(arrivals)
    entered(each)
    const hasBefore = [...allOf(each.before)].some(one => isReversed(one))
    const beforeLines = hasBefore ? backwards(each.before, true) : []
    const onlyBefore = new Map(arrivals)
    const isCounted = counted && !hasBefore
    const counter = isCounted ? newLocal(counted.counter.wanted) : newLocal('turn')
    const body = backwards(each.body, true, frame => {
      if (isCounted) frame.there.set(counted.value, localOf(counter))
    })
    left(each)
    arrivals = joined(hasBefore ? onlyBefore : before, arrivals)
    if (body.length + beforeLines.length === 0) return
    if (isCounted) {
      const from = need(counted.from)
      const [last, test, step] = ends(counted, hoisted(counted.bound, each), counter, from)
      pushLoop({ k: 'for', counter, from: last, test, step, body })
      return
    }
    const turns = need(values.turns(each))
    if (!hasBefore) {
      const test = infix('>', localOf(counter), text('0'))
      pushLoop({ k: 'for', counter, from: turns, test, step: '--', body })
      return
    }
    const ends0: Line = {
      k: 'if',
      test: infix('===', localOf(counter), text('0')),
      whenTrue: [{ k: 'end', word: 'break' }],
      whenFalse: [],
    }
    out.push({ k: 'declare', local: counter, value: turns })
    const next: Line = { k: 'assign', to: localOf(counter), sign: '=', value: infix('-', localOf(counter), text('1')) }
    out.push({ k: 'while', test: text('true'), body: [...beforeLines, ends0, next, ...body] })
  }
  const memories = {
    gradients: new Set(f.inputs.filter(({ kind }) => kind === 'reference').map(writing.shadowLocal)),
    plain: new Set([writing.tape, ...[...scopes.keys()].filter(({ kind }) => kind === 'reference').map(writing.local)]),
  }
  const pushLoop = (loop: Line & { k: 'for' }) => {
    out.push(...(settings.gathered ? gathered(loop, memories) : [loop]))
  }
  const isReversed = (each: Statement): boolean => {
    if (each.k === 'store' || each.k === 'push') return memory.isShadowed(each.to)
    if (each.k === 'call') return isReversedUnit(each.unit)
    return 'target' in each && each.target?.kind === 'scalar' && memory.isActive(each.target)
  }
  /** The bound of a loop outside of it. */
  const hoisted = (value: PrimalValue, loop: Statement & { k: 'loop' }): Formula => {
    if (value.home !== loop.before && value.home !== loop.body) return need(value)
    const args = value.args.map((each, i) => (isNeeded(value, i) ? hoisted(each, loop) : text('')))
    return computed(writing, value.by!, (_, i) => args[i]!)
  }
  const ends = (
    { bound, sign, step }: NonNullable<ReturnType<typeof values.counted>>,
    limit: Formula,
    counter: Local,
    from: Formula,
  ): [last: Formula, test: Formula, step: '++' | '--'] => {
    const isExact = isWholeValue(bound, values.counted)
    const rounded = (how: string) => (isExact ? limit : callOf(`Math.${how}`, limit))
    const one = text('1')
    if (step > 0)
      return [
        sign === '<' ? infix('-', rounded('ceil'), one) : rounded('floor'),
        infix('>=', localOf(counter), from),
        '--',
      ]
    return [
      sign === '>' ? infix('+', rounded('floor'), one) : rounded('ceil'),
      infix('<=', localOf(counter), from),
      '++',
    ]
  }

  const units = f.units.flatMap((unit, place) => (isReversedUnit(place) ? [unitBackwards(unit)] : []))
  const lines = backwards(f.body, false, () => {
    const variable = f.result as Variable
    const result = localOf(writing.local(variable))
    if (variable.kind === 'reference') {
      const shadow = localOf(writing.shadowLocal(variable))
      return void out.push({ k: 'do', value: callOf('$.seeded', shadow, callOf('seed', result), result) })
    }
    const seed = callOf('seed', result)
    // on the tape each number that a NaN was computed of has the derivative NaN
    contribute(variable, f.isTangent ? seed : choice(infix('===', result, result), seed, text('NaN')))
  }) // adjoints of what they share are declared before them
  return { lines, units: [...common.lines, ...units] }
}
