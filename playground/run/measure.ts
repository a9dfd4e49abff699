/**
 * Measures both engines on the derivatives of a program: compiled, and on the tape. Runs in the worker of the sandbox, after the program.
 * It must not know how the program was compiled, nor how times are shown.
 */
import * as tsgrad from '../../runtime/index.ts'
import { bounds, shortened } from './bounds.ts'
import type { EngineTime, EngineTimes } from './messages.ts'

type Verb = (f: unknown, options?: object) => (...args: readonly unknown[]) => unknown
type Derivative = (support: unknown, ...args: readonly unknown[]) => unknown
type Derivatives = Readonly<Record<string, Derivative>>
type AnyFunction = (...args: readonly unknown[]) => unknown

const { valueAndGrad, vjp, jvp, hvp } = tsgrad as unknown as Record<string, Verb>

export type Clock = Pick<Performance, 'now'>

/** A derivative as it was asked for the first time. */
export interface Asked {
  readonly call: number
  readonly f: AnyFunction
  readonly derivatives: Derivatives
  readonly protocol: number
  readonly kind: string
  readonly args: readonly unknown[]
}

/** What the module `tsgrad` is to the program that is measured: it notes what is asked of each compiled derivative. */
export interface Notes {
  readonly module: typeof tsgrad
  readonly asked: ReadonlyMap<number, Asked>
}

/** @param noted called after each derivative: it may end the program by an exception. */
export function createNotes(noted: () => void): Notes {
  const asked = new Map<number, Asked>()
  const differentiable = (f: AnyFunction, derivatives: Derivatives, protocol: number, call: number) => {
    const noting = Object.entries(derivatives).map(([kind, derivative]): [string, Derivative] => [
      kind,
      (support, ...given) => {
        const result = derivative(support, ...given)
        // a gradient is given a seed first
        const args = kind === 'jvp' ? given : given.slice(1)
        if (!asked.has(call)) asked.set(call, { call, f, derivatives, protocol, kind, args })
        noted()
        return result
      },
    ])
    return tsgrad.differentiable(f as never, Object.fromEntries(noting) as never, protocol)
  }
  return { module: { ...tsgrad, differentiable: differentiable as never }, asked }
}

/** Milliseconds of a compiled derivative whose tape is not tried: it would seem to have no end. */
const LONG = 20
/** Milliseconds of a batch, where the clock allows, and of all batches of one engine. */
const BATCH = 4
const LIMIT = 600
const BATCHES = 5
const MOST_CALLS = 1 << 20

/** Both engines' times of one derivative. `rest` lets other things happen between batches. */
export async function measured(asked: Asked, clock: Clock, rest: () => Promise<void>): Promise<EngineTimes> {
  const { call, f, derivatives, protocol } = asked
  tsgrad.differentiable(f as never, derivatives as never, protocol)
  const engines: (() => unknown)[] = []
  let note = ''
  try {
    const compiled = calling(asked, f)
    const start = clock.now()
    const expected = compiled()
    engines.push(compiled)
    // the tape takes some hundred times as long
    if (clock.now() - start > LONG) throw new Error(`one call of the compiled derivative takes more than ${LONG} ms`)
    // without the derivative that hangs on it
    const taped = calling(asked, (...args) => f(...args))
    if (isNear(expected, taped())) engines.push(taped)
    else note = 'No time of the tape: a test in it takes a tracked number for a plain one.'
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    note = `No time ${engines.length === 0 ? 'of either engine' : 'of the tape'}: ${reason}`
  }
  const [compiled, taped] = await timesOf(engines, clock, rest)
  return { call, compiled, taped, note: shortened(note, bounds.note) }
}

/** The verb that asks for this derivative, on what it was asked for. */
function calling({ kind, args, f: primal }: Asked, f: AnyFunction): () => unknown {
  if (kind === 'jvp') return () => jvp!(f)(...args)
  if (kind === 'hvp') return () => hvp!(f)(...args)
  const [, places] = /^grad by (.*)$/.exec(kind) ?? []
  const by = places?.split(',').map(Number)
  const value = primal(...args)
  if (typeof value === 'number') return () => valueAndGrad!(f, by && { by })(...args)
  const ones = cotangentOf(value)
  return () => vjp!(f)(...args, ones)
}

/** 1 in the place of each number. */
function cotangentOf(value: unknown): unknown {
  if (typeof value === 'number') return 1
  if (Array.isArray(value) || value instanceof Float64Array) return Array.from(value, cotangentOf)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cotangentOf(each)]))
}

function isNear(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return Object.is(a, b) || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= 1e-6 * (1 + Math.abs(a))
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [own, other] = [Object.entries(a), b as Record<string, unknown>]
  return own.every(([key, each]) => isNear(each, other[key]))
}

interface Contestant {
  readonly run: () => unknown
  count: number
  spent: number
  readonly samples: number[]
}

/** Engines take turns, so that what slows the machine down slows both. */
async function timesOf(
  engines: readonly (() => unknown)[],
  clock: Clock,
  rest: () => Promise<void>,
): Promise<readonly EngineTime[]> {
  const contestants = engines.map((run): Contestant => ({ run, count: 1, spent: 0, samples: [] }))
  const batch = (each: Contestant) => {
    const start = clock.now()
    for (let i = 0; i < each.count; i++) each.run()
    const milliseconds = clock.now() - start
    each.spent += milliseconds
    return milliseconds
  }
  for (const each of contestants) {
    // the shorter one of two: a busy machine lets an engine wait
    while (Math.min(batch(each), batch(each)) < BATCH && each.count < MOST_CALLS) {
      each.count *= 2
      await rest()
    }
  }
  for (let i = 0; i < BATCHES; i++)
    for (const each of contestants) {
      if (i > 0 && each.spent > LIMIT) continue
      let milliseconds = batch(each)
      // it became faster meanwhile
      while (milliseconds < BATCH / 2 && each.count < MOST_CALLS) {
        each.count *= 2
        milliseconds = batch(each)
      }
      each.samples.push(milliseconds / each.count)
      await rest()
    }
  return contestants.map(({ samples, count }) => {
    const sorted = samples.toSorted((a, b) => a - b)
    return {
      median: sorted[sorted.length >> 1]!,
      least: sorted[0]!,
      most: sorted.at(-1)!,
      batches: samples.length,
      calls: count,
    }
  })
}
