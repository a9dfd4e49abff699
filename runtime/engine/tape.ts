/**
 * The state of recording: outside of any scope an operation is an ordinary object, inside a scope the scope's recorder stores it,
 * in the order of creation. This file must not know any operation, nor how a scope stores its nodes.
 */
import {
  DETACHED,
  type FusedRule,
  GraphNode,
  LEAF,
  type Lifetime,
  type ManyOperands,
  type ManyRule,
  type NodeOrNumber,
  notNumeric,
  OPCODES,
  type Operand,
} from './node.ts'

/** Versions are kept modulo this number, so that tags are small integers also where V8 compresses pointers (31 bits). */
const VERSIONS = 2 ** 23

/** Makes the node of an operation inside a scope. */
export type Recorder = (num: number, opcode: number, a: Operand | ManyOperands, b: Operand) => GraphNode

/** Makes the node of a rule with many operands, or `null` where a Recorder must. */
export type FusedRecorder = (
  rule: FusedRule,
  xs: readonly NodeOrNumber[],
  more: readonly NodeOrNumber[],
) => GraphNode | null

/** No leaves made at once. */
export const NO_LEAVES: readonly GraphNode[] = []

/** docs/decisions/0010 says why this state belongs to the module and not to the caller. */
class Tape {
  /** How many slots are in use. */
  top = 0
  /** The slot from which recording takes more than the next slot; equal to `top` where it always does. */
  limit = 0
  /** How many slots there are. */
  capacity = 0
  /** The lifetime of new numbers, which those of nested scopes share; `null` outside of scopes. Others' numbers are constants. */
  life: Lifetime | null = null
  /** Nodes by slot: those that somebody has asked for, and all of a scope that keeps its nodes. */
  readonly nodes: (GraphNode | null)[] = []
  /** The leaves of the outermost scope, where they were made at once; not in `nodes`, which costs a write barrier for each. */
  leaves: readonly GraphNode[] = NO_LEAVES
  /** The place in `nodes` of each node of a scope that keeps them. */
  readonly places = new Map<GraphNode, number>()
  /** How often leaves were assigned, all that were between two operations counted once. */
  version = 0
  /** What a tag holds of it. */
  mark = 0
  /** An operation was recorded since the last version. */
  used = false
  /** Where nodes were made and leaves were assigned, while `watched`. */
  stacks: WeakMap<GraphNode, Error> | null = null
  /** Neither in a scope nor in `noGrad`: an operation makes a new object. */
  plain = true
  /** In `noGrad`: operations are not recorded. */
  quiet = false
  /** Every operation calls NumberWithGrad's `_record`. */
  watched = false
  recorder: Recorder | null = null
  /** Records functions of whole arrays at once. */
  fuse: FusedRecorder | null = null
  /** The scope's nodes become ordinary objects when it ends. */
  keeping = false
  /** `backward()` ran inside the scope. */
  swept = false
  /** The objects behind slots: nodes from outside, operands of rules with many operands, and such rules where edges tell the operands. */
  readonly held: (GraphNode | ManyOperands | ManyRule)[] = []
  /** The edges in use; see slots.ts. */
  edges = 0
  /** The highest `top` and `edges` since the last trim, and the number of scopes so far. */
  peak = 0
  peakOfEdges = 0
  scopes = 0
}

/** The one tape of this module. */
export const tape: Tape = /* @__PURE__ */ new Tape()

/** Recomputes `plain` and `limit`; call after changing `life`, `quiet`, `watched` or `keeping`. */
export function settleTape(): void {
  const { life, quiet, watched, keeping } = tape
  tape.plain = life === null && !quiet
  tape.limit = life === null || quiet || watched || keeping ? tape.top : tape.capacity
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
  if (node._tag >= OPCODES && (node._life?.ended ?? true)) throw escaped(where)
}

/**
 * @throws TypeError for a tracked number from outside of a derivative by plain numbers, which gives plain numbers: its derivative
 * would be lost without a word.
 */
export function rejectCaptured(node: GraphNode, use: string): void {
  const { life, keeping } = tape
  if (life === null || keeping || life.lenient || node._tag >= OPCODES) return
  if (node._opcode === LEAF)
    for (let made = node._a as Lifetime | null; made !== null; made = made.parent)
      if (made === life || made === DETACHED) return
  throw new TypeError(
    `${life.where}: ${use} a NumberWithGrad from outside of the function, of value ${node._num}. The arguments are plain numbers, so the ` +
      'derivative by it would be lost. If it is a constant here, write `detach(w)`; if its derivative is wanted, pass a tracked ' +
      'argument: `slope(new NumberWithGrad(3))`.',
  )
}

/** The version of what is assigned to a leaf now. */
export function nextVersion(): number {
  if (tape.used) {
    tape.used = false
    tape.mark = -(++tape.version % VERSIONS) * OPCODES
  }
  return tape.version
}

/** How many versions ago a node was made; 0 for a slot, which has its partials already. */
export function ageOf(node: GraphNode): number {
  return node._tag >= OPCODES ? 0 : (tape.version + (node._tag >> 7)) & (VERSIONS - 1)
}

/** @throws Error when `operand` is a leaf that was assigned after the operation of `user`, whose partials would be of another value. */
export function requireUnmoved(user: GraphNode, operand: Operand): void {
  if (operand === null || typeof operand === 'number' || operand._opcode !== LEAF) return
  if (((operand._b as number | null) ?? 0) > tape.version - ageOf(user)) throw moved(operand)
}

/** The error for a leaf that was assigned after it was used, with the place where, if it was taken down. */
export function moved(leaf: GraphNode): Error {
  const cause = tape.stacks?.get(leaf)
  return new Error(
    `NumberWithGrad.backward: the \`num\` of a leaf, ${leaf._num} now, was assigned after an operation had used it, so the gradient would be ` +
      'neither that of the old value nor that of the new one. Call backward() before you assign, or compute the result again.',
    cause && { cause },
  )
}

function escaped(where: string): ReferenceError {
  return new ReferenceError(
    `${where}: this number belongs to a call of grad (or valueAndGrad, …) that has ended. ` +
      'Return the number from the function, or keep `detach(x)` or `x.num`, computed inside the function.',
  )
}
