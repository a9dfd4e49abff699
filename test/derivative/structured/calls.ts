/** Random functions that are passed, returned, hoisted, that keep what they change, and that call themselves. It must not know memory. */
import { type Author, type Statement, textIn, type Visible } from './author.ts'
import { conditionIn, numberIn } from './expressions.ts'

const number = (author: Author, seen: Visible) => textIn(numberIn(author, seen, 2))
const withNumber = (seen: Visible, v: string): Visible => ({ ...seen, numbers: [...seen.numbers, v] })
/** What an inner function sees: its own names and a few of those around. */
const within = (seen: Visible, ...own: string[]): Visible => ({
  ...seen,
  numbers: [...own, ...seen.numbers.slice(-2)],
  variables: [],
  functions: [],
  counters: ['1'],
})

/** A function that another one makes, with a variable of its own in each call. */
export const returnedFunction: Statement = (author, seen) => {
  const [make, g, h, v] = [author.fresh('make'), author.fresh('g'), author.fresh('g'), author.fresh('v')]
  author.emit(
    `const ${make} = (k: number) => { let n = k; return (u: number, by = n) => { n = Math.tanh(n + u * by); return n * ${number(author, within(seen, 'u', 'k'))} } }`,
  )
  author.emit(`const ${g} = ${make}(${number(author, seen)}), ${h} = ${make}(y)`)
  author.emit(`const ${v} = ${g}(${number(author, seen)}) + ${h}(x) * ${g}(1, ${h}(${g}(y)))`)
  return { ...withNumber(seen, v), functions: [...seen.functions, g] }
}

/** Functions as arguments, and one of two by a test. */
export const passedFunction: Statement = (author, seen) => {
  const [f, g, v] = [author.fresh('each'), author.fresh('g'), author.fresh('v')]
  const w = author.among(seen.variables.length > 0 ? seen.variables : ['s'])
  author.emit(
    `const ${f} = (n: number, g: (u: number, i: number) => number) => { let t = 0; for (let i = 0; i < n; i++) { const r = g(t, i); if (r > 2) return r - i; t = Math.sin(t + r) } return t }`,
  )
  author.emit(
    `const ${g} = ${conditionIn(author, seen)[0]} ? (u: number) => u * ${author.among(seen.numbers)} : (u: number) => { ${w} = Math.tanh(${w} + u); return ${w} }`,
  )
  author.emit(
    `const ${v} = ${f}(3, (u, i) => { ${w} += u * 0.1; return ${number(author, within(seen, 'u'))} * i }) + ${f}(2, ${g}) + ${g}(x)`,
  )
  return withNumber(seen, v)
}

/** Functions that call each other, write what they capture, and take default and rest parameters. */
export const mutual: Statement = (author, seen) => {
  const [p, q, log, v] = [author.fresh('p'), author.fresh('q'), author.fresh('log'), author.fresh('v')]
  const w = author.among(seen.variables.length > 0 ? seen.variables : ['s'])
  const inside = within(seen, 'u')
  author.emit(`const ${log}: number[] = [y]`)
  author.emit(
    `function ${p}(n: number, u: number, k = u * 0.5, ...r: number[]): number { ${log}.push(u); if (n <= 0) return k + r.length * u + (r[0] ?? x); for (let i = 0; i < 2; i++) { if (${conditionIn(author, inside)[0]}) return ${q}(n - 1, { s: u, t: k }); ${log}[i] = Math.tanh(${log}[i]! + k) } return ${p}(n - 1, Math.tanh(${number(author, inside)}), undefined, k, u) * ${q}(n - 2, { s: k, t: u }) }`,
  )
  author.emit(
    `function ${q}(n: number, r: { s: number; t: number }): number { r.s = Math.sin(r.s + r.t); if (n < 0) return r.s; ${w} = Math.tanh(${w} + r.s); const own = ${p}(n - 1, r.t, r.s); return own + r.s * ${log}.at(-1)! }`,
  )
  author.emit(
    `const ${v} = ${p}(2, ${number(author, seen)}) + ${q}(1, { s: y, t: ${number(author, seen)} }) * ${log}[0]! + ${log}.length * 0.1`,
  )
  return withNumber(seen, v)
}

/** A function before its declaration, names that hide others, and returns out of loops. */
export const hoisted: Statement = (author, seen) => {
  const [f, v] = [author.fresh('f'), author.fresh('v')]
  const array = author.among(seen.arrays)
  const inside = within(seen, 'x', 'z')
  author.emit(`const ${v} = ${f}(${number(author, seen)}, ${array}) + ${f}(y, [x, ${number(author, seen)}])`)
  author.emit(
    `function ${f}(x: number, all: readonly number[], z = all[0]! * x): number { { const y = x * z; let x2 = y; for (const x of all) { if (x > 0.8) return x * y; for (let y = 0; y < 2; y++) { if (x < -0.6) { x2 -= x; break } if (${conditionIn(author, inside)[0]}) return z + x2; x2 = Math.sin(x2 + y * x) } } z += x2 } return z * ${number(author, inside)} }`,
  )
  return withNumber(seen, v)
}

/** Tuples that are spread, rest parameters, and a method of a list that hands on its index. */
export const spreadCalls: Statement = (author, seen) => {
  const [f, t, v] = [author.fresh('f'), author.fresh('t'), author.fresh('v')]
  const array = author.among(seen.arrays)
  author.emit(
    `const ${f} = (u: number, k = ${number(author, within(seen, 'u'))}, ...r: number[]) => Math.sin(u * k) + r.reduce((p, q, i) => p * 0.5 + q * i, 0) * r.length`,
  )
  author.emit(`const ${t}: [number, number] = [${number(author, seen)}, y]`)
  author.emit(
    `const ${v} = ${f}(...${t}) + ${f}(x, ...${t}, ${number(author, seen)}) * ${array}.map((u, i) => ${f}(u, i)).reduceRight((p, q) => Math.tanh(p + q), y) + Math.max(x, ...${t}, ...${array})`,
  )
  return withNumber(seen, v)
}
