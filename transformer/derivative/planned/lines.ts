/**
 * The statements of generated text, and how they are spelled: each variable gets a name that nothing else has where it is seen.
 * It must not know what they compute.
 */
import { indented, type Placed, type PlacedLine, placedAt, type WrittenLine } from '../placed.ts'
import { type Formula, formulaText, type Local } from './formulas.ts'

export type Line = LineKind & Placed

type LineKind =
  | { readonly k: 'declare'; readonly local: Local; readonly value?: Formula; readonly type?: string }
  | { readonly k: 'assign'; readonly to: Formula; readonly sign: '=' | '+=' | '-='; readonly value: Formula }
  | { readonly k: 'do'; readonly value: Formula }
  /** A word with a value behind it: throw, return, break. */
  | { readonly k: 'end'; readonly word: string; readonly value?: Formula }
  | {
      readonly k: 'if'
      readonly test: Formula
      readonly whenTrue: readonly Line[]
      readonly whenFalse: readonly Line[]
    }
  | {
      readonly k: 'for'
      readonly counter: Local
      readonly from: Formula
      readonly test: Formula
      readonly step: '++' | '--'
      readonly body: readonly Line[]
    }
  | { readonly k: 'while'; readonly test: Formula; readonly body: readonly Line[] }
  /** Lines of the same block, for which a place was kept. */
  | { readonly k: 'group'; readonly lines: readonly Line[] }
  | {
      readonly k: 'function'
      readonly local: Local
      readonly parameters: readonly Local[]
      readonly body: readonly Line[]
    }

/** Says of the lines from an index on where they come from. */
export function placeLines(lines: Line[], from: number, at: Line['at']): void {
  for (let i = from; i < lines.length; i++) lines[i] = { ...lines[i]!, at: lines[i]!.at ?? at }
}

export function blocksIn(line: Line): readonly (readonly Line[])[] {
  switch (line.k) {
    case 'if':
      return [line.whenTrue, line.whenFalse]
    case 'for':
    case 'while':
    case 'function':
      return [line.body]
    case 'group':
      return [line.lines]
    default:
      return []
  }
}

/** What a line itself reads and writes, without the lines inside of it. */
export function formulasIn(line: Line): readonly Formula[] {
  switch (line.k) {
    case 'declare':
    case 'end':
      return line.value ? [line.value] : []
    case 'assign':
      return [line.to, line.value]
    case 'do':
      return [line.value]
    case 'if':
    case 'while':
      return [line.test]
    case 'for':
      return [line.from, line.test]
    case 'group':
    case 'function':
      return []
  }
}

/** Words that are no names, and those of JavaScript that the text uses. */
const RESERVED =
  'Object Math Number NaN Infinity undefined Array Float64Array Error TypeError RangeError arguments eval isNaN isFinite ' +
  'await async break case catch class const continue debugger default delete do else enum export extends false finally for ' +
  'function if implements import in instanceof interface let new null package private protected public return static super ' +
  'switch this throw true try typeof var void while with yield any'

/** The text of lines; `taken` are the names that it must leave to what it reads from outside, `known` has those of the parameters. */
export function spelledLines(
  lines: readonly Line[],
  taken: Iterable<string>,
  parameters: readonly Local[],
): { readonly names: readonly string[]; readonly lines: readonly PlacedLine[] } {
  const names = new Map<Local, string>()
  const reserved = new Set([...RESERVED.split(' '), ...taken])
  const named = (local: Local, seen: ReadonlySet<string>) => {
    const wanted = local.wanted.replace(/[^\p{ID_Continue}$]/gu, '').replace(/^(?!\p{ID_Start}|[$_])/u, '_')
    let name = wanted
    for (let i = 2; reserved.has(name) || seen.has(name); i++) name = `${wanted}${i}`
    names.set(local, name)
    return name
  }
  const nameOf = (local: Local) => {
    const name = names.get(local)
    if (name === undefined) throw new Error(`a derivative reads '${local.wanted}' before its declaration`)
    return name
  }
  const formula = (of: Formula) => formulaText(of, nameOf)
  const block = (all: readonly Line[], outer: ReadonlySet<string>): PlacedLine[] => {
    const seen = new Set(outer)
    return all.flatMap(each => one(each, seen))
  }
  const inside = (all: readonly Line[], seen: ReadonlySet<string>) => indented(block(all, seen), '  ')
  const one = (line: Line, seen: Set<string>): PlacedLine[] => placedAt(spelled(line, seen), line.at)
  const spelled = (line: Line, seen: Set<string>): WrittenLine[] => {
    switch (line.k) {
      case 'declare': {
        const value = line.value && formula(line.value)
        const name = named(line.local, seen)
        seen.add(name)
        const word = value === undefined || line.local.isAssigned ? 'let' : 'const'
        return [`${word} ${name}${line.type ? `: ${line.type}` : ''}${value === undefined ? '' : ` = ${value}`}`]
      }
      case 'assign':
        return [assignmentText(line, formula)]
      case 'do':
        return [formula(line.value)]
      case 'end':
        return [line.value ? `${line.word} ${formula(line.value)}` : line.word]
      case 'if': {
        const [test, whenTrue] = [formula(line.test), inside(line.whenTrue, seen)]
        const whenFalse = inside(line.whenFalse, seen)
        if (whenFalse.length > 0) return [`if (${test}) {`, ...whenTrue, '} else {', ...whenFalse, '}']
        return whenTrue.length === 1
          ? [{ ...whenTrue[0]!, text: `if (${test}) ${whenTrue[0]!.text.trim()}` }]
          : [`if (${test}) {`, ...whenTrue, '}']
      }
      case 'for': {
        const from = formula(line.from)
        const within = new Set(seen)
        const name = named(line.counter, within)
        within.add(name)
        return [
          `for (let ${name} = ${from}; ${formula(line.test)}; ${name}${line.step}) {`,
          ...inside(line.body, within),
          '}',
        ]
      }
      case 'while':
        return [`while (${formula(line.test)}) {`, ...inside(line.body, seen), '}']
      case 'group':
        return line.lines.flatMap(each => one(each, seen))
      case 'function': {
        const within = new Set(seen)
        const parameters = line.parameters.map(each => {
          const own = named(each, within)
          within.add(own)
          return `${own}: any`
        })
        return [`const ${nameOf(line.local)} = (${parameters.join(', ')}): any => {`, ...inside(line.body, within), '}']
      }
    }
  }
  const seen = new Set<string>()
  const own = parameters.map(each => {
    const name = named(each, seen)
    seen.add(name)
    return name
  })
  // functions may call each other
  for (const each of lines) if (each.k === 'function') seen.add(named(each.local, seen))
  const text = lines.flatMap(each => one(each, seen))
  return { names: own, lines: text.map(each => ({ ...each, text: apart(each.text) })) }
}

/** A line that begins so would go on with the one before. */
const apart = (line: string) => line.replace(/^(\s*)(?=[[(`])/, '$1;')

/** `s += e` for `s = s + e`, `y *= k` for `y = y * k`. */
function assignmentText({ to, sign, value }: Line & { k: 'assign' }, formula: (of: Formula) => string): string {
  const target = formula(to)
  if (sign === '=' && value.k === 'binary' && /^[-+*/]$/.test(value.sign) && formula(value.left) === target) {
    if (value.right.k === 'text' && value.right.text === '1' && /^[-+]$/.test(value.sign))
      return `${target}${value.sign}${value.sign}`
    return `${target} ${value.sign}= ${formula(value.right)}`
  }
  // a - of a whole term goes to the sign
  if (sign === '+=' && value.k === 'unary' && value.sign === '-') return `${target} -= ${formula(value.of)}`
  return `${target} ${sign} ${formula(value)}`
}
