/**
 * The picture of a function with its derivative, and of a series of numbers.
 * It must not know where the numbers came from.
 */
import { html, svg } from '../page/element.ts'
import type { Plot, Series } from '../run/messages.ts'
import { type Axes, type AxesOptions, axesFor, clipped, drawnAxes, line, POINT, pathThrough, tenth } from './axes.ts'
import { seen, short } from './numbers.ts'

const HEIGHT = 260

export function plotPicture(plot: Plot, width: number): HTMLElement {
  const { x, curves, marks, points } = plot
  const finite = curves.flatMap(({ y }) => y)
  const shown = plot.range ?? seen([...finite, ...points.map(({ y }) => y)])
  const options: AxesOptions = { x: [x[0] ?? 0, x.at(-1) ?? 1], y: shown, width, height: HEIGHT }
  const axes = axesFor(options)
  const tangents = marks.map(({ slope, ...mark }) => tangent(axes, options, mark, slope))
  const paths = curves.map(({ y, isDerivative }, i) =>
    svg('path', { d: pathThrough(axes, x, y), class: isDerivative ? 'curve gradient' : `curve c${i}` }),
  )
  const dots = [
    ...points.map(point => dot(axes, point, 'point', 4)),
    ...marks.map(mark => dot(axes, mark, 'mark', 5.5)),
  ]
  const picture = framed(axes, options, [...tangents, ...paths], dots, describe(plot))
  picture.append(readout(axes, plot))
  return html('div', { class: 'plot' }, legend(plot), picture)
}

export function seriesPicture({ title, values }: Series, width: number): HTMLElement {
  const options: AxesOptions = {
    x: [0, Math.max(values.length - 1, 1) * 1.03],
    y: seenFromZero(values),
    width,
    height: 170,
  }
  const axes = axesFor(options)
  const steps = values.map((_, i) => i)
  const curve = svg('path', { d: pathThrough(axes, steps, values), class: 'curve c0' })
  const last = values.at(-1) ?? Number.NaN
  const label = `${title}: ${values.length} values, the last one ${short(last)}`
  const end = Number.isFinite(last) ? [dot(axes, { x: values.length - 1, y: last }, 'mark', 4)] : []
  const key = html('p', { class: 'legend' }, html('span', { class: 'key c0' }, title), html('span', {}, short(last)))
  return html('div', { class: 'plot' }, key, framed(axes, options, [curve], end, label))
}

function seenFromZero(values: readonly number[]): [number, number] {
  const [low, high] = seen(values)
  return low > 0 ? [0, high] : [low, high]
}

function framed(
  axes: Axes,
  options: AxesOptions,
  lines: readonly SVGElement[],
  dots: readonly SVGElement[],
  label: string,
): SVGSVGElement {
  const { width, height } = options
  return svg(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
    drawnAxes(axes, options),
    clipped(axes, lines),
    clipped(axes, dots, POINT),
  )
}

function dot(axes: Axes, { x, y }: { x: number; y: number }, name: string, r: number): SVGCircleElement {
  return svg('circle', { cx: tenth(axes.x(x)), cy: tenth(axes.y(y)), r, class: name })
}

function tangent(axes: Axes, { x }: AxesOptions, mark: { x: number; y: number }, slope: number): SVGLineElement {
  const at = (value: number) => axes.y(mark.y + slope * (value - mark.x))
  return line(axes.x(x[0]), at(x[0]), axes.x(x[1]), at(x[1]), 'tangent')
}

function legend({ curves, marks }: Plot): HTMLElement {
  const keys = curves.map(({ label, isDerivative }, i) =>
    html('span', { class: `key ${isDerivative ? 'gradient' : `c${i}`}` }, label),
  )
  const [mark] = marks.length === 1 ? marks : []
  const slopes = [mark ?? []]
    .flat()
    .map(({ x, slope }) => html('span', { class: 'slope' }, `slope ${short(slope)} at ${short(x)}`))
  return html('p', { class: 'legend' }, ...keys, ...slopes)
}

function describe({ title, x, curves, marks }: Plot): string {
  const names = curves.map(({ label, y }) => {
    const finite = y.filter(Number.isFinite)
    return `${label} from ${short(Math.min(...finite))} to ${short(Math.max(...finite))}`
  })
  const slopes = marks.map(mark => `; slope ${short(mark.slope)} at ${short(mark.x)}`)
  return `${title}, for x from ${short(x[0] ?? 0)} to ${short(x.at(-1) ?? 0)}: ${names.join(', ')}${slopes.join('')}`
}

/** A vertical line at the pointer, with the values there. */
function readout(axes: Axes, { x, curves }: Plot): SVGGElement {
  const area = svg('rect', { x: axes.left, y: axes.top, width: axes.width, height: axes.height, class: 'area' })
  const rule = line(0, axes.top, 0, axes.top + axes.height, 'rule')
  const text = svg('text', { y: axes.top + 14, class: 'readout' })
  const group = svg('g', { class: 'pointer' }, rule, text, area)
  area.addEventListener('pointermove', event => {
    const box = area.getBoundingClientRect()
    const share = (event.clientX - box.left) / box.width
    const i = Math.max(0, Math.min(x.length - 1, Math.round(share * (x.length - 1))))
    const at = axes.x(x[i]!)
    rule.setAttribute('x1', String(at))
    rule.setAttribute('x2', String(at))
    const isRight = share > 0.55
    text.setAttribute('x', String(isRight ? at - 8 : at + 8))
    text.setAttribute('text-anchor', isRight ? 'end' : 'start')
    text.textContent = [`x ${short(x[i]!, 3)}`, ...curves.map(({ label, y }) => `${label} ${short(y[i]!, 4)}`)].join(
      '   ',
    )
    group.classList.add('shown')
  })
  area.addEventListener('pointerleave', () => group.classList.remove('shown'))
  return group
}
