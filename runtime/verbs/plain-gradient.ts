/**
 * The fast path of a Recording: the gradient of a function of plain numbers, outside of all other derivatives.
 * Results equal those of a Recording. It must not know any verb, nor the shapes of arguments.
 */
import { operandValue } from '../engine/node.ts'
import type { Numeric } from '../number/number-with-grad.ts'
import { closeOutermost, openOutermost } from '../scope/scope.ts'
import { derivativeAt, leafOnTape, leavesOnTape, sweepFrom } from '../scope/taped-number.ts'

/** The value and the derivative of a function of one number. */
export function plainDerivative(x: number, where: string, f: (x: Numeric) => Numeric): [number, number] {
  openOutermost(where)
  try {
    const output = f(leafOnTape(x))
    sweepFrom(output)
    return [operandValue(output), derivativeAt(0)]
  } finally {
    closeOutermost()
  }
}

/** The value and the gradient of a function of an array of numbers. */
export function plainGradient(
  numbers: readonly number[],
  where: string,
  f: (inputs: readonly Numeric[]) => Numeric,
): [number, number[]] {
  openOutermost(where)
  try {
    const output = f(leavesOnTape(numbers))
    sweepFrom(output)
    const gradient: number[] = []
    for (let i = 0; i < numbers.length; i++) gradient.push(derivativeAt(i))
    return [operandValue(output), gradient]
  } finally {
    closeOutermost()
  }
}
