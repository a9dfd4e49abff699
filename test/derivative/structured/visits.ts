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

/** A loop that counts to a bound which its turns change: a variable, an element, a property, or the length of what grows. */
export const movedBounds: Statement = (author, seen) => {
  const [n, i, v] = [author.fresh('n'), author.fresh('i'), author.fresh('v')]
  const to = `${2 + author.below(2)}`
  const [made, bound, moved] = author.among([
    [`let ${n} = ${to}`, n, `${n}${author.among(['++', '--'])}`],
    [`const ${n} = [${to}, 5]`, `${n}[0]!`, `${n}[0]! -= 1`],
    [`const ${n} = { to: ${to}, by: 1 }`, `${n}.to`, `${n}.to += ${n}.by`],
    [`const ${n} = [x, y]`, `${n}.length`, `${n}.push(${v})`],
    [`let ${n} = ${to}`, `${n} * 2 - ${author.below(3)}`, `${n} -= 0.5`],
  ] as const)
  const inside = { ...seen, numbers: [...seen.numbers, v], counters: [...seen.counters, i], depth: seen.depth + 1 }
  author.emit(`${made}; let ${v} = ${number(author, seen)}`)
  author.emit(`for (let ${i} = ${author.below(2)}; ${i} < ${bound}; ${i}++) {`)
  author.emit(`${v} = Math.tanh(${v} * ${number(author, inside)} + ${number(author, inside)})`)
  author.emit(`if (${i} < 2${author.random() < 0.5 ? ` && ${condition(author, inside)}` : ''}) ${moved}`)
  author.emit(`${v} -= ${i} * 0.1 }`)
  return { ...seen, numbers: [...seen.numbers, v], variables: [...seen.variables, v] }
}

/** A loop that reads fixed places of several arguments, in each turn the same. */
export const fixedPlaces: Statement = (author, seen) => {
  const [v, i] = [author.fresh('v'), author.fresh('i')]
  const place = () => author.among(['a[0]!', 'b[0]!', 'a[1]!', 'b[1]!', 'p.u', 'x', 'p.w[0]!', 'm[0]![0]!'])
  const inside = { ...seen, numbers: [...seen.numbers, v], counters: [...seen.counters, i], depth: seen.depth + 1 }
  author.emit(`let ${v} = ${number(author, seen)}`)
  author.emit(`for (let ${i} = 0; ${i} < 3; ${i}++) {`)
  author.emit(`${v} = Math.tanh(${v} * a[0]! + b[0]! * ${number(author, inside)})`)
  author.emit(`if (${condition(author, inside)}) ${v} += ${place()} * ${place()} }`)
  return { ...seen, numbers: [...seen.numbers, v], variables: [...seen.variables, v] }
}

/** A number that is read once, behind assignments of what it was computed of, and variables that take each other's places. */
export const overtaken: Statement = (author, seen) => {
  const [k, t] = [author.fresh('k'), author.fresh('t')]
  const [v, w] = [author.among(seen.variables), author.among(seen.variables)]
  const e = author.among(seen.numbers)
  const copied = author.random() < 0.3 ? `${condition(author, seen)} ? ${v} : ${w}` : author.among([v, w])
  author.emit(`const ${k} = ${v} * ${e}, ${t} = ${copied}`)
  author.emit(`${v} = Math.tanh(${number(author, seen)})`)
  if (v !== w && author.random() < 0.5) author.emit(`;[${v}, ${w}] = [${w} * ${e}, ${author.among([v, t])}]`)
  if (author.random() < 0.5) author.emit(`if (${condition(author, seen)}) ${w} = ${t} * 0.5`)
  author.emit(`${w} ${author.among(['=', '+=', '-='])} Math.sin(${k})${author.random() < 0.5 ? ` * ${t}` : ''}`)
  return seen
}

/** Loops that only add up, at the end of a function, and nearly the same ones, which differ from these in one way. */
export const sums: Statement = (author, seen) => {
  const [t, r] = [author.fresh('t'), author.fresh('r')]
  const way = author.among([
    'none',
    'none',
    'a sum is read',
    'a sum is added',
    'an array is handed on',
    'a sum is changed',
  ])
  const one = () => author.among(['s', t])
  const read = ['q', ...seen.numbers.filter(each => each !== 's')]
  const inside = { ...seen, numbers: read, variables: [], functions: [], depth: seen.depth + 1 }
  const step = () => `${one()} ${author.among(['+=', '-='])} q * ${author.among(read)}`
  author.emit(`let ${t} = 0; const ${r} = [x, y]`)
  for (let left = 1 + author.below(2); left > 0; left--) {
    author.emit(`for (const q of ${author.among(seen.arrays)}) {`)
    author.emit(`${step()}; if (${condition(author, inside)}) ${step()} * ${number(author, inside)}; else ${step()}`)
    author.emit(`const u = Math.sin(q * ${way === 'a sum is read' ? one() : author.among(read)}); ${t} += u * u`)
    if (author.random() < 0.3) author.emit('if (u > 0) continue')
    if (way === 'a sum is added') author.emit(`${one()} += q * ${one()}`)
    if (way === 'an array is handed on') author.emit(`${r}[0] = ${r}[0]! * q; ${one()} += ${r}[0]!`)
    author.emit('}')
    if (way === 'a sum is changed') author.emit(`${one()} ${author.among(['*= 0.5', '*= x', '= 0.1'])}`)
  }
  return { ...seen, numbers: [t, `${t} * 0.5`, `${r}[0]!`] }
}
