/**
 * The picture of a function of two numbers: heights with contour lines and a path, or the two classes of a model.
 * It must not know where the numbers came from.
 */
import { html, svg } from '../page/element.ts'
import type { Field } from '../run/messages.ts'
import { type Axes, type AxesOptions, axesFor, clipped, drawnAxes, POINT, tenth } from './axes.ts'
import { type Grid, heights, lines, refined, valueAt } from './levels.ts'
import { short } from './numbers.ts'

type Path = readonly (readonly [number, number])[]
type Colour = readonly [red: number, green: number, blue: number]

/** Colours of the page's theme, for canvases. */
export interface FieldColours {
  readonly low: Colour
  readonly high: Colour
  readonly ground: Colour
}

const LINES = 14
const PIXELS = 180
const MOST_WIDE = 560
/** The refinement of the grid for contour lines. */
const FINER = 3

export interface FieldPicture {
  readonly element: HTMLElement
  /** Extends the path, without redrawing the field. */
  walk(path: Path): void
}

export function fieldPicture(field: Field, path: Path, width: number, colours: FieldColours): FieldPicture {
  const size = Math.min(width, MOST_WIDE)
  const options: AxesOptions = { x: field.x, y: field.y, width: size, height: Math.round(size * 0.8) }
  const axes = axesFor(options)
  const hasHeights = field.kind === 'contours'
  const grid = hasHeights ? refined(field, FINER) : field
  const levels = hasHeights ? heights(field, LINES) : [0]
  const colour = hasHeights ? stepped(levels, colours) : twoSided(colours)
  const { left, top } = axes
  const frame = { x: left, y: top, width: axes.width, height: axes.height }
  const drawn = levels.map(level =>
    svg('path', { d: levelPath(grid, axes, level), class: hasHeights ? 'level' : 'border' }),
  )
  const points = field.points.map(({ x, y, label }) => {
    const name = label > 0 ? 'point positive' : 'point negative'
    return svg('circle', { cx: tenth(axes.x(x)), cy: tenth(axes.y(y)), r: 3.6, class: name })
  })
  const way = svg('g')
  const picture = svg(
    'svg',
    { viewBox: `0 0 ${size} ${options.height}`, role: 'img' },
    svg('image', { ...frame, href: painted(grid, colour), preserveAspectRatio: 'none' }),
    clipped(axes, drawn),
    svg('rect', { ...frame, class: 'frame' }),
    clipped(axes, [...points, way], POINT),
    drawnAxes(axes, options, false),
  )
  const walk = (walked: Path) => {
    way.replaceChildren(...drawnPath(axes, walked))
    picture.setAttribute('aria-label', describe(field, walked))
  }
  walk(path)
  return { element: html('div', { class: 'field', style: `max-width: ${size}px` }, picture), walk }
}

/** The field as an image. */
function painted(grid: Grid, colour: (value: number) => Colour): string {
  const canvas = html('canvas', { width: PIXELS, height: PIXELS })
  const context = canvas.getContext('2d')!
  const image = context.createImageData(PIXELS, PIXELS)
  const rows = grid.values.length / grid.columns
  for (let row = 0; row < PIXELS; row++)
    for (let column = 0; column < PIXELS; column++) {
      const x = (column / (PIXELS - 1)) * (grid.columns - 1)
      const y = (1 - row / (PIXELS - 1)) * (rows - 1)
      const at = (row * PIXELS + column) * 4
      const [red, green, blue] = colour(valueAt(grid, x, y))
      image.data[at] = red
      image.data[at + 1] = green
      image.data[at + 2] = blue
      image.data[at + 3] = 255
    }
  context.putImageData(image, 0, 0)
  return canvas.toDataURL()
}

const between = (from: Colour, to: Colour, share: number): Colour => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
]

/** One colour between neighbouring lines, the strongest at the lowest height. */
function stepped(levels: readonly number[], { low, ground }: FieldColours): (value: number) => Colour {
  const steps = levels.map((_, i) => between(low, ground, 0.35 + (0.65 * i) / levels.length))
  return value => steps[levels.findIndex(level => value < level)] ?? ground
}

/** Two colours, stronger where the model is more certain. */
function twoSided({ low, high, ground }: FieldColours): (value: number) => Colour {
  return value => between(ground, value > 0 ? high : low, 0.12 + 0.5 * Math.abs(Math.tanh(value)))
}

function levelPath(grid: Grid, axes: Axes, level: number): string {
  const rows = grid.values.length / grid.columns
  const place = ([x, y]: readonly [number, number]) => {
    const across = axes.left + (x / (grid.columns - 1)) * axes.width
    return `${tenth(across)} ${tenth(axes.top + (1 - y / (rows - 1)) * axes.height)}`
  }
  return lines(grid, level)
    .map(line => `M${line.map(place).join('L')}`)
    .join('')
}

function drawnPath(axes: Axes, path: Path): SVGElement[] {
  const places = path.filter(([x, y]) => Number.isFinite(x + y)).map(([x, y]) => [tenth(axes.x(x)), tenth(axes.y(y))])
  const [first] = places
  const last = places.at(-1)
  if (!first || !last) return []
  const line = svg('path', { d: `M${places.map(place => place.join(' ')).join('L')}`, class: 'way' })
  const steps = places.length > 60 ? [] : places.map(([cx, cy]) => svg('circle', { cx, cy, r: 2.4, class: 'step' }))
  return [
    line,
    ...steps,
    svg('circle', { cx: first[0], cy: first[1], r: 5, class: 'start' }),
    svg('circle', { cx: last[0], cy: last[1], r: 5.5, class: 'mark' }),
  ]
}

function describe({ kind, title, x, y, points }: Field, path: Path): string {
  const place = (at: readonly [number, number]) => `(${short(at[0], 3)}, ${short(at[1], 3)})`
  const box = `x from ${short(x[0], 3)} to ${short(x[1], 3)}, y from ${short(y[0], 3)} to ${short(y[1], 3)}`
  if (kind === 'boundary') return `${title}: which of two sides a model sees, with ${points.length} points; ${box}`
  const [first] = path
  const way = first ? `; a path of ${path.length} points from ${place(first)} to ${place(path.at(-1)!)}` : ''
  return `${title}: lines of equal height; ${box}${way}`
}
