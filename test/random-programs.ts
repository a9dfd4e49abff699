/** Random programs of all operations and array functions, for tests that compare roads to one derivative. */
import fc from 'fast-check'
import { dot, logSumExp, mean, NumberWithGrad, type Numeric, norm, prod, softmax, sum } from '../runtime/index.ts'
import { rules } from '../runtime/rules/rules.ts'

type Method = (this: NumberWithGrad, ...others: readonly Numeric[]) => NumberWithGrad

const names = Object.entries(rules).flatMap(([name, { arity }]) => (arity === 1 ? [name] : [name, `r${name}`]))

const arrayFunctions: Record<string, (xs: readonly Numeric[]) => Numeric> = {
  sum,
  mean,
  prod,
  norm,
  logSumExp,
  dot: xs => dot(xs, xs.toReversed()),
  softmax: xs => softmax(xs)[0]!,
}

const ordinary = fc.integer({ min: -200, max: 200 }).map(i => i / 100 + 0.0123)

/** One operation: its method, and where its operands are from. */
const stepAmong = (number: fc.Arbitrary<number>) =>
  fc.record({
    // arithmetic more often, or most programs leave the domain of some function
    method: fc.oneof(
      fc.constantFrom('add', 'sub', 'mul', 'mul', 'div', 'rsub', 'sin', 'exp'),
      fc.constantFrom(...names),
      fc.constantFrom(...Object.keys(arrayFunctions)),
    ),
    own: fc.nat(),
    kind: fc.constantFrom('earlier', 'earlier', 'number', 'outside', 'new'),
    other: fc.nat(),
    number,
  })
export type RandomStep = ReturnType<typeof stepAmong> extends fc.Arbitrary<infer S> ? S : never

const programAmong = (number: fc.Arbitrary<number>) =>
  fc.record({
    steps: fc.array(stepAmong(number), { minLength: 2, maxLength: 12 }),
    at: fc.array(number, { minLength: 1, maxLength: 6 }),
    direction: fc.array(fc.constantFrom(0, 1, -0.5, 2), { minLength: 6, maxLength: 6 }),
    outputs: fc.integer({ min: 1, max: 7 }),
  })

/** Programs at ordinary points. */
export const ordinaryProgram = programAmong(ordinary)
/** Programs whose numbers are often those at which a function has a kink, a pole or an end of its domain. */
export const edgyProgram = programAmong(fc.oneof(ordinary, fc.constantFrom(0, 1, -1, 2, 0.5, -0)))

export type RandomProgram = typeof ordinaryProgram extends fc.Arbitrary<infer P> ? P : never

/** All values of a program, each of whose steps takes what earlier ones gave. */
export function valuesOf(
  { steps }: RandomProgram,
  inputs: readonly NumberWithGrad[],
  outside: NumberWithGrad,
): NumberWithGrad[] {
  const values = [...inputs]
  for (const { method, own, kind, other, number } of steps) {
    const earlier = values[other % values.length]!
    const operand = { earlier, number, outside, new: new NumberWithGrad(number) }[kind]
    const start = values[own % values.length]!
    const reduce = arrayFunctions[method]
    values.push(
      reduce
        ? (reduce([start, operand, earlier, 0.5]) as NumberWithGrad)
        : (start as unknown as Record<string, Method>)[method]!.call(start, operand),
    )
  }
  return values
}
