/**
 * Validates the messages of a program that is not trusted, before the page uses them: drops everything that does not have the
 * form of a report, or exceeds its limits.
 * It must not know how reports are shown.
 */
import { bounds } from './bounds.ts'
import type { Report } from './messages.ts'

type Check = (value: unknown) => boolean

const number: Check = value => typeof value === 'number'
const finite: Check = value => typeof value === 'number' && Number.isFinite(value)
const text =
  (longest: number): Check =>
  value =>
    typeof value === 'string' && value.length <= longest
const count: Check = value => Number.isSafeInteger(value) && (value as number) >= 0
const flag: Check = value => typeof value === 'boolean'
const absent: Check = value => value === undefined || value === null
const floats: Check = value => value instanceof Float32Array
const either =
  (...checks: readonly Check[]): Check =>
  value =>
    checks.some(check => check(value))
const list =
  (check: Check, longest: number): Check =>
  value =>
    Array.isArray(value) && value.length <= longest && value.every(check)
/** A condition on a value whose parts are valid. */
const both =
  (check: Check, further: (value: never) => boolean): Check =>
  value =>
    check(value) && further(value as never)
const tuple =
  (...checks: readonly Check[]): Check =>
  value =>
    Array.isArray(value) && value.length === checks.length && checks.every((check, i) => check(value[i]))
const is =
  (expected: string): Check =>
  value =>
    value === expected
const form =
  (fields: Readonly<Record<string, Check>>): Check =>
  value =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]))

const name = text(bounds.name)
const span = both(tuple(finite, finite), ([from, to]: readonly [number, number]) => from < to)
const point = form({ x: number, y: number, label: number })
const points = list(point, bounds.points)
const value = { name, num: number, grad: either(number, absent) }
const samples = list(number, bounds.samples)

const field = (kind: string) =>
  both(
    form({ kind: is(kind), title: name, x: span, y: span, columns: count, values: floats, points }),
    ({ columns, values }: { columns: number; values: Float32Array }) =>
      columns > 1 && columns <= bounds.columns && values.length === columns ** 2,
  )
const node = form({
  ...value,
  operation: name,
  operands: list(either(form({ node: count }), form({ constant: number })), bounds.operands),
})
/** Operands come before their results, so there is no cycle. */
const inOrder = ({ nodes }: { nodes: readonly { operands: readonly { node?: number }[] }[] }) =>
  nodes.every(({ operands }, at) => operands.every(({ node }) => node === undefined || node < at))

const picture = either(
  both(
    form({ kind: is('graph'), title: name, nodes: list(node, bounds.nodes), operations: count, depth: count }),
    inOrder,
  ),
  both(
    form({
      kind: is('plot'),
      title: name,
      x: samples,
      curves: list(form({ label: name, isDerivative: flag, y: samples }), 2 * bounds.curves),
      range: either(absent, span),
      marks: list(form({ x: number, y: number, slope: number }), bounds.marks),
      points,
    }),
    ({ x, curves }: { x: readonly number[]; curves: readonly { y: readonly number[] }[] }) =>
      x.length > 1 && curves.every(({ y }) => y.length === x.length),
  ),
  field('contours'),
  field('boundary'),
  form({ kind: is('visited'), title: name, path: list(tuple(number, number), bounds.points) }),
  form({ kind: is('series'), title: name, values: list(number, bounds.points) }),
)

const slider = both(
  form({ ...value, initial: finite, min: finite, max: finite, step: finite }),
  ({ min, max, step }: { min: number; max: number; step: number }) => min < max && step > 0,
)
const line = form({ level: either(...['log', 'info', 'warn', 'error', 'debug'].map(is)), text: text(bounds.line) })

const time = both(
  form({ median: finite, least: finite, most: finite, batches: count, calls: count }),
  ({ least }: { least: number }) => least >= 0,
)
const times = form({
  call: count,
  compiled: either(absent, time),
  taped: either(absent, time),
  note: text(bounds.note),
})

const report = either(
  form({ run: number, kind: is('output'), lines: list(line, bounds.lines), dropped: count }),
  form({ run: number, kind: is('picture'), picture }),
  form({
    run: number,
    kind: is('values'),
    sliders: list(slider, bounds.sliders),
    variables: list(form({ ...value, isLeaf: flag }), bounds.variables),
  }),
  form({
    run: number,
    kind: is('thrown'),
    thrown: form({ message: text(bounds.line), line: either(absent, count), column: either(absent, finite) }),
  }),
  form({ run: number, kind: is('times'), times: list(times, bounds.calls) }),
  form({ run: number, kind: is('done'), milliseconds: finite }),
  form({ run: number, kind: is('pong'), token: number }),
)

export const checkedReport = (message: unknown): Report | undefined =>
  report(message) ? (message as Report) : undefined
