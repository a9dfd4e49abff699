/**
 * A property that a compound assignment or a step changes, when its object must be evaluated once: `f().x *= a`.
 * Called by transformed code only; it must not know any class.
 */
import { dispatchBinary, dispatchUnary } from './dispatch.ts'
import type { Binary, BinaryKey, Step } from './operators.ts'

/**
 * An object, a key and the value that stood there when the operator began.
 *
 * @example place({ x: 3 }, undefined, p => p.x) instanceof Place // true
 */
export class Place<O, K, T> {
  readonly #object: O
  readonly #key: K
  readonly #old: T

  /** @internal */
  constructor(object: O, key: K, old: T) {
    this.#object = object
    this.#key = key
    this.#old = old
  }

  /**
   * Writes `old <key> right` to the place and gives it.
   *
   * @throws TypeError when the operands have no such operator.
   * @example const o = { x: 3 }; place(o, undefined, p => p.x).assign('*', 'mul', 'rmul', 2, (p, _, v) => { p.x = v }) // 6
   */
  assign<const Key extends BinaryKey, R>(
    key: Key,
    method: string,
    reflected: string,
    right: R,
    write: (object: NoInfer<O>, key: K, value: Binary<Key, T, R>) => void,
  ): Binary<Key, T, R> {
    const value = dispatchBinary(key, method, reflected, this.#old, right)
    write(this.#object, this.#key, value)
    return value
  }

  /**
   * Writes the next value, as `++` or `--` does, and gives it.
   *
   * @throws TypeError when the old value has no such operator.
   * @example const o = { x: 3 }; place(o, undefined, p => p.x).step('++', 'add', (p, _, v) => { p.x = v }) // 4
   */
  step<const Key extends '++' | '--'>(
    key: Key,
    method: string,
    write: (object: NoInfer<O>, key: K, value: Step<Key extends '++' ? '+' : '-', T>) => void,
  ): Step<Key extends '++' ? '+' : '-', T> {
    const value = dispatchUnary(key, method, this.#old) as Step<Key extends '++' ? '+' : '-', T>
    write(this.#object, this.#key, value)
    return value
  }

  /**
   * The same for a step behind its operand: gives the old value.
   *
   * @throws TypeError when the old value has no such operator.
   * @example const o = { x: 3 }; place(o, undefined, p => p.x).stepAfter('++', 'add', (p, _, v) => { p.x = v }) // 3
   */
  stepAfter<const Key extends '++' | '--'>(
    key: Key,
    method: string,
    write: (object: NoInfer<O>, key: K, value: Step<Key extends '++' ? '+' : '-', T>) => void,
  ): T {
    this.step(key, method, write)
    return this.#old
  }
}

/**
 * The place that `read` reads, with its value of this moment. Object and key were evaluated once, by the caller.
 *
 * @example place({ x: 3 }, undefined, p => p.x).step('--', 'sub', (p, _, v) => { p.x = v }) // 2
 */
export function place<O, const K, T>(object: O, key: K, read: (object: O, key: K) => T): Place<O, K, T> {
  return new Place(object, key, read(object, key))
}
