/**
 * The module `playground`: numbers with a slider, and pictures. It exists on this page only; elsewhere `input('x', 3)` is
 * `new NumberWithGrad(3)`, and the calls that draw can be left out.
 */
import type { NumberWithGrad, Numeric } from 'tsgrad'

/** A range of numbers, from left to right. */
export type Range = readonly [from: number, to: number]

/** A function of one number. It is written with operators: they work on plain numbers and on tracked ones. */
export type Curve = (x: NumberWithGrad) => Numeric

/** A function of two numbers. */
export type Surface = (x: NumberWithGrad, y: NumberWithGrad) => Numeric

/** A point, with the kind that it belongs to where there are kinds. */
export interface Point {
  readonly x: number
  readonly y: number
  /** Above zero or not: which of two colours it has. */
  readonly label?: number
}

/** How far a slider goes. */
export interface SliderOptions {
  readonly min?: number
  readonly max?: number
  readonly step?: number
}

/** What is shown of a function. */
export interface PlotOptions {
  readonly title?: string
  /** From where to where; [-5, 5] if not given. */
  readonly x?: Range
  /** What is seen of the values; found out if not given. */
  readonly y?: Range
  /** Whether the derivative is drawn too; true for one function, false for several. */
  readonly derivative?: boolean
  /** Where to mark the curve, with its tangent there. */
  readonly at?: Numeric | readonly Numeric[]
  /** Measured points, to be drawn beside the curve. */
  readonly points?: readonly Point[]
}

/** What is shown of a function of two numbers; [-2, 2] in both directions if not given. */
export interface MapOptions {
  readonly title?: string
  readonly x?: Range
  readonly y?: Range
}

/** What is shown of a model. */
export interface BoundaryOptions extends MapOptions {
  readonly points?: readonly Point[]
}

/**
 * A number with a slider: each move runs the program again.
 *
 * Elsewhere this is `new NumberWithGrad(value)`.
 *
 * @param name what stands beside the slider.
 * @example const x = input('x', 3, { min: -5, max: 5 })
 */
export function input(name: string, value: number, options?: SliderOptions): NumberWithGrad

/**
 * Draws a function together with its derivative, which `grad` computes.
 *
 * Drawn again under the same title, the new picture takes the place of the old one.
 *
 * @example plot(x => Math.sin(x) * x, { x: [-6, 6] })
 */
export function plot(f: Curve | Readonly<Record<string, Curve>>, options?: PlotOptions): void

/**
 * Draws a function of two numbers by lines of equal height.
 *
 * @returns `visit(x, y)` adds a point to the path that is drawn over it.
 * @example const map = contours((x, y) => x ** 2 + y ** 2, { x: [-2, 2], y: [-2, 2] }); map.visit(1, 1)
 */
export function contours(f: Surface, options?: MapOptions): { visit(x: Numeric, y: Numeric): void }

/**
 * Colours the plane by the sign of what a model says of each point, with the points that it should tell apart.
 *
 * @returns `update()` asks the model again and draws what it says now.
 * @example const picture = boundary(predict, { points }); picture.update()
 */
export function boundary(predict: Surface, options?: BoundaryOptions): { update(): void }

/**
 * A line that grows while a program runs: the loss of each step.
 *
 * @example const losses = series('loss'); losses.add(0.5)
 */
export function series(title: string): { add(value: Numeric): void }

/**
 * Draws the computation behind a number. Without any call, those of the variables at the top of the program are drawn.
 *
 * @param names what its numbers are called.
 * @example graph(loss, { slope, intercept })
 */
export function graph(result: NumberWithGrad, names?: Readonly<Record<string, NumberWithGrad>>): void

/** Lets the page draw: `await frame()` in a loop shows each step, and lets a program run as long as it likes. */
export function frame(): Promise<void>
