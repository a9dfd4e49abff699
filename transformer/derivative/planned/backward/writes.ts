/** Writes to arrays and records backwards: what arrived at the place goes on to what was written. It must not know how that goes on. */
import { allIn, allOf, isVariable, type Statement, type Statements, type Variable } from '../../structured.ts'
import { type Formula, infix, localOf, memberFormula, text } from '../formulas.ts'
import type { PrimalValue } from '../values/value.ts'
import { adjointName, newLocal } from '../writing.ts'
import { didArrive, isActive, isZeroMarked, zeroOf } from './adjoints.ts'
import { adjointPlace, flow, ifShadowed } from './flows.ts'
import { needShadow } from './needed.ts'
import { type BackwardWalk, ifSo } from './walk.ts'

type Write = Statement & { readonly k: 'store' | 'push' }

export function writeBackwards(walk: BackwardWalk, each: Write, block: Statements): void {
  const { memory, values, settings } = walk.writing
  if (!memory.isShadowed(each.to)) return
  if (isVariable(each.from) && each.from.kind === 'reference') return pushedReference(walk, each)
  const args = values.read(each)
  const isDue = isActive(walk, each.from)
  if (!isDue && settings.memory && isFirstWrite(walk, each, block, args[0]!)) return
  const shadow = needShadow(walk, args[0]!)
  ifShadowed(walk, each.to, shadow, () => {
    const d = takenBack(walk, each, shadow, isDue)
    if (!isDue) return
    // where 0 stands for nothing, it may be handed on as it is
    const isHandedOn = !isZeroMarked(walk) && !walk.writing.inlined.has(each.from as Variable)
    const arrived = isHandedOn ? text('true') : didArrive(walk, d)
    const test = isTyped(walk, each) ? infix('&&', infix('!==', d, text('undefined')), arrived) : arrived
    ifSo(walk, test, () => flow(walk, each.from as Variable, d))
  })
}

/** Takes an adjoint out of its place, with a name if it goes on. */
function takenBack(walk: BackwardWalk, each: Write, shadow: Formula, isDue: boolean): Formula {
  const args = walk.writing.values.read(each)
  const wanted = each.k === 'store' && typeof each.key === 'string' ? each.key.replace(/\W/g, '') : ''
  const local = newLocal(wanted ? adjointName(wanted) : `${adjointName(each.to.wanted)}At`)
  if (each.k === 'push') {
    const value = popping(shadow)
    walk.out.push(isDue ? { k: 'declare', local, value } : { k: 'do', value })
  } else {
    const place = adjointPlace(walk, args[0]!, each.key, args[1]!)
    if (isDue) walk.out.push({ k: 'declare', local, value: place })
    walk.out.push({ k: 'assign', to: place, sign: '=', value: zeroOf(walk) })
  }
  return localOf(local)
}

const popping = (shadow: Formula): Formula => ({ k: 'call', of: memberFormula(shadow, 'pop'), args: [] })

/** Whether a write behind the end may be dropped, as of a Float64Array. */
const isTyped = ({ writing }: BackwardWalk, { to }: Write) =>
  [...writing.memory.placesOf(to)].some(({ by }) => by?.k === 'make' && by.of === 'typed')

/** Whether a write of a constant is to what was just made, and nothing has read of it: nobody asks for adjoints from before. */
function isFirstWrite(walk: BackwardWalk, each: Write, block: Statements, { by, home }: PrimalValue): boolean {
  const { memory, values } = walk.writing
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
  return allOf(between).every(other => {
    if (other.k === 'call') return false
    if (other.k === 'load') return !memory.placesOf(other.from).has(places[0]!)
    // what was written before is taken back behind it
    if (other.k !== 'push' && other.k !== 'store') return true
    return !isActive(walk, other.from) || !memory.placesOf(other.to).has(places[0]!)
  })
}

/** What is pushed behind a reference is taken back before it. */
function pushedReference(walk: BackwardWalk, each: Write): void {
  const { f, memory, values } = walk.writing
  const places = memory.placesOf(each.to)
  const isBesideNumbers = allIn(f).some(
    other =>
      other.k === 'push' &&
      !(isVariable(other.from) && other.from.kind === 'reference') &&
      [...memory.placesOf(other.to)].some(place => places.has(place)),
  )
  if (each.k !== 'push' || !isBesideNumbers) return
  const shadow = needShadow(walk, values.read(each)[0]!)
  ifShadowed(walk, each.to, shadow, () => walk.out.push({ k: 'do', value: popping(shadow) }))
}
