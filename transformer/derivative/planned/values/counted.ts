/** Loops that count: `for (let i = from; i < bound; i++)`, or downwards. It must not know what is done with them. */
import { type Atom, blocksOf, isVariable, type Statement, type Variable } from '../../structured.ts'
import { type CountedLoop, type PrimalValue, readsMemory, type SteppedVariable } from './value.ts'

interface AroundLoop {
  /** What variables hold before the loop, at the start of a turn, and at its end. */
  readonly before: ReadonlyMap<Variable, PrimalValue>
  readonly heads: ReadonlyMap<Variable, PrimalValue>
  readonly end: ReadonlyMap<Variable, PrimalValue>
  readonly reads: ReadonlyMap<Statement, readonly PrimalValue[]>
  isStable(statement: Statement): boolean
}

export function countedLoop(
  loop: Statement & { k: 'loop' },
  { before, heads, end, reads, isStable }: AroundLoop,
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
  if (!value || value !== head) return undefined
  const step = stepOf(head, end.get(left))
  if (step === undefined || sign.startsWith('<') !== step > 0) return undefined
  const bound = reads.get(asked)![2]!
  const from = before.get(left)
  if (!from || !isInvariant(bound, loop, isStable)) return undefined
  return { counter: left, value, from, bound, sign: sign as '<', step }
}

/** How far a turn moves what a variable holds at its start. */
function stepOf(head: PrimalValue, end: PrimalValue | undefined): 1 | -1 | undefined {
  if (end?.k !== 'operation' || end.args[0] !== head || end.args[1]?.text !== '1') return undefined
  return end.text === 'add' ? 1 : end.text === 'sub' ? -1 : undefined
}

/** The variables that each turn moves by 1, whatever ends the loop. */
export function steppedVariables(variables: Iterable<Variable>, around: AroundLoop): readonly SteppedVariable[] {
  return [...variables].flatMap(variable => {
    const [value, from] = [around.heads.get(variable), around.before.get(variable)]
    const step = value && stepOf(value, around.end.get(variable))
    return step && from?.k === 'text' && /^\d{1,9}$/.test(from.text) ? [{ value, from: Number(from.text), step }] : []
  })
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
