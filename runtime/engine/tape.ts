/**
 * Where operations are recorded: outside of any scope as objects that the collector takes, inside a scope by its recorder, in
 * their order of creation. It must not know any operation, nor how a scope keeps what it records.
 *
 * Every node has the stamp of its scope; stamps only grow. A node whose scope has ended is recognised by its stamp.
 */
import { GraphNode, type ManyOperands, notNumeric, type Operand } from './node.ts'

/** Makes the node of an operation inside of a scope. */
export type Recorder = (num: number, opcode: number, a: Operand | ManyOperands, b: Operand) => GraphNode

/** The state of recording; docs/decisions/0010 says why it is the module's and not the caller's. */
class Tape {
  /** Nodes of scopes, by their slots; those below `top` are in use. */
  readonly pool: GraphNode[] = []
  top = 0
  /** Where recording a number is more than taking the next of the pool; equal to `top` where it always is. */
  limit = 0
  /** The stamp of what is recorded now; 0 outside of scopes. */
  current = 0
  /** Numbers stamped so or later belong to the derivative that is being taken; earlier ones are constants to it. */
  outermost = 0
  /** Numbers stamped so or later can be used. */
  alive = 0
  newest = 0
  /** Neither a scope nor `noGrad`: an operation is a new object. */
  plain = true
  /** Operations are not recorded: `noGrad`. */
  quiet = false
  /** Every operation goes through NumberWithGrad's `_record`. */
  watched = false
  recorder: Recorder | null = null
  /** The nodes will live on after the scope, as ordinary ones. */
  keeping = false
  /** `backward()` was called inside the scope. */
  swept = false
  /** Objects that slots stand for: numbers from outside, operands of rules with many. */
  readonly held: (GraphNode | ManyOperands)[] = []
  /** Numbers from outside among the operands of rules with many, to which the sweep adds. */
  readonly foreign: GraphNode[] = []
  /** The longest scope of late, and when it was last asked for. */
  peak = 0
  scopes = 0
}

/** The one tape of this module. */
export const tape: Tape = /* @__PURE__ */ new Tape()

/** To be called when what these depend on has changed. */
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

/** Runs `f` with every operation going through NumberWithGrad's `_record`. */
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

/** Lets an operand of another stamp than the current one pass, or throws. */
export function admit(operand: unknown, where: string): void {
  if (!(operand instanceof GraphNode)) throw notNumeric(where, operand)
  requireAlive(operand, where)
}

/** Throws when the scope of `node` has ended. */
export function requireAlive(node: GraphNode, where: string): void {
  const stamp = node._stamp
  if (stamp !== 0 && (stamp < tape.alive || tape.current === 0)) throw escaped(where)
}

function escaped(where: string): ReferenceError {
  return new ReferenceError(
    `${where}: this number belongs to a call of grad (or valueAndGrad, …) that has ended. ` +
      'Return it from the function, or keep `detach(x)` or `x.num` of it, taken inside.',
  )
}
