/**
 * Operations on matrices, each with its derivatives as formulas of matrices. A formula is written once, and computed with plain matrices, with
 * matrices that move, and with tracked ones. It must not know any operation, nor how gradients flow.
 */
import type { NodeOrNumber } from '../engine/node.ts'
import type { NumberWithGrad, Numeric } from '../number/number-with-grad.ts'
import { type Computed, isAnyTracked, type MaybeTracked, recordWhole } from '../sweep/wholes.ts'
import { type Dense, type NumericTable, plainTable, type Size } from './dense.ts'

/** What formulas are made of. */
export interface Algebra<M> {
  sizeOf(a: M): Size
  constant(a: Dense): M
  apply(rule: MatrixRule, operands: readonly M[]): M
  sum(a: M, b: M): M
  /** Each entry times a constant. */
  scaled(a: M, by: (row: number, column: number) => number): M
  /** Entries of another matrix by their place; 0 where the place is -1. */
  picked(a: M, rows: number, columns: number, place: (row: number, column: number) => number): M
}

/** An operation. The formulas read operands `xs`, the result `y`, and either an adjoint of `y` or tangents of `xs`. */
export interface MatrixRule {
  readonly name: string
  value(xs: readonly Dense[]): Dense
  /** The adjoint of each operand, computed when it is asked for. */
  pull<M>(m: Algebra<M>, xs: readonly M[], y: M, adjoint: M): readonly (() => M)[]
  /** The tangent of y. */
  push<M>(m: Algebra<M>, xs: readonly M[], y: M, tangents: readonly M[]): M
  /** The same on numbers, of a product of which a part does not depend on all operands (isReached). */
  readonly byEntry?: {
    /** @param isPartial whether of an entry that is -0 it is known that nothing depends on it. */
    pull(
      xs: readonly Dense[],
      adjoint: Float64Array,
      into: readonly (Float64Array | undefined)[],
      isPartial: boolean,
    ): void
    push(xs: readonly Dense[], tangents: readonly Float64Array[], into: Float64Array): void
  }
}

/** Matrices of plain numbers. */
export const plainAlgebra: Algebra<Dense> = {
  sizeOf,
  constant: a => a,
  apply: (rule, xs) => rule.value(xs),
  sum: (a, b) => ({ ...sizeOf(a), entries: a.entries.map((each, k) => each + b.entries[k]!) }),
  scaled: (a, by) => ({
    ...sizeOf(a),
    entries: a.entries.map((each, k) => scaledNumber(each, by(Math.floor(k / a.columns), k % a.columns))),
  }),
  picked(a, rows, columns, place) {
    const entries = new Float64Array(rows * columns)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        const at = place(i, j)
        if (at >= 0) entries[i * columns + j] = a.entries[at]!
      }
    return { rows, columns, entries }
  },
}

function sizeOf({ rows, columns }: Size): Size {
  return { rows, columns }
}
const scaledNumber = (x: number, by: number) => (by === 0 ? 0 : x * by)
const pickedPlaces = (rows: number, columns: number, place: (row: number, column: number) => number) =>
  Array.from({ length: rows * columns }, (_, k) => place(Math.floor(k / columns), k % columns))

/** A matrix and its tangent. */
interface Moving {
  readonly value: Dense
  readonly tangent: Dense
}

/** Matrices that move along one direction. */
const movingAlgebra: Algebra<Moving> = {
  sizeOf: ({ value }) => sizeOf(value),
  constant: a => ({ value: a, tangent: { ...a, entries: new Float64Array(a.entries.length) } }),
  apply(rule, xs) {
    const values = xs.map(({ value }) => value)
    const value = rule.value(values)
    const tangents = xs.map(({ tangent }) => tangent)
    return { value, tangent: rule.push(plainAlgebra, values, value, tangents) }
  },
  sum: (a, b) => bothOf(a, (part, key) => plainAlgebra.sum(part, b[key])),
  scaled: (a, by) => bothOf(a, part => plainAlgebra.scaled(part, by)),
  picked: (a, ...how) => bothOf(a, part => plainAlgebra.picked(part, ...how)),
}

const bothOf = (a: Moving, f: (part: Dense, key: keyof Moving) => Dense): Moving => ({
  value: f(a.value, 'value'),
  tangent: f(a.tangent, 'tangent'),
})

/** Matrices of tracked numbers, or of both kinds. */
const trackedAlgebra: Algebra<NumericTable> = {
  sizeOf,
  constant: a => ({ ...a, entries: Array.from(a.entries) }),
  apply: (rule, xs) => applyRule(rule, xs),
  sum: (a, b) => ({ ...sizeOf(a), entries: a.entries.map((each, k) => added(each, b.entries[k]!)) }),
  scaled: (a, by) => ({
    ...sizeOf(a),
    entries: a.entries.map((each, k) => times(each, by(Math.floor(k / a.columns), k % a.columns))),
  }),
  picked: (a, rows, columns, place) => ({
    rows,
    columns,
    entries: pickedPlaces(rows, columns, place).map(at => (at < 0 ? 0 : a.entries[at]!)),
  }),
}

const added = (a: Numeric, b: Numeric): Numeric =>
  typeof a === 'number' ? (a === 0 ? b : typeof b === 'number' ? a + b : b.radd(a)) : b === 0 ? a : a.add(b)
const times = (a: Numeric, by: number): Numeric =>
  by === 0 ? 0 : by === 1 ? a : typeof a === 'number' ? a * by : by === -1 ? a.neg() : a.mul(by)

/** What an operation made of plain matrices, with its sweeps. */
class ComputedMatrix implements Computed {
  readonly name: string
  readonly values: Float64Array
  private readonly rule: MatrixRule
  private readonly xs: readonly Dense[]
  private readonly y: Dense
  private readonly isTracked: readonly boolean[]
  /** The place of each operand's first entry among those of all. */
  private readonly starts: readonly number[]

  constructor(rule: MatrixRule, xs: readonly Dense[], y: Dense, isTracked: readonly boolean[]) {
    this.name = rule.name
    this.values = y.entries
    this.rule = rule
    this.xs = xs
    this.y = y
    this.isTracked = isTracked
    this.starts = xs.map((_, i) => xs.slice(0, i).reduce((sum, { entries }) => sum + entries.length, 0))
  }

  pull(adjoints: Float64Array, into: Float64Array): void {
    const { rule, xs, y } = this
    if (rule.byEntry) return rule.byEntry.pull(xs, adjoints, this.trackedParts(into), false)
    const found = rule.pull(plainAlgebra, xs, y, { ...y, entries: adjoints })
    this.write(into, i => found[i]!())
  }

  push(tangents: Float64Array, into: Float64Array): void {
    const { rule, xs, y } = this
    if (rule.byEntry) return rule.byEntry.push(xs, this.partsOf(tangents), into)
    const found = rule.push(plainAlgebra, xs, y, this.tablesOf(tangents))
    for (let k = 0; k < into.length; k++) into[k] = found.entries[k]! + 0
  }

  bend(adjoints: Float64Array, tangents: Float64Array, into: Float64Array): void {
    const { rule, xs, y } = this
    const moving = this.tablesOf(tangents)
    // of a product the partials are the operands
    if (rule.byEntry) return rule.byEntry.pull(moving, adjoints, this.trackedParts(into), true)
    const ys = { value: y, tangent: rule.push(plainAlgebra, xs, y, moving) }
    const adjoint = {
      value: { ...y, entries: adjoints },
      tangent: { ...y, entries: new Float64Array(adjoints.length) },
    }
    const both = xs.map((value, i) => ({ value, tangent: moving[i]! }))
    const found = rule.pull(movingAlgebra, both, ys, adjoint)
    this.write(into, i => found[i]!().tangent)
  }

  pullTracked(xs: readonly NodeOrNumber[], adjoints: readonly MaybeTracked[]): readonly MaybeTracked[] {
    const { rule, y } = this
    const found = rule.pull(trackedAlgebra, this.trackedTables(xs), this.trackedResult!, {
      ...sizeOf(y),
      entries: adjoints.map(each => each ?? 0) as Numeric[],
    })
    return this.xs.flatMap(({ entries }, i): readonly MaybeTracked[] =>
      this.isTracked[i] ? found[i]!().entries : Array.from<MaybeTracked>({ length: entries.length }),
    )
  }

  pushTracked(xs: readonly NodeOrNumber[], tangents: readonly MaybeTracked[]): readonly MaybeTracked[] {
    const moving = this.trackedTables(tangents.map(each => each ?? 0))
    return this.rule.push(trackedAlgebra, this.trackedTables(xs), this.trackedResult!, moving).entries
  }

  /** The result as it was recorded. */
  trackedResult: NumericTable | undefined

  private write(into: Float64Array, found: (operand: number) => Dense): void {
    this.trackedParts(into).forEach((part, i) => {
      if (!part) return
      const { entries } = found(i)
      for (let k = 0; k < part.length; k++) part[k] = entries[k]! + 0
    })
  }

  private trackedParts(all: Float64Array): (Float64Array | undefined)[] {
    return this.partsOf(all).map((part, i) => (this.isTracked[i] ? part : undefined))
  }

  /** A view for each operand. */
  private partsOf(all: Float64Array): Float64Array[] {
    return this.xs.map(({ entries }, i) => all.subarray(this.starts[i]!, this.starts[i]! + entries.length))
  }

  private tablesOf(all: Float64Array): Dense[] {
    return this.partsOf(all).map((entries, i) => ({ ...sizeOf(this.xs[i]!), entries }))
  }

  private trackedTables(all: readonly NodeOrNumber[]): NumericTable[] {
    return this.xs.map((x, i) => ({
      ...sizeOf(x),
      entries: all.slice(this.starts[i]!, this.starts[i]! + x.entries.length) as readonly Numeric[],
    }))
  }
}

/** The result of an operation, recorded where an operand holds a tracked number. */
export function applyRule(rule: MatrixRule, operands: readonly NumericTable[]): NumericTable {
  const isTracked = operands.map(({ entries }) => isAnyTracked(entries, rule.name))
  const plain = operands.map(plainTable)
  const y = rule.value(plain)
  if (!isTracked.some(each => each)) return { ...sizeOf(y), entries: Array.from(y.entries) }
  const computed = new ComputedMatrix(rule, plain, y, isTracked)
  const all: Numeric[] = [] // flatMap takes three times as long
  for (const { entries } of operands) for (let k = 0; k < entries.length; k++) all.push(entries[k]!)
  computed.trackedResult = { ...sizeOf(y), entries: recordWhole(computed, all) as readonly NumberWithGrad[] }
  return computed.trackedResult
}

/** Aᵀ. */
export function transposedIn<M>(m: Algebra<M>, a: M): M {
  const { rows, columns } = m.sizeOf(a)
  return m.picked(a, columns, rows, (i, j) => j * columns + i)
}

/** -A. */
export const minus = <M>(m: Algebra<M>, a: M): M => m.scaled(a, () => -1)
