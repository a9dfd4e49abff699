/**
 * Scopes: stretches of the tape whose numbers cannot be used after their end. It must not know any operation, nor what a scope is for.
 */
import { Lifetime, OPCODES } from '../engine/node.ts'
import { edges, FIRST, resizeEdges, resizeSlots, slots } from '../engine/slots.ts'
import { NO_LEAVES, type Recorder, settleTape, tape as theTape } from '../engine/tape.ts'
import { recordFused } from './fused.ts'
import { recordKept, recordTaped } from './taped-number.ts'

const tape = theTape // V8 loads an imported name at each use, and treats a module's own constant as one

/** A stretch of the tape, with the state of recording before it. */
export interface Scope {
  /** Its first slot. */
  readonly start: number
  /** Inside another derivative, which its nodes belong to. */
  readonly nested: boolean
  readonly edgesStart: number
  readonly heldStart: number
  readonly life: Lifetime | null
  readonly quiet: boolean
  readonly keeping: boolean
  readonly swept: boolean
  readonly recorder: Recorder | null
}

/** Begins a scope. With `keeping` its nodes become ordinary objects at its end. */
export function openScope(keeping: boolean, where: string): Scope {
  const { life, quiet, swept, recorder, keeping: kept } = tape
  const nested = life !== null && !quiet
  if (tape.top < FIRST) tape.top = FIRST
  const [start, edgesStart, heldStart] = [tape.top, tape.edges, tape.held.length]
  if (!nested) begin(keeping, where)
  return { start, nested, edgesStart, heldStart, life, quiet, keeping: kept, swept, recorder }
}

/**
 * Begins a scope outside of all others and of `noGrad`, which does not keep its numbers. `closeOutermost` ends it. Both do what
 * `openScope` and `closeScope` do there, with what is known: a short gradient is mostly this.
 */
export function openOutermost(where: string): Lifetime {
  const life = new Lifetime(where, null, false)
  tape.life = life
  tape.plain = false
  tape.recorder = recordTaped
  tape.fuse = recordFused
  tape.swept = false
  tape.top = FIRST
  tape.capacity = slots.capacity
  tape.limit = tape.watched ? FIRST : slots.capacity
  return life
}

export function closeOutermost(life: Lifetime): void {
  const { top } = tape
  life.ended = true
  tape.life = null
  tape.plain = true
  tape.leaves = NO_LEAVES
  tape.top = FIRST
  tape.limit = FIRST
  if (top > tape.peak) tape.peak = top
  if (tape.held.length > 0) dropHeld(0, 0)
  if (tape.swept) slots.uses.fill(0, FIRST, top)
  if ((++tape.scopes & 255) === 0) trim()
}

/** Ends the edges of a scope and what its slots refer to; there are no edges without such. */
function dropHeld(edgesStart: number, heldStart: number): void {
  if (tape.edges > tape.peakOfEdges) tape.peakOfEdges = tape.edges
  tape.edges = edgesStart
  // Setting a length is slow in V8, also where the length stays the same.
  if (tape.held.length > heldStart) tape.held.length = heldStart
}

/** Sets the tape for a derivative that is not inside another one. */
function begin(keeping: boolean, where: string): void {
  tape.life = new Lifetime(where, tape.life, tape.quiet)
  tape.keeping = keeping
  tape.recorder = keeping ? recordKept : recordTaped
  tape.fuse = recordFused
  tape.swept = false
  tape.quiet = false
  tape.capacity = slots.capacity
  settleTape()
}

/** Ends a scope. The nodes of a nested scope belong to the enclosing one from then on. */
export function closeScope(scope: Scope): void {
  if (!scope.nested) {
    release(scope)
    tape.top = scope.start
    dropHeld(scope.edgesStart, scope.heldStart)
  }
  tape.life = scope.life
  tape.quiet = scope.quiet
  tape.keeping = scope.keeping
  tape.recorder = scope.recorder
  tape.swept = scope.swept || (scope.nested && tape.swept)
  settleTape()
  if (scope.life === null && (++tape.scopes & 255) === 0) trim()
}

/** Ends a scope and keeps its nodes as ordinary objects. */
export function keepScope(scope: Scope): void {
  forgetNodes(scope)
  closeScope(scope)
}

/** Ends the life of the scope's numbers, and clears their gradients. */
function release(scope: Scope): void {
  const { top, swept, life, keeping, nodes } = tape
  life!.ended = true
  if (top > tape.peak) tape.peak = top
  if (swept) slots.uses.fill(0, scope.start, top)
  if (!keeping) return
  for (let i = scope.start; i < top; i++) nodes[i]!._tag = OPCODES | nodes[i]!._opcode
  forgetNodes(scope)
}

function forgetNodes(scope: Scope): void {
  tape.top = scope.start
  tape.nodes.length = scope.start
  tape.places.clear()
}

/** Every 256 scopes, frees the memory that these did not use. */
function trim(): void {
  if (tape.nodes.length > 2 * tape.peak) tape.nodes.length = tape.peak
  if (slots.capacity > 4 * tape.peak) resizeSlots(tape.peak, 0)
  if (edges.capacity > 4 * tape.peakOfEdges) resizeEdges(tape.peakOfEdges, 0)
  tape.peak = 0
  tape.peakOfEdges = 0
}
