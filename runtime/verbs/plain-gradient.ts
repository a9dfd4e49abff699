/**
 * The fast path of a Recording: the gradient of a function of plain numbers, outside of all other derivatives.
 * Results equal those of a Recording. It must not know any verb, nor the shapes of arguments.
 */
import type { Lifetime } from '../engine/node.ts'
import { FIRST, slots } from '../engine/slots.ts'
import { tape } from '../engine/tape.ts'
import type { NumberWithGrad } from '../number/number-with-grad.ts'
import { derivativeAt, leavesOnTape, onlyLeaf, slotIn } from '../scope/outermost.ts'
import { closeOutermost, openOutermost } from '../scope/scope.ts'
import { sweepFrom } from '../scope/taped-number.ts'

type Function = (...args: never[]) => unknown

/** The value of a result that is no number of the call's scope: the call recorded nothing, or gave a plain number. @throws where the result is no number. */
export type Settle = (f: Function, args: readonly unknown[], result: unknown, top: number, where: string) => number

/** Calls `f` on tracked numbers in the shape of its arguments. */
export type CallOn = (f: Function, args: readonly unknown[], inputs: readonly NumberWithGrad[]) => unknown

/** Sweeps from what a call gave, and returns its value. */
function sweepResult(
  f: Function,
  args: readonly unknown[],
  result: unknown,
  life: Lifetime,
  top: number,
  where: string,
  settle: Settle,
): number {
  const slot = slotIn(result, life)
  const value = slot >= 0 && tape.top !== top ? slots.value[slot]! : settle(f, args, result, top, where)
  sweepFrom(Math.max(slot, 0))
  return value
}

/** The value and the derivative of a function of one number, the only one of `args`. */
export function plainDerivative(
  f: Function,
  args: readonly unknown[],
  where: string,
  settle: Settle,
): [number, number] {
  const life = openOutermost(where)
  try {
    const result = f(onlyLeaf(args[0] as number) as never)
    const value = sweepResult(f, args, result, life, FIRST + 1, where, settle)
    return [value, derivativeAt(0)]
  } finally {
    closeOutermost(life)
  }
}

/** The value and the gradient of a function of arguments with these numbers. */
export function plainGradient(
  numbers: readonly number[],
  f: Function,
  args: readonly unknown[],
  where: string,
  call: CallOn,
  settle: Settle,
): [number, number[]] {
  const life = openOutermost(where)
  try {
    const inputs = leavesOnTape(numbers)
    const { length } = numbers // the function may change the caller's array
    const { top } = tape
    const value = sweepResult(f, args, call(f, args, inputs), life, top, where, settle)
    const gradient: number[] = []
    for (let i = 0; i < length; i++) gradient.push(derivativeAt(i))
    return [value, gradient]
  } finally {
    closeOutermost(life)
  }
}
