/**
 * The first half of a derivative's text: the function as it is, which keeps partials, places, choices and numbers of turns in lists.
 * It must not know how they are used.
 */
import { placedAt, textOfLine, type WrittenLine } from './placed.ts'
import { type Atom, isVariable, type Statement, type Statements, type Variable } from './structured.ts'
import {
  endsInThrow,
  filledIn,
  inside,
  isLoadedBack,
  isReversed,
  isScalar,
  isShadowedHere,
  isStable,
  keptPartials,
  memberText,
  operand,
  operationTextsOf,
  shadowOf,
  type Writing,
} from './writing.ts'

export function forwardLines(writing: Writing, statements: Statements): WrittenLine[] {
  const lines: WrittenLine[] = []
  /** Since the last choice or loop. */
  let straight: WrittenLine[] = []
  for (const each of statements) {
    const own = placedAt(forwardOf(writing, each), each.at)
    if (each.k === 'if' || each.k === 'loop') {
      lines.push(...withRoom(straight), ...own)
      straight = []
    } else straight.push(...own)
    // what follows never runs
    if (each.k === 'throw') break
  }
  return [...lines, ...withRoom(straight)]
}

const keptLine = (text: string) => `T[sp++] = ${text}`

/** Lines that all run, behind a test of whether the tape has room for what they keep. */
function withRoom(lines: readonly WrittenLine[]): readonly WrittenLine[] {
  const count = lines.filter(line => textOfLine(line).startsWith('T[sp++]')).length
  return count === 0 ? lines : [`if (sp + ${count} > T.length) T = $.grown(T)`, ...lines]
}

function forwardOf(writing: Writing, each: Statement): WrittenLine[] {
  const { memory, name, shadow } = writing
  switch (each.k) {
    case 'set': {
      const value = operand(writing, each.from)
      const isShadowed = each.target.kind === 'reference' && memory.isShadowed(each.target)
      return [
        `${name(each.target)} = ${value}`,
        ...(isShadowed ? [`${shadow(each.target)} = ${shadowOf(writing, each.from)}`] : []),
      ]
    }
    case 'operation': {
      const { value } = operationTextsOf(writing, each)
      const partials = memory.isActive(each.target) ? keptPartials(writing, each).kept : []
      return [`${name(each.target)} = ${value}`, ...partials.map(keptLine)]
    }
    case 'constant':
      return [`${name(each.target)} = ${filledIn(writing, each.text)}`]
    case 'throw':
      return [`throw ${filledIn(writing, each.text)}`]
    case 'effect':
      return [`${each.target ? `${name(each.target)} = ` : ''}${filledIn(writing, each.text)}`]
    case 'call':
      return [calledLine(writing, each)]
    case 'shrink':
      return [`${name(each.of)}.length = ${operand(writing, each.to)}`]
    case 'dense':
      return [`if (!(${operand(writing, each.key)} in ${name(each.of)})) $.hole()`]
    case 'make':
      return madeLines(writing, each)
    case 'load': {
      const isShadowed = each.target.kind === 'reference' && memory.isShadowed(each.target)
      const read = `${name(each.target)} = ${memberText(writing, name(each.from), each.key)}`
      if (!isShadowed) return [read, ...keptPlace(writing, each.from, each.key, isLoadedBack(writing, each))]
      const object = shadow(each.from)
      const found = memberText(writing, object, each.key)
      return [
        read,
        `${shadow(each.target)} = ${memory.mayLackShadow(each.from) ? `${object} === undefined ? undefined : ${found}` : found}`,
      ]
    }
    case 'store':
      return storedLines(writing, each)
    case 'push':
      return pushedLines(writing, each)
    case 'if':
      return choiceLines(writing, each)
    case 'loop':
      return loopLines(writing, each)
  }
}

/** Each array or record goes with its shadow. */
function calledLine(writing: Writing, { target, unit, operands }: Statement & { k: 'call' }): string {
  const { memory, name, shadow, units } = writing
  const called = units[unit]!
  const passed = called.parameters.flatMap((parameter, i) => [
    operand(writing, operands[i]!),
    ...(isShadowedHere(writing, parameter) ? [shadowOf(writing, operands[i]!)] : []),
  ])
  const call = `${writing.unit(called)}(${passed.join(', ')})`
  if (!target) return call
  if (!isShadowedHere(writing, called.result)) return `${name(target)} = ${call}`
  return memory.isShadowed(target) ? `;[${name(target)}, ${shadow(target)}] = ${call}` : `${name(target)} = ${call}[0]`
}

/** Keeps the key and the shadow of a place, in so far as they are not at hand backwards. */
function keptPlace(writing: Writing, object: Variable, key: Atom, isDue: boolean): WrittenLine[] {
  if (!isDue) return []
  return [
    ...(isStable(writing, key) ? [] : [keptLine(operand(writing, key))]),
    ...(isStable(writing, object) ? [] : [`R.push(${writing.shadow(object)})`]),
  ]
}

function madeLines({ memory, name, shadow }: Writing, each: Statement & { k: 'make' }): WrittenLine[] {
  const { target, of, length, fill } = each
  const count = length === undefined ? '' : isVariable(length) ? name(length) : length
  const made = { array: '[]', record: '{}', typed: `new Float64Array(${count})` }[of]
  const isShadowed = memory.isShadowed(target)
  return [
    `${name(target)} = ${made}${fill === undefined ? '' : `.fill(${fill})`}`,
    ...(isShadowed ? [`${shadow(target)} = ${made}${of === 'typed' ? '.fill(-0)' : ''}`] : []),
  ]
}

function storedLines(writing: Writing, { to, key, from }: Statement & { k: 'store' }): WrittenLine[] {
  const { memory, name, shadow } = writing
  const write = `${memberText(writing, name(to), key)} = ${operand(writing, from)}`
  if (!memory.isShadowed(to)) return [write]
  const value = isScalar(from) ? '-0' : shadowOf(writing, from)
  const test = memory.mayLackShadow(to) ? `if (${shadow(to)} !== undefined) ` : ''
  return [
    write,
    `${test}${memberText(writing, shadow(to), key)} = ${value}`,
    ...keptPlace(writing, to, key, isScalar(from)),
  ]
}

function pushedLines(writing: Writing, { to, from }: Statement & { k: 'push' }): WrittenLine[] {
  const { memory, name, shadow } = writing
  const write = `${name(to)}.push(${operand(writing, from)})`
  if (!memory.isShadowed(to)) return [write]
  const test = memory.mayLackShadow(to) ? `if (${shadow(to)} !== undefined) ` : ''
  const shadowed = `${test}${shadow(to)}.push(${isScalar(from) ? '-0' : shadowOf(writing, from)})`
  if (!isScalar(from)) return [write, shadowed]
  return [write, shadowed, keptLine(`${name(to)}.length - 1`), ...keptPlace(writing, to, '0', true)]
}

function choiceLines(
  writing: Writing,
  { test, whenTrue: then, whenFalse: otherwise }: Statement & { k: 'if' },
): WrittenLine[] {
  const isKept = isReversed(writing, then) || isReversed(writing, otherwise)
  const mark = (side: Statements, value: number) =>
    isKept && !endsInThrow(side) ? withRoom([keptLine(`${value}`)]) : []
  const [yes, no] = [
    [...forwardLines(writing, then), ...mark(then, 1)],
    [...forwardLines(writing, otherwise), ...mark(otherwise, 0)],
  ]
  const condition = operand(writing, test)
  if (yes.length === 0) return [`if (!${condition}) {`, ...inside(no), '}']
  return [`if (${condition}) {`, ...inside(yes), ...(no.length > 0 ? ['} else {', ...inside(no)] : []), '}']
}

function loopLines(writing: Writing, loop: Statement & { k: 'loop' }): WrittenLine[] {
  const { before, test, body } = loop
  const isKept = isReversed(writing, body) || isReversed(writing, before)
  const turns = writing.turns(loop)
  return [
    ...(isKept ? [`let ${turns} = 0`] : []),
    'while (true) {',
    ...inside([
      ...forwardLines(writing, before),
      ...(test === 'true' ? [] : [`if (!${operand(writing, test)}) break`]),
      ...forwardLines(writing, body),
      ...(isKept && !endsInThrow(body) ? [`${turns}++`] : []),
    ]),
    '}',
    ...(isKept ? withRoom([keptLine(turns)]) : []),
  ]
}
