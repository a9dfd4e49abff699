/** Random statements with records in records, objects of a class, typed arrays, and what may be missing. It must not know loops. */
import { type Author, type Statement, textIn, type Visible } from './author.ts'
import { conditionIn, indexIn, numberIn } from './expressions.ts'

const number = (author: Author, seen: Visible) => textIn(numberIn(author, seen, 2))
const condition = (author: Author, seen: Visible) => conditionIn(author, seen)[0]

/** What stands before the functions of all programs. */
export const classText = `class Cell {
  v: number
  w: number
  readonly own: number[]
  constructor(v: number, w = 0.5) { this.v = v; this.w = w; this.own = [v, w] }
  mixed(other: Cell, k = this.w) { this.v += Math.tanh(other.v * k); other.w = this.v * 0.3; this.own[0] = other.own[1]! + this.w; return this }
  swapped() { [this.v, this.w] = [this.w, this.v]; if (this.v > 1) return 0.1; this.own.push(this.v); return this.own.at(-1)! * this.own[0]! }
}
interface Parts { s?: number; t?: number }
`

/** Two names for one record, and a record and an array inside of another one. */
export const nestedRecord: Statement = (author, seen) => {
  const [r, i, o, v] = [author.fresh('r'), author.fresh('r'), author.fresh('o'), author.fresh('v')]
  const array = author.among(seen.own.length > 0 ? seen.own : ['[x, y]'])
  author.emit(`const ${i} = { s: ${number(author, seen)}, t: ${number(author, seen)} }`)
  author.emit(`const ${o} = { one: ${i}, two: ${author.among([i, `{ ...${i}, t: y }`])}, list: ${array}, k: [${i}] }`)
  author.emit(`const ${r} = ${condition(author, seen)} ? ${o}.one : ${o}.two`)
  author.emit(`${o}.two.s ${author.among(['+=', '-=', '='])} Math.tanh(${number(author, seen)})`)
  author.emit(
    `${author.among([`${r}.t`, `${o}.k[0]!.s`, `${o}.list[0]`, `${o}.one.t`])} = ${r}.s * 0.7 + ${number(author, seen)}`,
  )
  if (author.random() < 0.4) author.emit(`${o}.one = { s: ${r}.t, t: ${o}.two.s }`)
  if (author.random() < 0.4) author.emit(`${o}.k.push(${o}.two, { s: ${o}.one.s, t: 1 }); ${o}.k.reverse()[0]!.s -= x`)
  author.emit(`const ${v} = ${o}.one.s * ${o}.k[0]!.t + ${o}.two.s - (${o}.list[0] ?? y)`)
  return { ...seen, numbers: [...seen.numbers, v], records: [...seen.records, i, r] }
}

/** Objects of a class, whose methods change them and each other. */
export const instances: Statement = (author, seen) => {
  const [p, q, cells, v] = [author.fresh('p'), author.fresh('p'), author.fresh('cells'), author.fresh('v')]
  author.emit(`let ${p} = new Cell(${number(author, seen)})`)
  author.emit(`const ${q} = ${author.among([p, `new Cell(${number(author, seen)}, ${number(author, seen)})`])}`)
  author.emit(`const ${cells} = [${p}, ${q}, new Cell(${p}.w)]`)
  author.emit(`${p}.mixed(${q}${author.among(['', `, ${number(author, seen)}`])}).v *= ${q}.swapped()`)
  if (author.random() < 0.5) author.emit(`${cells}[${author.below(2)}] = ${cells}[2]!`)
  if (author.random() < 0.5)
    author.emit(`if (${condition(author, seen)}) ${p} = ${cells}[${indexIn(author, seen)} % 3]!`)
  author.emit(`for (const each of ${cells}) ${p}.w = Math.sin(${p}.w + each.v * each.own[0]!)`)
  author.emit(
    `const ${v} = ${p}.mixed(${cells}[0]!).swapped() + ${cells}.map(({ v, w: [...[w]] = [y] as never, own }) => v * own[1]!).at(-1)!`.replace(
      'w: [...[w]] = [y] as never, ',
      '',
    ),
  )
  return { ...seen, numbers: [...seen.numbers, v, `${p}.v`, `${q}.w`] }
}

/** Typed arrays: what is stored outside is lost, and whole numbers are rounded. */
export const typedArrays: Statement = (author, seen) => {
  const [t, n, v, e] = [author.fresh('t'), author.fresh('n'), author.fresh('v'), number(author, seen)]
  const from = author.among(seen.arrays)
  const kind = author.among(['Float64Array', 'Float64Array', 'Float32Array'])
  author.emit(
    `const ${t} = ${author.among([`new ${kind}(3)`, `${kind}.from(${from}, (q, i) => q * i)`, `new ${kind}(${from})`, `${kind}.of(${e}, 1)`])}`,
  )
  author.emit(`const ${n} = new Uint8Array(2)`)
  author.emit(`${n}[${author.below(2)}] = ${255 + author.below(4)}.7; ${n}[0]! += 3`)
  author.emit(`${t}[${indexIn(author, seen)} % 4] = ${e}; ${t}[0]! += ${number(author, seen)}`)
  author.emit(
    author.among([
      `${t}.fill(${e}, 1, -1)`,
      `${t}.set(${t}.slice(0, 1), ${t}.length > 1 ? 1 : 0)`,
      `${t}.reverse()`,
      `${t}.sort()`,
    ]),
  )
  author.emit(
    `const ${v} = (${t}[${author.below(4)}] ?? ${e}) * ${t}.map(q => q * 0.5).at(-1)! + ${n}[0]! * 0.01 + ${n}[1]! * ${t}[0]! * 0.01`,
  )
  return { ...seen, numbers: [...seen.numbers, v] }
}

/** Chains with `?.`, and properties that may be missing. */
export const missing: Statement = (author, seen) => {
  const [o, n, r, v] = [author.fresh('o'), author.fresh('n'), author.fresh('r'), author.fresh('v')]
  const array = author.among(seen.arrays)
  author.emit(
    `const ${o}: { q?: { s: number } | null; xs?: number[] } | undefined = ${condition(author, seen)} ? { q: ${author.among(['null', `{ s: ${number(author, seen)} }`])}, xs: ${array} } : ${author.among(['undefined', '{}'])}`,
  )
  author.emit(`let ${n} = 0`)
  author.emit(
    `const ${v} = (${o}?.q?.s ?? ${number(author, seen)}) + (${o}?.xs?.[${n}++] ?? ${number(author, seen)}) * (${o}?.xs?.map(q => q * x).at(0) ?? y) + ${n}`,
  )
  author.emit(`const ${r}Parts: Parts = ${condition(author, seen)} ? { t: ${number(author, seen)} } : {}`)
  author.emit(`const ${r} = { s: ${number(author, seen)}, t: y, ...${r}Parts }`)
  author.emit(`const { s: ${r}S, ...${r}Rest } = ${r}; ${r}.s = ${r}Rest.t * ${r}S`)
  return { ...seen, numbers: [...seen.numbers, v], records: [...seen.records, r], counters: [...seen.counters, n] }
}

/** Patterns in patterns, with defaults and rests. */
export const patterns: Statement = (author, seen) => {
  const [p, q, rest, i] = [author.fresh('v'), author.fresh('v'), author.fresh('c'), author.fresh('v')]
  const [array, e] = [author.among(seen.arrays), number(author, seen)]
  author.emit(
    `let { s: ${p} = y, k: [${q} = ${e}, , ...${rest}], n: { t: ${i} = y * 2 } } = { s: ${e}, k: ${array}.slice(${author.below(3)}), n: ${author.among(['{ t: x }', '{} as Parts'])} }`,
  )
  author.emit(`;[${p}, ${q} = x] = [${q}, ${author.among(['undefined', p])} as number | undefined]`)
  author.emit(
    `;({ s: ${q}, t: ${i} = y } = ${author.among(['{ s: x, t: undefined as number | undefined }', `{ s: ${p}, t: ${i} * x }`])})`,
  )
  author.emit(`${rest}.push(${p})`)
  const arrays = { arrays: [...seen.arrays, rest], own: [...seen.own, rest], rebound: seen.rebound }
  return { ...seen, ...arrays, numbers: [...seen.numbers, p, q, i], variables: [...seen.variables, p, q] }
}
