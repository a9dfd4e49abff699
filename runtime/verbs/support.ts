/**
 * What compiled text calls while it runs: adjoints in the shapes of values, and memory. It must not know any verb, nor how a derivative
 * was found.
 */
import { isReached, kindOf } from '../engine/node.ts'
import { carriedBy, type DerivativeSupport } from './carried.ts'
import { isRecord, ofSameClass } from './shapes.ts'

/** Tapes that no call has now. A call inside another one takes its own; that of a call which throws is left to the collector. */
const tapes: Float64Array[] = []
const FIRST_TAPE = 1024
/** A longer one, of more than 8 MB, waits for the next call only as long as the collector leaves it. */
const LARGEST_TAPE = 2 ** 20
let longTape: WeakRef<Float64Array> | undefined

function takenTape(): Float64Array {
  const long = longTape?.deref()
  longTape = undefined
  return long ?? tapes.pop() ?? new Float64Array(FIRST_TAPE)
}

/** What derivatives are called with in one call of a verb. `gradients` are those of an earlier call, which nobody else reads: they are used again. */
export function supportOf(where: string, gradients: unknown[] = []): DerivativeSupport {
  let hasRun = false
  const inputs: unknown[] = []
  return {
    gradient(value) {
      const place = inputs.push(value) - 1
      gradients[place] = zerosLike(value, where, gradients[place])
      return gradients[place]
    },
    shape(result) {
      for (let i = 0; i < inputs.length; i++) {
        const [input, gradient] = [inputs[i], gradients[i]] as ArrayLike<unknown>[]
        if (typeof result !== 'number' || Number.isNaN(result) || input?.length !== gradient?.length)
          shape(gradient, input)
      }
    },
    seeded,
    along,
    term,
    selected,
    jump: atJump,
    tape: takenTape,
    grown: tape => {
      const longer = new Float64Array(2 * tape.length)
      longer.set(tape)
      return longer
    },
    free(tape) {
      if (tape.length <= LARGEST_TAPE) tapes.push(tape)
      else longTape = new WeakRef(tape)
    },
    once() {
      if (hasRun)
        throw new TypeError(
          `${where}: f would run once for each number, with its effects: a random number, the time, what it prints. Take them out of f, ` +
            'or call vjp or hvp.',
        )
      hasRun = true
    },
    derived: (f, args) => derivedAt(f, args, where),
    hole() {
      throw new RangeError(`${where}: an array has a hole where its elements are visited. Fill it: \`fill(0)\`.`)
    },
  }
}

function derivedAt(f: unknown, args: readonly unknown[], where: string): readonly unknown[] {
  const support = supportOf(where)
  const one = (value: unknown) => {
    if (typeof value === 'number') return 1
    throw new TypeError(`${where}: a Differentiable function must return one number; got ${kindOf(value)}`)
  }
  const found = carriedBy(f, where)?.derivatives.grad?.(support, one, ...(args as readonly never[]))
  if (!found)
    throw new TypeError(`${where}: a Differentiable function carries no derivative; tsgrad did not compile it`)
  support.shape(found[0])
  return [found[0], ...found[1]]
}

/** A value of the same shape with 0 in the place of each number: in `before`, where that has the shape. */
function zerosLike(value: unknown, where: string, before?: unknown): unknown {
  if (typeof value === 'number') return 0
  // what is not there has no gradient
  if (value === null || value === undefined) return value
  if (value instanceof Float64Array)
    return (
      before instanceof Float64Array && before.length === value.length ? before : new Float64Array(value.length)
    ).fill(0)
  if (Array.isArray(value)) {
    const isAgain = Array.isArray(before) && before.length === value.length
    // a copy has the memory of its fractions at once; not `map`, which leaves holes out
    const made: unknown[] = isAgain ? before : value.slice()
    for (let i = 0; i < made.length; i++)
      made[i] = typeof value[i] === 'number' ? 0 : zerosLike(value[i], where, isAgain ? before[i] : undefined)
    return made
  }
  if (isRecord(value)) {
    const keys = Object.keys(value)
    const isAgain = isRecord(before) && hasSameKeys(before, value, keys)
    const made = isAgain ? before : recordLike(value, keys)
    for (const key of keys) made[key] = zerosLike(value[key], where, isAgain ? before[key] : undefined)
    return made
  }
  throw new TypeError(
    `${where}: a compiled derivative takes plain numbers, in arrays or plain records; got ${kindOf(value)}`,
  )
}

const hasSameKeys = (before: object, value: object, keys: readonly string[]) =>
  Object.getPrototypeOf(before) === Object.getPrototypeOf(value) &&
  Object.keys(before).length === keys.length &&
  keys.every(key => Object.hasOwn(before, key))

/** A copy has the memory of its fields at once: a quarter of the time of a record that gets them one by one. */
function recordLike(value: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  const hasOthers = Object.getOwnPropertySymbols(value).length > 0
  return ofSameClass(hasOthers ? Object.fromEntries(keys.map(key => [key, 0])) : { ...value }, value)
}

/** Takes away what an argument does not have: a derivative by what was read behind the end of an array. */
function shape(gradient: unknown, argument: unknown): void {
  if (typeof gradient !== 'object' || gradient === null || gradient instanceof Float64Array) return
  const own = gradient as Record<string, unknown>
  for (const key of Object.keys(own)) {
    const like = (argument as Record<string, unknown>)[key]
    if (like === undefined) delete own[key]
    else shape(own[key], like)
  }
  if (Array.isArray(argument)) (gradient as unknown[]).length = argument.length
}

const along = (partial: number, tangent: number) => (isReached(tangent) ? partial * tangent + 0 : -0)
const term = (second: number, tangent: number) => (isReached(second) ? along(second, tangent) : -0)
const selected = (partial: number, tangent: number) => (partial === 0 ? -0 : along(partial, tangent))
const atJump = (second: number, tangent: number) => (Number.isNaN(second) && isReached(tangent) ? 0 : -0)

function seeded(adjoints: unknown, cotangent: unknown, result: unknown): void {
  if (adjoints === undefined) return
  const into = adjoints as Record<string, number>
  for (const [key, each] of Object.entries(cotangent as object)) {
    const own = (result as Record<string, unknown>)[key]
    if (typeof each !== 'number') seeded(into[key], each, own)
    else if (each !== 0 && into[key] !== undefined) into[key] += Number.isNaN(own) ? NaN : each
  }
}
