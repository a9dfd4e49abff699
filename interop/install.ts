/**
 * Adds to a library's class the methods that its operators need and that it lacks, as properties that are not enumerable.
 * It must not know any library.
 */

/** Marks installed methods, so that a second copy of an entry replaces them instead of reporting a clash. */
const INSTALLED = Symbol.for('tsgrad.interop')

type Class<T> = { readonly prototype: T; readonly name: string }

function entriesOf(methods: object): [name: string, method: object][] {
  return Object.entries<object>(methods as Record<string, object>)
}

function define(prototype: object, name: string, method: object): void {
  Object.defineProperty(method, INSTALLED, { value: true })
  Object.defineProperty(prototype, name, { value: method, configurable: true, writable: true })
}

/**
 * Adds methods to a class, all or none.
 *
 * @throws TypeError when the class has something else of one of these names.
 */
export function install<T extends object, K extends keyof T>(owner: Class<T>, methods: Pick<T, K> & ThisType<T>): void {
  const all = entriesOf(methods)
  const { prototype } = owner
  for (const [name] of all) {
    const present = (prototype as Record<string, unknown>)[name]
    if (name in prototype && !(present as Record<symbol, unknown> | undefined)?.[INSTALLED])
      throw new TypeError(
        `tsgrad cannot add the method '${name}' to ${owner.name}: ` +
          `this version of the library, or another package, already defines it. Name the operators in a table of your own, as the README of tsgrad shows`,
      )
  }
  for (const [name, method] of all) define(prototype, name, method)
}

/** The same for methods that the library itself may add under the same names with the same meaning: what is there stays. */
export function installMissing<T extends object, K extends keyof T>(
  owner: Class<T>,
  methods: Pick<T, K> & ThisType<T>,
): void {
  for (const [name, method] of entriesOf(methods)) if (!(name in owner.prototype)) define(owner.prototype, name, method)
}
