/**
 * What rounding takes from sums and products, exactly: the parts of a number are multiplied apart. It must not know who asks.
 * Source: Dekker, "A floating-point technique for extending the available precision", 1971.
 */

/** 2 ** 27 + 1, by which a number is taken apart; for numbers below 1e300. */
const SPLITTER = 134217729

/** a b minus its rounded value. */
export function productError(a: number, b: number): number {
  const [highA, highB] = [SPLITTER * a - (SPLITTER * a - a), SPLITTER * b - (SPLITTER * b - b)]
  const [lowA, lowB] = [a - highA, b - highB]
  return highA * highB - a * b + highA * lowB + lowA * highB + lowA * lowB
}

/** a + b minus its rounded value. */
export function sumError(a: number, b: number): number {
  const sum = a + b
  const part = sum - a
  return a - (sum - part) + (b - part)
}
