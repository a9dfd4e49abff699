// Times of contestants that take turns, in Node and in browsers. It must not know what they compute.

/** Milliseconds: of processor time in Node, which a busy machine changes less; by the clock elsewhere. */
export const spent = globalThis.process?.cpuUsage
  ? () => {
      const { user, system } = process.cpuUsage()
      return (user + system) / 1000
    }
  : () => performance.now()

const median = xs => [...xs].sort((a, b) => a - b)[xs.length >> 1]

/** The medians of their times in microseconds, by name: `samples` batches of some `milliseconds` each, after ten times as long, and ten calls, to warm up. */
export function timesOf(contestants, { samples, milliseconds }) {
  const entries = Object.entries(contestants).map(([name, run]) => {
    const start = spent()
    let count = 0
    while (spent() - start < 10 * milliseconds || count < 10) {
      run()
      count++
    }
    const each = (spent() - start) / count
    return { name, run, count: Math.max(1, Math.round(milliseconds / each)), times: [] }
  })
  for (let i = 0; i < samples; i++)
    for (const { run, count, times } of entries) {
      const start = spent()
      for (let k = 0; k < count; k++) run()
      times.push(((spent() - start) * 1000) / count)
    }
  return Object.fromEntries(entries.map(({ name, times }) => [name, median(times)]))
}

/** How far two gradients are apart at most, by their sizes. */
export function distance(a, b) {
  const [x, y] = [a, b].map(numbersIn)
  if (x.length !== y.length) throw new Error(`${x.length} and ${y.length} numbers`)
  return x.reduce((most, each, i) => Math.max(most, Math.abs(each - y[i]) / (1 + Math.abs(y[i]))), 0)
}
const numbersIn = value =>
  typeof value === 'number' ? [value] : Object.values(value ?? {}).flatMap(each => [...numbersIn(each)])

/** One row: the times of a program's contestants, after their gradients were compared. */
export function row({ name, own, plain, into, taped, args, byHand, tracked }, engines, options) {
  const [forOwn, forPlain, forTaped] = [args(), args(), args()]
  const [, found] = own.derived(...forOwn)
  const contestants = { compiled: () => own.derived(...forOwn), plain: () => plain.f(...forPlain) }
  const expected = { tape: undefined, hand: undefined }
  if (into) {
    const [forInto, [out]] = [args(), args()]
    into.derived(out, ...forInto)
    if (!(distance(out, found) < 1e-9)) throw new Error(`${name}: gradInto differs`)
    contestants.into = () => into.derived(out, ...forInto)
  }
  if (byHand) {
    const gradient = new Float64Array(found.length)
    const run = byHand(gradient)
    run()
    expected.hand = distance(found, [...gradient])
    contestants.hand = run
  }
  if (tracked) {
    const derived = engines.valueAndGrad(tracked())
    const x = args()[0]
    expected.tape = distance(found, derived(x)[1])
    contestants.tape = () => derived(x)
  } else if (taped) {
    expected.tape = distance(found, taped.derived(...forTaped)[1])
    contestants.tape = () => taped.derived(...forTaped)
  }
  for (const [who, far] of Object.entries(expected))
    if (far !== undefined && !(far < 1e-8)) throw new Error(`${name}: compiled and ${who} differ by ${far}`)
  return {
    name,
    ratio: own.ratio,
    far: Math.max(0, ...Object.values(expected).filter(Boolean)),
    ...timesOf(contestants, options),
  }
}
