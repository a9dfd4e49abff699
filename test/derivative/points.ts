/** The arguments of random programs, and the numbers in them. It must not know programs. */

const row = [0.3, -0.8, 0.5, 0.9]
/** The arguments; the two arrays may be one, and so may the rows. */
export const pointOf = (isAliased: boolean) => {
  const a = [...row]
  const first = [0.2, -0.6]
  const m = isAliased ? [first, first] : [first, [0.7, 0.4]]
  return [0.7, -0.4, a, isAliased ? a : [1.1, -0.2], m, { u: 0.6, w: [0.5, -0.3, 0.8] }] as const
}
export type Point = ReturnType<typeof pointOf>

/** The numbers of a value in order, as a gradient has them. */
export function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return Object.values(value as object).flatMap(numbersIn)
}

/** The same shape with others in the place of numbers, in their order. */
export function shapedAs(value: unknown, others: readonly unknown[]): unknown {
  let next = 0
  const filled = (each: unknown): unknown => {
    if (typeof each === 'number') return others[next++]
    if (Array.isArray(each)) return each.map(filled)
    return Object.fromEntries(Object.entries(each as object).map(([key, part]) => [key, filled(part)]))
  }
  return filled(value)
}
