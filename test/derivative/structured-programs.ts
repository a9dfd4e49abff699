/**
 * Random structured programs in two forms that say the same: TypeScript on numbers, and calls on dual numbers. They alias arrays, swap
 * and rebind them, let them grow, read holes, change records in place, jump out of loops, and branch on what depends on the inputs.
 * It must not know what is compared.
 */
import {
  changedUnseen,
  holed,
  newArray,
  newGrid,
  newRecord,
  pushed,
  reboundIf,
  resized,
  swapped,
  takenApart,
  writtenElement,
  writtenGrid,
  writtenRecord,
} from './structured/arrays.ts'
import { Author, type Choice, forms, pair, type Statement, type Visible } from './structured/author.ts'
import { conditional, labelled, loop, switched } from './structured/blocks.ts'
import { numberIn } from './structured/expressions.ts'
import { newFunction } from './structured/functions.ts'

export interface StructuredProgram {
  readonly name: string
  /** `export function name(x, y, a, b, m, p)`. */
  readonly numbers: string
  /** The body of the same function. */
  readonly duals: string
}

const outermost: Visible = {
  numbers: ['x', 'y', 'p.u', 's'],
  variables: ['s'],
  counters: ['2'],
  arrays: ['a', 'b', 'p.w', 'm[1]!'],
  own: [],
  rebound: [],
  grids: [],
  records: [],
  functions: [],
  depth: 0,
  isInLoop: false,
}

/** The same program, which returns a list: what it returned, and how far it has added up. */
export function withList({ name, numbers, duals }: StructuredProgram): StructuredProgram {
  const listed = (text: string) => text.replace(/^(\s*(?:if \(.*\) )?)return (.+)$/gm, '$1return [$2, s]')
  return { name, numbers: listed(numbers).replace('): number {', '): number[] {'), duals: listed(duals) }
}

/** The sum of a program over a few turns of a loop, which calls it. */
export function inTurns({ name, numbers, duals }: StructuredProgram): StructuredProgram {
  const given = 'a, b, m, p'
  return {
    name,
    numbers: `${numbers.replace(`export function ${name}(`, `function ${name}Turn(`)}
export function ${name}(x: number, y: number, a: number[], b: number[], m: number[][], p: Parameters): number {
  let total = 0
  let last = 1
  for (let turn = 0; turn < a.length; turn++) {
    const one = ${name}Turn(x * a[turn]!, y, ${given})
    if (one > 0.5) total += one * b[turn % 2]!
    else total -= one / last
    last += turn
  }
  return total / a.length - y * x
}`,
    duals: `const turnOf = (x, y, ${given}) => { ${duals} }
let total = 0
let last = 1
for (let turn = 0; turn < a.length; turn++) {
  const one = turnOf(mul(x, a[turn]), y, ${given})
  if (val(one) > 0.5) total = add(total, mul(one, b[turn % 2]))
  else total = sub(total, div(one, last))
  last += turn
}
return sub(div(total, a.length), mul(y, x))`,
  }
}

const newVariable: Statement = (author, seen) => {
  const [v, e] = [author.fresh('v'), numberIn(author, seen)]
  author.write(forms(i => `let ${v} = ${e[i]}`))
  return { ...seen, numbers: [...seen.numbers, v], variables: [...seen.variables, v] }
}

const assigned: Statement = (author, seen) => {
  const [v, e] = [author.among(seen.variables), numberIn(author, seen)]
  const operator = author.among(['=', '+=', '-=', '*='])
  if (operator === '=') author.write(forms(i => `${v} = ${e[i]}`))
  else if (operator === '*=') author.write([`${v} *= Math.tanh(${e[0]})`, `${v} = mul(${v}, tanh(${e[1]}))`])
  else author.write([`${v} ${operator} ${e[0]}`, `${v} = ${operator === '+=' ? 'add' : 'sub'}(${v}, ${e[1]})`])
  return seen
}

const nothing: Statement = (_, seen) => seen

const statements: readonly Choice<Statement>[] = [
  [0.14, newVariable],
  [0.28, assigned, ({ variables }) => variables.length > 0],
  [0.4, writtenElement, ({ own }) => own.length > 0],
  [0.48, newArray],
  [0.52, swapped, ({ rebound }) => rebound.length > 1],
  [0.55, reboundIf, ({ rebound, depth }) => rebound.length > 0 && depth > 0],
  [0.57, pushed, ({ own }) => own.length > 0],
  [0.585, resized, ({ own }) => own.length > 0],
  [0.6, newGrid],
  [0.63, writtenGrid, ({ grids }) => grids.length > 0],
  [0.66, newRecord],
  [0.7, writtenRecord, ({ records }) => records.length > 0],
  [0.72, holed],
  [0.735, takenApart],
  [0.737, changedUnseen],
  [1, nothing, ({ depth }) => depth > 2],
  [0.75, switched],
  [0.76, labelled],
  [0.82, conditional],
  [0.94, loop],
  [1, newFunction, ({ depth }) => depth === 0],
  [1, nothing],
]

/** A row of a table that begins at a draw of 0, for one that begins at another draw. */
const behind = <Write>([below, ...rest]: Choice<Write>, start: number): Choice<Write> => [
  start + below * (1 - start),
  ...rest,
]

/** One program. @param others are statements that may stand in it too, with a name of such programs, and what stands at their end. */
export function structuredProgram(
  seed: number,
  others: readonly Choice<Statement>[] = [],
  kind = 'program',
  ending = nothing,
): StructuredProgram {
  const chosen = [...others, ...statements.map(row => behind(row, others.at(-1)?.[0] ?? 0))]
  const author = new Author(seed, (author, seen) => author.chosen(chosen, seen)(author, seen))
  author.write(['let s = x * y', 'let s = mul(x, y)'])
  let seen = outermost
  for (let i = 0; i < 5 + author.below(7); i++) seen = author.statement(author, seen)
  for (const each of seen.own)
    author.write([`for (const v of ${each}) s += v * 0.3`, `for (const v of ${each}) s = add(s, mul(v, 0.3))`])
  for (const each of seen.records) author.write([`s += ${each}.s * ${each}.t`, `s = add(s, mul(${each}.s, ${each}.t))`])
  seen = ending(author, seen)
  // what a loop at the end has added up may go on as it is
  const isPlain = ending !== nothing && author.random() < 0.5
  const last = isPlain ? pair(author.among(seen.numbers)) : numberIn(author, seen, 1)
  author.write([`return s + ${last[0]}`, `return add(s, ${last[1]})`])

  const name = `${kind}${seed}`
  const parameters = 'x: number, y: number, a: number[], b: number[], m: number[][], p: Parameters'
  const [numbers, duals] = forms(i => author.lines.map(each => `  ${each[i]}`).join('\n'))
  return { name, numbers: `export function ${name}(${parameters}): number {\n${numbers}\n}`, duals }
}
