/**
 * Whether partials on tracked numbers depend on the operands wherever they change with them: a number that was made of `num` is a constant
 * to a derivative, which then is wrong without a word. It must not know any rule, nor how a sweep works.
 */
import { DETACHED, type GraphNode, LEAF, type NodeOrNumber, operandsOfNode, operandValue } from '../engine/node.ts'
import { NumberWithGrad, type Numeric } from './number-with-grad.ts'

type Partials = (xs: readonly Numeric[]) => ArrayLike<Numeric>

/** Relative steps: two on one side, so that a constant which jumps at the operands is none that changes. */
const STEPS = [1e-4, 2e-4]
/** A constant that changes by less is one with rounding errors. */
const LEAST = 1e-9

/** @throws TypeError if a constant in the partials differs from itself at operands close by. */
export function requireDependence(name: string, partials: Partials, xs: readonly Numeric[]): void {
  for (const side of [1, -1]) {
    const runs = runsBeside(partials, xs, side)
    if (!runs) continue
    const [near, far] = runs
    const lost = lostConstant(near!, far!)
    if (lost === undefined) return
    throw new TypeError(
      `${name}: a number in the trackedPartials changes with the operands, but is a constant of their derivatives (${lost}), ` +
        'so a second derivative would be wrong. Compute it from the operands, without `num`; where a constant is meant, write `detach(x)`.',
    )
  }
}

/** Operands with the partials of them. */
interface Run {
  readonly xs: readonly Numeric[]
  readonly found: ArrayLike<Numeric>
}

/** Undefined where the rule does not take such operands. */
function runsBeside(partials: Partials, xs: readonly Numeric[], side: number): readonly Run[] | undefined {
  try {
    return STEPS.map(step => {
      const moved = xs.map(x => (typeof x === 'number' ? x : new NumberWithGrad(movedBy(x.num, side * step))))
      return { xs: moved, found: partials(moved) }
    })
  } catch {
    return undefined
  }
}

const movedBy = (x: number, step: number) => x + step * Math.max(Math.abs(x), 1)

/** The first constant that differs in two records of the same operations. */
function lostConstant(near: Run, far: Run): number | undefined {
  const operands = new Set(near.xs.map(selfOf))
  const done = new Set<unknown>()
  const work = pairsOf(Array.from(near.found), Array.from(far.found))
  for (let pair = work.pop(); pair; pair = work.pop()) {
    const [a, b] = pair
    if (operands.has(a) || a === b || done.has(a)) continue
    if (isConstant(a) !== isConstant(b)) continue
    if (isConstant(a)) {
      if (differs(operandValue(a), operandValue(b))) return operandValue(a)
      continue
    }
    done.add(a)
    const [one, other] = [a as GraphNode, b as GraphNode]
    if (one._opcode === other._opcode) work.push(...pairsOf(operandsOfNode(one), operandsOfNode(other)))
  }
  return undefined
}

type Pair = readonly [NodeOrNumber, NodeOrNumber]

function pairsOf(near: readonly (NodeOrNumber | null)[], far: readonly (NodeOrNumber | null)[]): Pair[] {
  if (near.length !== far.length) return []
  return near.flatMap((a, i): Pair[] => {
    const b = far[i]
    return a === null || b === null || b === undefined || isDetached(a) ? [] : [[selfOf(a), selfOf(b)]]
  })
}

const selfOf = (x: NodeOrNumber): NodeOrNumber => (typeof x === 'number' ? x : x._self)
const isConstant = (x: NodeOrNumber) => typeof x === 'number' || x._opcode === LEAF
const isDetached = (x: NodeOrNumber) => typeof x !== 'number' && x._opcode === LEAF && x._a === DETACHED
const differs = (a: number, b: number) => Math.abs(a - b) > LEAST * Math.max(Math.abs(a), Math.abs(b))
