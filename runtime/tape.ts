/**
 * Where operations are recorded: outside of any scope as objects that the collector takes, inside a scope as recycled nodes
 * in their order of creation. It must not know any operation, nor what a scope is for.
 *
 * Every node has the stamp of its scope; stamps only grow. A node whose scope has ended is recognised by its stamp.
 */
import { GraphNode, notNumeric, OPCODES } from './node.ts'

/** The state of recording; docs/decisions/0010 says why it is the module's and not the caller's. */
class Tape {
  /** Nodes of scopes; those below `top` are in use. */
  readonly pool: GraphNode[] = []
  top = 0
  /** Where the pool must be asked for a new node; equal to `top` outside of scopes. */
  limit = 0
  /** The stamp of what is recorded now; 0 outside of scopes. */
  current = 0
  /** Numbers stamped so or later belong to the derivative that is being taken; earlier ones are constants to it. */
  outermost = 0
  /** Numbers stamped so or later can be used. */
  alive = 0
  newest = 0
  /** `current` as it stands in a node's tag. */
  tag = 0
  /** Operations are not recorded: `noGrad`. */
  quiet = false
  /** Nodes are taken new, not recycled, so that an old one that escaped is never another's node. */
  renewing = false
  /** The nodes will live on after the scope, as ordinary ones. */
  keeping = false
  /** `backward()` was called inside the scope. */
  swept = false
  /** The scope has nodes that point at more than nodes. */
  holding = false
  /** Nodes from outside that the scope's operations used. */
  readonly foreign: GraphNode[] = []
  /** The longest scope of late, and when it was last asked for. */
  peak = 0
  scopes = 0
}

/** The one tape of this module. */
export const tape: Tape = /* @__PURE__ */ new Tape()

/** The stamp of a node whose scope ended before the scope around it. */
const ENDED = -1

// With it a tag is still a small integer, where pointers are compressed too.
const LAST_STAMP = 2 ** 23 - 1

function setCurrent(stamp: number): void {
  tape.current = stamp
  tape.tag = stamp * OPCODES
}

function stampWith(node: GraphNode, stamp: number): void {
  node._tag = stamp * OPCODES + node._opcode
}

/** A stretch of the tape. */
export interface Scope {
  /** Its first position in the pool. */
  readonly start: number
  readonly stamp: number
  /** Inside of another derivative, to which it belongs. */
  readonly nested: boolean
  readonly before: Pick<Tape, 'current' | 'outermost' | 'alive' | 'quiet' | 'renewing' | 'keeping' | 'swept'>
  readonly foreignStart: number
}

/** Begins a scope. With `renewing` all of its nodes are new ones, with `keeping` also nobody else's afterwards. */
export function openScope(renewing: boolean, keeping: boolean): Scope {
  const { current, outermost, alive, quiet, swept, top } = tape
  const nested = current !== 0 && !quiet
  const before = { current, outermost, alive, quiet, renewing: tape.renewing, keeping: tape.keeping, swept }
  if (tape.newest === LAST_STAMP && current === 0) {
    tape.newest = 0
    tape.pool.length = 0 // no node of the earlier stamps is used again
  }
  setCurrent(++tape.newest)
  if (!nested) {
    tape.outermost = tape.current
    if (current === 0) tape.alive = tape.current
    tape.renewing = renewing || keeping
    tape.keeping = keeping
    tape.swept = false
  }
  tape.quiet = false
  tape.limit = tape.renewing ? top : tape.pool.length
  return { start: top, stamp: tape.current, nested, before, foreignStart: tape.foreign.length }
}

/** Ends a scope. A nested one leaves its nodes to the scope around it. */
export function closeScope(scope: Scope): void {
  if (!scope.nested) {
    release(scope)
    tape.top = scope.start
    tape.foreign.length = scope.foreignStart
  }
  const { before } = scope
  setCurrent(before.current)
  tape.outermost = before.outermost
  tape.alive = before.alive
  tape.quiet = before.quiet
  tape.renewing = before.renewing
  tape.keeping = before.keeping
  tape.swept = before.swept
  setLimit()
  if (tape.current === 0) trim()
}

/** Ends a scope whose nodes live on as ordinary objects. */
export function keepScope(scope: Scope): void {
  for (const node of tape.pool.splice(scope.start, tape.top - scope.start)) stampWith(node, 0)
  tape.top = scope.start
  closeScope(scope)
}

/** Nothing may stay alive because a recycled node still points at it. */
function release(scope: Scope): void {
  const { pool, top, swept, holding, foreign } = tape
  const inside = scope.before.current !== 0
  tape.peak = Math.max(tape.peak, top)
  if (!inside && !swept && !holding && foreign.length === scope.foreignStart) return
  for (let i = scope.start; i < top; i++) {
    const node = pool[i]!
    node._a = node._b = null
    node._uses = -1
    if (inside) stampWith(node, ENDED) // its stamp is later than that of the scope around, which goes on
  }
  if (!inside) tape.holding = false
}

/** Gives memory back that the scopes of late did not use. */
function trim(): void {
  if (++tape.scopes % 256 !== 0) return
  if (tape.pool.length > 2 * tape.peak) tape.pool.length = tape.peak
  tape.peak = 0
}

function setLimit(): void {
  const { current, quiet, renewing, top, pool } = tape
  tape.limit = current === 0 || quiet || renewing ? top : pool.length
}

/** Runs `f` with nothing recorded. */
export function quietly<T>(f: () => T): T {
  const { quiet } = tape
  tape.quiet = true
  setLimit()
  try {
    return f()
  } finally {
    tape.quiet = quiet
    setLimit()
  }
}

/** Puts a node that was just made on the tape. */
export function append(node: GraphNode): void {
  stampWith(node, tape.current)
  tape.pool[tape.top++] = node
  setLimit()
}

/** Lets an operand of another stamp than the current one pass, or throws. */
export function admit(operand: unknown, where: string): void {
  if (!(operand instanceof GraphNode)) throw notNumeric(where, operand)
  const stamp = operand._stamp
  if (stamp === tape.current || (stamp >= tape.outermost && tape.current !== 0)) return
  if (stamp !== 0 && (stamp < tape.alive || tape.current === 0)) throw escaped(where)
  tape.foreign.push(operand)
}

/** Throws when the scope of `node` has ended. */
export function requireAlive(node: GraphNode, where: string): void {
  const stamp = node._stamp
  if (stamp !== 0 && (stamp < tape.alive || tape.current === 0)) throw escaped(where)
}

function escaped(where: string): ReferenceError {
  return new ReferenceError(
    `${where}: this number belongs to a call of grad (or valueAndGrad, …) that has ended, and its memory was given to others. ` +
      'Return it from the function, or keep `detach(x)` or `x.num` of it, taken inside.',
  )
}
