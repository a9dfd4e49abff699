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
const layer = (x: number, w: number[]) => {
  let y = x
  for (const each of w) y = Math.tanh(y * each)
  while (y > 0.1) y *= Math.sin(y)
  return y
}
export const loops = valueAndGrad((x: number, w: number[]) => {
  let sum = 0
  for (let i = 0; i < w.length; i++) sum += w[i]! ** 2
  return sum * layer(x, w)
})
const falling = (x: number): number => (x < 1 ? x : falling(x / 2) * x)
export const recursive = grad((x: number) => {
  let sum = 0
  for (let i = 0; i < 3; i++) sum += falling(x)
  return sum
})
