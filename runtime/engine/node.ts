/**
 * One node of the recorded graph: the fields that the engine works on. NumberWithGrad is the only class of nodes.
 * It must not know any operation, nor how gradients flow.
 */

/**
 * A tag is an opcode, plus OPCODES for a node that may have ended. A smaller tag is that of an object which is always alive: its opcode,
 * minus OPCODES times the version at which it was made (tape.ts), which & and >> take apart again.
 */
export const OPCODES = 128

/** How long the numbers of a derivative can be used: to its end. */
export class Lifetime {
  ended = false
  /** The verb, for errors. */
  readonly where: string
  /** That of the derivative around it. */
  readonly parent: Lifetime | null
  /** Whether tracked numbers from outside may be constants: in `noGrad`. */
  readonly lenient: boolean

  constructor(where: string, parent: Lifetime | null, lenient: boolean) {
    this.where = where
    this.parent = parent
    this.lenient = lenient
  }
}

/** In the place of the lifetime of a leaf: a constant for every derivative, since `detach` or `noGrad` made it. */
export const DETACHED: Lifetime = /* @__PURE__ */ new Lifetime('', null, true)

/** The opcode of a leaf. Opcodes from 1 to below STAND_IN are places in the table of rules, counted from 1. */
export const LEAF = 0

/** The opcode of a slot that stands for a number from outside of all scopes. */
export const STAND_IN = OPCODES - 2

/** The opcode of an operation outside the table: `_a` holds a ManyOperands with its rule and operands. */
export const MANY = OPCODES - 1

/** What the engine computes with: a plain number or a node, of which it needs no class. */
export type NodeOrNumber = number | GraphNode

/** An operand as it is kept: a node, or a plain number as itself; `null` where the operation has no such operand. */
export type Operand = GraphNode | number | null

export type PartialTangents = (
  xs: readonly number[],
  tangents: readonly number[],
  y: number,
  ofValue: number,
) => ArrayLike<number>

/**
 * The value at the first `count` of `xs`; writes the partial of each into `partials`, from place `first` on. Neither is kept, and it calls
 * nobody.
 */
export type Fuse = (xs: Float64Array, count: number, partials: Float64Array, first: number) => number

/**
 * Sweeps through a result of many numbers that is computed at once. Its record is a whole, whose operands are all operands, and behind it
 * a part for each number, whose only operand is the whole: so the whole is swept when the adjoints of all parts are known. `at` is its slot.
 */
export interface WholeSweeps {
  /** Adds to the operands' adjoints what the parts' give. */
  pull(at: number, adjoint: Float64Array): void
  /** Writes the tangents of the whole and its parts; the slot of the last part. */
  push(at: number, tangent: Float64Array): number
  /** Adds to the tangents of the operands' adjoints what their own tangents change of the partials. */
  bend(at: number, to: Float64Array, tangent: Float64Array): void
  /** Writes the tangents of the parts as tracked numbers. What the operands get is in the place of the rule's partials, times 1. */
  pushTracked(whole: GraphNode, derivatives: Map<GraphNode, NodeOrNumber>): void
}

/** A primitive of any number of operands, outside the table of rules. */
export interface ManyRule {
  /** The `creation_op` of its nodes. */
  readonly name: string
  /** Of the derivative at a jump through which nothing passes; see kinked.ts. */
  readonly isNothing?: boolean
  /** One partial for each operand; `null` where nothing flows. `y` is the value. */
  partials(xs: readonly number[], y: number): ArrayLike<number | null>
  /** Of a whole, whose partials nobody asks for. */
  readonly whole?: WholeSweeps
  /** Value and partials at once, of a rule that has it. */
  readonly fuse?: Fuse
  /** Adds adjoint times partial to each operand of a node, of a rule that needs no arrays for it. */
  readonly propagate?: (node: GraphNode) => void
  /** The same partials on tracked numbers, for derivatives of derivatives; a whole asks for the derivatives of the sweep. */
  trackedPartials?(xs: readonly unknown[], y: unknown, derivatives?: Map<GraphNode, NodeOrNumber>): ArrayLike<unknown>
  /**
   * The derivative of each partial along `tangents` of the operands, which give the value the tangent `ofValue`; -0 for an operand that
   * does not move (isReached). `null` where all partials are constants. A rule without it has second derivatives by its partials on tracked numbers.
   */
  readonly partialTangents?: PartialTangents | null
}

/** One whose value is computed from the operands'. */
export type ValuedRule = ManyRule & { value(xs: readonly number[]): number }

/** One of which a function tells the value and all partials. */
export type FusedRule = ManyRule & { readonly fuse: Fuse }

/**
 * Whether anything arrived at a node, by its adjoint or tangent. Both start as -0; what is added to them never is -0, since `+ 0`
 * makes 0 of that. So 0 is a number that arrived, which times Infinity is NaN, and -0 says that nothing depends on the node here.
 */
export function isReached(derivative: number): boolean {
  return derivative !== 0 || 1 / derivative > 0
}

/** The rule and operands of a node with opcode MANY, in its field `_a`, so that other nodes have no field for them. */
export class ManyOperands {
  readonly rule: ManyRule
  readonly operands: readonly NodeOrNumber[]

  constructor(rule: ManyRule, operands: readonly NodeOrNumber[]) {
    this.rule = rule
    this.operands = operands
  }
}

/**
 * The fields that the engine works on: a NumberWithGrad's own, or views of its slot while a scope records it (slots.ts).
 * An interface, since only such a property may be an accessor in a subclass.
 */
export interface GraphNode {
  /** @internal The value; users read `num`, which first asks whether the node is alive. */
  _num: number
  /** @internal The derivative of the result by this number, as far as it is added up; -0 until something arrives (isReached). */
  _adjoint: number
  /** @internal See OPCODES. */
  _tag: number
  /** @internal Of a slot only. */
  readonly _life?: Lifetime
  /** @internal Of a leaf, the lifetime in which it was made. */
  _a: Operand | ManyOperands | Lifetime
  /** @internal Of a leaf, the version of its value; `null` before any. */
  _b: Operand
  /** @internal Uses not yet swept during `backward`; 0 after it; -1 before any sweep, and after the gradient was cleared. */
  _uses: number
  /** @internal The next node in the work list of `backward`: a linked list needs no array and keeps no node alive. */
  _next: GraphNode | null
}

/** The part of a tracked number that the engine works on. Users know it as NumberWithGrad. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see there; the constructor of NumberWithGrad sets the fields.
export abstract class GraphNode {
  /** @internal The one place where an operation is recorded. */
  abstract _record(num: number, opcode: number, a: Operand | ManyOperands, b: Operand): GraphNode

  /** @internal */
  get _opcode(): number {
    return this._tag & (OPCODES - 1)
  }

  /** @internal The one object that stands for this node in maps and sets; several may stand for a slot. */
  get _self(): GraphNode {
    return this
  }
}

/** The operands of an operation, in source order. */
export function operandsOfNode(node: GraphNode): readonly NodeOrNumber[] {
  if (node._opcode === LEAF || node._a === null) return []
  if (node._a instanceof ManyOperands)
    return node._a.operands.map(each => (typeof each === 'number' ? each : each._self))
  const a = node._a as NodeOrNumber
  return node._b === null ? [a] : [a, node._b]
}

/** The value of an operand. */
export function operandValue(operand: Operand): number {
  return typeof operand === 'number' ? +operand : (operand as GraphNode)._num // + as in numberOf of operations.ts
}

/** What a value is, for an error. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object') return `a ${typeof value}`
  if (value instanceof GraphNode) return 'a NumberWithGrad'
  if (Array.isArray(value)) return 'an array'
  const name = value.constructor?.name
  // those of a derivative are of a class with another name
  if (name === 'NumberWithGrad' || ('creation_op' in value && 'depends_on' in value))
    return 'a NumberWithGrad of another copy of tsgrad; install one version (`npm ls tsgrad`)'
  return name ? `an object of class ${name}` : 'an object'
}

/** The error for a value of another kind. */
export function unexpected(where: string, expected: string, value: unknown): TypeError {
  return new TypeError(`${where}: expected ${expected}; got ${kindOf(value)}`)
}

/** @throws TypeError for what is no function. */
export function requireFunction(f: unknown, where: string): void {
  if (typeof f !== 'function') throw unexpected(where, 'a function', f)
}

/** The error for an operand that is neither a number nor tracked. */
export function notNumeric(where: string, value: unknown): TypeError {
  return unexpected(where, 'a number or a NumberWithGrad', value)
}
