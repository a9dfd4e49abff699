import { type Differentiable, grad, hessian, type NumberWithGrad, valueAndGrad } from 'tsgrad'

const weight = 3
export const compiled = grad((x: number[]) => weight * x[0]! * x[1]!)
export const untyped = grad(x => x ** 2)
export const tracked = valueAndGrad((x: NumberWithGrad, y: NumberWithGrad) => x * y)
export const chosen = valueAndGrad((x: number[], on: boolean) => (on ? x[0]! : 0), { by: 0 })
export const refused = grad((x: number) => Number.parseFloat(String(x)))
export const bends = hessian((x: number) => x ** 3)
export function slopes(f: Differentiable<(x: number) => number>) {
  return grad(f)
}
