/**
 * Random structured programs in two forms that say the same: TypeScript on numbers, and calls on dual numbers. They alias arrays, swap
 * and rebind them, let them grow, read holes, change records in place, jump out of loops, and branch on what depends on the inputs.
 * It must not know what is compared.
 */

/** A text on numbers and the same on duals. */
type Pair = readonly [numbers: string, duals: string]

export interface StructuredProgram {
  readonly name: string
  /** `export function name(x, y, a, b, m, p)`. */
  readonly numbers: string
  /** The body of the same function. */
  readonly duals: string
}

/** Numbers from 0 to 1, the same ones for a seed. Source: Mulberry32, by Tommy Ettinger. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** What is visible at a place. */
interface Scope {
  readonly numbers: readonly string[]
  readonly variables: readonly string[]
  readonly counters: readonly string[]
  /** Arrays of at least one number that may be read; those that may be written; those that may be rebound. */
  readonly arrays: readonly string[]
  readonly own: readonly string[]
  readonly rebound: readonly string[]
  readonly grids: readonly string[]
  readonly records: readonly string[]
  readonly functions: readonly string[]
  readonly depth: number
  readonly isInLoop: boolean
}

const outermost: Scope = {
  numbers: ['x', 'y', 'p.u'],
  variables: [],
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

/** One program. */
export function structuredProgram(seed: number): StructuredProgram {
  const random = randomOf(seed)
  const below = (n: number) => Math.floor(random() * n)
  const among = <T>(all: readonly T[]): T => all[below(all.length)]!
  const both = (text: string): Pair => [text, text]
  let count = 0
  const fresh = (letter: string) => `${letter}${count++}`
  const lines: Pair[] = []
  const emit = (numbers: string, duals: string = numbers.replaceAll('!', '')) => void lines.push([numbers, duals])

  // ---- expressions

  const constant = (): Pair => {
    const c = (random() * 2 - 1).toFixed(2)
    return [c.startsWith('-') ? `(${c})` : c, c]
  }
  const index = (scope: Scope) => (random() < 0.6 ? among(scope.counters) : `(${among(scope.counters)} + ${below(4)})`)
  const element = (scope: Scope, array: string): Pair => {
    const at = index(scope)
    return both2(`${array}[${at} % ${array}.length]!`)
  }
  /** The second form has no `!` of TypeScript. */
  const both2 = (text: string): Pair => [text, text.replace(/!(?=[\s)\].,;[]|$)/g, '')]

  const number = (scope: Scope, depth = 0): Pair => {
    const r = random()
    const inner = () => number(scope, depth + 1)
    if (depth > 3 || r < 0.22) return both(among(scope.numbers))
    if (r < 0.28) return constant()
    if (r < 0.44) return element(scope, among(scope.arrays))
    if (r < 0.47 && scope.grids.length > 0)
      return both2(`${among(scope.grids)}[${index(scope)} % 2]![${index(scope)} % 2]!`)
    if (r < 0.5 && scope.records.length > 0) return both(`${among(scope.records)}.${among(['s', 't'])}`)
    if (r < 0.56 && scope.functions.length > 0) {
      const [f, u, v] = [among(scope.functions), inner(), inner()]
      return [`${f}(${u[0]}, ${v[0]})`, `${f}(${u[1]}, ${v[1]})`]
    }
    if (r < 0.64) {
      const [f, u] = [among(['sin', 'tanh', 'tanh', 'abs', 'floor']), inner()]
      return [`Math.${f}(${u[0]})`, `${f}(${u[1]})`]
    }
    if (r < 0.68) {
      const [[n, f], u] = [
        among([
          [2, 'sq'],
          [3, 'cube'],
        ] as const),
        inner(),
      ]
      return [`Math.tanh(${u[0]}) ** ${n}`, `${f}(tanh(${u[1]}))`].map((text, i) =>
        i === 0 ? `(${text})` : text,
      ) as unknown as Pair
    }
    if (r < 0.72) {
      const [f, u, v] = [among(['max', 'min']), inner(), inner()]
      return [`Math.${f}(${u[0]}, ${v[0]})`, `${f}(${u[1]}, ${v[1]})`]
    }
    if (r < 0.73) {
      const [f, array, u] = [among(['max', 'min']), among(scope.arrays), inner()]
      return [`Math.${f}(${u[0]}, ...${array})`, `${f}Of([${u[1]}, ...${array.replaceAll('!', '')}])`]
    }
    if (r < 0.76) {
      const [c, u, v] = [test(scope), inner(), inner()]
      return [`(${c[0]} ? ${u[0]} : ${v[0]})`, `(${c[1]} ? ${u[1]} : ${v[1]})`]
    }
    if (r < 0.78) {
      const [array, at, u] = [among(scope.arrays), index(scope), inner()]
      return [`(${array}[${at}] ?? ${u[0]})`, `(${array.replaceAll('!', '')}[${at}] ?? ${u[1]})`]
    }
    if (r < 0.8) {
      const [u, v] = [inner(), inner()]
      const sign = among(['&&', '||'])
      return [
        `(Math.floor(${u[0]}) ${sign} ${v[0]})`,
        sign === '&&' ? `and(floor(${u[1]}), () => ${v[1]})` : `or(floor(${u[1]}), () => ${v[1]})`,
      ]
    }
    if (r < 0.82 && scope.variables.length > 0) {
      // an assignment inside of an expression, beside a use of the same variable
      const [v, u] = [among(scope.variables), inner()]
      return [`(${v} + (${v} = Math.tanh(${u[0]})) * ${v})`, `add(${v}, mul(${v} = tanh(${u[1]}), ${v}))`]
    }
    if (r < 0.825) {
      const [array, u] = [among(scope.arrays), inner()]
      const [plain, find] = [array.replaceAll('!', ''), among(['find', 'findLast'])]
      return [`(${array}.${find}(q => q > 0.2) ?? ${u[0]})`, `(${plain}.${find}(q => val(q) > 0.2) ?? ${u[1]})`]
    }
    if (r < 0.83) {
      const [array, u, v] = [among(scope.arrays), inner(), inner()]
      const [plain, asked] = [array.replaceAll('!', ''), among(['some', 'every'])]
      return [
        `(${array}.${asked}(q => q * 2 > ${u[0]}) ? ${array}.at(-1)! : ${v[0]})`,
        `(${plain}.${asked}(q => val(q) * 2 > val(${u[1]})) ? ${plain}.at(-1) : ${v[1]})`,
      ]
    }
    if (r < 0.84) {
      const array = among(scope.arrays)
      const [u, fold] = [inner(), among(['reduce', 'reduceRight'])]
      return [
        `${array}.${fold}((s, q) => Math.sin(s + q), ${u[0]})`,
        `${array.replaceAll('!', '')}.${fold}((s, q) => sin(add(s, q)), ${u[1]})`,
      ]
    }
    const [u, v] = [inner(), inner()]
    const operator = among(['add', 'sub', 'mul', 'mul', 'div', 'neg', 'mod'])
    if (operator === 'div') return [`(${u[0]} / (1.5 + (${v[0]}) ** 2))`, `div(${u[1]}, add(1.5, sq(${v[1]})))`]
    if (operator === 'mod') return [`(${u[0]} % 1.7)`, `mod(${u[1]}, 1.7)`]
    if (operator === 'neg') return [`(-(${u[0]}))`, `neg(${u[1]})`]
    return [`(${u[0]} ${{ add: '+', sub: '-', mul: '*' }[operator]} ${v[0]})`, `${operator}(${u[1]}, ${v[1]})`]
  }
  const test = (scope: Scope): Pair => {
    if (random() < 0.4) {
      const text = `${index(scope)} % ${2 + below(2)} === ${below(2)}`
      return both(text)
    }
    const [u, c] = [number(scope, 2), (random() - 0.5).toFixed(2)]
    const sign = among(['>', '<', '>=', '<='])
    return [`${u[0]} ${sign} ${c}`, `val(${u[1]}) ${sign} ${c}`]
  }

  // ---- statements

  const block = (head: Pair, scope: Scope, statements: number, first: (scope: Scope) => Scope = each => each) => {
    lines.push([`${head[0]} {`, `${head[1]} {`])
    let inside = first({ ...scope, depth: scope.depth + 1 })
    for (let i = 0; i < statements; i++) inside = statement(inside)
    emit('}')
  }
  const jump = (scope: Scope) => {
    const r = random()
    const c = test(scope)
    if (r < 0.15) lines.push([`if (${c[0]}) break`, `if (${c[1]}) break`])
    else if (r < 0.35) lines.push([`if (${c[0]}) continue`, `if (${c[1]}) continue`])
    else if (r < 0.42) {
      const e = number(scope, 2)
      lines.push([`if (${c[0]}) return ${e[0]}`, `if (${c[1]}) return ${e[1]}`])
    }
  }
  const assigned = (scope: Scope): Scope => {
    const [v, e] = [among(scope.variables), number(scope)]
    const operator = among(['=', '+=', '-=', '*='])
    if (operator === '=') lines.push([`${v} = ${e[0]}`, `${v} = ${e[1]}`])
    else if (operator === '*=') lines.push([`${v} *= Math.tanh(${e[0]})`, `${v} = mul(${v}, tanh(${e[1]}))`])
    else lines.push([`${v} ${operator} ${e[0]}`, `${v} = ${operator === '+=' ? 'add' : 'sub'}(${v}, ${e[1]})`])
    return scope
  }
  const written = (scope: Scope): Scope => {
    const [array, at, e] = [among(scope.own), index(scope), number(scope)]
    const place = `${array}[${at} % ${array}.length]`
    if (random() < 0.5) lines.push([`${place} = Math.tanh(${e[0]})`, `${place} = tanh(${e[1]})`])
    else lines.push([`${place}! += ${e[0]}`, `${place} = add(${place}, ${e[1]})`])
    return scope
  }
  const newArray = (scope: Scope): Scope => {
    const v = fresh('c')
    const e = number(scope, 2)
    const from = among(scope.arrays)
    const plain = from.replaceAll('!', '')
    const kind = below(15)
    if (kind === 0) lines.push([`let ${v} = ${from}.slice()`, `let ${v} = ${plain}.slice()`])
    else if (kind === 1)
      lines.push([`let ${v} = ${from}.map(q => q * ${e[0]})`, `let ${v} = ${plain}.map(q => mul(q, ${e[1]}))`])
    else if (kind === 2) {
      const i = fresh('i')
      lines.push([`let ${v}: number[] = []`, `let ${v} = []`])
      lines.push([
        `for (let ${i} = 0; ${i} < 3; ${i}++) ${v}.push(${e[0]} + ${i})`,
        `for (let ${i} = 0; ${i} < 3; ${i}++) ${v}.push(add(${e[1]}, ${i}))`,
      ])
    } else if (kind === 3)
      lines.push([`let ${v} = new Array<number>(4).fill(${e[0]})`, `let ${v} = new Array(4).fill(${e[1]})`])
    else if (kind === 4) lines.push([`let ${v} = [${e[0]}, ...${from}]`, `let ${v} = [${e[1]}, ...${plain}]`])
    else if (kind === 5) {
      const i = fresh('i')
      lines.push([`let ${v}: number[] = []`, `let ${v} = []`])
      lines.push([
        `for (let ${i} = 0; ${i} < 3; ${i}++) ${v}[${i}] = ${e[0]} * ${i}`,
        `for (let ${i} = 0; ${i} < 3; ${i}++) ${v}[${i}] = mul(${e[1]}, ${i})`,
      ])
    } else if (kind === 6)
      lines.push([
        `let ${v} = Array.from({ length: 3 }, (_, q) => ${e[0]} - q)`,
        `let ${v} = Array.from({ length: 3 }, (_, q) => sub(${e[1]}, q))`,
      ])
    else if (kind === 7)
      lines.push([`let ${v} = ${from}.slice(1).concat([${e[0]}])`, `let ${v} = ${plain}.slice(1).concat([${e[1]}])`])
    else if (kind === 8)
      lines.push([
        `let ${v} = ${from}.toSorted((p, q) => p - q).map((q, k) => q * (k + 1))`,
        `let ${v} = ${plain}.toSorted((p, q) => val(p) - val(q)).map((q, k) => mul(q, k + 1))`,
      ])
    else if (kind === 9)
      lines.push([
        `let ${v} = [...${from}.toReversed(), ${e[0]}].sort((p, q) => Math.abs(q) - Math.abs(p) || p - q)`,
        `let ${v} = [...${plain}.toReversed(), ${e[1]}].sort((p, q) => val(abs(q)) - val(abs(p)) || val(p) - val(q))`,
      ])
    else if (kind === 10)
      lines.push([
        `let ${v} = ${from}.slice(0, 4).flatMap((q, k) => (k > 1 ? [q] : [q, q * ${e[0]}])).reverse()`,
        `let ${v} = ${plain}.slice(0, 4).flatMap((q, k) => (k > 1 ? [q] : [q, mul(q, ${e[1]})])).reverse()`,
      ])
    else if (kind === 11)
      lines.push([
        `let ${v} = [${from}, [${e[0]}]].flat().slice(0, 5).with(-1, ${e[0]})`,
        `let ${v} = [${plain}, [${e[1]}]].flat().slice(0, 5).with(-1, ${e[1]})`,
      ])
    else if (kind === 12) {
      lines.push([`let ${v} = ${from}.slice()`, `let ${v} = ${plain}.slice()`])
      const [at, count] = [below(3), below(2)]
      lines.push([`${v}.splice(${at}, ${count}, ${e[0]}, ${e[0]})`, `${v}.splice(${at}, ${count}, ${e[1]}, ${e[1]})`])
    } else if (kind === 13)
      lines.push([
        `let ${v} = new Array<number>(4).fill(${e[0]}).fill(${from}[0]!, 1, -1)`,
        `let ${v} = new Array(4).fill(${e[1]}).fill(${plain}[0], 1, -1)`,
      ])
    else
      lines.push([
        `let ${v} = [...${from}.filter(q => q > 0), ${e[0]}]`,
        `let ${v} = [...${plain}.filter(q => val(q) > 0), ${e[1]}]`,
      ])
    return { ...scope, arrays: [...scope.arrays, v], own: [...scope.own, v], rebound: [...scope.rebound, v] }
  }
  /** Takes an element out at an end, and may put it back at the other one. */
  const resized = (scope: Scope): Scope => {
    const [array, v] = [among(scope.own), fresh('v')]
    const [take, put] = among([
      ['pop', 'unshift'],
      ['shift', 'push'],
      ['pop', 'push'],
    ] as const)
    const e = number({ ...scope, numbers: [...scope.numbers, v] }, 2)
    emit(`const ${v} = ${array}.length > 1 ? ${array}.${take}()! : ${array}[0]!`)
    lines.push([
      `if (${array}.length < 9) ${array}.${put}(${e[0]})`,
      `if (${array}.length < 9) ${array}.${put}(${e[1]})`,
    ])
    return { ...scope, numbers: [...scope.numbers, v] }
  }
  const swapped = (scope: Scope): Scope => {
    const [p, q] = [among(scope.rebound), among(scope.rebound)]
    if (p === q) return scope
    if (random() < 0.5) emit(`;[${p}, ${q}] = [${q}, ${p}]`)
    else {
      const t = fresh('t')
      emit(`const ${t} = ${p}`)
      emit(`${p} = ${q}`)
      emit(`${q} = ${t}`)
    }
    return scope
  }
  /** A loop that counts, from and to what literals, lengths, outer counters and the inputs say. */
  const countedHead = (i: string, scope: Scope): Pair => {
    const outer = among(scope.counters)
    const length = `${among(scope.arrays)}.length`
    const e = number(scope, 2)
    switch (below(12)) {
      case 0:
        return both(`for (let ${i} = ${2 + below(3)}; ${i} > 0; ${i} -= ${1 + below(2)})`)
      case 1:
        return both2(`for (let ${i} = ${length} - 1; ${i} >= ${below(2)}; ${i}--)`)
      case 2:
        return both2(`for (let ${i} = 0; ${i} < ${length}; ${i}++)`)
      case 3:
        return both(`for (let ${i} = ${outer}; ${i} <= ${outer} * 2 - ${below(2)} && ${i} < 6; ${i}++)`)
      case 4:
        return both(`for (let ${i} = ${outer} + 1; ${i} > ${outer} - ${1 + below(2)} && ${i} > 0; ${i}--)`)
      case 5:
        return both(`for (let ${i} = ${below(2)}; ${i} ${among(['<', '<='])} ${outer} % 4; ${i}++)`)
      case 6:
        return [
          `for (let ${i} = 0; ${i} < 3 * Math.tanh(${e[0]}); ${i}++)`,
          `for (let ${i} = 0; ${i} < 3 * val(tanh(${e[1]})); ${i}++)`,
        ]
      case 7:
        return both(`for (let ${i} = 3; ${i} >= ${outer} % 3; ${i}--)`)
      default:
        return both(`for (let ${i} = 0; ${i} < ${2 + below(3)}; ${i}++)`)
    }
  }
  const loop = (scope: Scope): Scope => {
    const r = random()
    const i = fresh('i')
    const counted = (each: Scope): Scope => {
      jump({ ...each, counters: [...each.counters, i], isInLoop: true })
      return { ...each, counters: [...each.counters, i], isInLoop: true }
    }
    if (r < 0.55) block(countedHead(i, scope), scope, 1 + below(4), counted)
    else if (r < 0.7) {
      const [v, from] = [fresh('v'), among(scope.arrays)]
      emit(`let ${i} = 0`)
      block(
        [`for (const ${v} of ${from}.slice())`, `for (const ${v} of ${from.replaceAll('!', '')}.slice())`],
        scope,
        1 + below(3),
        each => {
          emit(`${i}++`)
          return counted({ ...each, numbers: [...each.numbers, v] })
        },
      )
    } else if (r < 0.8) {
      const [v, from] = [fresh('v'), among(['a', 'b', 'p.w'])]
      block(both(`for (const [${i}, ${v}] of ${from}.entries())`), scope, 1 + below(3), each =>
        counted({ ...each, numbers: [...each.numbers, v] }),
      )
    } else if (r < 0.9) {
      emit(`let ${i} = 0`)
      block(both(`while (${i} < ${2 + below(2)})`), scope, 1 + below(3), each => {
        emit(`${i}++`)
        return counted(each)
      })
    } else {
      emit(`let ${i} = 3`)
      const c = test(scope)
      lines.push(['do {', 'do {'])
      let inside = counted({ ...scope, depth: scope.depth + 1 })
      for (let k = 0; k < 1 + below(2); k++) inside = statement(inside)
      lines.push([`} while (${i}-- > 0 && ${c[0]})`, `} while (${i}-- > 0 && ${c[1]})`])
    }
    return scope
  }
  /** Clauses of numbers, a default among them; some fall through. */
  const switched = (scope: Scope): Scope => {
    const clauses = ['case 0:', 'case 2:', 'default:', 'case 1:'].slice(below(2))
    block(both(`switch (${index(scope)} % 4)`), scope, 0, each => {
      for (const clause of clauses) {
        if (random() < 0.2) emit(clause)
        else
          block(both(clause), each, 1 + below(2), inside => {
            if (each.isInLoop && random() < 0.2) emit('continue')
            else if (random() < 0.6) jumpOut(inside)
            return inside
          })
      }
      return each
    })
    return scope
  }
  const jumpOut = (scope: Scope) => {
    const c = test(scope)
    lines.push([`if (${c[0]}) break`, `if (${c[1]}) break`])
  }
  /** Two loops, of which the inner one ends a turn of the outer one. */
  const labelled = (scope: Scope): Scope => {
    const [i, j, label] = [fresh('i'), fresh('i'), fresh('label')]
    const counted = (each: Scope, counter: string) => ({
      ...each,
      counters: [...each.counters, counter],
      isInLoop: true,
    })
    emit(`${label}:`)
    block(both(`for (let ${i} = 0; ${i} < 3; ${i}++)`), scope, 1, outer => {
      block(both(`for (let ${j} = 0; ${j} < 2; ${j}++)`), counted(outer, i), 1 + below(2), inside => {
        const c = test(inside)
        const to = among(['continue', 'break'])
        lines.push([`if (${c[0]}) ${to} ${label}`, `if (${c[1]}) ${to} ${label}`])
        return counted(inside, j)
      })
      return counted(outer, i)
    })
    return scope
  }
  /** Parts with defaults and a rest, of an array that may be shorter. */
  const takenApart = (scope: Scope): Scope => {
    const [p, q, rest, array, u] = [fresh('v'), fresh('v'), fresh('c'), among(scope.arrays), number(scope, 2)]
    lines.push([
      `let [${p} = 0, ${q} = ${u[0]}, ...${rest}] = ${array}.slice(${below(3)})`,
      `let [${p} = 0, ${q} = ${u[1]}, ...${rest}] = ${array.replaceAll('!', '')}.slice(${0})`,
    ])
    const at = /slice\((\d)\)$/.exec(lines.at(-1)![0])![1]!
    lines[lines.length - 1] = [lines.at(-1)![0], lines.at(-1)![1].replace(/slice\(0\)$/, `slice(${at})`)]
    lines.push([`${rest}.push(${p})`, `${rest}.push(${p})`])
    return {
      ...scope,
      numbers: [...scope.numbers, p, q],
      variables: [...scope.variables, p, q],
      arrays: [...scope.arrays, rest],
      own: [...scope.own, rest],
      rebound: [...scope.rebound, rest],
    }
  }
  /** A function that calls itself for a smaller number, and changes what it captures. */
  const recursive = (scope: Scope): Scope => {
    const [f, w] = [fresh('f'), among(scope.variables)]
    const seen = { ...scope, numbers: ['u', w], variables: [], functions: [], counters: ['n'] }
    const [e, c, d] = [number(seen, 1), test(seen), number(seen, 2)]
    lines.push([
      `const ${f} = (u: number, v: number, n = 2): number => { if (n <= 0 || ${c[0]}) return u * v; ${w} = Math.tanh(${w} + ${d[0]}); return ${f}(Math.tanh(${e[0]}), u, n - 1) + ${f}(v, ${w}, n - 2) * u }`,
      `const ${f} = (u, v, n = 2) => { if (n <= 0 || ${c[1]}) return mul(u, v); ${w} = tanh(add(${w}, ${d[1]})); return add(${f}(tanh(${e[1]}), u, n - 1), mul(${f}(v, ${w}, n - 2), u)) }`,
    ])
    return { ...scope, functions: [...scope.functions, f] }
  }
  const defined = (scope: Scope): Scope => {
    const f = fresh('f')
    const r = random()
    const seen: Scope = {
      ...scope,
      numbers: ['u', 'v', ...scope.numbers.slice(-2)],
      functions: [],
      variables: [],
      counters: ['1'],
    }
    if (r < 0.4) {
      const e = number(seen, 1)
      lines.push([`const ${f} = (u: number, v = 0.3): number => ${e[0]}`, `const ${f} = (u, v = 0.3) => ${e[1]}`])
    } else if (r < 0.7 && scope.variables.length > 0) {
      // changes what it captures
      const [w, e] = [among(scope.variables), number(seen, 2)]
      lines.push([
        `const ${f} = (u: number, v: number): number => { if (u > v) return ${w} * u; ${w} += ${e[0]} * 0.5; return ${w} }`,
        `const ${f} = (u, v) => { if (val(u) > val(v)) return mul(${w}, u); ${w} = add(${w}, mul(${e[1]}, 0.5)); return ${w} }`,
      ])
    } else {
      const e = number(seen, 2)
      lines.push([
        `const ${f} = (u: number, v: number): number => { u = u * v; for (let k = 0; k < 3; k++) { u += ${e[0]}; if (u > 1) return u - v } return Math.sin(u) }`,
        `const ${f} = (u, v) => { u = mul(u, v); for (let k = 0; k < 3; k++) { u = add(u, ${e[1]}); if (val(u) > 1) return sub(u, v) } return sin(u) }`,
      ])
    }
    return { ...scope, functions: [...scope.functions, f] }
  }

  const statement = (scope: Scope): Scope => {
    const r = random()
    if (r < 0.14) {
      const [v, e] = [fresh('v'), number(scope)]
      lines.push([`let ${v} = ${e[0]}`, `let ${v} = ${e[1]}`])
      return { ...scope, numbers: [...scope.numbers, v], variables: [...scope.variables, v] }
    }
    if (r < 0.28 && scope.variables.length > 0) return assigned(scope)
    if (r < 0.4 && scope.own.length > 0) return written(scope)
    if (r < 0.48) return newArray(scope)
    if (r < 0.52 && scope.rebound.length > 1) return swapped(scope)
    if (r < 0.55 && scope.rebound.length > 0 && scope.depth > 0) {
      const [p, q, c] = [among(scope.rebound), among(scope.own), test(scope)]
      lines.push([`if (${c[0]}) ${p} = ${q}`, `if (${c[1]}) ${p} = ${q}`])
      return scope
    }
    if (r < 0.57 && scope.own.length > 0) {
      const [p, e] = [among(scope.own), number(scope, 2)]
      lines.push([`if (${p}.length < 9) ${p}.push(${e[0]})`, `if (${p}.length < 9) ${p}.push(${e[1]})`])
      return scope
    }
    if (r < 0.585 && scope.own.length > 0) return resized(scope)
    if (r < 0.6) {
      const [g, p, q] = [fresh('g'), among(scope.own.length > 0 ? scope.own : scope.arrays), among(scope.arrays)]
      const [u, v] = [number(scope, 3), number(scope, 3)]
      const plain = p.replaceAll('!', '')
      if (random() < 0.5 && scope.own.length > 0)
        // rows that are arrays of the program: two names for one memory
        lines.push([`const ${g} = [${p}, [${u[0]}, ${v[0]}]]`, `const ${g} = [${plain}, [${u[1]}, ${v[1]}]]`])
      else lines.push([`const ${g} = [[${u[0]}, 1], [2, ${v[0]}]]`, `const ${g} = [[${u[1]}, 1], [2, ${v[1]}]]`])
      void q
      return { ...scope, grids: [...scope.grids, g] }
    }
    if (r < 0.63 && scope.grids.length > 0) {
      const [g, e] = [among(scope.grids), number(scope, 2)]
      const place = `${g}[${index(scope)} % 2]![${below(2)}]`
      lines.push([`${place} = ${e[0]}`, `${place.replace('!', '')} = ${e[1]}`])
      return scope
    }
    if (r < 0.66) {
      const [record, u, v] = [fresh('r'), number(scope, 2), number(scope, 2)]
      const [older, kind] = [scope.records.at(-1), random()]
      if (older !== undefined && kind < 0.4)
        lines.push([`const ${record} = { ...${older}, t: ${u[0]} }`, `const ${record} = { ...${older}, t: ${u[1]} }`])
      else if (older !== undefined && kind < 0.7) emit(`const ${record} = ${older}`)
      else lines.push([`const ${record} = { s: ${u[0]}, t: ${v[0]} }`, `const ${record} = { s: ${u[1]}, t: ${v[1]} }`])
      return { ...scope, records: [...scope.records, record] }
    }
    if (r < 0.7 && scope.records.length > 0) {
      const [record, field, e] = [among(scope.records), among(['s', 't']), number(scope, 2)]
      lines.push([`${record}.${field} -= ${e[0]}`, `${record}.${field} = sub(${record}.${field}, ${e[1]})`])
      return scope
    }
    if (r < 0.72) {
      const [array, v, e] = [fresh('h'), fresh('v'), number(scope, 2)]
      lines.push([`const ${array}: number[] = []`, `const ${array} = []`])
      lines.push([`${array}[${below(3)}] = ${e[0]}`, `${array}[${lines.length > 0 ? 0 : 0}] = ${e[1]}`])
      // the same place in both forms
      const at = /\[(\d)\] =/.exec(lines.at(-1)![0])![1]
      lines[lines.length - 1] = [lines.at(-1)![0], `${array}[${at}] = ${e[1]}`]
      const read = index(scope)
      const u = number(scope, 3)
      lines.push([`const ${v} = ${array}[${read} % 3] ?? ${u[0]}`, `const ${v} = ${array}[${read} % 3] ?? ${u[1]}`])
      return { ...scope, numbers: [...scope.numbers, v] }
    }
    if (r < 0.735) return takenApart(scope)
    if (r < 0.737) {
      // an unknown function, which changes what an inactive number is read from
      const [bag, v, at] = [fresh('bag'), fresh('v'), index(scope)]
      emit(`const ${bag} = { n: ${at} }`)
      emit(`const ${v} = ${bag}.n * 0.5`)
      emit(`Object.assign(${bag}, { n: ${v} + 1 })`)
      return { ...scope, numbers: [...scope.numbers, v, `${bag}.n`] }
    }
    if (scope.depth > 2) return scope
    if (r < 0.75) return switched(scope)
    if (r < 0.76) return labelled(scope)
    if (r < 0.82) {
      const c = test(scope)
      block([`if (${c[0]})`, `if (${c[1]})`], scope, 1 + below(3), each => {
        if (scope.isInLoop) jump(each)
        return each
      })
      if (random() < 0.5) block(both('else'), scope, 1 + below(2))
      return scope
    }
    if (r < 0.94) return loop(scope)
    if (scope.depth === 0) return random() < 0.3 && scope.variables.length > 0 ? recursive(scope) : defined(scope)
    return scope
  }

  emit('let s = x * y', 'let s = mul(x, y)')
  let scope: Scope = { ...outermost, numbers: [...outermost.numbers, 's'], variables: ['s'] }
  for (let i = 0; i < 5 + below(7); i++) scope = statement(scope)
  for (const each of scope.own)
    lines.push([`for (const v of ${each}) s += v * 0.3`, `for (const v of ${each}) s = add(s, mul(v, 0.3))`])
  for (const each of scope.records) lines.push([`s += ${each}.s * ${each}.t`, `s = add(s, mul(${each}.s, ${each}.t))`])
  const last = number(scope, 1)
  lines.push([`return s + ${last[0]}`, `return add(s, ${last[1]})`])

  const name = `program${seed}`
  const parameters = 'x: number, y: number, a: number[], b: number[], m: number[][], p: Parameters'
  const text = (form: 0 | 1) => lines.map(each => `  ${each[form]}`).join('\n')
  return { name, numbers: `export function ${name}(${parameters}): number {\n${text(0)}\n}`, duals: text(1) }
}
