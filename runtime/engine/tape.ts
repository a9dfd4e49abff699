/**
 * The state of recording: outside of any scope an operation is an ordinary object, inside a scope the scope's recorder stores it,
 * in the order of creation. This file must not know any operation, nor how a scope stores its nodes.
 *
 * Every node has the stamp of its scope, and stamps only grow: a stamp older than `tape.alive` says that the scope has ended.
 */
import { GraphNode, type ManyOperands, notNumeric, type Operand } from './node.ts'

/** Makes the node of an operation inside a scope. */
export type Recorder = (num: number, opcode: number, a: Operand | ManyOperands, b: Operand) => GraphNode

/** The stamp of a node whose scope ended inside another scope: no scope has it, and the stamp of every scope is later. */
export const ENDED = 1

/** docs/decisions/0010 says why this state belongs to the module and not to the caller. */
class Tape {
  /** The nodes of scopes by slot; the slots below `top` are in use. */
  readonly pool: GraphNode[] = []
  top = 0
  /** The slot from which recording takes more than the next node of the pool; equal to `top` where it always does. */
  limit = 0
  /** The stamp of new nodes; 0 outside of scopes. */
  current = 0
  /** Nodes with this stamp or a later one belong to the derivative being computed; earlier nodes are constants to it. */
  outermost = 0
  /** Nodes with this stamp or a later one can be used. */
  alive = 0
  newest = ENDED
  /** Neither in a scope nor in `noGrad`: an operation makes a new object. */
  plain = true
  /** In `noGrad`: operations are not recorded. */
  quiet = false
  /** Every operation calls NumberWithGrad's `_record`. */
  watched = false
  recorder: Recorder | null = null
  /** The scope's nodes become ordinary objects when it ends. */
  keeping = false
  /** `backward()` ran inside the scope. */
  swept = false
  /** The objects behind slots that hold no number of the scope: nodes from outside, operands of rules with many operands. */
  readonly held: (GraphNode | ManyOperands)[] = []
  /** The edges in use; see slots.ts. */
  edges = 0
  /** The highest `top` and `edges` since the last trim, and the number of scopes so far. */
  peak = 0
  peakOfEdges = 0
  scopes = 0
}

/** The one tape of this module. */
export const tape: Tape = /* @__PURE__ */ new Tape()

/** Recomputes `plain` and `limit`; call after changing `current`, `quiet`, `watched` or `keeping`. */
export function settleTape(): void {
  const { current, quiet, watched, keeping } = tape
  tape.plain = current === 0 && !quiet
  tape.limit = current === 0 || quiet || watched || keeping ? tape.top : tape.pool.length
}

/** Runs `f` with nothing recorded. */
export function quietly<T>(f: () => T): T {
  const { quiet } = tape
  tape.quiet = true
  settleTape()
  try {
    return f()
  } finally {
    tape.quiet = quiet
    settleTape()
  }
}

/** Runs `f`; every operation in it calls NumberWithGrad's `_record`. */
export function watching<T>(f: () => T): T {
  const { watched } = tape
  tape.watched = true
  settleTape()
  try {
    return f()
  } finally {
    tape.watched = watched
    settleTape()
  }
}

/** @throws TypeError when an operand is no node; ReferenceError when its scope has ended. */
export function admit(operand: unknown, where: string): void {
  if (!(operand instanceof GraphNode)) throw notNumeric(where, operand)
  requireAlive(operand, where)
}

/** @throws ReferenceError when the scope of `node` has ended. */
export function requireAlive(node: GraphNode, where: string): void {
  const stamp = node._stamp
  if (stamp !== 0 && (stamp < tape.alive || tape.current === 0)) throw escaped(where)
}

function escaped(where: string): ReferenceError {
  return new ReferenceError(
    `${where}: this number belongs to a call of grad (or valueAndGrad, …) that has ended. ` +
      'Return the number from the function, or keep `detach(x)` or `x.num`, computed inside the function.',
  )
}
