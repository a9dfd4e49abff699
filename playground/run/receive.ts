/**
 * Looks at what a stranger's program posted before the page uses it: everything that does not have the form of a report is dropped.
 * It must not know how reports are shown.
 */
import type { Report } from './messages.ts'

type Check = (value: unknown) => boolean

const number: Check = value => typeof value === 'number'
const finite: Check = value => typeof value === 'number' && Number.isFinite(value)
const text: Check = value => typeof value === 'string'
const flag: Check = value => typeof value === 'boolean'
const absent: Check = value => value === undefined || value === null
const floats: Check = value => value instanceof Float32Array
const either =
  (...checks: readonly Check[]): Check =>
  value =>
    checks.some(check => check(value))
const list =
  (check: Check): Check =>
  value =>
    Array.isArray(value) && value.every(check)
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

const span = tuple(finite, finite)
const point = form({ x: number, y: number, label: number })
const value = { name: text, num: number, grad: either(number, absent) }
const field = { title: text, x: span, y: span, columns: finite, values: floats, points: list(point) }
const node = form({
  ...value,
  operation: text,
  operands: list(either(form({ node: finite }), form({ constant: number }))),
})

const picture = either(
  form({ kind: is('graph'), title: text, nodes: list(node), operations: finite, depth: finite }),
  form({
    kind: is('plot'),
    title: text,
    x: list(number),
    curves: list(form({ label: text, isDerivative: flag, y: list(number) })),
    range: either(absent, span),
    marks: list(form({ x: number, y: number, slope: number })),
    points: list(point),
  }),
  form({ kind: is('contours'), ...field }),
  form({ kind: is('boundary'), ...field }),
  form({ kind: is('visited'), title: text, path: list(tuple(number, number)) }),
  form({ kind: is('series'), title: text, values: list(number) }),
)

const report = either(
  form({ run: number, kind: is('output'), lines: list(form({ level: text, text })), dropped: finite }),
  form({ run: number, kind: is('picture'), picture }),
  form({
    run: number,
    kind: is('values'),
    sliders: list(form({ ...value, initial: finite, min: finite, max: finite, step: finite })),
    variables: list(form({ ...value, isLeaf: flag })),
  }),
  form({
    run: number,
    kind: is('thrown'),
    thrown: form({ message: text, line: either(absent, finite), column: either(absent, finite) }),
  }),
  form({ run: number, kind: is('done'), milliseconds: finite }),
  form({ run: number, kind: is('pong') }),
)

export const checkedReport = (message: unknown): Report | undefined =>
  report(message) ? (message as Report) : undefined
