/**
 * What a row of the table of primitives is: its type, and its constructors for one operand and for two.
 * Data only; it must not know any primitive, node or engine.
 */

interface Details {
  /** Where the function is defined, if not everywhere. Outside it the value and the derivative are NaN. */
  readonly domain?: string
  /** What it is, in words, where its name and formula do not tell; and who wrote about it. */
  readonly meaning?: string
  /** A second name of the function. */
  readonly alias?: string
  /** Takes any number of operands, as one node; names the method that one operand alone gives. */
  readonly alone?: 'pos' | 'abs'
  /** Of the special functions: one that others are made of, and no entry exports. */
  readonly internal?: true
  /** The value is one of the operands: nothing flows to an operand with partial 0, not even times Infinity. */
  readonly selects?: true
  /**
   * Models are mostly made of it: inside a scope it has a method of its own, and with 'reflected' its reflected method is another.
   * The general method of all other rows costs some 50 ns more, but no bytes in a bundle.
   */
  readonly frequent?: true | 'reflected'
}

interface Row<Key extends string, Operands extends readonly number[]> extends Details {
  /** What the user types: keys of an operator table. */
  readonly keys: readonly Key[]
  readonly arity: Operands['length']
  /** A function of `Math`, a function of special.ts (where a value needs a loop), or an arrow, whose expression is quoted. */
  readonly value: (...operands: Operands) => number
  /** One for each operand; the argument after the operands is the value. Arrows, whose expressions are quoted. */
  readonly partials: readonly ((...operandsAndValue: [...Operands, number]) => number)[]
  /** Ordinary points, where the partials equal central differences. */
  readonly samples: readonly Operands[]
}

/** A row of one operand: partial (x, y) with y the value. */
export interface UnaryRule<Key extends string = string> extends Row<Key, [x: number]> {
  readonly arity: 1
}

/** A row of two operands: partials (a, b, y) with y the value. */
export interface BinaryRule<Key extends string = string> extends Row<Key, [a: number, b: number]> {
  readonly arity: 2
}

type BinaryPartial = (a: number, b: number, y: number) => number

/**
 * In a partial: `value` is a convention, at a kink, a jump or the end of a domain. Where `zeros` is -1 it has no derivative by the
 * operands `by`: it is NaN. Else the first `zeros` derivatives by the first of them are 0, as are all by the others.
 */
export function kink(value: number, _zeros: number, ..._by: readonly number[]): number {
  return value
}

/** A row of one operand. */
export function unary<const Key extends string>(
  key: Key,
  value: (x: number) => number,
  partial: (x: number, y: number) => number,
  samples: readonly number[],
  details: Details = {},
): UnaryRule<Key> {
  return { ...named(value, partial, samples, details), keys: [key] }
}

/** A row of one operand that only its own name calls: no operator, no function of `Math`. */
export function named(
  value: (x: number) => number,
  partial: (x: number, y: number) => number,
  samples: readonly number[],
  details: Details = {},
): UnaryRule<never> {
  return { keys: [], arity: 1, value, partials: [partial], samples: samples.map(x => [x] as [number]), ...details }
}

/** A row of two operands; `keys` may be several, as for `**` and `Math.pow`. */
export function binary<const Key extends string>(
  keys: Key | readonly Key[],
  value: (a: number, b: number) => number,
  partials: readonly [BinaryPartial, BinaryPartial],
  samples: readonly [number, number][],
  details: Details = {},
): BinaryRule<Key> {
  const allKeys = typeof keys === 'string' ? [keys] : keys
  return { keys: allKeys, arity: 2, value, partials, samples, ...details }
}
