/**
 * Derivatives along directions of a Recording whose results are plain numbers: sweeps over its slots.
 * Results equal those of the tracked sweeps. It must not know any verb, nor the shapes of arguments.
 */
import { isReached, type ManyOperands, operandValue } from '../engine/node.ts'
import { OTHER, placesFor, slots, workOf } from '../engine/slots.ts'
import { tape } from '../engine/tape.ts'
import type { Numeric } from '../number/number-with-grad.ts'
import { fillEdges, leafOnTape, slotFrom, sweepTape } from '../scope/taped-number.ts'
import { type Curvature, curve, pullTangentLanes, pullTangents, type RecordedPartials } from '../sweep/curvature.ts'
import { heldAt, ruleAt } from '../sweep/held-rules.ts'
import { allFinite, LANES, pullLanes, pushLanes } from '../sweep/lanes.ts'
import { requireOneEach } from '../sweep/propagate-many.ts'
import { pushSlots } from '../sweep/slot-tangents.ts'
import type { Recording } from './recording.ts'
import { symmetric } from './symmetric.ts'

/** The slots of a recording, and how many of them, at its start, are the inputs. */
interface Stretch {
  readonly start: number
  readonly end: number
  readonly inputs: number
}

/** The slots of a recording, with the partials of all edges. */
function stretchOf({ start, inputs }: Recording): Stretch {
  const end = tape.top
  fillEdges(start, end)
  return { start, end, inputs: inputs.length }
}

/** Nothing moves but the inputs. */
function tangentsOf({ start, end, inputs }: Stretch, directionAt: (input: number) => number): Float64Array {
  const tangent = workOf('tangent', tape.top)
  for (let k = 0; k < start; k++) tangent[k] = -0
  for (let i = 0; i < inputs; i++) tangent[start + i] = directionAt(i) || -0 // an input along which nothing moves
  pushSlots(tangent, start + inputs, end)
  return tangent
}

/** The derivative of each output along a direction of the inputs. An input with 0 does not move. */
export function pushNumbers(recording: Recording, outputs: readonly Numeric[], direction: readonly number[]): number[] {
  const tangent = tangentsOf(stretchOf(recording), i => direction.at(i)!)
  return outputs.map(output => tangent[slotFrom(output, recording.start)]! + 0)
}

function areFinite(rows: readonly (readonly number[])[]): boolean {
  let zero = 0
  for (const row of rows) for (let i = 0; i < row.length; i++) zero += 0 * row[i]!
  return zero === 0
}

/** Lane by lane the rows that `sweep` finds, for `count` directions. */
function inLanes(count: number, sweep: (first: number) => (lane: number) => number[]): number[][] {
  const rows: number[][] = []
  for (let first = 0; first < count; first += LANES) {
    const rowOf = sweep(first)
    for (let lane = 0; lane < Math.min(LANES, count - first); lane++) rows.push(rowOf(lane))
  }
  return rows
}

/** The numbers of these slots in a lane. */
function numbersIn(lanes: Float64Array, slots: readonly number[], lane: number): number[] {
  const numbers: number[] = []
  for (let i = 0; i < slots.length; i++) numbers.push(lanes[LANES * slots[i]! + lane]! + 0)
  return numbers
}

function inputSlots({ start, inputs }: Stretch): number[] {
  const slots: number[] = []
  for (let i = 0; i < inputs; i++) slots.push(start + i)
  return slots
}

/** Four unit directions of the inputs from `first` on. */
function unitTangents({ start, end, inputs }: Stretch, first: number): Float64Array {
  const tangent = workOf('tangent', LANES * tape.top)
  tangent.fill(0, 0, LANES * (start + inputs))
  for (let lane = 0; lane < Math.min(LANES, inputs - first); lane++) tangent[LANES * (start + first + lane) + lane] = 1
  pushLanes(tangent, start + inputs, end)
  return tangent
}

/** The derivatives of each output by the inputs, one reverse sweep for each output. */
export function jacobianByRows(recording: Recording, outputs: readonly Numeric[]): number[][] {
  const stretch = stretchOf(recording)
  const { start, end } = stretch
  if (outputs.length > 1 && allFinite(start, end)) {
    const slots = outputs.map(output => slotFrom(output, start))
    const inputs = inputSlots(stretch)
    const rows = inLanes(outputs.length, first => {
      const adjoint = workOf('adjointTangent', LANES * end)
      adjoint.fill(0, 0, LANES * end)
      const of = slots.slice(first, first + LANES)
      of.forEach((slot, lane) => {
        adjoint[LANES * slot + lane] = 1
      })
      pullLanes(adjoint, start, Math.max(...of) + 1)
      return lane => numbersIn(adjoint, inputs, lane)
    })
    if (areFinite(rows)) return rows
  }
  return outputs.map(output => recording.pull([output], [1]) as number[])
}

/** The derivatives of the outputs by each input, one forward sweep for each input. */
export function jacobianByColumns(recording: Recording, outputs: readonly Numeric[]): number[][] {
  const stretch = stretchOf(recording)
  const slots = outputs.map(output => slotFrom(output, stretch.start))
  if (stretch.inputs > 1 && allFinite(stretch.start, stretch.end)) {
    const columns = inLanes(stretch.inputs, first => {
      const tangent = unitTangents(stretch, first)
      return lane => numbersIn(tangent, slots, lane)
    })
    if (areFinite(columns)) return columns
  }
  return inputSlots(stretch).map((_, i) => {
    const tangent = tangentsOf(stretch, k => (k === i ? 1 : 0))
    return slots.map(slot => tangent[slot]! + 0)
  })
}

/** Records the partials of each reached rule that does not say how they change. */
function recordPartials(start: number, end: number): ReadonlyMap<number, RecordedPartials> {
  const found = new Map<number, RecordedPartials>()
  if (tape.held.length > 0)
    for (let k = start; k < end; k++)
      if (slots.opcode[k] === OTHER && isReached(slots.adjoint[k]!) && ruleAt(k).partialTangents === undefined)
        found.set(k, recordPartialsOf(heldAt(k) as ManyOperands, start))
  return found
}

function recordPartialsOf({ rule, operands }: ManyOperands, start: number): RecordedPartials {
  const leaves = tape.top
  const copies = operands.map(each => {
    const leaf = leafOnTape(operandValue(each))
    return typeof each === 'number' ? each : leaf
  })
  const operations = tape.top
  const partials = Array.from(rule.trackedPartials!(copies, null) as ArrayLike<Numeric>)
  requireOneEach(rule.name, partials.length, operands.length)
  fillEdges(operations, tape.top)
  return { leaves, operations, end: tape.top, slots: partials.map(each => slotFrom(each, start)) }
}

/** Sweeps the output's adjoints, and keeps what forward over reverse multiplies by. */
function curvatureOf(output: Numeric, { start, end }: Stretch): Curvature {
  sweepTape([output], [1], start)
  const curvature = {
    partials: recordPartials(start, end),
    slots: placesFor(end - start),
    seconds: workOf('seconds', 3 * (end - start)),
    count: 0,
    jumps: undefined,
  }
  curve(curvature, start, end)
  return curvature
}

function hessianAlong(stretch: Stretch, curvature: Curvature, directionAt: (input: number) => number): number[] {
  const { start, end, inputs } = stretch
  const tangent = tangentsOf(stretch, directionAt)
  const adjointTangent = workOf('adjointTangent', end)
  if (end > 64) adjointTangent.fill(-0, 0, end)
  else for (let k = 0; k < end; k++) adjointTangent[k] = -0
  pullTangents(adjointTangent, tangent, curvature, start, end)
  const product: number[] = []
  for (let i = 0; i < inputs; i++) product.push(adjointTangent[start + i]! + 0)
  return product
}

/** The Hessian of the output times a direction of the inputs. */
export function hessianTimes(recording: Recording, output: Numeric, direction: readonly number[]): number[] {
  const stretch = stretchOf(recording)
  return hessianAlong(stretch, curvatureOf(output, stretch), i => direction.at(i)!)
}

/** The Hessian of the output: for each input its product with that direction, over one record. */
export function hessianOf(recording: Recording, output: Numeric): number[][] {
  const stretch = stretchOf(recording)
  const { start, end } = stretch
  const curvature = curvatureOf(output, stretch)
  const inputs = inputSlots(stretch)
  if (
    stretch.inputs > 1 &&
    allFinite(start, tape.top) &&
    curvature.seconds.subarray(0, 3 * curvature.count).every(Number.isFinite)
  ) {
    const rows = inLanes(stretch.inputs, first => {
      const tangent = unitTangents(stretch, first)
      const adjointTangent = workOf('adjointTangent', LANES * end)
      adjointTangent.fill(0, 0, LANES * end)
      pullTangentLanes(adjointTangent, tangent, curvature, start, end)
      return lane => numbersIn(adjointTangent, inputs, lane)
    })
    if (areFinite(rows)) return rows
  }
  return symmetric(inputs.map((_, i) => hessianAlong(stretch, curvature, k => (k === i ? 1 : 0))))
}
