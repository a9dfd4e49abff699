/**
 * A function from many numbers to many, with its Jacobian, as a search asks for it.
 * It must not know any method.
 */
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
  private readonly push: (x: unknown, direction: unknown) => [value: unknown, tangent: unknown]
  private readonly rows: (x: unknown) => unknown
  private readonly still: unknown

  constructor(f: (x: never) => unknown, shape: Shape, where: string) {
    this.shape = shape
    this.where = where
    this.push = jvp(f as never) as never
    this.rows = jacobian(f as never) as never
    this.still = shape.shaped(shape.numbers.map(() => 0))
  }

  /** The residuals alone: those of a push along no direction. */
  at(x: number[]): number[] {
    this.evaluations++
    return numbersOf(this.push(this.shape.shaped(x), this.still)[0], this.where) as number[]
  }

  linearised(x: number[]): Linearised {
    const residuals = this.at(x)
    const found = Float64Array.from(numbersOf(this.rows(this.shape.shaped(x)), this.where) as number[])
    if (residuals.length === 0) throw new RangeError(`${this.where}: f returned no numbers`)
    return { residuals, jacobian: found, isFinite: isAllFinite(residuals) && isAllFinite(found) }
  }
}
