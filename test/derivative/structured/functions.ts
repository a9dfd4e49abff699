/** Random functions inside of a program: pure ones, and those that change what they capture. It must not know loops. */
import type { Choice, Statement, Visible } from './author.ts'
import { conditionIn, numberIn } from './expressions.ts'

/** What the body of a function sees. */
const within = (seen: Visible): Visible => ({
  ...seen,
  numbers: ['u', 'v', ...seen.numbers.slice(-2)],
  functions: [],
  variables: [],
  counters: ['1'],
})

/** Writes a function under a name. */
type Define = (...to: [...Parameters<Statement>, f: string]) => void

const pure: Define = (author, seen, f) => {
  const e = numberIn(author, within(seen), 1)
  author.write([`const ${f} = (u: number, v = 0.3): number => ${e[0]}`, `const ${f} = (u, v = 0.3) => ${e[1]}`])
}

const changing: Define = (author, seen, f) => {
  const [w, e] = [author.among(seen.variables), numberIn(author, within(seen), 2)]
  author.write([
    `const ${f} = (u: number, v: number): number => { if (u > v) return ${w} * u; ${w} += ${e[0]} * 0.5; return ${w} }`,
    `const ${f} = (u, v) => { if (val(u) > val(v)) return mul(${w}, u); ${w} = add(${w}, mul(${e[1]}, 0.5)); return ${w} }`,
  ])
}

const looping: Define = (author, seen, f) => {
  const e = numberIn(author, within(seen), 2)
  author.write([
    `const ${f} = (u: number, v: number): number => { u = u * v; for (let k = 0; k < 3; k++) { u += ${e[0]}; if (u > 1) return u - v } return Math.sin(u) }`,
    `const ${f} = (u, v) => { u = mul(u, v); for (let k = 0; k < 3; k++) { u = add(u, ${e[1]}); if (val(u) > 1) return sub(u, v) } return sin(u) }`,
  ])
}

/** Calls itself for a smaller number, and changes what it captures. */
const recursive: Define = (author, seen, f) => {
  const w = author.among(seen.variables)
  const inside = { ...seen, numbers: ['u', w], variables: [], functions: [], counters: ['n'] }
  const [e, c, d] = [numberIn(author, inside, 1), conditionIn(author, inside), numberIn(author, inside, 2)]
  author.write([
    `const ${f} = (u: number, v: number, n = 2): number => { if (n <= 0 || ${c[0]}) return u * v; ${w} = Math.tanh(${w} + ${d[0]}); return ${f}(Math.tanh(${e[0]}), u, n - 1) + ${f}(v, ${w}, n - 2) * u }`,
    `const ${f} = (u, v, n = 2) => { if (n <= 0 || ${c[1]}) return mul(u, v); ${w} = tanh(add(${w}, ${d[1]})); return add(${f}(tanh(${e[1]}), u, n - 1), mul(${f}(v, ${w}, n - 2), u)) }`,
  ])
}

const choices: readonly Choice<Define>[] = [
  [0.4, pure],
  [0.7, changing, ({ variables }) => variables.length > 0],
  [1, looping],
]

export const newFunction: Statement = (author, seen) => {
  const isRecursive = author.random() < 0.3 && seen.variables.length > 0
  const f = author.fresh('f')
  const define = isRecursive ? recursive : author.chosen(choices, seen)
  define(author, seen, f)
  return { ...seen, functions: [...seen.functions, f] }
}
