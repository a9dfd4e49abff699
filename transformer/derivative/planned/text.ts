/**
 * The text of a derivative: the function itself, which keeps what is needed backwards, and the same backwards, which adds up adjoints.
 * It must not know TypeScript's trees.
 *
 * Where a partial can be infinite an adjoint is -0 as long as nothing arrived, as on the tape (runtime/engine/node.ts); elsewhere an
 * adjoint of 0 hands on nothing either. Where the result is NaN, so is what arrives everywhere, as on the tape.
 */

import { memoryOf } from '../memory.ts'
import { indented, type LoopStorage, type PlacedText, placedText } from '../placed.ts'
import {
  allIn,
  isSeen,
  isVariable,
  type Statements,
  type StructuredFunction,
  type Variable,
  withoutUnused,
} from '../structured.ts'
import { tangentOf } from '../tangent.ts'
import { nothingLearned } from './backward/walk.ts'
import { type Backward, type FusedLines, plannedBackward } from './backward.ts'
import { sharedIn, withCaptures } from './captured.ts'
import { callOf, type Formula, infix, localOf, text } from './formulas.ts'
import { type Forward, plannedForward } from './forward.ts'
import { fusingOf } from './fusing.ts'
import { inlinedIn, scopesIn } from './inlined.ts'
import type { Line } from './lines.ts'
import { parted } from './parted.ts'
import type { DerivativeSettings } from './settings.ts'
import { simplified, withNamesRead, withStores } from './simplified.ts'
import { spelledLines } from './spelled-lines.ts'
import { emptyPlan, isTame } from './storage.ts'
import { storedInLoops } from './stored.ts'
import { everyLine, tidied } from './tidy.ts'
import { hasUnknownCalls } from './values/value.ts'
import { valuesOf } from './values.ts'
import { createLocals, formulaOf, newLocal, type PlannedWriting } from './writing.ts'

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
  const read = withoutUnused(entered)
  const f = ready(withCaptures(withStores(hasUnknownCalls(read) ? withNamesRead(read) : read)), settings)
  const { writing, backward } = written(f, settings)
  const { plan } = writing
  const forward = plannedForward(writing, backward.fused)
  const parameters = f.parameters.map(writing.local)
  const keeps = [...plan.taped.values()].some(all => all.length > 0)
  const hasEffects = allIn(read).some(isSeen)
  const end: readonly Line[] = [
    ...(keeps ? [{ k: 'do', value: callOf('$.free', localOf(writing.tape)) } as const] : []),
    { k: 'end', word: 'return', value: resultOf(writing) },
  ]
  const body: Line[] = [
    ...(hasEffects ? [{ k: 'do', value: callOf('$.once') } as const] : []),
    ...gradientsOf(writing),
    ...(keeps ? tapeOf(writing) : []),
    ...([...plan.objects.values()].some(all => all.length > 0) ? [word('const R: any[] = []')] : []),
    ...forward.hoisted.map((local): Line => ({ k: 'declare', local, type: 'any' })),
    ...forward.units,
    ...backward.units,
    ...(backward.fused
      ? againIfNaN(writing, forward, backward, backward.fused, end)
      : [...forward.lines, ...backward.lines, ...end]),
  ]
  return arrowText(
    spelledLines(tidied(body), [...taken, 'R', '$', 'seed'], [...parameters]),
    true,
    indent,
    storedInLoops(f, plan, writing.values),
  )
}

/**
 * Both halves in one, with the seed that a number gets; if the value then is NaN, or no number, once more with NaN, which goes to all that
 * the value was computed of.
 */
function againIfNaN(
  writing: PlannedWriting,
  forward: Forward,
  backward: Backward,
  { seed, before, turns }: FusedLines,
  end: readonly Line[],
): readonly Line[] {
  const result = localOf(writing.local(writing.f.result as Variable))
  const written = [...before, ...[...turns.values()].flat(), ...backward.lines]
  // where the adjoint changes, the seed has a name of its own
  const isSeed = (each: Line) => each.k === 'assign' && each.to.k === 'local' && each.to.local === seed
  const isKept = !everyLine(written).some(isSeed)
  const given = isKept ? seed : newLocal('given', true)
  const NaNs = infix('!==', localOf(given), localOf(given))
  const isRight = infix('&&', infix('===', result, result), infix('===', callOf('seed', result), localOf(given)))
  const turn: Line[] = [
    ...(isKept ? [] : [{ k: 'declare', local: seed, value: localOf(given) } as const]),
    ...forward.lines,
    ...backward.lines,
    { k: 'if', test: infix('||', isRight, NaNs), whenTrue: end, whenFalse: [] },
    { k: 'assign', to: localOf(given), sign: '=', value: text('NaN') },
  ]
  return [
    { k: 'declare', local: given, value: callOf('seed', text('0')) },
    { k: 'while', test: text('true'), body: turn },
  ]
}

/** A number or an array of zeros for each input, to add up in. */
const gradientsOf = ({ f, local, shadowLocal }: PlannedWriting): readonly Line[] =>
  f.inputs.map(each => {
    const own = shadowLocal(each)
    if (each.kind === 'scalar') return { k: 'declare', local: own, value: { k: 'text', text: '0' } }
    return { k: 'declare', local: own, value: callOf('$.gradient', localOf(local(each))), type: 'any' }
  })

const tapeOf = ({ tape, top }: PlannedWriting): readonly Line[] => [
  { k: 'declare', local: tape, value: callOf('$.tape') },
  { k: 'declare', local: top, value: { k: 'text', text: '0' } },
]

/** The value and the gradients. */
function resultOf(writing: PlannedWriting): Formula {
  const list = (elements: readonly Formula[]): Formula => ({ k: 'list', elements })
  const { f } = writing
  return list([formulaOf(writing, f.result), list(f.inputs.map(each => localOf(writing.shadowLocal(each))))])
}

function arrowText(
  { names, lines }: ReturnType<typeof spelledLines>,
  isSeeded: boolean,
  indent: string,
  loops: readonly LoopStorage[],
): PlacedText {
  const support = lines.some(each => each.text.includes('$.')) ? '$' : '_'
  const seed = lines.some(each => /\bseed\(/.test(each.text)) ? 'seed' : '_seed'
  const typed = [support, ...(isSeeded ? [seed] : []), ...names].map(each => `${each}: any`)
  return placedText([`(${typed.join(', ')}) => {`, ...indented(lines, `${indent}  `), `${indent}}`], loops)
}

/** The arrow `($, seed, x, xDot) => { … }`: the gradient, by the inputs alone, of the derivative along a direction. */
export function curvatureText(
  entered: StructuredFunction,
  taken: Iterable<string>,
  indent: string,
  settings: DerivativeSettings,
): PlacedText {
  const moving = tangentOf(entered)
  return adjointText({ ...moving, result: moving.tangent, isTangent: true }, taken, indent, settings)
}

/** The arrow `($, x, xDot) => { … }`, which returns the value and its derivative along the direction; nothing is derived from it. */
export function tangentText(
  entered: StructuredFunction,
  taken: Iterable<string>,
  indent: string,
  settings: DerivativeSettings,
): PlacedText {
  const { tangent, ...moving } = tangentOf(entered)
  const pair: Variable = { wanted: 'pair', kind: 'reference', isFixed: true }
  const returned: Statements = [
    { k: 'make', target: pair, of: 'array' },
    ...[moving.result, tangent].map(from => ({ k: 'push', to: pair, from }) as const),
  ]
  const given = withCaptures(
    withoutUnused({ ...moving, inputs: [], body: [...moving.body, ...returned], result: pair }),
  )
  const f = ready(given, settings)
  const writing = emptyWriting(f, settings)
  const { lines, units, hoisted } = plannedForward(writing)
  const body: Line[] = [
    ...hoisted.map((local): Line => ({ k: 'declare', local, type: 'any' })),
    ...units,
    ...lines,
    { k: 'end', word: 'return', value: formulaOf(writing, pair) },
  ]
  return arrowText(spelledLines(tidied(body), [...taken, '$'], f.parameters.map(writing.local)), false, indent, [])
}

/** The function with as few variables and records as it can do with. */
function ready(given: StructuredFunction, settings: DerivativeSettings): StructuredFunction {
  const f = settings.simplified ? simplified(given) : given
  const inParts = settings.parted ? parted(f) : f
  return settings.simplified && inParts !== f ? simplified(inParts) : inParts
}

const word = (text: string): Line => ({ k: 'end', word: text })

/** Walks backwards until each walk says the same: what arrives in a turn may come from another one. */
function written(f: StructuredFunction, settings: DerivativeSettings) {
  const found = emptyWriting(f, settings)
  const { memory } = found
  const isActive = isVariable(f.result) && (memory.isActive(f.result) || memory.isShadowed(f.result))
  const learned = nothingLearned(settings.fused ? fusingOf(found) : undefined)
  for (let walks = 0; ; walks++) {
    const writing: PlannedWriting = { ...found, plan: emptyPlan() }
    learned.isChanged = false
    const backward = isActive
      ? plannedBackward(writing, learned)
      : {
          units: [],
          fused: undefined,
          lines: [{ k: 'do', value: callOf('seed', formulaOf(writing, f.result)) } as const],
        }
    if (!learned.isChanged) return { writing, backward }
    if (walks > 50) throw new Error('a derivative does not settle')
  }
}

function emptyWriting(f: StructuredFunction, settings: DerivativeSettings): PlannedWriting {
  const memory = memoryOf(f)
  const values = valuesOf(f, memory, settings)
  return {
    f,
    settings,
    memory,
    values,
    inlined: settings.inlined ? inlinedIn(f) : new Map(),
    scopes: scopesIn(f, values.parents),
    zero: isTame(allIn(f), memory.isActive) ? '0' : '-0',
    shared: sharedIn(f),
    plan: emptyPlan(),
    ...createLocals(),
  }
}
