/**
 * The text of a derivative. What calls itself, or returns more than one number: the function itself, which keeps the partial of each operation, and the same backwards, which adds up.
 * Everything that is read backwards was kept, so memory that is written again needs no care. It must not know TypeScript's trees.
 *
 * An adjoint is -0 as long as nothing arrived, as on the tape (runtime/engine/node.ts). Source: Griewank & Walther, "Evaluating
 * Derivatives", 2008, chapter 3 (reverse mode) and section 4.2 (what is kept).
 */

import { backwardLines } from './backward.ts'
import { forwardLines } from './forward.ts'
import { memoryOf } from './memory.ts'
import { createNames } from './names.ts'
import { indented, type LoopStorage, type PlacedText, placedText, textOfLine, type WrittenLine } from './placed.ts'
import type { DerivativeSettings } from './planned/settings.ts'
import { isPlanned, plannedText } from './planned/text.ts'
import {
  type Atom,
  allIn,
  isSeen,
  isVariable,
  type Statements,
  type StructuredFunction,
  targetsIn,
  type Variable,
  withoutUnused,
} from './structured.ts'
import { tangentOf } from './tangent.ts'
import { adjointsOf, declaration, functionText, localsOf, unitFunctions } from './units.ts'
import { operand, type Writing } from './writing.ts'

/**
 * The arrow `($, seed, x) => { … }`, which returns the value and a gradient for each input; `seed` of the value is its cotangent.
 * `taken` are the names that it must leave to what it reads from outside.
 */
export function adjointText(
  entered: StructuredFunction,
  taken: Iterable<string>,
  indent: string,
  settings: DerivativeSettings,
): PlacedText {
  if (isPlanned(entered)) return plannedText(entered, taken, indent, settings)
  const f = withoutUnused(entered)
  const writing: Writing = { memory: memoryOf(f), stable: stableIn(f), units: f.units, ...createNames(taken) }
  const { name, adjoint, shadow } = writing
  const value = operand(writing, f.result)
  const gradients = f.inputs.map(each => (each.kind === 'scalar' ? adjoint(each) : shadow(each)))
  const functions = f.units.flatMap((_, place) => unitFunctions(writing, f, place))
  const own = new Set(functions.flatMap(({ locals, read }) => [...locals, ...read]))
  const targets = [...targetsIn(allIn(f))]
  const locals = localsOf(writing, targets).filter(each => !own.has(each))
  const adjoints = adjointsOf(writing, targets).filter(each => !own.has(each))
  const main = [...forwardLines(writing, f.body), ...seedLines(writing, f.result, backwardLines(writing, f.body))]
  const kept = withoutUnread(
    [...functions.map(({ lines }) => lines), main],
    [...locals, ...adjoints, ...own],
    [value, ...gradients, ...functions.flatMap(({ read }) => read), ...drawnIn(f).map(name)],
  )
  const run = [...functions.flatMap((each, i) => functionText(each, kept[i]!)), ...kept.at(-1)!]
  const text = run.map(textOfLine).join('\n')
  const keeps = /\bT\[/.test(text)
  const lines = [
    ...([...allIn(f)].some(isSeen) ? ['$.once()'] : []),
    ...f.inputs.map((each, i) => `let ${gradients[i]}: any = $.zeros(${name(each)})`),
    ...declaration(text, locals, ': any'),
    ...declaration(text, adjoints, ' = -0'),
    ...(keeps ? ['let T = $.tape(), sp = 0'] : []),
    ...(/\bR\.p/.test(text) ? ['const R: any[] = []'] : []),
    ...run,
    ...(keeps ? ['$.free(T)'] : []),
    `return [${value}, $.settled([${gradients.join(', ')}]) as any]`,
  ]
  return arrow(['$', 'seed', ...f.parameters.map(name)], lines, indent, unplannedLoops(f))
}

/** Here each operation keeps its partials. */
const unplannedLoops = (f: StructuredFunction): readonly LoopStorage[] =>
  [...allIn(f)].flatMap(({ k, at }) => (k === 'loop' ? [{ at, kept: undefined, countsTurns: true }] : []))

const arrow = (
  parameters: readonly string[],
  lines: readonly WrittenLine[],
  indent: string,
  loops: readonly LoopStorage[],
): PlacedText => {
  const head = `(${parameters.map(each => `${each}: any`).join(', ')}) => {`
  return placedText([head, ...indented(lines, `${indent}  `), `${indent}}`], loops)
}

/** Backwards from the cotangent of the result. */
function seedLines(writing: Writing, result: Atom, backward: readonly WrittenLine[]): readonly WrittenLine[] {
  const { memory, adjoint, shadow } = writing
  const value = operand(writing, result)
  if (!isVariable(result)) return [`seed(${value})`]
  if (memory.isActive(result)) return [`${adjoint(result)} = seed(${value})`, ...backward]
  if (result.kind === 'scalar' || !memory.isShadowed(result)) return [`seed(${value})`]
  return [`$.seeded(${shadow(result)}, seed(${value}), ${value})`, ...backward]
}

/** The arrow `($, x, xDot) => { … }`, which returns the value and its derivative along the direction. */
export function tangentText(entered: StructuredFunction, taken: Iterable<string>, indent: string): PlacedText {
  const moving = tangentOf(entered)
  const pair: Variable = { wanted: 'pair', kind: 'reference', isFixed: true }
  const returned: Statements = [moving.result, moving.tangent].map(from => ({ k: 'push', to: pair, from }))
  // nothing is derived, so nothing is kept
  const f = withoutUnused({ ...moving, inputs: [], body: [...moving.body, ...returned], result: pair })
  const writing: Writing = { memory: memoryOf(f), stable: stableIn(f), units: f.units, ...createNames(taken) }
  const { name } = writing
  const functions = f.units.flatMap((_, place) => unitFunctions(writing, f, place))
  const own = new Set(functions.flatMap(({ locals, read }) => [...locals, ...read]))
  const locals = localsOf(writing, targetsIn(allIn(f))).filter(each => !own.has(each))
  const run = [
    ...functions.flatMap(each => functionText(each, each.lines)),
    ...forwardLines(writing, f.body.slice(0, -returned.length)),
  ]
  const lines = [
    ...declaration(run.map(textOfLine).join('\n'), locals, ': any'),
    ...run,
    `return [${operand(writing, moving.result)}, ${operand(writing, moving.tangent)}]`,
  ]
  return arrow(['$', ...f.parameters.map(name)], lines, indent, [])
}

/** The arrow `($, seed, x, xDot) => { … }`: the gradient, by the inputs alone, of the derivative along a direction. */
export function curvatureText(
  entered: StructuredFunction,
  taken: Iterable<string>,
  indent: string,
  settings: DerivativeSettings,
): PlacedText {
  const moving = tangentOf(entered)
  return adjointText({ ...moving, result: moving.tangent }, taken, indent, settings)
}

/** Values that were taken once, though nobody may read them in the end. */
const drawnIn = (f: StructuredFunction) => [...targetsIn([...allIn(f)].filter(({ k }) => k === 'effect'))]

/** The lines of each function, without those that assign what no line reads. */
function withoutUnread(
  functions: readonly (readonly WrittenLine[])[],
  declared: readonly string[],
  read: readonly string[],
): readonly (readonly WrittenLine[])[] {
  const isAssigned = (line: WrittenLine) =>
    /^\s*(?:if \([^{]*\) )?([\p{ID_Continue}$]+) (?:\+)?= /u.exec(textOfLine(line))?.[1]
  for (let kept = functions; ; ) {
    const others = new Map<string, WrittenLine[]>()
    for (const line of kept.flat())
      for (const name of new Set(textOfLine(line).match(/[\p{ID_Continue}$]+/gu)))
        others.set(name, [...(others.get(name) ?? []), line])
    const unread = new Set(
      declared.filter(
        name => !read.includes(name) && (others.get(name) ?? []).every(line => isAssigned(line) === name),
      ),
    )
    const next = kept.map(lines => lines.filter(line => !unread.has(isAssigned(line) ?? '')))
    if (next.flat().length === kept.flat().length) return kept
    kept = next
  }
}

/** Variables whose value at the end is the only one: no key and no shadow of them must be kept. */
function stableIn(f: StructuredFunction): ReadonlySet<Variable> {
  const writes = new Map<Variable, number>()
  for (const each of allIn(f)) for (const target of targetsIn([each])) writes.set(target, (writes.get(target) ?? 0) + 1)
  return new Set([...f.parameters, ...[...targetsIn(f.body)].filter(each => writes.get(each) === 1)])
}
