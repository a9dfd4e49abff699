/**
 * How compiled text hangs derivatives on a function, with the verbs that call them. It must not know how a derivative was found.
 */
import { requireFunction } from '../engine/node.ts'
import { type CompiledDerivatives, type DerivativeKind, type Differentiable, heldBy, KEY } from './carried.ts'
import { compiledVerbs as verbs } from './compiled.ts'

/**
 * The function itself, which carries these derivatives from now on, beside those that it has; compiled text calls it. `protocol` is their
 * form.
 *
 * @throws TypeError for a function that cannot be extended.
 * @example grad(differentiable((x: number) => x * x, { grad: (_, seed, x) => [x * x, [seed(x * x) * 2 * x]] }, 2))(3) // 6
 */
export function differentiable<F extends (...args: never[]) => unknown>(
  f: F,
  derivatives: {
    readonly [Kind in keyof CompiledDerivatives]: (
      // biome-ignore lint/suspicious/noExplicitAny: what text computes with has no types
      ...args: any[]
    ) => [value: unknown, derivative: unknown]
  },
  protocol: number,
): Differentiable<F, DerivativeKind> {
  requireFunction(f, 'differentiable')
  const before = heldBy(f)
  const all = before?.protocol === protocol ? { ...before.derivatives, ...derivatives } : derivatives
  Object.defineProperty(f, KEY, { value: { protocol, derivatives: all, verbs }, configurable: true, writable: true })
  return f
}
