/**
 * Formats values as a console does.
 * It must not know where the text goes.
 */
import { NumberWithGrad } from '../../runtime/index.ts'

const MOST_ITEMS = 100
const DEEPEST = 4
const WIDEST = 76

/** The limit for the parts of one value, over all nesting. */
const MOST_PARTS = 2000

/** The state while a value is written. */
interface Writing {
  parts: number
}

/** The arguments of `console.log`, as one text. Exceptions of getters and proxies do not end it. */
export function formatted(values: readonly unknown[]): string {
  const writing = { parts: 0 }
  const one = (value: unknown) => (typeof value === 'string' ? value : format(value, 0, new Set(), writing))
  return values.slice(0, MOST_ITEMS).map(one).join(' ')
}

function format(value: unknown, depth: number, parents: ReadonlySet<unknown>, writing: Writing): string {
  if (writing.parts++ > MOST_PARTS) return '…'
  try {
    return written(value, depth, parents, writing)
  } catch {
    return '[throws when it is read]'
  }
}

function written(value: unknown, depth: number, parents: ReadonlySet<unknown>, writing: Writing): string {
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return `[function ${value.name || 'without a name'}]`
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value)
  if (value instanceof NumberWithGrad) return tracked(value)
  if (value instanceof Error) return `${value.name}: ${value.message}`
  if (parents.has(value)) return '[itself]'
  if (depth > DEEPEST) return Array.isArray(value) ? '[…]' : '{…}'
  const inside = new Set([...parents, value])
  const inner = (each: unknown) => format(each, depth + 1, inside, writing)
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return list(value as unknown as ArrayLike<unknown>, inner)
  if (value instanceof Map)
    return braced(
      'Map ',
      [...value].slice(0, MOST_ITEMS).map(([key, each]) => `${inner(key)} => ${inner(each)}`),
    )
  if (value instanceof Set) return braced('Set ', [...value].slice(0, MOST_ITEMS).map(inner))
  return object(value, inner)
}

function tracked(value: NumberWithGrad): string {
  return `NumberWithGrad(${value.num}${value.grad === null ? '' : `, grad ${value.grad}`})`
}

function list(values: ArrayLike<unknown>, inner: (value: unknown) => string): string {
  const shown = Array.from({ length: Math.min(values.length, MOST_ITEMS) }, (_, i) => inner(values[i]))
  if (values.length > MOST_ITEMS) shown.push(`… ${values.length - MOST_ITEMS} more`)
  return wrapped('[', shown, ']')
}

function object(value: object, inner: (value: unknown) => string): string {
  const { toString: write } = value
  const isOwnText = write !== undefined && write !== Object.prototype.toString && value.constructor !== Object
  const { name = '' } = value.constructor ?? {}
  if (isOwnText && typeof write === 'function') return `${name} ${String(value)}`
  const keys = Object.keys(value).slice(0, MOST_ITEMS)
  return braced(
    name === 'Object' || name === '' ? '' : `${name} `,
    keys.map(key => `${key}: ${read(value, key, inner)}`),
  )
}

/** A property, whose getter may throw. */
function read(value: object, key: string, inner: (value: unknown) => string): string {
  try {
    return inner((value as Record<string, unknown>)[key])
  } catch {
    return '[throws when it is read]'
  }
}

const braced = (name: string, parts: readonly string[]) =>
  name + (parts.length === 0 ? '{}' : wrapped('{ ', parts, ' }'))

/** On one line if that is short, otherwise each part on its own line. */
function wrapped(open: string, parts: readonly string[], close: string): string {
  const line = open + parts.join(', ') + close
  if (line.length <= WIDEST && !line.includes('\n')) return line
  return `${open.trim()}\n${parts.map(part => `  ${part.replaceAll('\n', '\n  ')}`).join(',\n')}\n${close.trim()}`
}
