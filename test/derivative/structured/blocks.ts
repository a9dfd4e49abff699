/** Random statements with others inside: choices, loops of each form, jumps out of them. It must not know what stands inside. */
import { type Author, type Choice, forms, type Pair, pair, type Statement, type Visible } from './author.ts'
import { conditionIn, indexIn, numberIn } from './expressions.ts'

type Inside = (seen: Visible) => Visible

function block(author: Author, head: Pair, seen: Visible, statements: number, first: Inside = each => each): void {
  author.write(forms(i => `${head[i]} {`))
  let inside = first({ ...seen, depth: seen.depth + 1 })
  for (let i = 0; i < statements; i++) inside = author.statement(author, inside)
  author.emit('}')
}

function jump(author: Author, seen: Visible): void {
  const drawn = author.random()
  const c = conditionIn(author, seen)
  if (drawn < 0.15) author.write(forms(i => `if (${c[i]}) break`))
  else if (drawn < 0.35) author.write(forms(i => `if (${c[i]}) continue`))
  else if (drawn < 0.42) {
    const e = numberIn(author, seen, 2)
    author.write(forms(i => `if (${c[i]}) return ${e[i]}`))
  }
}

export const conditional: Statement = (author, seen) => {
  const c = conditionIn(author, seen)
  const head = forms(i => `if (${c[i]})`)
  block(author, head, seen, 1 + author.below(3), each => {
    if (seen.isInLoop) jump(author, each)
    return each
  })
  if (author.random() < 0.5) block(author, pair('else'), seen, 1 + author.below(2))
  return seen
}

/** A loop that counts, from and to what literals, lengths, outer counters and the inputs say. */
function countedHead(author: Author, i: string, seen: Visible): Pair {
  const outer = author.among(seen.counters)
  const length = `${author.among(seen.arrays)}.length`
  const e = numberIn(author, seen, 2)
  switch (author.below(12)) {
    case 0:
      return pair(`for (let ${i} = ${2 + author.below(3)}; ${i} > 0; ${i} -= ${1 + author.below(2)})`)
    case 1:
      return pair(`for (let ${i} = ${length} - 1; ${i} >= ${author.below(2)}; ${i}--)`)
    case 2:
      return pair(`for (let ${i} = 0; ${i} < ${length}; ${i}++)`)
    case 3:
      return pair(`for (let ${i} = ${outer}; ${i} <= ${outer} * 2 - ${author.below(2)} && ${i} < 6; ${i}++)`)
    case 4:
      return pair(`for (let ${i} = ${outer} + 1; ${i} > ${outer} - ${1 + author.below(2)} && ${i} > 0; ${i}--)`)
    case 5:
      return pair(`for (let ${i} = ${author.below(2)}; ${i} ${author.among(['<', '<='])} ${outer} % 4; ${i}++)`)
    case 6:
      return [
        `for (let ${i} = 0; ${i} < 3 * Math.tanh(${e[0]}); ${i}++)`,
        `for (let ${i} = 0; ${i} < 3 * val(tanh(${e[1]})); ${i}++)`,
      ]
    case 7:
      return pair(`for (let ${i} = 3; ${i} >= ${outer} % 3; ${i}--)`)
    default:
      return pair(`for (let ${i} = 0; ${i} < ${2 + author.below(3)}; ${i}++)`)
  }
}

/** @param begin says what is visible in a turn of the loop, and may write a jump. */
type Loop = (author: Author, seen: Visible, i: string, begin: Inside) => void

const counted: Loop = (author, seen, i, begin) =>
  block(author, countedHead(author, i, seen), seen, 1 + author.below(4), begin)

const overElements: Loop = (author, seen, i, begin) => {
  const [v, from] = [author.fresh('v'), author.among(seen.arrays)]
  author.emit(`let ${i} = 0`)
  block(author, pair(`for (const ${v} of ${from}.slice())`), seen, 1 + author.below(3), each => {
    author.emit(`${i}++`)
    return begin({ ...each, numbers: [...each.numbers, v] })
  })
}

const overEntries: Loop = (author, seen, i, begin) => {
  const [v, from] = [author.fresh('v'), author.among(['a', 'b', 'p.w'])]
  const head = pair(`for (const [${i}, ${v}] of ${from}.entries())`)
  block(author, head, seen, 1 + author.below(3), each => begin({ ...each, numbers: [...each.numbers, v] }))
}

const tested: Loop = (author, seen, i, begin) => {
  author.emit(`let ${i} = 0`)
  block(author, pair(`while (${i} < ${2 + author.below(2)})`), seen, 1 + author.below(3), each => {
    author.emit(`${i}++`)
    return begin(each)
  })
}

const testedBehind: Loop = (author, seen, i, begin) => {
  author.emit(`let ${i} = 3`)
  const c = conditionIn(author, seen)
  author.emit('do {')
  let inside = begin({ ...seen, depth: seen.depth + 1 })
  for (let k = 0; k < 1 + author.below(2); k++) inside = author.statement(author, inside)
  author.write(forms(form => `} while (${i}-- > 0 && ${c[form]})`))
}

const loops: readonly Choice<Loop>[] = [
  [0.55, counted],
  [0.7, overElements],
  [0.8, overEntries],
  [0.9, tested],
  [1, testedBehind],
]

const inTurn = (seen: Visible, counter: string): Visible => ({
  ...seen,
  counters: [...seen.counters, counter],
  isInLoop: true,
})

export const loop: Statement = (author, seen) => {
  const write = author.chosen(loops, seen)
  const i = author.fresh('i')
  write(author, seen, i, each => {
    jump(author, inTurn(each, i))
    return inTurn(each, i)
  })
  return seen
}

/** Clauses of numbers, a default among them; some fall through. */
export const switched: Statement = (author, seen) => {
  const clauses = ['case 0:', 'case 2:', 'default:', 'case 1:'].slice(author.below(2))
  block(author, pair(`switch (${indexIn(author, seen)} % 4)`), seen, 0, each => {
    for (const clause of clauses) {
      if (author.random() < 0.2) author.emit(clause)
      else
        block(author, pair(clause), each, 1 + author.below(2), inside => {
          if (each.isInLoop && author.random() < 0.2) author.emit('continue')
          else if (author.random() < 0.6) jumpOut(author, inside)
          return inside
        })
    }
    return each
  })
  return seen
}

function jumpOut(author: Author, seen: Visible): void {
  const c = conditionIn(author, seen)
  author.write(forms(i => `if (${c[i]}) break`))
}

/** Two loops, of which the inner one ends a turn of the outer one. */
export const labelled: Statement = (author, seen) => {
  const [i, j, label] = [author.fresh('i'), author.fresh('i'), author.fresh('label')]
  author.emit(`${label}:`)
  block(author, pair(`for (let ${i} = 0; ${i} < 3; ${i}++)`), seen, 1, outer => {
    const head = pair(`for (let ${j} = 0; ${j} < 2; ${j}++)`)
    block(author, head, inTurn(outer, i), 1 + author.below(2), inside => {
      const c = conditionIn(author, inside)
      const to = author.among(['continue', 'break'])
      author.write(forms(form => `if (${c[form]}) ${to} ${label}`))
      return inTurn(inside, j)
    })
    return inTurn(outer, i)
  })
  return seen
}
