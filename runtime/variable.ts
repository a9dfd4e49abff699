/**
 * DeZero's Variable and Function, the entry `tsgrad/variable`: define-by-run on numbers and arrays, one class for each function.
 * It must not know NumberWithGrad, the rules or the engine. Source: Saito, "Deep Learning from Scratch 3", steps 1 to 16.
 */
import { type operators, rejectNativeOperators } from './operators/operators.ts'

/** What a Variable holds: one number, or an array of them. */
export type Data = number | Float64Array

/** What a function takes: a Variable, or data, which becomes one. */
export type VariableLike = Variable | Data

const guard = rejectNativeOperators('Variable')

function checkedData(value: unknown): Data {
  if (typeof value === 'number' || value instanceof Float64Array) return value
  const kind = typeof value === 'object' && value !== null ? (value.constructor?.name ?? 'object') : typeof value
  throw new TypeError(`${value === null ? 'null' : kind} is not supported: a Variable holds a number or a Float64Array`)
}

function dataOf(x: Variable, what: string): Data {
  if (x instanceof Variable) return x.data
  throw new TypeError(`numericalDiff: expected a Variable as ${what}; got ${x === null ? x : typeof x}`)
}

function asVariable(x: VariableLike): Variable {
  return x instanceof Variable ? x : new Variable(x)
}

/**
 * The data as an array: a number becomes an array of one, a Float64Array is given back.
 *
 * @throws TypeError for anything but a number, a Float64Array or an array of numbers.
 * @example asArray(0.5) // Float64Array [ 0.5 ]
 */
export function asArray(x: Data | readonly number[]): Float64Array {
  if (Array.isArray(x)) return Float64Array.from(x, requireElement)
  const data = checkedData(x)
  return typeof data === 'number' ? Float64Array.of(data) : data
}

function requireElement(x: unknown): number {
  if (typeof x === 'number') return x
  throw new TypeError(`asArray: expected numbers in the array; got ${x === null ? 'null' : `a ${typeof x}`}`)
}

function map(x: Data, f: (x: number) => number): Data {
  return typeof x === 'number' ? f(x) : x.map(f)
}

/** Element by element; a number meets every element of an array. */
function zip(x: Data, y: Data, f: (x: number, y: number) => number): Data {
  if (typeof y === 'number') return map(x, element => f(element, y))
  if (typeof x === 'number') return map(y, element => f(x, element))
  if (x.length !== y.length) throw new RangeError(`arrays must have the same length; got ${x.length} and ${y.length}`)
  return x.map((element, i) => f(element, y[i]!))
}

const plus = (x: Data, y: Data): Data => zip(x, y, (a, b) => a + b)
const times = (x: Data, y: Data): Data => zip(x, y, (a, b) => a * b)

/** The gradient in the shape of its operand: a number that met an array met all elements, so theirs add up. */
function shapedAs(operand: Data, gradient: Data): Data {
  return typeof operand === 'number' && typeof gradient !== 'number' ? gradient.reduce((a, b) => a + b, 0) : gradient
}

/**
 * A number or an array that remembers the function that gave it.
 *
 * @throws TypeError (the constructor) for other data, naming its type.
 * @example const x = new Variable(0.5); square(exp(square(x))).backward(); x.grad // 3.29744…
 */
export class Variable {
  declare readonly [operators]: { '+': 'add'; '*': 'mul'; reflected: { '+': 'radd'; '*': 'rmul' } }

  data: Data
  /** The function that gave this variable; `null` for one that was made by hand. */
  creator: Function<unknown> | null = null
  /** How many functions deep this variable lies: 0 for one that was made by hand. */
  generation = 0
  #grad: Data | null = null
  #seed: Data | null = null

  constructor(data: Data) {
    this.data = checkedData(data)
  }

  /** The gradient of the last `backward`; on a variable made by hand the sum over all calls since `clearGrad`. */
  get grad(): Data | null {
    return this.#grad
  }

  /** Sets the gradient; `backward` of this variable then starts from it instead of from ones. */
  set grad(value: Data | null) {
    this.#grad = value === null ? null : checkedData(value)
    this.#seed = this.#grad
  }

  /** Makes `creator` the function that gave this variable. */
  setCreator(creator: Function<unknown>): void {
    if (!(creator instanceof Function))
      throw new TypeError(
        `Variable.setCreator: expected a Function; got ${creator === null ? creator : typeof creator}`,
      )
    this.creator = creator
    this.generation = creator.generation + 1
  }

  /** Forgets the gradient. @example const x = new Variable(3); square(x).backward(); x.clearGrad(); x.grad // null */
  clearGrad(): void {
    this.grad = null
  }

  /**
   * Finds the gradient of this variable by every variable that it came from. An array starts from ones, a number from 1, unless
   * `grad` was set by hand. Each function goes once, after all that use its outputs; no depth overflows the stack.
   *
   * @example const x = new Variable(3); add(x, x).backward(); x.grad // 2
   */
  backward(): void {
    const seed = this.#seed ?? map(this.data, () => 1)
    const pending = new Map<Variable, Data>([[this, seed]])
    this.#grad = seed
    for (const creator of functionsBelow(this)) {
      const gradients = creator.outputs.map(output => pending.get(output) ?? map(output.data, () => 0))
      const shares = [creator.backward(...gradients)].flat() as Data[]
      creator.inputs.forEach((input, i) => {
        input.#receive(shares[i]!, pending)
      })
    }
  }

  #receive(share: Data, pending: Map<Variable, Data>): void {
    const sum = pending.get(this)
    pending.set(this, sum === undefined ? share : plus(sum, share))
    // What was made by hand adds up over calls; all else starts anew at each.
    if (this.creator !== null) this.#grad = pending.get(this)!
    else this.#grad = this.#grad === null ? share : plus(this.#grad, share)
  }

  add(other: VariableLike): Variable {
    return add(this, other)
  }

  radd(other: VariableLike): Variable {
    return add(other, this)
  }

  mul(other: VariableLike): Variable {
    return mul(this, other)
  }

  rmul(other: VariableLike): Variable {
    return mul(other, this)
  }

  /** Throws a TypeError when a native operator asks for a number; gives the text where text is asked for. */
  [Symbol.toPrimitive](hint: string): string {
    return guard.call(this, hint)
  }

  toString(): string {
    return `variable(${this.data})`
  }

  /** @internal What Node's console prints. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

/** All functions that `root` came from, each once, those first that nothing later needs. */
function functionsBelow(root: Variable): Function<unknown>[] {
  const found = new Set<Function<unknown>>()
  const open = [root]
  for (let variable = open.pop(); variable; variable = open.pop()) {
    const { creator } = variable
    if (creator === null || found.has(creator)) continue
    found.add(creator)
    for (const input of creator.inputs) open.push(input)
  }
  return [...found].sort((f, g) => g.generation - f.generation)
}

/**
 * A differentiable function: `forward` from data to data, `backward` from the gradients of the outputs to those of the inputs.
 * With several outputs, both give arrays of data, and the class says so: `extends Function<Variable[]>`.
 *
 * An object stands for one call: make a new one for each.
 *
 * @example class Double extends Function { forward(x: number) { return 2 * x } backward(gy: number) { return 2 * gy } }
 */
// biome-ignore lint/suspicious/noShadowRestrictedNames: the book's name
export abstract class Function<Result = Variable> {
  inputs: Variable[] = []
  outputs: Variable[] = []
  /** The deepest input's; see Variable. */
  generation = 0

  abstract forward(...xs: Data[]): Data | Data[]
  abstract backward(...gys: Data[]): Data | Data[]

  /**
   * Calls `forward` on the inputs' data and records the call. (Python's `f(x)`: `new Square().call(x)`.)
   *
   * @returns one Variable, or an array of them when `forward` gave an array.
   * @throws TypeError when an input or a result is neither a number nor a Float64Array.
   * @example new Square().call(new Variable(3)).data // 9
   */
  call(...inputs: VariableLike[]): Result {
    this.inputs = inputs.map(asVariable)
    const results = this.forward(...this.inputs.map(input => input.data))
    this.generation = Math.max(...this.inputs.map(input => input.generation))
    this.outputs = [results].flat().map(data => new Variable(data as Data))
    for (const output of this.outputs) output.setCreator(this)
    return (Array.isArray(results) ? this.outputs : this.outputs[0]) as Result
  }
}

/** x0 + x1, element by element; a number meets every element of an array. RangeError when two lengths differ. */
export class Add extends Function {
  override forward(x0: Data, x1: Data): Data {
    return plus(x0, x1)
  }

  override backward(gy: Data): Data[] {
    return this.inputs.map(input => shapedAs(input.data, gy))
  }
}

/** x0 * x1, element by element; a number meets every element of an array. RangeError when two lengths differ. */
export class Mul extends Function {
  override forward(x0: Data, x1: Data): Data {
    return times(x0, x1)
  }

  override backward(gy: Data): Data[] {
    const [x0, x1] = this.inputs.map(input => input.data) as [Data, Data]
    return [shapedAs(x0, times(gy, x1)), shapedAs(x1, times(gy, x0))]
  }
}

/** x², element by element. */
export class Square extends Function {
  override forward(x: Data): Data {
    return times(x, x)
  }

  override backward(gy: Data): Data {
    return times(gy, times(this.inputs[0]!.data, 2))
  }
}

/** eˣ, element by element. */
export class Exp extends Function {
  override forward(x: Data): Data {
    return map(x, Math.exp)
  }

  override backward(gy: Data): Data {
    return times(gy, this.outputs[0]!.data)
  }
}

/** x0 + x1. @example add(new Variable(2), 3).data // 5 */
export const add = (x0: VariableLike, x1: VariableLike): Variable => new Add().call(x0, x1)
/** x0 * x1. @example mul(new Variable(2), 3).data // 6 */
export const mul = (x0: VariableLike, x1: VariableLike): Variable => new Mul().call(x0, x1)
/** x². @example square(new Variable(3)).data // 9 */
export const square = (x: VariableLike): Variable => new Square().call(x)
/** eˣ. @example exp(new Variable(0)).data // 1 */
export const exp = (x: VariableLike): Variable => new Exp().call(x)

/**
 * The central difference of `f` at `x`; for an array, all elements are moved at once, as in the book.
 *
 * @throws TypeError when `f` is no function of a Variable that gives one, or `x` is no Variable.
 * @example numericalDiff(square, new Variable(2)) // 4, to about eight digits
 */
export function numericalDiff(f: (x: Variable) => Variable, x: Variable, eps = 1e-4): Data {
  if (typeof f !== 'function')
    throw new TypeError(`numericalDiff: expected a function; got ${f === null ? f : typeof f}`)
  if (typeof eps !== 'number') throw new TypeError(`numericalDiff: expected a number as eps; got a ${typeof eps}`)
  const at = dataOf(x, 'x')
  const above = dataOf(f(new Variable(plus(at, eps))), 'the result of f')
  const below = dataOf(f(new Variable(plus(at, -eps))), 'the result of f')
  return times(plus(above, times(below, -1)), 1 / (2 * eps))
}
