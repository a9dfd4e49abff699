/** Random statements that write places of arrays: one after the other, behind the end, or by methods that change an array. It must not know loops. */
import { type Author, type Statement, textIn, type Visible } from './author.ts'
import { conditionIn, indexIn, numberIn } from './expressions.ts'

const number = (author: Author, seen: Visible) => textIn(numberIn(author, seen, 2))
const place = (author: Author, seen: Visible, array: string) => `${array}[${indexIn(author, seen)} % ${array}.length]`
/** Every array holds at least one number, and few. */
const keepSize = (author: Author, array: string, e: string) =>
  author.emit(`if (${array}.length === 0) ${array}.push(${e}); else if (${array}.length > 8) ${array}.length = 6`)

/** `??=`, `||=` and `&&=`, some of them behind the end. */
export const assignedIfSo: Statement = (author, seen) => {
  const [array, e, sign] = [author.among(seen.own), number(author, seen), author.among(['??', '||', '&&'])]
  const v = author.fresh('v')
  const behind = `${array}[${array}.length + ${author.below(2)}]`
  if (author.random() < 0.5) author.emit(`${place(author, seen, array)} ${sign}= ${e}`)
  else if (sign === '&&') author.emit(`${behind} &&= ${e}`)
  else author.emit(`${array}[${array}.length] ${sign}= ${e}`)
  author.emit(`let ${v}: number | undefined = ${conditionIn(author, seen)[0]} ? undefined : ${e}`)
  author.emit(`${v} ??= ${array}.length * ${array}[0]!`)
  keepSize(author, array, e)
  return { ...seen, numbers: [...seen.numbers, v] }
}

/** Indices with effects, and the values of assignments. */
export const assignedInPlace: Statement = (author, seen) => {
  const [array, k, v, e] = [author.among(seen.own), author.fresh('k'), author.fresh('v'), number(author, seen)]
  author.emit(`let ${k} = ${author.below(2)}`)
  const [sign, other] = [author.among(['+=', '-=', '=']), author.among(['+', '-', '*'])]
  const at = author.among([`${k}++ % ${array}.length`, `++${k} % ${array}.length`, `(${k} += 2) % ${array}.length`])
  author.emit(`${array}[${at}]! ${sign} Math.tanh(${e}) ${other} ${k} * 0.1`.replace(/!( =)/, '$1'))
  author.emit(
    `const ${v} = (${place(author, seen, array)} = ${number(author, seen)} * 0.5) + ${array}[${k} % ${array}.length]!++ - ${k}`,
  )
  return { ...seen, numbers: [...seen.numbers, v], counters: [...seen.counters, k] }
}

/** Methods that change an array, with negative numbers and ends left out. */
export const changedByMethod: Statement = (author, seen) => {
  const [array, other] = [author.among(seen.own), author.among(seen.arrays)]
  const [e, u] = [number(author, seen), number(author, seen)]
  const at = author.below(7) - 3
  author.emit(
    author.among([
      `${array}.reverse()`,
      `${array}.sort((p, q) => ${author.among(['p - q', 'q - p', 'Math.abs(p) - Math.abs(q)'])})`,
      `${array}.fill(${e}, ${at}, ${author.among(['undefined', `${author.below(4)}`, '-1'])})`,
      `${array}.splice(${at}, ${author.below(3)}, ${e}, ${u})`,
      `${array}.splice(${at}, ${author.below(2)})`,
      `${array}.unshift(${e}, ${u})`,
      `${array}.push(${e}, ...${other}.slice(${at}), ${u})`,
      `if (${array}.length > 1) ${array}.length--`,
    ]),
  )
  keepSize(author, array, u)
  return seen
}

/** What a method that changes an array gives. */
export const takenByMethod: Statement = (author, seen) => {
  const [array, v, c, e] = [author.among(seen.own), author.fresh('v'), author.fresh('c'), number(author, seen)]
  const at = author.below(5) - 2
  author.emit(
    author.among([
      `let ${c} = ${array}.splice(${at}, ${author.below(3)}, ${e})`,
      `let ${c} = ${array}.reverse()`,
      `let ${c} = ${array}.toSpliced(${at}, 1, ${e}, ${e})`,
      `let ${c} = ${array}.concat(${e}, ${author.among(seen.arrays)}.slice(${at}))`,
      `let ${c} = Array.from({ length: ${array}.length / 2 }, (_, i) => ${array}[i]! * ${e})`,
      `let ${c} = [${e}, ...${array}.values(), ...${array}.keys()].slice(0, 5)`,
    ]),
  )
  author.emit(`const ${v} = ${array}.pop() ?? ${c}.shift() ?? ${e}`)
  keepSize(author, array, e)
  keepSize(author, c, v)
  const arrays = { arrays: [...seen.arrays, c], own: [...seen.own, c], rebound: [...seen.rebound, c] }
  return { ...seen, ...arrays, numbers: [...seen.numbers, v] }
}

/** Swaps of elements and of properties, and patterns that read what they write. */
export const exchanged: Statement = (author, seen) => {
  const [array, e] = [author.among(seen.own), number(author, seen)]
  const [p, q] = [place(author, seen, array), place(author, seen, author.among(seen.own))]
  const record = seen.records.at(-1)
  if (record !== undefined && author.random() < 0.4)
    author.emit(`;[${record}.s, ${p}, ${record}.t] = [${q}!, ${record}.t, Math.tanh(${record}.s + ${e})]`)
  else author.emit(`;[${p}, ${q}] = [${q}!, Math.tanh(${p}! + ${e})]`)
  return seen
}

/** Holes, at a distance, that are read. */
export const holedTwice: Statement = (author, seen) => {
  const [h, v, i, e] = [author.fresh('h'), author.fresh('v'), author.fresh('i'), number(author, seen)]
  author.emit(`const ${h}: number[] = []`)
  author.emit(`${h}[${author.below(3)}] = ${e}`)
  author.emit(`${h}[${2 + author.below(3)}] = ${number(author, seen)}`)
  const [at, k] = [`${h}[${author.below(4)}]`, author.among(seen.numbers)]
  if (author.random() < 0.4) author.emit(`if (${at} !== undefined) ${at}! *= ${k}`)
  author.emit(`let ${v} = ${h}.length * 0.1`)
  const found = author.among([
    `(${h}[${i}] ?? ${author.among(seen.numbers)})`,
    `(${h}[${i}] === undefined ? ${i} : ${h}[${i}]!)`,
  ])
  author.emit(`for (let ${i} = 0; ${i} < ${h}.length; ${i}++) ${v} = Math.sin(${v} + ${found})`)
  return { ...seen, numbers: [...seen.numbers, v], variables: [...seen.variables, v] }
}
