/** Random visits of arrays: loops over their keys while they change, methods with functions that have effects, and loops with several jumps. It must not know records. */
import { type Author, type Statement, textIn, type Visible } from './author.ts'
import { conditionIn, numberIn } from './expressions.ts'

const number = (author: Author, seen: Visible) => textIn(numberIn(author, seen, 2))
const condition = (author: Author, seen: Visible) => conditionIn(author, seen)[0]

/** An array that grows or shrinks while a loop goes through it. */
export const changedInLoop: Statement = (author, seen) => {
  const [c, v, i] = [author.fresh('c'), author.fresh('v'), author.fresh('i')]
  const from = author.among(seen.arrays)
  author.emit(`let ${c} = ${from}.slice(0, 4); let ${v} = ${number(author, seen)}`)
  const head = author.among([`for (const [${i}, q] of ${c}.entries())`, `for (const ${i} of ${c}.keys())`])
  const q = head.includes('entries') ? 'q' : `${c}[${i}]!`
  const inside = { ...seen, numbers: [...seen.numbers, v], counters: [...seen.counters, i], depth: seen.depth + 1 }
  author.emit(
    `${head} { if (${condition(author, inside)}) ${author.among(['break', 'continue'])}; ${v} = Math.tanh(${v} + ${q} * ${number(author, inside)}); ${author.among([`if (${c}.length < 7) ${c}.push(${v})`, `if (${c}.length > 2) ${c}.pop()`, `${c}[${i}] = ${v} * 0.5`, `if (${i} === 1) ${c}.reverse()`])} }`,
  )
  const arrays = { arrays: [...seen.arrays, c], own: [...seen.own, c], rebound: [...seen.rebound, c] }
  return { ...seen, ...arrays, numbers: [...seen.numbers, v] }
}

/** Functions of methods that assign, return early, and read the list that is visited. */
export const visited: Statement = (author, seen) => {
  const [c, v, n] = [author.fresh('c'), author.fresh('v'), author.fresh('n')]
  const [from, e] = [author.among(seen.arrays), number(author, seen)]
  const inside = { ...seen, numbers: ['q', ...seen.numbers.slice(-2)], variables: [], depth: seen.depth + 1 }
  author.emit(`let ${v} = ${e}, ${n} = 0`)
  author.emit(
    `let ${c} = ${from}.${author.among(['map', 'flatMap'])}((q, i, all) => { if (i > 3) return 0.1; ${v} += q * 0.2; const t = all[(i + 1) % all.length]!; if (${condition(author, inside)}) return t * ${v}; ${n}++; return ${number(author, inside)} * q })`,
  )
  author.emit(`${c} = ${c}.slice(0, 5).filter((q, i) => { ${v} = Math.sin(${v} + q); return i % 2 === 0 || q > ${v} })`)
  author.emit(`${c}.forEach((q, i) => { if (q > 0) return; ${v} -= q * i; ${c}[i] = ${v} })`)
  author.emit(
    `if (${c}.${author.among(['some', 'every'])}(q => { ${v} *= 0.9; return q > ${e} })) ${v} += ${c}.findIndex(q => q > 0.1) * x`,
  )
  author.emit(
    `${v} = ${c}.${author.among(['reduce', 'reduceRight'])}((p, q, i, all) => { ${n} += i; return Math.tanh(p + q * all.length) }, ${v}) + ${n} * 0.1`,
  )
  author.emit(`${c}.push(${v})`)
  const arrays = { arrays: [...seen.arrays, c], own: [...seen.own, c], rebound: [...seen.rebound, c] }
  return { ...seen, ...arrays, numbers: [...seen.numbers, v], variables: [...seen.variables, v] }
}

/** Rows: one array in several places, lists of lists, and tables that are filled. */
export const rows: Statement = (author, seen) => {
  const [g, row, v] = [author.fresh('g'), author.fresh('row'), author.fresh('v')]
  const e = number(author, seen)
  author.emit(`const ${row} = [${e}, x]`)
  author.emit(
    `const ${g} = ${author.among([`new Array<number[]>(2).fill(${row})`, `[${row}, [y, ${e}]]`, `[[1, y], ${row}].map(r => r.slice())`, `Array.from({ length: 2 }, (_, i) => [i, ${e}])`, `[[${row}], [[y, 1]]].flat()`, `[[x, 2]].concat([${row}])`, `[${row}, [1, y]].toReversed()`])}`,
  )
  author.emit(`${g}[0]![1] = Math.tanh(${number(author, seen)}); ${row}[0]! *= ${g}[1]![0]!`)
  author.emit(
    author.among([
      `;[${g}[0], ${g}[1]] = [${g}[1]!, ${g}[0]!]`,
      `${g}[1] = ${row}`,
      `${g}.reverse()`,
      `${g}.push([${e}, y])`,
      `${g}[0] = ${g}[1]!.map((q, i) => q * i + ${e})`,
    ]),
  )
  author.emit(
    `const ${v} = ${g}.flat().reduce((p, q, i) => p * 0.6 + q * i, 0) + ${g}.filter(r => r[0]! > 0).map(([p, q = 1]) => p! * q).concat(${row})[0]!`,
  )
  return { ...seen, numbers: [...seen.numbers, v], grids: [...seen.grids, g] }
}

/** Loops in loops that leave each other, with tests that assign, and clauses that fall through. */
export const jumps: Statement = (author, seen) => {
  const [i, j, v, label] = [author.fresh('i'), author.fresh('j'), author.fresh('v'), author.fresh('label')]
  const inside = { ...seen, numbers: [...seen.numbers, v], counters: [...seen.counters, i, j], depth: seen.depth + 1 }
  const step = () => `${v} = Math.tanh(${number(author, inside)})`
  const leave = () => author.among([`break ${label}`, `continue ${label}`, 'break', 'continue', step()])
  author.emit(`let ${v} = ${number(author, seen)}, ${j} = 0`)
  author.emit(`${label}: for (let ${i} = 0, end = 3; ${i} < end; ${i}++, end -= ${author.below(2)}) {`)
  author.emit(
    `${j} = 0; do { ${j}++; if (${condition(author, inside)}) { ${step()}; ${leave()} } switch (${author.among([i, j])}) { case 1: ${step()}; ${leave()}; ${author.among(['', 'break'])}`,
  )
  author.emit(
    `default: ${v} += ${i} * 0.1; case 2: { const q = ${v}; if (q > ${author.among(inside.numbers)}) ${leave()}; ${v} -= q * 0.5 } } } while (${j} < 3 && (${v} *= 0.9) < 4)`,
  )
  author.emit(`if (${condition(author, inside)}) ${author.among(['break', 'continue'])}; ${step()}, ${v} += ${j} }`)
  return { ...seen, numbers: [...seen.numbers, v], variables: [...seen.variables, v] }
}
