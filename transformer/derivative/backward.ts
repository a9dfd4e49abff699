/**
 * The second half of a derivative's text: the statements backwards, which take back what was kept and add up adjoints.
 * It must not read what the function's memory holds.
 */
import { placedAt, type WrittenLine } from './placed.ts'
import { type Atom, isVariable, type Statement, type Statements, type Variable } from './structured.ts'
import {
  activeParameters,
  inside,
  isLoadedBack,
  isReversed,
  isScalar,
  isStable,
  keptPartials,
  memberText,
  shadowOf,
  type Writing,
} from './writing.ts'

export function backwardLines(writing: Writing, statements: Statements): WrittenLine[] {
  const run = statements.findIndex(({ k }) => k === 'throw')
  const kept = run === -1 ? statements : statements.slice(0, run)
  return kept.toReversed().flatMap(each => placedAt(backwardOf(writing, each), each.at))
}

/** Whether anything arrived at an adjoint. */
const reached = (adjoint: string) => `${adjoint} !== 0 || 1 / ${adjoint} > 0`

function backwardOf(writing: Writing, each: Statement): WrittenLine[] {
  const { memory, adjoint } = writing
  switch (each.k) {
    case 'set': {
      if (each.target.kind === 'reference' || !memory.isActive(each.target)) return []
      const target = adjoint(each.target)
      const isAdded = isVariable(each.from) && memory.isActive(each.from)
      return [...(isAdded ? [`${adjoint(each.from as Variable)} += ${target}`] : []), `${target} = -0`]
    }
    case 'operation':
      return memory.isActive(each.target) ? operationBackward(writing, each) : []
    case 'load': {
      if (!isLoadedBack(writing, each)) return []
      const target = adjoint(each.target)
      const { before, object, key } = placeBackward(writing, each.from, each.key)
      const isProperty = !isVariable(each.key) && each.key.startsWith('"')
      const tests = [
        ...(memory.mayLackShadow(each.from) ? [`${object} !== undefined`] : []),
        ...(isProperty ? [] : [insideOf(object, isVariable(key) ? writing.name(key) : key)]),
      ]
      const add = `${tests.length > 0 ? `if (${tests.join(' && ')}) ` : ''}${memberText(writing, object, key)} += ${target}`
      return ['{', ...inside([...before, `if (${reached(target)}) {`, ...inside([add, `${target} = -0`]), '}']), '}']
    }
    case 'store':
    case 'push':
      return writtenBackward(writing, each)
    case 'if': {
      const [then, otherwise] = [backwardLines(writing, each.whenTrue), backwardLines(writing, each.whenFalse)]
      if (!isReversed(writing, each.whenTrue) && !isReversed(writing, each.whenFalse)) return []
      return ['if (T[--sp] === 1) {', ...inside(then), '} else {', ...inside(otherwise), '}']
    }
    case 'loop': {
      if (!isReversed(writing, each.body) && !isReversed(writing, each.before)) return []
      const [before, body] = [backwardLines(writing, each.before), backwardLines(writing, each.body)]
      const turns = writing.turns(each)
      const taken = `let ${turns} = T[--sp]`
      if (before.length === 0) return [`for (${taken}; ${turns} > 0; ${turns}--) {`, ...inside(body), '}']
      // the count was kept last, behind what the last test kept
      const all = [taken, ...before, `for (; ${turns} > 0; ${turns}--) {`, ...inside([...body, ...before]), '}']
      return ['{', ...inside(all), '}']
    }
    case 'call':
      return calledBackward(writing, each)
    default:
      return []
  }
}

function calledBackward(writing: Writing, each: Statement & { k: 'call' }): WrittenLine[] {
  if (!isReversed(writing, [each])) return []
  const { memory, adjoint, units } = writing
  const called = units[each.unit]!
  const target = each.target && each.target.kind === 'scalar' && memory.isActive(each.target) ? [each.target] : []
  const passed = memory.isActive(called.result) ? [target[0] ? adjoint(target[0]) : '-0'] : []
  const call = `${writing.unitBack(called)}(${passed.join(', ')})`
  const adds = activeParameters(writing, called).flatMap((parameter, i) => {
    const from = each.operands[called.parameters.indexOf(parameter)]!
    return isVariable(from) && memory.isActive(from) ? [`${adjoint(from)} += arrived[${i}]`] : []
  })
  const clear = target.map(variable => `${adjoint(variable)} = -0`)
  return adds.length === 0 ? [call, ...clear] : ['{', ...inside([`const arrived = ${call}`, ...clear, ...adds]), '}']
}
function operationBackward(writing: Writing, each: Statement & { k: 'operation' }): WrittenLine[] {
  const { adjoint } = writing
  const target = adjoint(each.target)
  const { kept, flows, passes } = keptPartials(writing, each)
  const pops = kept.map((_, i) => `const p${i} = T[--sp]`).toReversed()
  const test = (i: number) => {
    if (passes === 'all') return ''
    return passes === 'reached' ? `if (${reached(`p${i}`)}) ` : `if (p${i} !== 0) `
  }
  const adds = flows.map(([to, i]) => `${test(i)}${adjoint(to)} += ${target} * p${i} + 0`)
  return ['{', ...inside([...pops, `if (${reached(target)}) {`, ...inside([...adds, `${target} = -0`]), '}']), '}']
}

/** The place that a statement read or wrote, with what must be taken back for it. */
function placeBackward(
  writing: Writing,
  from: Variable,
  key: Atom,
): { before: WrittenLine[]; object: string; key: Atom } {
  const [isObjectThere, isKeyThere] = [isStable(writing, from), isStable(writing, key)]
  return {
    before: [...(isObjectThere ? [] : ['const object = R.pop()']), ...(isKeyThere ? [] : ['const key = T[--sp]'])],
    object: isObjectThere ? shadowOf(writing, from) : 'object',
    key: isKeyThere ? key : 'key',
  }
}

function writtenBackward(writing: Writing, each: Statement & { k: 'store' | 'push' }): WrittenLine[] {
  const { memory, adjoint } = writing
  if (!isScalar(each.from) || !memory.isShadowed(each.to)) return []
  const { before, object, key } = placeBackward(writing, each.to, each.k === 'push' ? '0' : each.key)
  const at = memberText(writing, object, each.k === 'push' ? 'key' : key)
  const isAdded = isVariable(each.from) && memory.isActive(each.from)
  // a write behind the end of a Float64Array is dropped
  const take = isAdded ? [`if (${at} !== undefined) ${adjoint(each.from as Variable)} += ${at}`] : []
  const lines = [...take, `${at} = -0`]
  const test = memory.mayLackShadow(each.to) ? [`if (${object} !== undefined) {`, ...inside(lines), '}'] : lines
  return ['{', ...inside([...before, ...(each.k === 'push' ? ['const key = T[--sp]'] : []), ...test]), '}']
}

/** Whether a place was ever there; most keys are indices, and the first test is the faster one. */
const insideOf = (object: string, key: string) => `(${key} < ${object}.length || ${key} in ${object})`
