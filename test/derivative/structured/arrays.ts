/** Random statements that make arrays, grids and records, and change them. It must not know loops. */
import { type Author, forms, type Pair, pair, type Statement, type Visible } from './author.ts'
import { conditionIn, indexIn, numberIn } from './expressions.ts'

const withOwn = (seen: Visible, array: string): Visible => ({
  ...seen,
  arrays: [...seen.arrays, array],
  own: [...seen.own, array],
  rebound: [...seen.rebound, array],
})

/** Ways to make an array `v`, of a number and of another array. */
const makers: readonly ((author: Author, v: string, e: Pair, from: Pair) => readonly Pair[])[] = [
  (_, v, _e, from) => [forms(i => `let ${v} = ${from[i]}.slice()`)],
  (_, v, e, from) => [
    [`let ${v} = ${from[0]}.map(q => q * ${e[0]})`, `let ${v} = ${from[1]}.map(q => mul(q, ${e[1]}))`],
  ],
  (author, v, e) => {
    const i = author.fresh('i')
    const head = `for (let ${i} = 0; ${i} < 3; ${i}++)`
    return [empty(v), [`${head} ${v}.push(${e[0]} + ${i})`, `${head} ${v}.push(add(${e[1]}, ${i}))`]]
  },
  (_, v, e) => [[`let ${v} = new Array<number>(4).fill(${e[0]})`, `let ${v} = new Array(4).fill(${e[1]})`]],
  (_, v, e, from) => [forms(i => `let ${v} = [${e[i]}, ...${from[i]}]`)],
  (author, v, e) => {
    const i = author.fresh('i')
    const head = `for (let ${i} = 0; ${i} < 3; ${i}++)`
    return [empty(v), [`${head} ${v}[${i}] = ${e[0]} * ${i}`, `${head} ${v}[${i}] = mul(${e[1]}, ${i})`]]
  },
  (_, v, e) => [
    [
      `let ${v} = Array.from({ length: 3 }, (_, q) => ${e[0]} - q)`,
      `let ${v} = Array.from({ length: 3 }, (_, q) => sub(${e[1]}, q))`,
    ],
  ],
  (_, v, e, from) => [forms(i => `let ${v} = ${from[i]}.slice(1).concat([${e[i]}])`)],
  (_, v, _e, from) => [
    [
      `let ${v} = ${from[0]}.toSorted((p, q) => p - q).map((q, k) => q * (k + 1))`,
      `let ${v} = ${from[1]}.toSorted((p, q) => val(p) - val(q)).map((q, k) => mul(q, k + 1))`,
    ],
  ],
  (_, v, e, from) => [
    [
      `let ${v} = [...${from[0]}.toReversed(), ${e[0]}].sort((p, q) => Math.abs(q) - Math.abs(p) || p - q)`,
      `let ${v} = [...${from[1]}.toReversed(), ${e[1]}].sort((p, q) => val(abs(q)) - val(abs(p)) || val(p) - val(q))`,
    ],
  ],
  (_, v, e, from) => [
    [
      `let ${v} = ${from[0]}.slice(0, 4).flatMap((q, k) => (k > 1 ? [q] : [q, q * ${e[0]}])).reverse()`,
      `let ${v} = ${from[1]}.slice(0, 4).flatMap((q, k) => (k > 1 ? [q] : [q, mul(q, ${e[1]})])).reverse()`,
    ],
  ],
  (_, v, e, from) => [forms(i => `let ${v} = [${from[i]}, [${e[i]}]].flat().slice(0, 5).with(-1, ${e[i]})`)],
  (author, v, e, from) => {
    const [at, count] = [author.below(3), author.below(2)]
    return [forms(i => `let ${v} = ${from[i]}.slice()`), forms(i => `${v}.splice(${at}, ${count}, ${e[i]}, ${e[i]})`)]
  },
  (_, v, e, from) => [
    [
      `let ${v} = new Array<number>(4).fill(${e[0]}).fill(${from[0]}[0]!, 1, -1)`,
      `let ${v} = new Array(4).fill(${e[1]}).fill(${from[1]}[0], 1, -1)`,
    ],
  ],
  (_, v, e, from) => [
    [
      `let ${v} = [...${from[0]}.filter(q => q > 0), ${e[0]}]`,
      `let ${v} = [...${from[1]}.filter(q => val(q) > 0), ${e[1]}]`,
    ],
  ],
]
const empty = (v: string): Pair => [`let ${v}: number[] = []`, `let ${v} = []`]

export const newArray: Statement = (author, seen) => {
  const v = author.fresh('c')
  const e = numberIn(author, seen, 2)
  const from = pair(author.among(seen.arrays))
  author.write(...author.among(makers)(author, v, e, from))
  return withOwn(seen, v)
}

export const writtenElement: Statement = (author, seen) => {
  const [array, at, e] = [author.among(seen.own), indexIn(author, seen), numberIn(author, seen)]
  const place = `${array}[${at} % ${array}.length]`
  if (author.random() < 0.5) author.write([`${place} = Math.tanh(${e[0]})`, `${place} = tanh(${e[1]})`])
  else author.write([`${place}! += ${e[0]}`, `${place} = add(${place}, ${e[1]})`])
  return seen
}

export const pushed: Statement = (author, seen) => {
  const [array, e] = [author.among(seen.own), numberIn(author, seen, 2)]
  author.write(forms(i => `if (${array}.length < 9) ${array}.push(${e[i]})`))
  return seen
}

/** Takes an element out at an end, and may put it back at the other one. */
export const resized: Statement = (author, seen) => {
  const [array, v] = [author.among(seen.own), author.fresh('v')]
  const [take, put] = author.among([
    ['pop', 'unshift'],
    ['shift', 'push'],
    ['pop', 'push'],
  ] as const)
  const behind = { ...seen, numbers: [...seen.numbers, v] }
  const e = numberIn(author, behind, 2)
  author.emit(`const ${v} = ${array}.length > 1 ? ${array}.${take}()! : ${array}[0]!`)
  author.write(forms(i => `if (${array}.length < 9) ${array}.${put}(${e[i]})`))
  return behind
}

export const swapped: Statement = (author, seen) => {
  const [p, q] = [author.among(seen.rebound), author.among(seen.rebound)]
  if (p === q) return seen
  if (author.random() < 0.5) author.emit(`;[${p}, ${q}] = [${q}, ${p}]`)
  else {
    const t = author.fresh('t')
    author.emit(`const ${t} = ${p}`)
    author.emit(`${p} = ${q}`)
    author.emit(`${q} = ${t}`)
  }
  return seen
}

export const reboundIf: Statement = (author, seen) => {
  const [p, q, c] = [author.among(seen.rebound), author.among(seen.own), conditionIn(author, seen)]
  author.write(forms(i => `if (${c[i]}) ${p} = ${q}`))
  return seen
}

/** Parts with defaults and a rest, of an array that may be shorter. */
export const takenApart: Statement = (author, seen) => {
  const [p, q, rest] = [author.fresh('v'), author.fresh('v'), author.fresh('c')]
  const [array, u, from] = [pair(author.among(seen.arrays)), numberIn(author, seen, 2), author.below(3)]
  author.write(forms(i => `let [${p} = 0, ${q} = ${u[i]}, ...${rest}] = ${array[i]}.slice(${from})`))
  author.emit(`${rest}.push(${p})`)
  const named = { ...seen, numbers: [...seen.numbers, p, q], variables: [...seen.variables, p, q] }
  return withOwn(named, rest)
}

/** An array with holes, of which one place is written and any is read. */
export const holed: Statement = (author, seen) => {
  const [array, v, e] = [author.fresh('h'), author.fresh('v'), numberIn(author, seen, 2)]
  const at = author.below(3)
  author.write([`const ${array}: number[] = []`, `const ${array} = []`])
  author.write(forms(i => `${array}[${at}] = ${e[i]}`))
  const read = indexIn(author, seen)
  const u = numberIn(author, seen, 3)
  author.write(forms(i => `const ${v} = ${array}[${read} % 3] ?? ${u[i]}`))
  return { ...seen, numbers: [...seen.numbers, v] }
}

export const newGrid: Statement = (author, seen) => {
  const g = author.fresh('g')
  const row = pair(author.among(seen.own.length > 0 ? seen.own : seen.arrays))
  const [u, v] = [numberIn(author, seen, 3), numberIn(author, seen, 3)]
  // rows that are arrays of the program: two names for one memory
  if (author.random() < 0.5 && seen.own.length > 0)
    author.write(forms(i => `const ${g} = [${row[i]}, [${u[i]}, ${v[i]}]]`))
  else author.write(forms(i => `const ${g} = [[${u[i]}, 1], [2, ${v[i]}]]`))
  return { ...seen, grids: [...seen.grids, g] }
}

export const writtenGrid: Statement = (author, seen) => {
  const [g, e] = [author.among(seen.grids), numberIn(author, seen, 2)]
  const place = pair(`${g}[${indexIn(author, seen)} % 2]![${author.below(2)}]`)
  author.write(forms(i => `${place[i]} = ${e[i]}`))
  return seen
}

export const newRecord: Statement = (author, seen) => {
  const [record, u, v] = [author.fresh('r'), numberIn(author, seen, 2), numberIn(author, seen, 2)]
  const [older, kind] = [seen.records.at(-1), author.random()]
  if (older !== undefined && kind < 0.4) author.write(forms(i => `const ${record} = { ...${older}, t: ${u[i]} }`))
  else if (older !== undefined && kind < 0.7) author.emit(`const ${record} = ${older}`)
  else author.write(forms(i => `const ${record} = { s: ${u[i]}, t: ${v[i]} }`))
  return { ...seen, records: [...seen.records, record] }
}

export const writtenRecord: Statement = (author, seen) => {
  const [record, field, e] = [author.among(seen.records), author.among(['s', 't']), numberIn(author, seen, 2)]
  author.write([`${record}.${field} -= ${e[0]}`, `${record}.${field} = sub(${record}.${field}, ${e[1]})`])
  return seen
}

/** An unknown function, which changes what an inactive number is read from. */
export const changedUnseen: Statement = (author, seen) => {
  const [bag, v, at] = [author.fresh('bag'), author.fresh('v'), indexIn(author, seen)]
  author.emit(`const ${bag} = { n: ${at} }`)
  author.emit(`const ${v} = ${bag}.n * 0.5`)
  author.emit(`Object.assign(${bag}, { n: ${v} + 1 })`)
  return { ...seen, numbers: [...seen.numbers, v, `${bag}.n`] }
}
