/**
 * Results of many numbers that are computed at once, as one record: a whole with all operands, and behind it a part for each number. The
 * adjoint of the whole is computed once, from those of all parts. It must not know what is computed.
 */
import { kinked } from '../engine/kinked.ts'
import {
  type GraphNode,
  isReached,
  MANY,
  ManyOperands,
  type ManyRule,
  type NodeOrNumber,
  operandsOfNode,
  type WholeSweeps,
} from '../engine/node.ts'
import { edges, slots } from '../engine/slots.ts'
import { admit, requireUnmoved } from '../engine/tape.ts'
import { addTo, type Derivatives } from './tracked-sweep.ts'

/** A derivative of a number that has none is `undefined`. */
export type MaybeTracked = NodeOrNumber | undefined

/** A result of many numbers and its derivatives. In arrays of numbers -0 stands for what is not reached (isReached). */
export interface Computed {
  readonly name: string
  readonly values: ArrayLike<number>
  /** The adjoints of the operands, written into an array of -0. */
  pull(adjoints: Float64Array, into: Float64Array): void
  /** The tangents of the values. */
  push(tangents: Float64Array, into: Float64Array): void
  /** The tangents of what `pull` gives where the operands move and the adjoints do not. */
  bend(adjoints: Float64Array, tangents: Float64Array, into: Float64Array): void
  pullTracked(operands: readonly NodeOrNumber[], adjoints: readonly MaybeTracked[]): readonly MaybeTracked[]
  pushTracked(operands: readonly NodeOrNumber[], tangents: readonly MaybeTracked[]): readonly MaybeTracked[]
}

const isNaNAt = ({ values }: Computed, part: number) => Number.isNaN(values[part])
const unreached = (count: number) => new Float64Array(count).fill(-0)

function isAnyReached(xs: Float64Array): boolean {
  for (let i = 0; i < xs.length; i++) if (isReached(xs[i]!)) return true
  return false
}

/** The operand of a part, and which part it is. */
class PartOperands extends ManyOperands {
  readonly part: number

  constructor(rule: ManyRule, whole: readonly GraphNode[], part: number) {
    super(rule, whole)
    this.part = part
  }
}

class WholeRule implements ManyRule, WholeSweeps {
  readonly name: string
  readonly count: number
  readonly whole: WholeSweeps = this
  node: GraphNode | undefined
  parts: readonly GraphNode[] = []
  private readonly computed: Computed
  private readonly operandCount: number
  /** The parts' adjoints of the last sweep of objects. */
  private adjoints: Float64Array | undefined

  constructor(computed: Computed, operandCount: number) {
    this.name = `whole ${computed.name}`
    this.computed = computed
    this.count = computed.values.length
    this.operandCount = operandCount
  }

  /** Something passes to every operand; what, the sweeps of the whole say. */
  partials(): Float64Array {
    return new Float64Array(this.operandCount)
  }

  /** Keeps a part's adjoint for the whole, whose own is the largest of them; of a copy of a part nothing is kept. */
  keep(whole: GraphNode, part: number, adjoint: number): void {
    if (whole._self === this.node!._self) {
      this.adjoints ??= unreached(this.count)
      if (!isReached(whole._adjoint)) this.adjoints.fill(-0)
      this.adjoints[part] = isNaNAt(this.computed, part) ? NaN : adjoint
    }
    whole._adjoint = Math.max(whole._adjoint, Math.abs(adjoint)) + 0
  }

  /** The step of the sweep over objects. */
  propagate({ _a }: GraphNode): void {
    if (this.adjoints === undefined) return
    const into = this.pulled(this.adjoints)
    ;(_a as ManyOperands).operands.forEach((operand, i) => {
      if (typeof operand !== 'number' && isReached(into[i]!)) operand._adjoint += into[i]!
    })
  }

  private pulled(adjoints: Float64Array): Float64Array {
    const into = unreached(this.operandCount)
    this.computed.pull(adjoints, into)
    return into
  }

  pull(at: number, adjoint: Float64Array): void {
    addToOperands(at, adjoint, this.pulled(this.ofParts(at, adjoint)))
  }

  private ofParts(at: number, adjoint: Float64Array): Float64Array {
    const found = adjoint.slice(at + 1, at + 1 + this.count)
    for (let part = 0; part < this.count; part++)
      if (isNaNAt(this.computed, part) && isReached(found[part]!)) found[part] = NaN
    return found
  }

  push(at: number, tangent: Float64Array): number {
    const tangents = ofOperands(at, tangent)
    const into = unreached(this.count)
    const moves = isAnyReached(tangents)
    if (moves) this.computed.push(tangents, into)
    tangent[at] = moves ? 0 : -0
    for (let part = 0; part < this.count; part++)
      tangent[at + 1 + part] = moves && isNaNAt(this.computed, part) ? NaN : into[part]!
    return at + this.count
  }

  bend(at: number, to: Float64Array, tangent: Float64Array): void {
    const tangents = ofOperands(at, tangent)
    if (!isAnyReached(tangents)) return
    const into = unreached(this.operandCount)
    this.computed.bend(this.ofParts(at, slots.adjoint), tangents, into)
    addToOperands(at, to, into)
  }

  /** `bend` has them. */
  partialTangents(): never {
    throw new Error(this.name)
  }

  /** What each operand gets; the derivative of the whole itself is 1. */
  trackedPartials(operands: readonly NodeOrNumber[], _y: unknown, derivatives: Derivatives): (NodeOrNumber | null)[] {
    const adjoints = this.parts.map((part, i) => {
      const found = derivatives.get(part._self)
      return found !== undefined && isNaNAt(this.computed, i) ? kinked(NaN, -1, part) : found
    })
    const reached = this.pulled(reachedOf(adjoints))
    const found = this.computed.pullTracked(operands, adjoints)
    return operands.map((_, i) => (isReached(reached[i]!) ? (found[i] ?? null) : null))
  }

  pushTracked(whole: GraphNode, derivatives: Derivatives): void {
    const operands = operandsOfNode(whole)
    for (const each of operands) requireUnmoved(whole, each)
    const tangents = operands.map(each => (typeof each === 'number' ? undefined : derivatives.get(each)))
    const reached = unreached(this.count)
    this.computed.push(reachedOf(tangents), reached)
    const found = this.computed.pushTracked(operands, tangents)
    this.parts.forEach((part, i) => {
      const share = isNaNAt(this.computed, i) ? kinked(NaN, -1, part) : found[i]
      if (share !== undefined && isReached(reached[i]!)) addTo(derivatives, part._self, share)
    })
  }
}

/** 1 for each derivative that is there. */
function reachedOf(derivatives: readonly MaybeTracked[]): Float64Array {
  return Float64Array.from(derivatives, each => (each === undefined ? -0 : 1))
}

function addToOperands(at: number, to: Float64Array, shares: Float64Array): void {
  const first = slots.left[at]!
  const { operand } = edges
  for (let i = 0; i < shares.length; i++) if (isReached(shares[i]!)) to[operand[first + i]!]! += shares[i]!
}

function ofOperands(at: number, tangent: Float64Array): Float64Array {
  const first = slots.left[at]!
  const found = new Float64Array(slots.right[at]! - first)
  for (let i = 0; i < found.length; i++) found[i] = tangent[edges.operand[first + i]!]!
  return found
}

/** Records what was computed of `operands`, of which one is tracked at least: its parts. */
export function recordWhole(computed: Computed, operands: readonly NodeOrNumber[]): readonly GraphNode[] {
  const tracked = operands.find(each => typeof each !== 'number')!
  const rule = new WholeRule(computed, operands.length)
  const whole = (tracked as GraphNode)._record(0, MANY, new ManyOperands(rule, operands), null)
  const partRule: ManyRule = {
    name: computed.name,
    partials: () => [0],
    trackedPartials(_xs, _y, derivatives) {
      derivatives?.set(whole._self, 1)
      return [null]
    },
    partialTangents: null,
    propagate(node) {
      const { operands: of, part } = node._a as PartOperands
      rule.keep(of[0] as GraphNode, part, node._adjoint)
    },
  }
  rule.node = whole
  const onlyWhole = [whole]
  const parts: GraphNode[] = []
  for (let part = 0; part < rule.count; part++)
    parts.push(whole._record(computed.values[part]!, MANY, new PartOperands(partRule, onlyWhole, part), null))
  rule.parts = parts
  return parts
}

/** Whether an operand is tracked. @throws TypeError, ReferenceError as an operation of that name. */
export function isAnyTracked(operands: readonly NodeOrNumber[], name: string): boolean {
  let found = false
  for (const each of operands)
    if (typeof each !== 'number') {
      admit(each, name)
      found = true
    }
  return found
}
