/**
 * Scopes: stretches of the tape whose numbers are used up when they end. It must not know any operation, nor what a scope is for.
 */
import { type GraphNode, OPCODES } from '../engine/node.ts'
import { FIRST, resizeSlots, slots } from '../engine/slots.ts'
import { type Recorder, settleTape, tape as theTape } from '../engine/tape.ts'
import { recordKept, recordTaped } from './taped-number.ts'

const tape = theTape // V8 knows a constant of the module, but loads an imported name at each use

/** The stamp of a node whose scope ended before the scope around it. */
const ENDED = -1

// With it a tag is still a small integer, where pointers are compressed too.
const LAST_STAMP = 2 ** 23 - 1

/** A stretch of the tape. */
export interface Scope {
  /** Its first position in the pool. */
  readonly start: number
  readonly stamp: number
  /** Inside of another derivative, to which it belongs. */
  readonly nested: boolean
  readonly foreignStart: number
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
  foreignStart: 0,
  heldStart: 0,
  current: 0,
  outermost: 0,
  alive: 0,
  quiet: false,
  keeping: false,
  swept: false,
  recorder: null,
}

/** Begins a scope. With `renewing` all of its nodes are new ones, with `keeping` also nobody else's afterwards. */
export function openScope(renewing: boolean, keeping: boolean): Scope {
  const { current, outermost, alive, quiet, swept, recorder, keeping: kept } = tape
  const nested = current !== 0 && !quiet
  if (tape.top < FIRST) tape.top = FIRST
  const [start, foreignStart, heldStart] = [tape.top, tape.foreign.length, tape.held.length]
  if (nested) tape.current = ++tape.newest
  else begin(renewing, keeping)
  const stamp = tape.current
  const places = { start, stamp, nested, foreignStart, heldStart }
  return { ...places, current, outermost, alive, quiet, keeping: kept, swept, recorder }
}

/** Begins a scope outside of all others, to be ended by `closeOutermost`: the usual case, on the shortest way. */
export function openOutermost(renewing: boolean): void {
  tape.top = FIRST
  begin(renewing, false)
}

export function closeOutermost(): void {
  closeScope(REST)
}

/** Begins a derivative that does not belong to another one. */
function begin(renewing: boolean, keeping: boolean): void {
  const { current, pool, top } = tape
  if (tape.newest === LAST_STAMP && current === 0) {
    tape.newest = 0
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

/** Ends a scope. A nested one leaves its nodes to the scope around it. */
export function closeScope(scope: Scope): void {
  if (!scope.nested) {
    release(scope)
    tape.top = scope.start
    // An engine that sets a length takes its time, also where it is the same.
    if (tape.foreign.length > scope.foreignStart) tape.foreign.length = scope.foreignStart
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

/** Ends a scope whose nodes live on as ordinary objects. */
export function keepScope(scope: Scope): void {
  for (let i = scope.start; i < tape.top; i++) stampWith(tape.pool[i]!, 0)
  tape.top = scope.start
  closeScope(scope)
}

function stampWith(node: GraphNode, stamp: number): void {
  node._tag = stamp * OPCODES + node._opcode
}

/** Gradients of recycled nodes are none, and those that a scope around this one could take for its own have ended. */
function release(scope: Scope): void {
  const { pool, top, swept, keeping } = tape
  const inside = scope.current !== 0
  if (top > tape.peak) tape.peak = top
  if (swept || inside) {
    for (let i = scope.start; i < top; i++) {
      const node = pool[i]!
      node._uses = -1
      if (inside) stampWith(node, ENDED) // its stamp is later than that of the scope around, which goes on
    }
  }
  if (keeping) pool.length = scope.start // its nodes are no slots
}

/** Gives memory back that the scopes of late did not use. */
function trim(): void {
  if ((++tape.scopes & 255) !== 0) return
  if (tape.pool.length > 2 * tape.peak) tape.pool.length = tape.peak
  if (slots.capacity > 4 * tape.peak) resizeSlots(tape.peak, 0)
  tape.peak = 0
}
