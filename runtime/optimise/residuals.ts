/**
 * A function from many numbers to many, with its Jacobian, as a search asks for it.
 * It must not know any method.
 */

import { requireFunction } from '../engine/node.ts'
import { carriedBy } from '../verbs/carried.ts'
import { jacobian, jvp } from '../verbs/directional.ts'
import { numbersOf } from '../verbs/shapes.ts'
import { isAllFinite, type Shape } from './problem.ts'

/** The residuals at a point, and their Jacobian row by row. */
export interface Linearised {
  readonly residuals: number[]
  readonly jacobian: Float64Array
  readonly isFinite: boolean
}

export class Residuals {
  evaluations = 0
  private readonly shape: Shape
  private readonly where: string
  private readonly values: (x: unknown) => unknown
  private readonly rows: (x: unknown) => unknown

  constructor(f: (x: never) => unknown, shape: Shape, where: string) {
    requireFunction(f, where)
    this.shape = shape
    this.where = where
    const push: (x: unknown, direction: unknown) => [value: unknown, tangent: unknown] = jvp(f as never)
    const still = shape.shaped(shape.numbers.map(() => 0))
    // on plain numbers the function itself; on tracked ones a push along no direction
    this.values = carriedBy(f, where) ? (f as (x: unknown) => unknown) : x => push(x, still)[0]
    this.rows = jacobian(f as never) as never
  }

  /** The residuals alone. */
  at(x: number[]): number[] {
    this.evaluations++
    return numbersOf(this.values(this.shape.shaped(x)), this.where) as number[]
  }

  linearised(x: number[]): Linearised {
    const residuals = this.at(x)
    if (residuals.length === 0) throw new RangeError(`${this.where}: f returned no numbers`)
    const found = Float64Array.from(numbersOf(this.rows(this.shape.shaped(x)), this.where) as number[])
    return { residuals, jacobian: found, isFinite: isAllFinite(residuals) && isAllFinite(found) }
  }
}
