/** Formats numbers for people, and finds round numbers for axes. It must not know what is drawn. */

/** A few digits, with a typographic minus sign. */
export function short(x: number, digits = 5): string {
  if (Number.isNaN(x)) return 'NaN'
  if (!Number.isFinite(x)) return x > 0 ? '∞' : '−∞'
  const rounded = Number(x.toPrecision(digits))
  const isPlain = rounded === 0 || (Math.abs(rounded) >= 1e-4 && Math.abs(rounded) < 1e7)
  const text = isPlain ? String(rounded) : rounded.toExponential()
  return text.replaceAll('-', '−')
}

/** Round numbers from `from` to `to`, about `count` of them. */
export function ticks(from: number, to: number, count: number): number[] {
  const rough = (to - from) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map(factor => factor * power).find(step => step >= rough * 0.99) ?? 10 * power
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step)
}

/** A range that holds most of the values: poles and outliers are cut off. */
export function seen(values: readonly number[]): [number, number] {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b)
  if (sorted.length === 0) return [-1, 1]
  const [least, most] = [sorted[0]!, sorted.at(-1)!]
  const [low, high] = [sorted[Math.floor(sorted.length * 0.04)]!, sorted[Math.ceil(sorted.length * 0.96) - 1]!]
  const body = high - low
  const from = low - least > 2 * body && body > 0 ? low - body : least
  const to = most - high > 2 * body && body > 0 ? high + body : most
  const room = (to - from || Math.abs(to) || 1) * 0.08
  return [from - room, to + room]
}
