/**
 * The module `playground` that programs import: turns their numbers and pictures into reports.
 * It must not know how anything is drawn. `api/playground.d.ts` documents each function.
 */
import { grad, NumberWithGrad, type Numeric, noGrad } from '../../runtime/index.ts'
import type { Curve, MapOptions, Point, Range, SliderOptions, Surface } from '../api/playground.d.ts'
import { bounds, shortened } from './bounds.ts'
import { graphOf } from './graph.ts'
import type { DrawnPoint, Moved, Picture, Plot } from './messages.ts'

type Api = typeof import('../api/playground.d.ts')

/** The number of a slider, with the slider's range. */
export interface Input {
  readonly node: NumberWithGrad
  readonly initial: number
  readonly min: number
  readonly max: number
  readonly step: number
}

export interface Stage {
  /** The values of the sliders that the user moved. */
  readonly values: Readonly<Record<string, Moved>>
  readonly inputs: Map<string, Input>
  draw(picture: Picture): void
  /** Called when the program lets the page draw. */
  pause(): Promise<void>
}

const SAMPLES = 241
const COLUMNS = 64

const numberOf = (x: Numeric): number => (typeof x === 'number' ? x : x.num)
/** The value of a function at a plain number; the function may need a tracked number. */
const valueAt = (f: Curve, x: number) => numberOf(f(new NumberWithGrad(x)))

export function playgroundOn(stage: Stage): Api {
  const titles = new Map<string, number>()
  /** A title for a picture without one: its kind and its number. */
  const titleOf = (kind: string, title: string | undefined) => {
    if (title !== undefined) return shortened(String(title), bounds.name)
    const count = (titles.get(kind) ?? 0) + 1
    titles.set(kind, count)
    return count === 1 ? kind : `${kind} ${count}`
  }
  return {
    input: (name, value, options = {}) => input(stage, name, value, options),
    plot: (f, options = {}) =>
      stage.draw({
        ...plotOf(f, options),
        title: titleOf(typeof f === 'function' ? 'f(x)' : 'functions', options.title),
      }),
    contours(f, options = {}) {
      const title = titleOf('contours', options.title)
      stage.draw({ kind: 'contours', title, ...sampled(f, options), points: [] })
      const path: [number, number][] = []
      return {
        visit(x, y) {
          // the path has more points than anyone could follow
          if (path.length === bounds.points) return
          path.push([numberOf(x), numberOf(y)])
          stage.draw({ kind: 'visited', title, path })
        },
      }
    },
    boundary(predict, options = {}) {
      const title = titleOf('boundary', options.title)
      const points = drawn(options.points)
      const box = { x: options.x ?? around(points.map(({ x }) => x)), y: options.y ?? around(points.map(({ y }) => y)) }
      const update = () => stage.draw({ kind: 'boundary', title, ...sampled(predict, box), points })
      update()
      return { update }
    },
    series(name) {
      const title = shortened(String(name), bounds.name)
      const values: number[] = []
      return {
        add(value) {
          if (values.length === bounds.points)
            throw new RangeError(
              `series: '${title}' has ${bounds.points} values, the most that are drawn. Add every tenth one, say`,
            )
          values.push(numberOf(value))
          stage.draw({ kind: 'series', title, values })
        },
      }
    },
    graph: (result, names = {}) => stage.draw(graphOf(result, names)),
    frame: () => stage.pause(),
  }
}

/** What draws, where a program runs only to be measured. */
export const drawingNothing: Pick<Api, 'plot' | 'contours' | 'boundary' | 'series' | 'graph'> = {
  plot() {},
  contours: () => ({ visit() {} }),
  boundary: () => ({ update() {} }),
  series: () => ({ add() {} }),
  graph() {},
}

function input(stage: Stage, name: string, value: number, { min, max, step }: SliderOptions): NumberWithGrad {
  if (name.length > bounds.name) throw new RangeError(`input: a name has at most ${bounds.name} characters`)
  if (stage.inputs.size === bounds.sliders && !stage.inputs.has(name))
    throw new RangeError(`input: there are ${bounds.sliders} sliders, the most that are shown`)
  const moved = stage.values[name]
  const node = new NumberWithGrad(moved?.initial === value ? moved.num : value)
  const low = min ?? Math.min(value - 5, -5)
  const high = max ?? Math.max(value + 5, 5)
  if (!(low < high)) throw new RangeError(`input: the slider of '${name}' goes from ${low} to ${high}`)
  if (step !== undefined && !(step > 0))
    throw new RangeError(`input: the step of '${name}' is ${step}; it must be above 0`)
  stage.inputs.set(name, { node, initial: value, min: low, max: high, step: step ?? (high - low) / 200 })
  return node
}

function plotOf(f: Parameters<Api['plot']>[0], options: NonNullable<Parameters<Api['plot']>[1]>): Omit<Plot, 'title'> {
  const curves: Readonly<Record<string, Curve>> = typeof f === 'function' ? { 'f(x)': f } : f
  if (Object.keys(curves).length > bounds.curves)
    throw new RangeError(`plot: at most ${bounds.curves} functions are drawn; got ${Object.keys(curves).length}`)
  const [from, to] = requireRange('plot', options.x ?? [-5, 5])
  const x = Array.from({ length: SAMPLES }, (_, i) => from + ((to - from) * i) / (SAMPLES - 1))
  const isOne = Object.keys(curves).length === 1
  const lines = Object.entries(curves).flatMap(([label, curve]) => {
    const value = {
      label: shortened(label, bounds.name - 1),
      isDerivative: false,
      y: noGrad(() => x.map(each => valueAt(curve, each))),
    }
    if (!(options.derivative ?? isOne)) return [value]
    return [
      value,
      { label: derivativeName(shortened(label, bounds.name - 1)), isDerivative: true, y: x.map(slopeOf(curve)) },
    ]
  })
  const [first] = Object.values(curves)
  const at = options.at === undefined ? [] : [options.at].flat().slice(0, bounds.marks)
  const marks = at.map(numberOf).map(x => ({ x, y: noGrad(() => valueAt(first!, x)), slope: slopeOf(first!)(x) }))
  return {
    kind: 'plot',
    x,
    curves: lines,
    range: options.y && requireRange('plot', options.y),
    marks,
    points: drawn(options.points),
  }
}

const derivativeName = (label: string) => (/^[\w']+\(x\)$/.test(label) ? label.replace('(', '′(') : `${label}′`)

/** The derivative; 0 for a function that does not depend on its argument. */
function slopeOf(f: Curve): (x: number) => number {
  return x => grad((t: NumberWithGrad) => f(t))(x)
}

function sampled(f: Surface, { x = [-2, 2], y = [-2, 2] }: MapOptions) {
  const [left, right] = requireRange('contours, boundary', x)
  const [bottom, top] = requireRange('contours, boundary', y)
  const values = new Float32Array(COLUMNS * COLUMNS)
  const at = (from: number, to: number, i: number) => new NumberWithGrad(from + ((to - from) * i) / (COLUMNS - 1))
  noGrad(() => {
    for (let row = 0; row < COLUMNS; row++)
      for (let column = 0; column < COLUMNS; column++)
        values[row * COLUMNS + column] = numberOf(f(at(left, right, column), at(bottom, top, row)))
  })
  return { x: [left, right] as const, y: [bottom, top] as const, columns: COLUMNS, values }
}

function requireRange(where: string, [from, to]: Range): Range {
  if (Number.isFinite(from) && Number.isFinite(to) && from < to) return [from, to]
  throw new RangeError(`${where}: a range goes from a number to a larger one, not from ${from} to ${to}`)
}

function drawn(points: readonly Point[] = []): DrawnPoint[] {
  if (points.length > bounds.points)
    throw new RangeError(`at most ${bounds.points} points are drawn; got ${points.length}`)
  return points.map(({ x, y, label = 0 }) => ({ x, y, label }))
}

/** The range of some numbers, with a margin. */
function around(xs: readonly number[]): Range {
  if (xs.length === 0) return [-2, 2]
  const [least, most] = [Math.min(...xs), Math.max(...xs)]
  const room = (most - least || 1) * 0.15
  return [least - room, most + room]
}
