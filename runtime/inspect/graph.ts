/**
 * A recorded computation as a list to look at: its nodes in an order, their names, its size and depth.
 * It must not know how a graph is drawn, nor how gradients flow.
 */
import { kindOf, operandsOfNode } from '../engine/node.ts'
import { requireAlive } from '../engine/tape.ts'
import { NumberWithGrad } from '../number/number-with-grad.ts'

/**
 * Names for nodes, in any shape: records, arrays and objects of them, `{ loss, layers: [{ w, b }] }`, where a number is called by its
 * place (`layers[0].w`); or a Map from node to name. What is not tracked among them has no name.
 */
export type NodeNames = object | ReadonlyMap<NumberWithGrad, string>

/** @internal */
export type Names = ReadonlyMap<NumberWithGrad, string>

/** @internal A name for each node that has one: the first, where a number stands in several places. */
export function namesByNode(names: NodeNames): Names {
  // a Date or a Set has no places to name
  if (!/^\[object (?:Object|Array|Map|Module)\]$/.test({}.toString.call(names)))
    throw new TypeError(`names: expected an object such as { w, layers: [{ b }] }, or a Map; got ${kindOf(names)}`)
  const found = new Map<NumberWithGrad, string>()
  const work: (readonly [value: unknown, place: string])[] = names instanceof Map ? [...names] : [[names, '']]
  const seen = new Set<unknown>()
  work.reverse()
  while (work.length > 0) {
    const [value, place] = work.pop()!
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) continue
    const node = value instanceof NumberWithGrad ? (value._self as NumberWithGrad) : value
    if (seen.has(node)) continue
    seen.add(node)
    if (node instanceof NumberWithGrad) found.set(node, place || 'the number')
    else for (const each of Object.entries(node).reverse()) work.push([each[1], placeIn(node, place, each[0])])
  }
  return found
}

function placeIn(holder: object, place: string, key: string): string {
  if (Array.isArray(holder)) return `${place}[${key}]`
  return place === '' ? key : `${place}.${key}`
}

/** @internal The tracked operands of a node, in source order. */
export function trackedOperands(node: NumberWithGrad): NumberWithGrad[] {
  return operandsOfNode(node).filter(operand => typeof operand !== 'number') as NumberWithGrad[]
}

/** @internal What a node was computed with, in words: `x = 3`, or the number alone where there is no name. */
export function operandTexts(node: NumberWithGrad, names: Names): string[] {
  return operandsOfNode(node).map(operand => {
    if (typeof operand === 'number') return String(operand)
    const name = names.get(operand as NumberWithGrad)
    const value = String((operand as NumberWithGrad).num)
    return name === undefined ? value : `${name} = ${value}`
  })
}

/** @throws TypeError for what is no tracked number, ReferenceError for one that has ended. */
function requireRoot(root: unknown, where: string): void {
  if (!(root instanceof NumberWithGrad))
    throw new TypeError(`${where}: expected a NumberWithGrad, whose computation is looked at; got ${kindOf(root)}`)
  requireAlive(root, where)
}

/**
 * @internal All that `root` was computed from and `root` itself, each once, operands before what uses them.
 * In the order of evaluation where the source allows it: left operands first. No recursion.
 */
export function evaluationOrder(root: NumberWithGrad, where: string): NumberWithGrad[] {
  requireRoot(root, where)
  const order: NumberWithGrad[] = []
  const seen = new Set<NumberWithGrad>()
  const work: { node: NumberWithGrad; ready: boolean }[] = [{ node: root._self as NumberWithGrad, ready: false }]
  while (work.length > 0) {
    const { node, ready } = work.pop()!
    if (ready) order.push(node)
    if (ready || seen.has(node)) continue
    seen.add(node)
    work.push({ node, ready: true })
    for (const operand of trackedOperands(node).reverse()) work.push({ node: operand, ready: false })
  }
  return order
}

/** What `summary` tells. */
export interface GraphSummary {
  /** Recorded operations, `root`'s own among them. */
  readonly operations: number
  /** Numbers that no operation gave. */
  readonly leaves: number
  /** Partial derivatives that one `backward()` evaluates: the edges between tracked numbers. */
  readonly partials: number
  /** Plain numbers among the operands. */
  readonly constants: number
  /** Operations on the longest way from a leaf to `root`. */
  readonly depth: number
  /** How often each operation occurs, the most frequent first. */
  readonly byOperation: Readonly<Record<string, number>>
}

function depthOf(order: readonly NumberWithGrad[]): number {
  const depths = new Map<NumberWithGrad, number>()
  let deepest = 0
  for (const node of order) {
    const below = trackedOperands(node).map(operand => depths.get(operand)!)
    const depth = node.creation_op === '' ? 0 : 1 + below.reduce((a, b) => Math.max(a, b), 0)
    depths.set(node, depth)
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

/**
 * How large and how deep the computation behind `root` is.
 *
 * Time and memory are linear in it; no depth overflows the stack.
 *
 * @example const a = new NumberWithGrad(3); summary(a.mul(4).add(a)).depth // 2
 */
export function summary(root: NumberWithGrad): GraphSummary {
  const order = evaluationOrder(root, 'summary')
  const operations = order.filter(node => node.creation_op !== '')
  const counts = new Map<string, number>()
  for (const { creation_op } of operations) counts.set(creation_op, (counts.get(creation_op) ?? 0) + 1)
  const operands = operations.flatMap(node => operandsOfNode(node))
  const constants = operands.filter(operand => typeof operand === 'number').length
  return {
    operations: operations.length,
    leaves: order.length - operations.length,
    partials: operands.length - constants,
    constants,
    depth: depthOf(order),
    byOperation: Object.fromEntries([...counts].sort(([, a], [, b]) => b - a)),
  }
}
