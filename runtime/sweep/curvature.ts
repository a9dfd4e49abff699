/**
 * Forward over reverse on slots: the tangents of adjoints, from second partials that are computed once for all directions.
 * It must not know who asks. As an adjoint, each number is -0 where nothing arrived (isReached).
 *
 * Source: Griewank & Walther, "Evaluating Derivatives", 2008, section 5.1.
 */
import { isReached, ManyOperands, operandValue } from '../engine/node.ts'
import { CONSTANT, edges, FILLED, NONE, OTHER, SELECTS, slots } from '../engine/slots.ts'
import { tape } from '../engine/tape.ts'
import { secondPartial, secondPartials } from '../generated/core/second-partials.ts'
import { heldAt, ruleAt } from './held-rules.ts'
import { isStepSlot, jumpsBelow, moveJumps, reachedThroughSteps } from './jumps.ts'
import { LANES, pullLanes, pushLanes } from './lanes.ts'
import { pushSlots } from './slot-tangents.ts'

/**
 * The slots whose partials depend on operands, in their order, each with its adjoint times its second partials: by the first operand
 * twice, by both, by the second twice. Those of slots with many operands are left to the rule.
 */
export interface Curvature {
  readonly slots: Int32Array
  readonly seconds: Float64Array
  count: number
  /** By slot, of a rule that does not say how its partials change. */
  readonly partials: ReadonlyMap<number, RecordedPartials>
  /** What `jumpsBelow` found. */
  jumps: Uint8Array | undefined
}

/** Partials as operations on copies of the operands, behind the record: a leaf for each operand from `leaves` on, then operations. */
export interface RecordedPartials {
  readonly leaves: number
  readonly operations: number
  readonly end: number
  /** The slot of each partial, NONE of a constant. */
  readonly slots: readonly number[]
}

/** The second partials of one slot. */
const scratch = /* @__PURE__ */ new Float64Array(3)

/** Computes it for the adjoints that the last reverse sweep found. */
export function curve(curvature: Curvature, start: number, end: number): void {
  const { adjoint, opcode } = slots
  const into = scratch
  let count = 0
  curvature.jumps = jumpsBelow(isAtJump, start, end)
  const reached = curvature.jumps && reachedThroughSteps(start, end)
  for (let k = start; k < end; k++) {
    const derivative = adjoint[k]!
    if (curvature.jumps?.[k - start] === 1 && isStepSlot(k)) {
      if (reached![k - start] === 1) addJump(curvature, k, count++)
      continue
    }
    if (!isReached(derivative)) continue
    const isCurved =
      opcode[k] === OTHER
        ? into.fill(-0) && (ruleAt(k).partialTangents !== null || Number.isNaN(slots.value[k]))
        : secondsOf(k, opcode[k]! % SELECTS, into)
    if (!isCurved) continue
    curvature.slots[count] = k
    for (let i = 0; i < 3; i++) curvature.seconds[3 * count + i] = isReached(into[i]!) ? derivative * into[i]! + 0 : -0
    count++
  }
  curvature.count = count
}

/** Whether a step is at its jump: how it changes is NaN. */
function isAtJump(step: number): boolean {
  return (
    !Number.isNaN(slots.value[step]) &&
    secondsOf(step, slots.opcode[step]! % SELECTS, scratch) &&
    Number.isNaN(scratch[0])
  )
}

function addJump({ slots: curved, seconds }: Curvature, k: number, count: number): void {
  curved[count] = k
  seconds.set([NaN, -0, -0], 3 * count)
}

/** Whether each rule with many operands from slot `start` on says how its partials change, or gives them as tracked numbers. */
export function hasPartialTangents(start: number, end: number): boolean {
  if (tape.held.length > 0)
    for (let k = start; k < end; k++)
      if (slots.opcode[k] === OTHER && (ruleAt(k).partialTangents ?? ruleAt(k).trackedPartials) === undefined)
        return false
  return true
}

/** The second partials of a slot, or whether it has none; those by a constant mean nothing. */
function secondsOf(k: number, opcode: number, into: Float64Array): boolean {
  const { value, left, right, leftPartial, rightPartial } = slots
  const y = value[k]!
  const a = left[k] === CONSTANT ? leftPartial[k]! : value[left[k]!]!
  into[1] = -0
  into[2] = -0
  if (right[k] === NONE) return spoiled(into, y, secondPartial(opcode, a, y, into)) && isReached(into[0]!)
  const b = right[k] === CONSTANT ? rightPartial[k]! : value[right[k]!]!
  if (!spoiled(into, y, secondPartials(opcode, a, b, y, into))) return false
  if (left[k] === CONSTANT) into[0] = -0
  if (right[k] === CONSTANT) into[2] = -0
  if (left[k] === CONSTANT || right[k] === CONSTANT) into[1] = -0
  return isReached(into[0]!) || isReached(into[1]!) || isReached(into[2]!)
}

/** Whether there are second partials; where the value is NaN all are: a number would hide the error. */
function spoiled(into: Float64Array, y: number, isCurved: boolean): boolean {
  if (!Number.isNaN(y)) return isCurved
  into.fill(NaN)
  return true
}

/** Adds a term to a tangent where both factors are there. */
function addTerm(to: Float64Array, slot: number, factor: number, tangent: number): void {
  if (isReached(factor) && isReached(tangent)) to[slot]! += factor * tangent + 0
}

/** The reverse sweep of the tangents of adjoints along one direction; `tangent` holds those of the numbers. */
export function pullTangents(
  adjointTangent: Float64Array,
  tangent: Float64Array,
  { slots: curved, seconds, count, jumps, partials }: Curvature,
  start: number,
  end: number,
): void {
  const { left, right } = slots
  if (jumps) moveJumps(tangent, jumps, start, end)
  pushPartials(tangent, partials, 1, pushSlots)
  let c = count - 1
  for (let k = end - 1; k >= start; k--) {
    pullSlot(adjointTangent, k)
    if (c < 0 || curved[c] !== k) continue
    // nothing passes through a jump, but where its derivative is none, there is none by what moves it
    if (jumps?.[k - start] === 1 && isStepSlot(k) && Number.isNaN(adjointTangent[k])) adjointTangent[left[k]!] = NaN
    if (slots.opcode[k] === OTHER) {
      const { whole } = ruleAt(k)
      if (whole) whole.bend(k, adjointTangent, tangent)
      else pullMany(adjointTangent, tangent, k, 1, partials)
    } else {
      const l = left[k]!
      const r = right[k]!
      const a = tangent[l]!
      const b = tangent[r]!
      addTerm(adjointTangent, l, seconds[3 * c]!, a)
      addTerm(adjointTangent, l, seconds[3 * c + 1]!, b)
      addTerm(adjointTangent, r, seconds[3 * c + 1]!, a)
      addTerm(adjointTangent, r, seconds[3 * c + 2]!, b)
    }
    c--
  }
}

/** The step of sweepSlots for one slot. */
function pullSlot(adjoint: Float64Array, k: number): void {
  const { left, right, leftPartial, rightPartial, opcode } = slots
  const derivative = adjoint[k]!
  if (!isReached(derivative)) return
  const code = opcode[k]!
  if (code === OTHER) {
    if (leftPartial[k] !== FILLED) return ruleAt(k).whole!.pull(k, adjoint)
    for (let e = left[k]!; e < right[k]!; e++) adjoint[edges.operand[e]!]! += derivative * edges.partial[e]! + 0
    return
  }
  if (code < SELECTS || leftPartial[k] !== 0) adjoint[left[k]!]! += derivative * leftPartial[k]! + 0
  if (code < SELECTS || rightPartial[k] !== 0) adjoint[right[k]!]! += derivative * rightPartial[k]! + 0
}

/** The tangents of recorded partials, from those of the operands. */
function pushPartials(
  tangent: Float64Array,
  partials: Curvature['partials'],
  lanes: number,
  push: (tangent: Float64Array, start: number, end: number) => void,
): void {
  for (const [k, { leaves, operations, end }] of partials) {
    for (let i = 0; i < operations - leaves; i++) {
      const operand = edges.operand[slots.left[k]! + i]!
      for (let lane = 0; lane < lanes; lane++) tangent[lanes * (leaves + i) + lane] = tangent[lanes * operand + lane]!
    }
    push(tangent, operations, end)
  }
}

/** The same terms for a slot with many operands, in `lanes` directions: the adjoint times the tangents of its partials. */
function pullMany(
  to: Float64Array,
  tangent: Float64Array,
  k: number,
  lanes: number,
  partials: Curvature['partials'],
): void {
  const recorded = Number.isNaN(slots.value[k]) ? undefined : partials.get(k)
  for (let lane = 0; lane < lanes; lane++)
    if (recorded) pullRecorded(to, tangent, k, lanes, lane, recorded)
    else pullByRule(to, tangent, k, lanes, lane)
}

function pullRecorded(
  to: Float64Array,
  tangent: Float64Array,
  k: number,
  lanes: number,
  lane: number,
  recorded: RecordedPartials,
): void {
  const first = slots.left[k]!
  const adjoint = slots.adjoint[k]!
  for (let i = 0; i < recorded.slots.length; i++)
    addTerm(to, lanes * edges.operand[first + i]! + lane, adjoint, tangent[lanes * recorded.slots[i]! + lane]!)
}

function pullByRule(to: Float64Array, tangent: Float64Array, k: number, lanes: number, lane: number): void {
  const held = heldAt(k)
  const adjoint = slots.adjoint[k]!
  const first = slots.left[k]!
  const xs: number[] = []
  const tangents: number[] = []
  for (let e = first; e < slots.right[k]!; e++) {
    const operand = edges.operand[e]!
    if (held instanceof ManyOperands) xs.push(operandValue(held.operands[e - first]!))
    else xs.push(operand === CONSTANT ? edges.partial[e]! : slots.value[operand]!)
    tangents.push(tangent[lanes * operand + lane]!)
  }
  if (!tangents.some(isReached)) return // lanes have no -0, so that this is of one direction only
  const y = slots.value[k]!
  const ofValue = tangent[lanes * k + lane]! + 0
  const found = Number.isNaN(y) ? xs.fill(NaN) : ruleAt(k).partialTangents!(xs, tangents, y, ofValue)
  for (let i = 0; i < xs.length; i++) to[lanes * edges.operand[first + i]! + lane]! += adjoint * found[i]! + 0
}

/** The same along four directions, where all partials and second partials are finite. */
export function pullTangentLanes(
  adjointTangent: Float64Array,
  tangent: Float64Array,
  { slots: curved, seconds, count, partials }: Curvature,
  start: number,
  end: number,
): void {
  pushPartials(tangent, partials, LANES, pushLanes)
  let from = end
  // between two curved slots it is the sweep that every number gets
  for (let c = count - 1; c >= 0; c--) {
    const k = curved[c]!
    pullLanes(adjointTangent, k, from)
    from = k
    if (slots.opcode[k] === OTHER) pullMany(adjointTangent, tangent, k, LANES, partials)
    else addLanes(adjointTangent, tangent, LANES * slots.left[k]!, LANES * slots.right[k]!, seconds, 3 * c)
  }
  pullLanes(adjointTangent, start, from)
}

function addLanes(
  to: Float64Array,
  tangent: Float64Array,
  a: number,
  b: number,
  seconds: Float64Array,
  at: number,
): void {
  const first = seconds[at]!
  const mixed = seconds[at + 1]!
  const second = seconds[at + 2]!
  for (let lane = 0; lane < LANES; lane++) {
    const ofA = tangent[a + lane]!
    const ofB = tangent[b + lane]!
    to[a + lane]! += first * ofA + mixed * ofB
    to[b + lane]! += mixed * ofA + second * ofB
  }
}
