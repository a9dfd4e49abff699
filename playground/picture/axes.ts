/**
 * A frame with axes, and the mapping from numbers to positions in it.
 * It must not know what is drawn inside.
 */
import { svg } from '../page/element.ts'
import { short, ticks } from './numbers.ts'

export interface Axes {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface AxesOptions {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
  readonly width: number
  readonly height: number
}

const LEFT = 46
const RIGHT = 12
const TOP = 10
const BOTTOM = 26

/** Axes for a picture of this size. */
export function axesFor({ x, y, width, height }: AxesOptions): Axes {
  const inner = { left: LEFT, top: TOP, width: width - LEFT - RIGHT, height: height - TOP - BOTTOM }
  return {
    ...inner,
    x: value => inner.left + ((value - x[0]) / (x[1] - x[0])) * inner.width,
    y: value => inner.top + inner.height - ((value - y[0]) / (y[1] - y[0])) * inner.height,
  }
}

/** Lines and numbers of the axes. */
export function drawnAxes(axes: Axes, { x, y }: AxesOptions, hasGrid = true): SVGGElement {
  const { left, top, width, height } = axes
  const group = svg('g', { class: 'axes' })
  for (const value of ticks(...x, Math.max(4, width / 80))) {
    const at = axes.x(value)
    if (hasGrid) group.append(line(at, top, at, top + height, Math.abs(value) < 1e-12 ? 'zero' : 'grid'))
    group.append(svg('text', { x: at, y: top + height + 17, 'text-anchor': 'middle' }, short(value)))
  }
  for (const value of ticks(...y, Math.max(3, height / 46))) {
    const at = axes.y(value)
    if (hasGrid) group.append(line(left, at, left + width, at, Math.abs(value) < 1e-12 ? 'zero' : 'grid'))
    group.append(svg('text', { x: left - 8, y: at + 4, 'text-anchor': 'end' }, short(value)))
  }
  return group
}

/** The margin that keeps points on the frame whole. */
export const POINT = 6

/** Clips a drawing at the frame, or a little outside of it. */
export function clipped(axes: Axes, inside: readonly SVGElement[], room = 0): SVGSVGElement {
  const [x, y] = [axes.left - room, axes.top - room]
  const [width, height] = [axes.width + 2 * room, axes.height + 2 * room]
  return svg('svg', { x, y, width, height, viewBox: `${x} ${y} ${width} ${height}`, class: 'inside' }, ...inside)
}

export function line(x1: number, y1: number, x2: number, y2: number, name: string): SVGLineElement {
  return svg('line', { x1: tenth(x1), y1: tenth(y1), x2: tenth(x2), y2: tenth(y2), class: name })
}

export const tenth = (x: number): number => Math.round(x * 10) / 10

/** A path through points, with gaps at values that are not finite and at jumps across the whole frame. */
export function pathThrough(axes: Axes, xs: readonly number[], ys: readonly number[]): string {
  let commands = ''
  let previous: number | undefined
  for (const [i, x] of xs.entries()) {
    const at = axes.y(ys[i]!)
    if (!Number.isFinite(at)) {
      previous = undefined
      continue
    }
    // points far outside are moved closer, to keep coordinates small
    const y = Math.max(axes.top - 2 * axes.height, Math.min(at, axes.top + 3 * axes.height))
    const jumps = previous === undefined || Math.abs(y - previous) > 2 * axes.height
    commands += `${jumps ? 'M' : 'L'}${tenth(axes.x(x))} ${tenth(y)}`
    previous = y
  }
  return commands
}
