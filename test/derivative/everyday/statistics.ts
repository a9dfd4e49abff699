/** Statistics: likelihoods, smoothing, moments. */

const mean = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0) / xs.length
const variance = (xs: readonly number[], m = mean(xs)) => mean(xs.map(x => (x - m) ** 2))
const zip = <A, B>(a: readonly A[], b: readonly B[]): [A, B][] => a.map((each, i) => [each, b[i]!])

export function correlation(xs: number[], ys: number[]): number {
  const [mx, my] = [mean(xs), mean(ys)]
  const covariance = mean(zip(xs, ys).map(([x, y]) => (x - mx) * (y - my)))
  return covariance / Math.sqrt(variance(xs, mx) * variance(ys, my))
}

export function skewness(xs: number[]): number {
  const m = mean(xs)
  const s = Math.sqrt(variance(xs))
  return mean(xs.map(x => ((x - m) / s) ** 3))
}

const heights = [1.62, 1.75, 1.81, 1.58, 1.69]
export function normalLikelihood({ mu, sigma }: { mu: number; sigma: number }): number {
  return heights.reduce((sum, h) => sum - Math.log(sigma) - 0.5 * ((h - mu) / sigma) ** 2, 0)
}

export function mixture(theta: { weights: number[]; means: number[]; deviations: number[] }, xs: number[]): number {
  const total = theta.weights.map(w => Math.exp(w)).reduce((a, b) => a + b)
  let logLikelihood = 0
  for (const x of xs) {
    const terms = theta.means.map((m, k) => {
      const s = Math.exp(theta.deviations[k]!)
      return theta.weights[k]! - Math.log(total) - Math.log(s) - 0.5 * ((x - m) / s) ** 2
    })
    const most = Math.max(...terms)
    logLikelihood += most + Math.log(terms.reduce((sum, t) => sum + Math.exp(t - most), 0))
  }
  return logLikelihood
}

export function median(xs: number[]): number {
  const sorted = [...xs].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

export function quantile(xs: number[], q: number): number {
  const sorted = xs.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * q
  const low = Math.floor(at)
  const rest = sorted[low + 1] !== undefined ? sorted[low + 1]! - sorted[low]! : 0
  return sorted[low]! + (at - low) * rest
}

export function trimmedMean(xs: number[]): number {
  const n = Math.floor(xs.length * 0.2)
  const kept = xs
    .slice()
    .sort((a, b) => a - b)
    .slice(n, xs.length - n)
  return mean(kept)
}

export function huber(beta: [slope: number, offset: number], data: { x: number; y: number }[]): number {
  const loss = (r: number, delta = 1) => (Math.abs(r) <= delta ? 0.5 * r * r : delta * (Math.abs(r) - 0.5 * delta))
  return data.map(({ x, y }) => loss(y - beta[0] * x - beta[1])).reduce((a, b) => a + b, 0)
}

export function poissonRegression(beta: number[], rows: number[][], counts: number[]): number {
  let total = 0
  rows.forEach((row, i) => {
    let eta = 0
    for (let j = 0; j < beta.length; j++) eta += beta[j]! * row[j]!
    total += counts[i]! * eta - Math.exp(eta)
  })
  return total
}

const gammaln = (x: number): number => {
  const g = [
    76.18009172947146, -86.505320329416, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2,
    -0.5395239384953e-5,
  ]
  let y = x
  const tmp = x + 5.5
  let series = 1.000000000190015
  for (const c of g) series += c / ++y
  return (x + 0.5) * Math.log(tmp) - tmp + Math.log((2.50662827463 * series) / x)
}
export function betaLikelihood(a: number, b: number): number {
  return [0.2, 0.5, 0.7].reduce(
    (sum, x) => sum + (a - 1) * Math.log(x) + (b - 1) * Math.log(1 - x) - gammaln(a) - gammaln(b) + gammaln(a + b),
    0,
  )
}

export function autocorrelation(series: number[]): number {
  const lag = 2
  const m = mean(series)
  let [above, below] = [0, 0]
  for (let t = 0; t < series.length; t++) {
    below += (series[t]! - m) ** 2
    if (t >= lag) above += (series[t]! - m) * (series[t - lag]! - m)
  }
  return above / below
}

export function kalman(noise: { process: number; measure: number }, zs: number[]): number {
  let state = { x: 0, p: 1 }
  let likelihood = 0
  for (const z of zs) {
    const predicted = { ...state, p: state.p + noise.process }
    const innovation = z - predicted.x
    const s = predicted.p + noise.measure
    const gain = predicted.p / s
    state = { x: predicted.x + gain * innovation, p: (1 - gain) * predicted.p }
    likelihood -= 0.5 * (Math.log(s) + innovation ** 2 / s)
  }
  return likelihood
}

export function welford(xs: number[]): number {
  let [n, m, m2] = [0, 0, 0]
  for (const x of xs) {
    n++
    const delta = x - m
    m += delta / n
    m2 += delta * (x - m)
  }
  return Math.sqrt(m2 / (n - 1))
}

export function kernelDensity(at: number, xs: number[], width: number): number {
  const kernel = (u: number) => (Math.abs(u) < 1 ? 0.75 * (1 - u * u) : 0)
  return xs.map(x => kernel((at - x) / width)).reduce((a, b) => a + b) / (xs.length * width)
}

export function entropy(logits: number[]): number {
  const most = logits.reduce((a, b) => (a > b ? a : b))
  const exps = logits.map(l => Math.exp(l - most))
  const sum = exps.reduce((a, b) => a + b)
  return -exps.map(e => e / sum).reduce((h, p) => h + (p > 0 ? p * Math.log(p) : 0), 0)
}

const path = [0, 1, 1, 0]
export function markov(p: number[][]): number {
  let logP = 0
  for (let i = 1; i < path.length; i++) {
    const row = p[path[i - 1]!]!
    const total = row.reduce((a, b) => a + b)
    logP += Math.log(row[path[i]!]! / total)
  }
  return logP
}

export function cumulativeMax(xs: number[]): number {
  const sums = xs.reduce<number[]>((all, x) => all.concat((all.at(-1) ?? 0) + x), [])
  return Math.max(...sums) - Math.min(...sums)
}

export function isotonic(xs: number[]): number {
  const blocks: { sum: number; count: number }[] = []
  for (const x of xs) {
    blocks.push({ sum: x, count: 1 })
    while (blocks.length > 1) {
      const last = blocks[blocks.length - 1]!
      const before = blocks[blocks.length - 2]!
      if (before.sum / before.count <= last.sum / last.count) break
      before.sum += last.sum
      before.count += last.count
      blocks.pop()
    }
  }
  return blocks.reduce((s, b) => s + (b.sum / b.count) ** 2 * b.count, 0)
}

export const points: Record<string, unknown[]> = {
  correlation: [
    [1, 2.2, 0.7, 3],
    [0.5, 1.9, 1.1, 2],
  ],
  skewness: [[1, 2.2, 0.7, 5]],
  normalLikelihood: [{ mu: 1.7, sigma: 0.1 }],
  mixture: [{ weights: [0.1, 0.4], means: [-1, 2], deviations: [0.2, -0.3] }, [-0.5, 1.8, 2.4]],
  median: [[3, 1, 2.5, 7]],
  quantile: [[3, 1, 2.5, 7], 0.4],
  trimmedMean: [[3, 1, 2.5, 7, -4]],
  huber: [
    [0.5, 0.2],
    [
      { x: 1, y: 1 },
      { x: 2, y: 4 },
      { x: 3, y: 1.5 },
    ],
  ],
  poissonRegression: [
    [0.1, 0.4],
    [
      [1, 0.5],
      [1, 1.5],
      [1, -1],
    ],
    [2, 3, 0],
  ],
  betaLikelihood: [2.2, 1.7],
  autocorrelation: [[1, 2, 1.5, 0.5, 2.5]],
  kalman: [{ process: 0.1, measure: 0.5 }, [0.2, 0.4, 0.9]],
  welford: [[1, 2.5, 0.3, 4]],
  kernelDensity: [0.5, [0, 0.4, 1.2, 3], 1.1],
  entropy: [[0.5, -1, 2]],
  markov: [
    [
      [0.7, 0.4],
      [0.2, 0.9],
    ],
  ],
  cumulativeMax: [[1, -2, 3, 0.5, -1]],
  isotonic: [[1, 3, 2, 4, 3.5, 3]],
}
