/**
 * What functions of training may be handed: numbers, parameters. It must not know what is done with them.
 */
import { GraphNode, unexpected } from '../engine/node.ts'
import type { NumberWithGrad } from '../number/number-with-grad.ts'

/** @throws TypeError for what is no number; NaN is one. */
export function requireNumbers(where: string, numbers: Readonly<Record<string, unknown>>): void {
  for (const [name, x] of Object.entries(numbers))
    if (typeof x !== 'number') throw unexpected(where, `a number as ${name}`, x)
}

export function requireParameter(where: string, parameter: unknown, i: number): void {
  if (!(parameter instanceof GraphNode)) throw unexpected(where, `a NumberWithGrad as parameter ${i}`, parameter)
}

/** The parameters as a list. @throws TypeError for what is no list of them. */
export function listOfParameters(where: string, parameters: Iterable<NumberWithGrad>): readonly NumberWithGrad[] {
  const isIterable = typeof parameters === 'object' && parameters !== null && Symbol.iterator in parameters
  if (!isIterable) throw unexpected(where, 'an array or another iterable of parameters', parameters)
  const list = [...parameters]
  for (const [i, each] of list.entries()) requireParameter(where, each, i)
  return list
}
