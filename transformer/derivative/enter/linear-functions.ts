/**
 * The functions of `tsgrad/linear` on plain numbers. Products are the loops that they are; of the others a text calls the function itself
 * for its value, and the derivatives are those of the solution, not of the steps of an elimination. It must not know derivatives.
 *
 * What solves an equation is written as a series in the change D of a matrix A, whose numbers are 0 and have the derivative of A's. Of
 * (A + D) X = B + E the solution is X = A⁻¹ (B + E - D X), so each turn of that has the derivatives of one order more.
 * Source: Giles, "Collected matrix derivative results", 2008; Murray, "Differentiation of the Cholesky decomposition", 2016.
 */
import type ts from 'typescript'
import type { Atom, Template, Variable } from '../structured.ts'
import { countIn, made, throwIf } from './arrays.ts'
import { asReference, type Enter, type EnteredValue, refused } from './context.ts'
import { isArrayType, kindOfType } from './types.ts'

/** The entries of a matrix row by row; those of a vector are a matrix of one column. */
interface EntryList {
  readonly entries: Variable
  readonly rows: Atom
  readonly columns: Atom
}
type Form = 'rows' | 'dense' | 'vector'
interface GivenMatrix {
  readonly value: Variable
  readonly form: Form
}

const UNKNOWN: Readonly<Record<string, string>> = {
  leastSquaresSolve: 'solve(matMul(transpose(a), a), matVec(transpose(a), b))',
}

export function linearFunctionsOf(enter: Enter): Pick<Enter, 'linearCall'> {
  const { ts, checker } = enter
  const { constant, operation } = enter

  // ---- tables

  const mapped = (rows: Atom, columns: Atom, entry: (i: Variable, j: Variable) => Atom): EntryList => {
    const entries = made(enter, 'array')
    enter.times(rows, i => enter.times(columns, j => enter.emit({ k: 'push', to: entries, from: entry(i, j) })))
    return { entries, rows, columns }
  }
  const at = ({ entries, columns }: EntryList, i: Atom, j: Atom): Variable =>
    enter.load(entries, operation('add', [operation('mul', [i, columns]), j], 'place'), 'entry', 'scalar')
  const sumOver = (count: Atom, term: (k: Variable) => Atom): Variable => {
    const total = enter.changing('total', 'scalar')
    enter.set(total, '0')
    enter.times(count, k => enter.set(total, operation('add', [enter.copied(total), term(k)])))
    return enter.copied(total)
  }
  const product = (a: EntryList, b: EntryList): EntryList =>
    mapped(a.rows, b.columns, (i, j) => sumOver(a.columns, k => operation('mul', [at(a, i, k), at(b, k, j)])))
  const turned = (a: EntryList): EntryList => mapped(a.columns, a.rows, (i, j) => at(a, j, i))
  const joined = (rule: 'add' | 'sub', a: EntryList, b: EntryList): EntryList =>
    mapped(a.rows, a.columns, (i, j) => operation(rule, [at(a, i, j), at(b, i, j)]))
  const changeOf = (a: EntryList): EntryList =>
    mapped(a.rows, a.columns, (i, j) => {
      const entry = at(a, i, j)
      return operation('sub', [entry, constant(entry)])
    })

  const columnCount = ({ value, form }: GivenMatrix): Atom => {
    if (form === 'vector') return '1'
    if (form === 'dense') return enter.load(value, '"columns"', 'columns', 'scalar')
    const first = enter.load(value, '0', 'row', 'reference')
    return constant(first, ' === undefined ? 0 : ', first, '.length')
  }
  const rowCount = ({ value, form }: GivenMatrix): Atom =>
    form === 'dense' ? enter.load(value, '"rows"', 'rows', 'scalar') : countIn(enter, value)
  const tableOf = ({ value, form }: GivenMatrix): EntryList => {
    if (form === 'vector') return mapped(countIn(enter, value), '1', i => enter.element(value, 'scalar', i))
    if (form === 'dense') {
      const entries = enter.load(value, '"entries"', 'entries', 'reference')
      return { entries, rows: rowCount({ value, form }), columns: columnCount({ value, form }) }
    }
    return mapped(countIn(enter, value), columnCount({ value, form }), (i, j) =>
      enter.element(enter.element(value, 'reference', i), 'scalar', j),
    )
  }
  const shaped = ({ entries, rows, columns }: EntryList, form: Form): Variable => {
    if (form === 'vector') return entries
    const target = made(enter, 'array')
    if (form === 'rows') {
      enter.times(rows, i => {
        const row = made(enter, 'array')
        enter.times(columns, j => enter.emit({ k: 'push', to: row, from: at({ entries, rows, columns }, i, j) }))
        enter.emit({ k: 'push', to: target, from: row })
      })
      return target
    }
    const record = enter.reference('matrix')
    enter.emit({ k: 'make', target: record, of: 'record' })
    const list = made(enter, 'Float64Array', countIn(enter, entries))
    enter.times(countIn(enter, entries), i =>
      enter.emit({ k: 'store', to: list, key: i, from: enter.load(entries, i, 'entry', 'scalar') }),
    )
    for (const [key, from] of [
      ['rows', rows],
      ['columns', columns],
      ['entries', list],
    ] as const)
      enter.emit({ k: 'store', to: record, key: JSON.stringify(key), from })
    return record
  } // prettier-ignore

  // ---- calls of the functions themselves, for values and for what they refuse

  const callText = (name: string, operands: readonly GivenMatrix[]): Template => [
    `$linear.${name}(`,
    ...operands.flatMap(({ value }, i) => (i === 0 ? [value] : [', ', value])),
    ')',
  ]
  /** The value for these numbers, through which no derivative passes. */
  const called = (name: string, form: Form | 'number', ...operands: readonly GivenMatrix[]): Variable => {
    const target = form === 'number' ? enter.scalar('found') : enter.reference('found')
    enter.emit({ k: 'effect', target, text: callText(name, operands), mayWrite: false, isPure: true })
    return target
  }
  const calledTable = (name: string, form: Form, ...operands: readonly GivenMatrix[]): EntryList =>
    tableOf({ value: called(name, form, ...operands), form })
  /** Leaves operands that do not fit to the function, which throws. */
  const requireShapes = (name: string, operands: readonly GivenMatrix[], inner?: readonly [Atom, Atom]) => {
    for (const each of operands) {
      const columns = columnCount(each)
      throwIf(enter, constant('!(', columns, ' > 0)'), ...callText(name, operands))
      if (each.form === 'rows')
        enter.times(countIn(enter, each.value), i => {
          const row = enter.element(each.value, 'reference', i)
          throwIf(enter, constant(row, '.length !== ', columns), ...callText(name, operands))
        })
    }
    if (inner) throwIf(enter, constant(inner[0], ' !== ', inner[1]), ...callText(name, operands))
  }

  // ---- the functions

  const ofBoth = (a: GivenMatrix, b: GivenMatrix): Form => (a.form === 'dense' && b.form === 'dense' ? 'dense' : 'rows')
  /** As often as there are orders of derivatives. */
  const series = (start: EntryList, next: (before: EntryList) => EntryList): EntryList => {
    let found = start
    for (let order = 0; order < enter.order; order++) found = next(found)
    return found
  }

  const multiplied = (name: string, a: GivenMatrix, b: GivenMatrix): EntryList => {
    requireShapes(name, [a, b], [columnCount(a), rowCount(b)])
    return product(tableOf(a), tableOf(b))
  }
  const solved = (a: GivenMatrix, b: GivenMatrix): Variable => {
    const form = b.form === 'vector' ? 'vector' : ofBoth(a, b)
    const start = calledTable('solve', form, a, b)
    const inverse = calledTable('inverse', a.form, a)
    const [change, ofRight] = [changeOf(tableOf(a)), changeOf(tableOf(b))]
    const found = series(start, x => joined('add', start, product(inverse, joined('sub', ofRight, product(change, x)))))
    return shaped(found, form)
  }
  const inverted = (a: GivenMatrix): Variable => {
    const start = calledTable('inverse', a.form, a)
    const change = changeOf(tableOf(a))
    return shaped(
      series(start, x => joined('sub', start, product(start, product(change, x)))),
      a.form,
    )
  }
  /** log det (A + D) = log det A + tr E - tr E² / 2 + … with E = A⁻¹ D. */
  const logDet = (a: GivenMatrix): Variable => {
    const value = called('logDet', 'number', a)
    const e = product(calledTable('inverse', a.form, a), changeOf(tableOf(a)))
    const first = operation('add', [value, sumOver(e.rows, i => at(e, i, i))])
    if (enter.order < 2) return first
    const squares = sumOver(e.rows, i => sumOver(e.rows, j => operation('mul', [at(e, i, j), at(e, j, i)])))
    return operation('sub', [first, operation('mul', ['0.5', squares])])
  }
  /** Of L⁻¹ (A + D) L⁻ᵀ = (I + T) (I + T)ᵀ the triangle is T = Φ(L⁻¹ D L⁻ᵀ - T Tᵀ), and that of A + D is L + L T. */
  const triangle = (a: GivenMatrix): Variable => {
    const start = called('cholesky', a.form, a)
    const [low, inverse] = [start, called('inverse', a.form, { value: start, form: a.form })].map(value =>
      tableOf({ value, form: a.form }),
    ) as [EntryList, EntryList]
    const change = changeOf(tableOf(a))
    const mean = mapped(change.rows, change.columns, (i, j) =>
      operation('mul', ['0.5', operation('add', [at(change, i, j), at(change, j, i)])]),
    )
    const moved = product(product(inverse, mean), turned(inverse))
    const lower = (s: EntryList): EntryList =>
      mapped(s.rows, s.columns, (i, j) => {
        const share = constant(i, ' < ', j, ' ? 0 : ', i, ' > ', j, ' ? 1 : 0.5')
        return operation('mul', [share, at(s, i, j)])
      })
    let part = lower(moved)
    for (let order = 1; order < enter.order; order++) part = lower(joined('sub', moved, product(part, turned(part))))
    return shaped(joined('add', low, product(low, part)), a.form)
  }

  const functions: Readonly<Record<string, (a: GivenMatrix, b: GivenMatrix) => Variable>> = {
    matVec: (a, b) => shaped(multiplied('matVec', a, b), 'vector'),
    matMul: (a, b) => shaped(multiplied('matMul', a, b), ofBoth(a, b)),
    transpose(a) {
      requireShapes('transpose', [a])
      return shaped(turned(tableOf(a)), a.form)
    },
    solve: solved,
    inverse: inverted,
    logDet,
    cholesky: triangle,
  }

  const operandOf = (value: EnteredValue, node: ts.Expression): GivenMatrix => {
    const type = checker.getNonNullableType(checker.getTypeAtLocation(node))
    const found = enter.settled(asReference(value, node))
    if (!isArrayType(checker, type)) {
      if (type.getProperty('entries')) return { value: found, form: 'dense' }
      throw refused(node, 'what may be rows or one array')
    }
    const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number)!
    return { value: found, form: kindOfType(enter, element) === 'reference' ? 'rows' : 'vector' }
  }

  return {
    linearCall(name, values, node) {
      const instead = UNKNOWN[name]
      if (instead !== undefined) throw refused(node, `\`${name}\`, where \`${instead}\` has one,`)
      if (!Object.hasOwn(functions, name)) return undefined
      const operands = values.map((each, i) => operandOf(each, node.arguments[i]!))
      return functions[name]!(operands[0]!, operands[1]!)
    },
  }
}
