/**
 * One node of the recorded graph: the fields that the engine works on. NumberWithGrad is the only class of nodes.
 * It must not know any operation, nor how gradients flow.
 */

/** The opcode of a number that no operation gave. Any other opcode is a row's place in the table, counted from 1. */
export const LEAF = 0

/** An operand as it is kept: a node, or a plain number as itself; `null` where the operation has no such operand. */
export type Operand = GraphNode | number | null

/** The part of a tracked number that the engine works on. Users see it as NumberWithGrad. */
export abstract class GraphNode {
  // `declare`: a field definition would first store undefined, and the fields of doubles would not stay such.
  /** The value. */
  declare num: number
  /** @internal */
  declare _adjoint: number
  /** @internal */
  declare _opcode: number
  /** @internal */
  declare _a: Operand
  /** @internal */
  declare _b: Operand
  /** @internal Uses not yet swept during `backward`, 0 after it, -1 where none came or the gradient was cleared. */
  declare _uses: number
  /** @internal The work list of `backward` runs through the nodes, so that it needs no array and keeps nothing alive. */
  declare _next: GraphNode | null
}

/** The number that an operand stands for. */
export function operandValue(operand: Operand): number {
  return typeof operand === 'number' ? operand : (operand as GraphNode).num
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object') return `a ${typeof value}`
  if (Array.isArray(value)) return 'an array'
  const name = value.constructor?.name
  return name ? `an object of class ${name}` : 'an object'
}

/** The error for an operand that is neither a number nor tracked. */
export function notNumeric(where: string, value: unknown): TypeError {
  return new TypeError(`${where}: expected a number or a NumberWithGrad; got ${kindOf(value)}`)
}
