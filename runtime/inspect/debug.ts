/**
 * The one switch for all that costs time: places of operations, and errors at the operation that makes a NaN.
 * It must not know any operation.
 */
import { kindOf, operandsOfNode, operandValue } from '../engine/node.ts'
import { settleTape, tape } from '../engine/tape.ts'
import { NumberWithGrad } from '../number/number-with-grad.ts'
import { checkCarried } from '../verbs/carried.ts'
import { type CreationStacks, findAnomaly } from './anomaly.ts'
import { operandTexts } from './graph.ts'
import { selfChecked } from './self-check.ts'

let stop: (() => void) | undefined

/** Each operation is taken down, and one that makes a NaN of other numbers throws. */
function watchOperations(stacks: CreationStacks, isOn: () => boolean): () => void {
  const prototype = NumberWithGrad.prototype
  const record = prototype._record
  const watching: typeof record = function (this: NumberWithGrad, ...operation) {
    const node = record.apply(this, operation)
    if (!isOn() || tape.quiet) return node
    const self = node._self as NumberWithGrad
    stacks.set(self, new Error(`\`${node.creation_op}\` was called here`))
    if (Number.isNaN(self.num) && !operandsOfNode(self).some(each => Number.isNaN(operandValue(each))))
      throw new Error(`debug: \`${self.creation_op}\` of ${operandTexts(self, new Map()).join(', ')} returned NaN`)
    return node
  }
  prototype._record = watching
  return () => {
    // recordStacks may have begun or ended since
    if (prototype._record === watching) prototype._record = record
  }
}

/** A `backward()` that made a gradient which is not finite throws, with the place of the operation as the cause. */
function watchBackward(stacks: CreationStacks, isOn: () => boolean): () => void {
  const prototype = NumberWithGrad.prototype
  const { backward } = prototype
  prototype.backward = function (...seed) {
    backward.apply(this, seed)
    if (!isOn()) return
    const found = findAnomaly(this, { stacks })
    if (found?.kind !== 'gradient') return
    const cause = stacks.get(found.node)
    throw new Error(`debug: ${found.message}`, cause && { cause })
  }
  return () => {
    prototype.backward = backward
  }
}

function watchCompiled(): () => void {
  const before = checkCarried(selfChecked)
  return () => {
    checkCarried(before)
  }
}

/**
 * Turns on all that costs time, for the whole program, until `debug(false)`:
 *
 * - an operation that makes a NaN of other numbers throws at once, so that the error has the place;
 * - `backward()` throws where it makes a NaN or an infinite gradient; the error's `cause` has the place of the operation;
 * - the error about a leaf that was assigned after its use has the place of the assignment as its `cause`;
 * - the first call of each compiled derivative compares itself with differences of the function's values, and throws where they differ.
 *
 * The checks of versions and of numbers that outlive their call are always on. Inside of `grad` and its like values are checked, and
 * gradients are not: call `backward()` there. What `noGrad` computes is not checked.
 *
 * Cost: some microseconds and a kilobyte an operation. Source: PyTorch's `torch.autograd.set_detect_anomaly`; JAX's `jax_debug_nans`.
 * @example debug(true); debug(false) // undefined
 */
export function debug(on: boolean): void {
  if (typeof on !== 'boolean') throw new TypeError(`debug: expected true or false; got ${kindOf(on)}`)
  if (on === (stop !== undefined)) return
  if (!on) return stop!()
  let isOn = true
  const { watched, stacks: before } = tape
  const stacks: CreationStacks = new WeakMap()
  const undo = [watchOperations(stacks, () => isOn), watchBackward(stacks, () => isOn), watchCompiled()]
  tape.stacks = stacks
  tape.watched = true
  settleTape()
  stop = () => {
    isOn = false
    stop = undefined
    for (const each of undo) each()
    tape.stacks = before
    tape.watched = watched
    settleTape()
  }
}
