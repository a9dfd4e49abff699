/** Random expressions and conditions. It must not know statements. */
import { type Author, type Choice, forms, type Pair, pair, type Visible } from './author.ts'

type Write = (author: Author, seen: Visible, inner: () => Pair) => Pair

export function indexIn(author: Author, { counters }: Visible): string {
  return author.random() < 0.6 ? author.among(counters) : `(${author.among(counters)} + ${author.below(4)})`
}

export function conditionIn(author: Author, seen: Visible): Pair {
  if (author.random() < 0.4) return pair(`${indexIn(author, seen)} % ${2 + author.below(2)} === ${author.below(2)}`)
  const [u, c] = [numberIn(author, seen, 2), (author.random() - 0.5).toFixed(2)]
  const sign = author.among(['>', '<', '>=', '<='])
  return [`${u[0]} ${sign} ${c}`, `val(${u[1]}) ${sign} ${c}`]
}

const constant: Write = author => {
  const c = (author.random() * 2 - 1).toFixed(2)
  return [c.startsWith('-') ? `(${c})` : c, c]
}

const element: Write = (author, seen) => {
  const array = author.among(seen.arrays)
  return pair(`${array}[${indexIn(author, seen)} % ${array}.length]!`)
}

const inGrid: Write = (author, seen) =>
  pair(`${author.among(seen.grids)}[${indexIn(author, seen)} % 2]![${indexIn(author, seen)} % 2]!`)

const called: Write = (author, { functions }, inner) => {
  const [f, u, v] = [author.among(functions), inner(), inner()]
  return forms(i => `${f}(${u[i]}, ${v[i]})`)
}

const ofMath: Write = (author, _, inner) => {
  const [f, u] = [author.among(['sin', 'tanh', 'tanh', 'abs', 'floor']), inner()]
  return [`Math.${f}(${u[0]})`, `${f}(${u[1]})`]
}

const powers = [
  [2, 'sq'],
  [3, 'cube'],
] as const
const power: Write = (author, _, inner) => {
  const [[n, f], u] = [author.among(powers), inner()]
  return [`(Math.tanh(${u[0]}) ** ${n})`, `${f}(tanh(${u[1]}))`]
}

const extreme: Write = (author, _, inner) => {
  const [f, u, v] = [author.among(['max', 'min']), inner(), inner()]
  return [`Math.${f}(${u[0]}, ${v[0]})`, `${f}(${u[1]}, ${v[1]})`]
}

const extremeOfSpread: Write = (author, { arrays }, inner) => {
  const [f, array, u] = [author.among(['max', 'min']), pair(author.among(arrays)), inner()]
  return [`Math.${f}(${u[0]}, ...${array[0]})`, `${f}Of([${u[1]}, ...${array[1]}])`]
}

const choice: Write = (author, seen, inner) => {
  const [c, u, v] = [conditionIn(author, seen), inner(), inner()]
  return forms(i => `(${c[i]} ? ${u[i]} : ${v[i]})`)
}

const orElse: Write = (author, seen, inner) => {
  const [array, at, u] = [pair(author.among(seen.arrays)), indexIn(author, seen), inner()]
  return forms(i => `(${array[i]}[${at}] ?? ${u[i]})`)
}

const logical: Write = (author, _, inner) => {
  const [u, v] = [inner(), inner()]
  const [sign, f] = author.among([
    ['&&', 'and'],
    ['||', 'or'],
  ] as const)
  return [`(Math.floor(${u[0]}) ${sign} ${v[0]})`, `${f}(floor(${u[1]}), () => ${v[1]})`]
}

/** An assignment inside of an expression, beside a use of the same variable. */
const assignment: Write = (author, { variables }, inner) => {
  const [v, u] = [author.among(variables), inner()]
  return [`(${v} + (${v} = Math.tanh(${u[0]})) * ${v})`, `add(${v}, mul(${v} = tanh(${u[1]}), ${v}))`]
}

const found: Write = (author, { arrays }, inner) => {
  const [array, u] = [pair(author.among(arrays)), inner()]
  const find = author.among(['find', 'findLast'])
  return [`(${array[0]}.${find}(q => q > 0.2) ?? ${u[0]})`, `(${array[1]}.${find}(q => val(q) > 0.2) ?? ${u[1]})`]
}

const asked: Write = (author, { arrays }, inner) => {
  const [array, u, v] = [pair(author.among(arrays)), inner(), inner()]
  const ask = author.among(['some', 'every'])
  return [
    `(${array[0]}.${ask}(q => q * 2 > ${u[0]}) ? ${array[0]}.at(-1)! : ${v[0]})`,
    `(${array[1]}.${ask}(q => val(q) * 2 > val(${u[1]})) ? ${array[1]}.at(-1) : ${v[1]})`,
  ]
}

const folded: Write = (author, { arrays }, inner) => {
  const array = pair(author.among(arrays))
  const [u, fold] = [inner(), author.among(['reduce', 'reduceRight'])]
  return [
    `${array[0]}.${fold}((s, q) => Math.sin(s + q), ${u[0]})`,
    `${array[1]}.${fold}((s, q) => sin(add(s, q)), ${u[1]})`,
  ]
}

const operation: Write = (author, _, inner) => {
  const [u, v] = [inner(), inner()]
  const operator = author.among(['add', 'sub', 'mul', 'mul', 'div', 'neg', 'mod'])
  if (operator === 'div') return [`(${u[0]} / (1.5 + (${v[0]}) ** 2))`, `div(${u[1]}, add(1.5, sq(${v[1]})))`]
  if (operator === 'mod') return [`(${u[0]} % 1.7)`, `mod(${u[1]}, 1.7)`]
  if (operator === 'neg') return [`(-(${u[0]}))`, `neg(${u[1]})`]
  const sign = { add: '+', sub: '-', mul: '*' }[operator]
  return [`(${u[0]} ${sign} ${v[0]})`, `${operator}(${u[1]}, ${v[1]})`]
}

const name: Write = (author, { numbers }) => pair(author.among(numbers))
const member: Write = (author, { records }) => pair(`${author.among(records)}.${author.among(['s', 't'])}`)

const choices: readonly Choice<Write>[] = [
  [0.22, name],
  [0.28, constant],
  [0.44, element],
  [0.47, inGrid, ({ grids }) => grids.length > 0],
  [0.5, member, ({ records }) => records.length > 0],
  [0.56, called, ({ functions }) => functions.length > 0],
  [0.64, ofMath],
  [0.68, power],
  [0.72, extreme],
  [0.73, extremeOfSpread],
  [0.76, choice],
  [0.78, orElse],
  [0.8, logical],
  [0.82, assignment, ({ variables }) => variables.length > 0],
  [0.825, found],
  [0.83, asked],
  [0.84, folded],
  [1, operation],
]

/** @param depth is how many expressions stand around it: the innermost ones are names. */
export function numberIn(author: Author, seen: Visible, depth = 0): Pair {
  const write = author.chosen(choices, seen)
  return (depth > 3 ? name : write)(author, seen, () => numberIn(author, seen, depth + 1))
}
