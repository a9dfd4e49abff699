/**
 * One call of a user's function on new tracked inputs, and the sweeps over its record: the base of every verb.
 * It must not know any verb.
 *
 * Three kinds: on plain numbers the record is recycled and results are plain; inside another derivative the record belongs to
 * that derivative and results are tracked; on tracked numbers outside of any derivative the record is kept and results are tracked.
 */
import { type GraphNode, LEAF, Lifetime, type NodeOrNumber, operandsOfNode, operandValue } from '../engine/node.ts'
import { FIRST } from '../engine/slots.ts'
import { requireAlive, tape } from '../engine/tape.ts'
import { ensureNumber, type NumberWithGrad, type Numeric, record } from '../number/number-with-grad.ts'
import { leavesOnTape } from '../scope/outermost.ts'
import { closeOutermost, closeScope, keepScope, openOutermost, openScope, type Scope } from '../scope/scope.ts'
import { nodeAt, placeOf, sweepTape } from '../scope/taped-number.ts'
import { hasStepBefore } from '../sweep/jumps.ts'
import { addTo, type Derivatives, type Jumps, jumpsIn, jumpsWithOutside, pullThrough } from '../sweep/tracked-sweep.ts'
import { isFlat } from './shapes.ts'

const isTracked = (x: Numeric): x is NumberWithGrad => typeof x !== 'number'

export class Recording {
  /** The arguments of the function, one for each number of the caller. */
  declare readonly inputs: readonly NumberWithGrad[]
  /** Whether results can be derived again. */
  declare readonly tracked: boolean
  /** Its first slot. */
  declare readonly start: number
  /** Outside of all others, of plain numbers only: the fast path. */
  declare readonly outermost: boolean
  declare private readonly _scope: Scope | Lifetime
  declare private readonly _keep: boolean
  declare private readonly _trackedInputs: boolean

  /** @param others further numbers of the caller that the results depend on. */
  constructor(numbers: readonly Numeric[], where: string, others: readonly Numeric[]) {
    this.outermost = tape.plain && isFlat(numbers) && isFlat(others)
    if (this.outermost) {
      this._trackedInputs = this._keep = this.tracked = false
      this._scope = openOutermost(where)
      this.start = FIRST
      this.inputs = leavesOnTape(numbers as readonly number[])
      return
    }
    this._trackedInputs = numbers.some(isTracked) || others.some(isTracked)
    if (this._trackedInputs)
      for (const x of [...numbers, ...others]) if (isTracked(x)) requireAlive(x, 'NumberWithGrad')
    this._keep = tape.life === null && !tape.quiet && this._trackedInputs
    this._scope = openScope(this._keep, where)
    this.start = this._scope.start
    this.tracked = this._scope.nested || this._keep
    this.inputs = numbers.map(x => this._input(x))
  }

  /** A new number also for a tracked one: the derivative by the argument must not include uses of the same number in the closure. */
  private _input(x: Numeric): NumberWithGrad {
    if (typeof x === 'number') return record(x, LEAF, null, null)
    return (this.tracked ? x.sub(0)._self : record(x._num, LEAF, null, null)) as NumberWithGrad // x - 0 is x, also for -0
  }

  /** Ends the record; its numbers cannot be used afterwards unless the results are tracked. */
  end(failed = false): void {
    if (this._scope instanceof Lifetime) closeOutermost(this._scope)
    else if (this._keep && !failed) keepScope(this._scope)
    else closeScope(this._scope)
  }

  private _isOwn(node: GraphNode): boolean {
    return placeOf(node) >= this.start
  }

  /** The nodes of the record, in order of creation. */
  nodes(): GraphNode[] {
    const nodes: GraphNode[] = []
    for (let i = this.start, end = tape.top; i < end; i++) nodes.push(nodeAt(i))
    return nodes
  }

  /** The steps at their jumps among its nodes, and among what these use from outside. */
  jumpsIn(nodes: readonly GraphNode[]): Jumps {
    return tape.keeping || hasStepBefore(this.start) ? jumpsWithOutside(nodes) : jumpsIn(nodes)
  }

  /** The derivative of the sum of `seed * output` by each input. An output with the plain seed 0 takes no part, not even with a NaN. */
  pull(outputs: readonly Numeric[], seeds: readonly Numeric[]): Numeric[] {
    return this.tracked ? this.pullTracked(outputs, seeds) : this._pullNumbers(outputs, seeds as readonly number[])
  }

  /** The same as tracked numbers, which the next sweep of this recording can start from. */
  pullTracked(outputs: readonly Numeric[], seeds: readonly Numeric[]): Numeric[] {
    const derivatives: Derivatives = new Map()
    const takes = (node: GraphNode) => this._isOwn(node)
    outputs.forEach((output, i) => {
      if (isTracked(output) && this._isOwn(output) && seeds[i] !== 0) addTo(derivatives, output._self, seeds[i]!)
    })
    const nodes = this.nodes()
    const jumps = this.jumpsIn(nodes)
    for (let i = nodes.length - 1; i >= 0; i--) pullThrough(nodes[i]!, derivatives, jumps, takes)
    return this.inputs.map(input => (derivatives.get(input) ?? 0) as Numeric)
  }

  private _pullNumbers(outputs: readonly Numeric[], seeds: readonly number[]): number[] {
    sweepTape(outputs, seeds, this.start)
    return this.inputs.map(input => input._adjoint + 0)
  }

  /** Results for the caller: plain where they depend on no tracked number of the caller. */
  settle(results: readonly Numeric[]): Numeric[] {
    if (!this.tracked) return results.map(operandValue)
    if (this._trackedInputs) return results.map(ensureNumber)
    const outer = this._dependentOnOutside()
    return results.map(x => (isTracked(x) && this._isOwn(x) && !outer.has(x._self) ? x._num : x))
  }

  private _dependentOnOutside(): Set<GraphNode> {
    const outer = new Set<GraphNode>()
    // A number outside of all scopes is a constant to a scope, unless the scope keeps its nodes as ordinary objects.
    const isOuter = (x: NodeOrNumber) =>
      typeof x !== 'number' && (outer.has(x) || (!this._isOwn(x) && (placeOf(x) >= 0 || tape.keeping)))
    for (let i = this.start; i < tape.top; i++) {
      const node = nodeAt(i)
      if (operandsOfNode(node).some(isOuter)) outer.add(node)
    }
    return outer
  }
}
