/**
 * The text of a derivative: the function itself, which keeps what is needed backwards, and the same backwards, which adds up adjoints.
 * It must not know TypeScript's trees.
 *
 * Where a partial can be infinite an adjoint is -0 as long as nothing arrived, as on the tape (runtime/engine/node.ts); elsewhere an
 * adjoint of 0 hands on nothing either. Where the result is NaN, so is what arrives everywhere, as on the tape.
 */

import { memoryOf } from '../memory.ts'
import { indented, type PlacedText, placedText } from '../placed.ts'
import { quotedRules } from '../quoted-rules.ts'
import { allOf, isSeen, isVariable, type Statement, type StructuredFunction, withoutUnused } from '../structured.ts'
import { nothingLearned, plannedBackward } from './backward.ts'
import { callOf, type Formula, localOf } from './formulas.ts'
import { plannedForward } from './forward.ts'
import { inlinedIn, scopesIn } from './inlined.ts'
import { type Line, spelledLines } from './lines.ts'
import type { DerivativeSettings } from './settings.ts'
import { simplified, withNamesRead, withStores } from './simplified.ts'
import { emptyPlan, isTame } from './storage.ts'
import { storedInLoops } from './stored.ts'
import { tidied } from './tidy.ts'
import { hasUnknownCalls, valuesOf } from './values.ts'
import { createLocals, formulaOf, type PlannedWriting } from './writing.ts'

/** The arrow `($, x) => { … }`. `taken` are the names that it must leave to what it reads from outside. */
export function plannedText(
  entered: StructuredFunction,
  taken: Iterable<string>,
  indent: string,
  settings: DerivativeSettings,
): PlacedText {
  const read = withoutUnused(entered)
  const used = withStores(hasUnknownCalls(read) ? withNamesRead(read) : read)
  const f = settings.simplified ? simplified(used) : used
  const { writing, backward } = written(f, settings)
  const { plan } = writing
  const forward = plannedForward(writing)
  const parameters = f.parameters.map(writing.local)
  const gradients = f.inputs.map((each): Line => {
    const local = writing.shadowLocal(each)
    if (each.kind === 'scalar') return { k: 'declare', local, value: { k: 'text', text: '0' } }
    return { k: 'declare', local, value: callOf('$.gradient', localOf(writing.local(each))), type: 'any' }
  })
  const keeps = [...plan.taped.values()].some(all => all.length > 0)
  const list = (elements: readonly Formula[]): Formula => ({ k: 'list', elements })
  const result = list([formulaOf(writing, f.result), list(f.inputs.map(each => localOf(writing.shadowLocal(each))))])
  const hasEffects = [...allOf(read.body)].some(isSeen)
  const body: Line[] = [
    ...(hasEffects ? [{ k: 'do', value: callOf('$.once') } as const] : []),
    ...gradients,
    ...(keeps
      ? ([
          { k: 'declare', local: writing.tape, value: callOf('$.tape') },
          { k: 'declare', local: writing.top, value: { k: 'text', text: '0' } },
        ] as const)
      : []),
    ...([...plan.objects.values()].some(all => all.length > 0) ? [word('const R: any[] = []')] : []),
    ...forward.hoisted.map((local): Line => ({ k: 'declare', local, type: 'any' })),
    ...forward.lines,
    ...backward,
    ...(keeps ? [{ k: 'do', value: callOf('$.free', localOf(writing.tape)) } as const] : []),
    { k: 'end', word: 'return', value: result },
  ]
  const { names, lines } = spelledLines(tidied(body), [...taken, 'R', '$', 'seed'], [...parameters])
  const support = lines.some(each => each.text.includes('$.')) ? '$' : '_'
  const seed = lines.some(each => /\bseed\(/.test(each.text)) ? 'seed' : '_seed'
  const head = `(${[support, seed, ...names].map(each => `${each}: any`).join(', ')}) => {`
  return placedText([head, ...indented(lines, `${indent}  `), `${indent}}`], storedInLoops(f, plan, writing.values))
}
const word = (text: string): Line => ({ k: 'end', word: text })

const UNDERSTOOD: ReadonlySet<Statement['k']> = new Set([
  ...(['set', 'operation', 'constant', 'make', 'load', 'store', 'push'] as const),
  ...(['shrink', 'dense', 'throw', 'effect', 'if', 'loop'] as const),
])

/** Whether all of a function is understood here. */
export function isPlanned(f: StructuredFunction): boolean {
  if (f.units.length > 0) return false
  for (const each of allOf(f.body)) {
    if (!UNDERSTOOD.has(each.k) || (each.k === 'make' && each.fill !== undefined)) return false
    if (each.k === 'operation' && !(each.rule in quotedRules)) return false
  }
  return true
}

/** Walks backwards until each walk says the same: what arrives in a turn may come from another one. */
function written(f: StructuredFunction, settings: DerivativeSettings) {
  const memory = memoryOf(f)
  const values = valuesOf(f, memory, settings)
  const inlined = settings.inlined ? inlinedIn(f) : new Map()
  const scopes = scopesIn(f, values.parents)
  const isActive = isVariable(f.result) && (memory.isActive(f.result) || memory.isShadowed(f.result))
  const zero = isTame(allOf(f.body), memory.isActive) ? '0' : '-0'
  const learned = nothingLearned()
  const locals = createLocals()
  for (let walks = 0; ; walks++) {
    const writing: PlannedWriting = { f, settings, memory, values, inlined, scopes, zero, plan: emptyPlan(), ...locals }
    learned.isChanged = false
    const backward = isActive
      ? plannedBackward(writing, learned)
      : [{ k: 'do', value: callOf('seed', formulaOf(writing, f.result)) } as const]
    if (!learned.isChanged) return { writing, backward }
    if (walks > 50) throw new Error('a derivative does not settle')
  }
}
