/**
 * What options must be: a plain object, with no name but theirs, and each value in its range. It must not know whose options they are.
 */
import { kindOf, unexpected } from './node.ts'

/** What the value of an option must be, and in words; where it is required, a value that is left out is none. */
export type Range = readonly [is: (value: unknown) => boolean, words: string, isRequired?: true]

export const numberWhere = (is: (x: number) => boolean, words: string): Range => [
  value => typeof value === 'number' && is(value),
  words,
]
export const required = ([is, words]: Range): Range => [is, words, true]

export const anyNumber = /* @__PURE__ */ numberWhere(() => true, 'a number')
export const finite = /* @__PURE__ */ numberWhere(Number.isFinite, 'a finite number')
export const atLeast0 = /* @__PURE__ */ numberWhere(x => x >= 0, 'at least 0')
export const trueOrFalse: Range = [value => typeof value === 'boolean', 'true or false']
export const aFunction: Range = [value => typeof value === 'function', 'a function']
/** What another function asks about. */
export const anything: Range = [() => true, '']

const shown = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value)
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : kindOf(value)
}

/**
 * The options. An object of a class, or one that has defaults behind it, may be one; a Date, a Map or an array has no option and is none.
 *
 * @throws TypeError for what is no such object, and for a name that is no option; RangeError for a number out of its range.
 */
export function requireOptions<Options extends object>(
  where: string,
  options: Options,
  ranges: { readonly [Name in keyof Options]-?: Range },
): Options {
  const expected = `options { ${Object.keys(ranges).join(', ')} }`
  if (Object.prototype.toString.call(options) !== '[object Object]') throw unexpected(where, expected, options)
  for (const name in options)
    if (!Object.hasOwn(ranges, name)) throw new TypeError(`${where}: expected ${expected}; got one named \`${name}\``)
  for (const name in ranges) {
    const value = options[name]
    const [is, words, isRequired] = ranges[name]
    if (value === undefined ? isRequired : !is(value)) {
      const message = `${where}: ${name} is ${shown(value)}; it must be ${words}`
      throw typeof value === 'number' ? new RangeError(message) : new TypeError(message)
    }
  }
  return options
}
