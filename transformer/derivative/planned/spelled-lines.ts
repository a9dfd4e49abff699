/**
 * How the statements of generated text are spelled: each variable gets a name that nothing else has where it is seen.
 * It must not know what they compute.
 */
import { indented, type PlacedLine, placedAt, type WrittenLine } from '../placed.ts'
import { formulaText, isOuter } from './formulas/spelled.ts'
import type { Formula, Local } from './formulas.ts'
import type { Line } from './lines.ts'
import { narrowedLocals } from './narrowed.ts'

/** Words that are no names, and those of JavaScript that the text uses. */
const RESERVED =
  'Object Math Number NaN Infinity undefined Array Float64Array Error TypeError RangeError arguments eval isNaN isFinite ' +
  'await async break case catch class const continue debugger default delete do else enum export extends false finally for ' +
  'function if implements import in instanceof interface let new null package private protected public return static super ' +
  'switch this throw true try typeof var void while with yield any'

/** The names that are seen at a place. */
type Seen = Set<string>

interface LineSpelling {
  /** Gives a variable a name that is not seen, which is seen from now on. */
  declared(local: Local, seen: Seen): string
  nameOf(local: Local): string
  /** The type that a variable is declared with; undefined for that of its value. */
  typeOf(line: Line & { k: 'declare' }): string | undefined
  formula(of: Formula): string
}

/** The text of lines; `taken` are the names that it must leave to what it reads from outside, `known` has those of the parameters. */
export function spelledLines(
  lines: readonly Line[],
  taken: Iterable<string>,
  parameters: readonly Local[],
): { readonly names: readonly string[]; readonly lines: readonly PlacedLine[] } {
  const spelling = spellingOf(taken, narrowedLocals(lines))
  const seen: Seen = new Set()
  const own = parameters.map(each => spelling.declared(each, seen))
  // functions may call each other
  for (const each of lines) if (each.k === 'function') spelling.declared(each.local, seen)
  const text = lines.flatMap(each => one(spelling, each, seen))
  return { names: own, lines: text.map(each => ({ ...each, text: apart(each.text) })) }
}

function spellingOf(taken: Iterable<string>, narrowed: ReadonlySet<Local>): LineSpelling {
  const names = new Map<Local, string>()
  const reserved = new Set([...RESERVED.split(' '), ...taken])
  const nameOf = (local: Local) => {
    const name = names.get(local)
    if (name === undefined) throw new Error(`a derivative reads '${local.wanted}' before its declaration`)
    return name
  }
  return {
    declared(local, seen) {
      const wanted = local.wanted.replace(/[^\p{ID_Continue}$]/gu, '').replace(/^(?!\p{ID_Start}|[$_])/u, '_')
      let name = wanted
      for (let i = 2; reserved.has(name) || seen.has(name); i++) name = `${wanted}${i}`
      names.set(local, name)
      seen.add(name)
      return name
    },
    nameOf,
    typeOf: ({ local, type, value }) => type ?? (narrowed.has(local) || (value && isOuter(value)) ? 'any' : undefined),
    formula: of => formulaText(of, nameOf),
  }
}

const one = (spelling: LineSpelling, line: Line, seen: Seen): PlacedLine[] =>
  placedAt(spelled(spelling, line, seen), line.at)

/** The lines of a block inside of another one. */
function inside(spelling: LineSpelling, all: readonly Line[], outer: Seen): PlacedLine[] {
  const seen = new Set(outer)
  return indented(
    all.flatMap(each => one(spelling, each, seen)),
    '  ',
  )
}

function spelled(spelling: LineSpelling, line: Line, seen: Seen): WrittenLine[] {
  const { formula } = spelling
  switch (line.k) {
    case 'declare':
      return [declaration(spelling, line, seen)]
    case 'assign':
      return [assignmentText(line, formula)]
    case 'do':
      return [formula(line.value)]
    case 'end':
      return [line.value ? `${line.word} ${formula(line.value)}` : line.word]
    case 'if':
      return choiceLines(spelling, line, seen)
    case 'for': {
      const from = formula(line.from)
      const within = new Set(seen)
      const name = spelling.declared(line.counter, within)
      const head = `for (let ${name} = ${from}; ${formula(line.test)}; ${name}${line.step}) {`
      return [head, ...inside(spelling, line.body, within), '}']
    }
    case 'while':
      return [`while (${formula(line.test)}) {`, ...inside(spelling, line.body, seen), '}']
    case 'group':
      return line.lines.flatMap(each => one(spelling, each, seen))
    case 'function': {
      const within = new Set(seen)
      const parameters = line.parameters.map(each => `${spelling.declared(each, within)}: any`)
      const head = `const ${spelling.nameOf(line.local)} = (${parameters.join(', ')}): any => {`
      return [head, ...inside(spelling, line.body, within), '}']
    }
  }
}

function declaration(spelling: LineSpelling, line: Line & { k: 'declare' }, seen: Seen): string {
  const { local, value } = line
  const type = spelling.typeOf(line)
  const text = value && spelling.formula(value)
  const name = spelling.declared(local, seen)
  const word = text === undefined || local.isAssigned ? 'let' : 'const'
  return `${word} ${name}${type ? `: ${type}` : ''}${text === undefined ? '' : ` = ${text}`}`
}

function choiceLines(spelling: LineSpelling, line: Line & { k: 'if' }, seen: Seen): WrittenLine[] {
  const test = spelling.formula(line.test)
  const [whenTrue, whenFalse] = [line.whenTrue, line.whenFalse].map(each => inside(spelling, each, seen)) as [
    PlacedLine[],
    PlacedLine[],
  ]
  if (whenFalse.length > 0) return [`if (${test}) {`, ...whenTrue, '} else {', ...whenFalse, '}']
  return whenTrue.length === 1
    ? [{ ...whenTrue[0]!, text: `if (${test}) ${whenTrue[0]!.text.trim()}` }]
    : [`if (${test}) {`, ...whenTrue, '}']
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
