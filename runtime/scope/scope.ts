/**
 * Scopes: stretches of the tape whose numbers cannot be used after their end. It must not know any operation, nor what a scope is for.
 */
import { type GraphNode, OPCODES } from '../engine/node.ts'
import { edges, FIRST, resizeEdges, resizeSlots, slots } from '../engine/slots.ts'
import { ENDED, type Recorder, settleTape, tape as theTape } from '../engine/tape.ts'
import { recordKept, recordTaped } from './taped-number.ts'

const tape = theTape // V8 loads an imported name at each use, and treats a module's own constant as one

// The largest stamp whose tag is a small integer also where V8 compresses pointers (31 bits).
const LAST_STAMP = 2 ** 23 - 1

/** A stretch of the tape. */
export interface Scope {
  /** Its first position in the pool. */
  readonly start: number
  readonly stamp: number
  /** Inside another derivative, which its nodes belong to. */
  readonly nested: boolean
  readonly edgesStart: number
  readonly heldStart: number
  readonly current: number
  readonly outermost: number
  readonly alive: number
  readonly quiet: boolean
  readonly keeping: boolean
  readonly swept: boolean
  readonly recorder: Recorder | null
}

/** Outside of all scopes. */
const REST: Scope = {
  start: FIRST,
  stamp: 0,
  nested: false,
  edgesStart: 0,
  heldStart: 0,
  current: 0,
  outermost: 0,
  alive: 0,
  quiet: false,
  keeping: false,
  swept: false,
  recorder: null,
}

/** Begins a scope. With `renewing` all its nodes are new objects; with `keeping` they also become ordinary objects at its end. */
export function openScope(renewing: boolean, keeping: boolean): Scope {
  const { current, outermost, alive, quiet, swept, recorder, keeping: kept } = tape
  const nested = current !== 0 && !quiet
  if (tape.top < FIRST) tape.top = FIRST
  const [start, edgesStart, heldStart] = [tape.top, tape.edges, tape.held.length]
  if (nested) tape.current = ++tape.newest
  else begin(renewing, keeping)
  const stamp = tape.current
  const places = { start, stamp, nested, edgesStart, heldStart }
  return { ...places, current, outermost, alive, quiet, keeping: kept, swept, recorder }
}

/** Begins a scope outside of all others: the fast path of `openScope`. `closeOutermost` ends it. */
export function openOutermost(renewing: boolean): void {
  tape.top = FIRST
  begin(renewing, false)
}

export function closeOutermost(): void {
  closeScope(REST)
}

/** Sets the tape for a derivative that is not inside another one. */
function begin(renewing: boolean, keeping: boolean): void {
  const { current, pool, top } = tape
  if (tape.newest === LAST_STAMP && current === 0) {
    tape.newest = ENDED
    pool.length = 0 // no node of the earlier stamps is used again
  }
  const stamp = ++tape.newest
  tape.current = stamp
  tape.outermost = stamp
  if (current === 0) tape.alive = stamp
  if ((renewing || keeping) && pool.length > top) pool.length = top
  tape.keeping = keeping
  tape.recorder = keeping ? recordKept : recordTaped
  tape.swept = false
  tape.quiet = false
  settleTape()
}

/** Ends a scope. The nodes of a nested scope belong to the enclosing one from then on. */
export function closeScope(scope: Scope): void {
  if (!scope.nested) {
    release(scope)
    tape.top = scope.start
    tape.edges = scope.edgesStart
    // Setting a length is slow in V8, also where the length stays the same.
    if (tape.held.length > scope.heldStart) tape.held.length = scope.heldStart
  }
  tape.current = scope.current
  tape.outermost = scope.outermost
  tape.alive = scope.alive
  tape.quiet = scope.quiet
  tape.keeping = scope.keeping
  tape.recorder = scope.recorder
  tape.swept = scope.swept
  settleTape()
  if (scope.current === 0) trim()
}

/** Ends a scope and keeps its nodes as ordinary objects. */
export function keepScope(scope: Scope): void {
  for (let i = scope.start; i < tape.top; i++) stampWith(tape.pool[i]!, 0)
  tape.top = scope.start
  closeScope(scope)
}

function stampWith(node: GraphNode, stamp: number): void {
  node._tag = stamp * OPCODES + node._opcode
}

/** Clears the gradients of nodes that will be recycled, and marks them as ended where an enclosing scope could take them for its own. */
function release(scope: Scope): void {
  const { pool, top, swept, keeping } = tape
  const inside = scope.current !== 0
  if (top > tape.peak) tape.peak = top
  if (tape.edges > tape.peakOfEdges) tape.peakOfEdges = tape.edges
  if (swept || inside) {
    for (let i = scope.start; i < top; i++) {
      const node = pool[i]!
      node._uses = -1
      if (inside) stampWith(node, ENDED) // its stamp is later than the enclosing scope's
    }
  }
  if (keeping) pool.length = scope.start // its nodes are objects without slots
}

/** Every 256 scopes, frees the memory that these did not use. */
function trim(): void {
  if ((++tape.scopes & 255) !== 0) return
  if (tape.pool.length > 2 * tape.peak) tape.pool.length = tape.peak
  if (slots.capacity > 4 * tape.peak) resizeSlots(tape.peak, 0)
  if (edges.capacity > 4 * tape.peakOfEdges) resizeEdges(tape.peakOfEdges, 0)
  tape.peak = 0
  tape.peakOfEdges = 0
}
