// The programs of bench/compiled.mjs: each as a function of plain numbers, whose gradient by its first argument is compiled, with its
// arguments. Those with an adjoint by hand have it here or in workloads.mjs. It must not know how they are compiled or measured.
// GMM, BA and LSTM are ADBench's models. Source: Srajer, Kukelova & Fitzgibbon, "A benchmark of selected algorithmic differentiation
// tools on some problems in computer vision and machine learning", 2018.
import { gmmByHand } from './gmm-by-hand.mjs'
import { random, workloads } from './workloads.mjs'

const workload = name => workloads.find(each => each.name.startsWith(name))
/** A program that workloads.mjs has as a function of tracked numbers and by hand. */
const known = (name, args) => ({
  tracked: () => workload(name).program(workload(name).data()),
  byHand: gradient => workload(name).hand(workload(name).data(), gradient),
  args: () => args(workload(name).data()),
})

const mlpArgs = ({ x, points, labels }) => [x, points, labels, [2, 16, 16, 1]]
const mlpHead = 'export function f(p: number[], X: number[][], Y: number[], sizes: number[]): number {\n'

const gmmHead = `function logSumExp(v: number[]): number {
  let top = v[0]!
  for (let i = 1; i < v.length; i++) top = Math.max(top, v[i]!)
  let s = 0
  for (let i = 0; i < v.length; i++) s += Math.exp(v[i]! - top)
  return Math.log(s) + top
}
function squaredNorm(v: number[]): number {
  let s = 0
  for (const x of v) s += x * x
  return s
}
`
const gmmEnd = `  let prior = 0
  for (let ik = 0; ik < k; ik++) {
    let frobenius = 0
    for (let id = 0; id < d; id++) frobenius += diagonals[ik * d + id]! ** 2
    for (let j = d; j < size; j++) frobenius += p[c + ik * size + j]! ** 2
    prior += 0.5 * gamma * gamma * frobenius - m * sums[ik]!
  }
  return total - n * logSumExp(alphas) + prior
}`

/** 25 Gaussians in ten dimensions, 1,000 points; the constant terms of the density are left out. */
export function gmmData() {
  const [d, k, n] = [10, 25, 1000]
  const next = random(3)
  const numbers = (count, scale) => Array.from({ length: count }, () => scale * (2 * next() - 1))
  const size = (d * (d + 1)) / 2
  return { p: numbers(k * (1 + d + size), 0.5), x: numbers(n * d, 2), n, k, d, gamma: 1, m: 0 }
}
const gmm = {
  byHand: gradient => gmmByHand(gmmData(), gradient),
  args: () => {
    const { p, x, n, k, d, gamma, m } = gmmData()
    return [p, x, n, k, d, gamma, m]
  },
}

const lstmArgs = () => {
  const [l, c, b] = [2, 1024, 14]
  const next = random(4)
  const numbers = count => Array.from({ length: count }, () => 2 * next() - 1)
  return [numbers(8 * b * l + 3 * b), numbers(2 * b * l), numbers(c * b).map(x => (x > 0 ? 1 : 0)), l, c, b]
}

const baArgs = () => {
  const next = random(5)
  const numbers = count => Array.from({ length: count }, () => 2 * next() - 1)
  const observations = 1000
  const cameras = Array.from({ length: 21 }, () => [
    ...numbers(3).map(x => x / 4),
    ...numbers(3),
    500,
    1,
    1,
    1e-3,
    1e-4,
  ])
  const points = Array.from({ length: 200 }, () => [...numbers(2), 8 + next()])
  const features = Array.from({ length: observations }, () => numbers(2))
  return [[...cameras.flat(), ...points.flat()], features, cameras.length, points.length]
}

const treeOf = depth => (depth === 0 ? null : { w: Math.sin(depth), left: treeOf(depth - 1), right: treeOf(depth - 1) })

export const programs = {
  'Rosenbrock, n = 1000': {
    source: `export function f(x: number[]): number {
  let s = 0
  for (let i = 0; i < x.length - 1; i++) s += 100 * (x[i + 1]! - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2
  return s
}`,
    ...known('Rosenbrock', ({ x }) => [x]),
  },
  'chain of 1e+5': {
    source: `export function f(x: number[], steps: number): number {
  let y = x[0]!
  for (let i = 0; i < steps; i++) {
    y = y * 0.999 + x[0]!
    if (i % 16 === 15) y = Math.sin(y)
  }
  return y
}`,
    ...known('chain of 1e+5', ({ x, steps }) => [x, steps]),
  },
  'MLP 2-16-16-1, 100 points': {
    source: `function dense(p: number[], off: number, nin: number, nout: number, x: number[], last: boolean): number[] {
  const out = new Array<number>(nout).fill(0)
  for (let j = 0; j < nout; j++) {
    const o = off + j * (nin + 1)
    let act = p[o + nin]!
    for (let i = 0; i < nin; i++) act += p[o + i]! * x[i]!
    out[j] = last || act > 0 ? act : 0
  }
  return out
}
export function f(p: number[], X: number[][], Y: number[], sizes: number[]): number {
  const [d0, d1, d2] = [sizes[0]!, sizes[1]!, sizes[2]!]
  let total = 0
  for (let k = 0; k < X.length; k++) {
    const h1 = dense(p, 0, d0, d1, X[k]!, false)
    const h2 = dense(p, d1 * (d0 + 1), d1, d2, h1, false)
    const s = dense(p, d1 * (d0 + 1) + d2 * (d1 + 1), d2, 1, h2, true)[0]!
    total += Math.max(0, 1 - Y[k]! * s)
  }
  let reg = 0
  for (const w of p) reg += w * w
  return total / X.length + 1e-4 * reg
}`,
    ...known('MLP', mlpArgs),
  },
  'MLP, index loops': {
    source: `${mlpHead}  let total = 0
  for (let k = 0; k < X.length; k++) {
    let h = X[k]!
    let off = 0
    for (let l = 1; l < sizes.length; l++) {
      const out: number[] = []
      for (let j = 0; j < sizes[l]!; j++) {
        let act = p[off + h.length]!
        for (let i = 0; i < h.length; i++) act += p[off + i]! * h[i]!
        out.push(l < sizes.length - 1 ? Math.max(0, act) : act)
        off += h.length + 1
      }
      h = out
    }
    total += Math.max(0, 1 - Y[k]! * h[0]!)
  }
  let reg = 0
  for (const w of p) reg += w * w
  return total / X.length + 1e-4 * reg
}`,
    ...known('MLP', mlpArgs),
  },
  'MLP, map and reduce': {
    source: `${mlpHead}  const layer = (h: number[], off: number, n: number, last: boolean): number[] =>
    Array.from({ length: n }, (_, j) => {
      const o = off + j * (h.length + 1)
      const act = h.reduce((s, v, i) => s + p[o + i]! * v, p[o + h.length]!)
      return last ? act : Math.max(0, act)
    })
  const losses = X.map((x, k) => {
    const h1 = layer(x, 0, sizes[1]!, false)
    const h2 = layer(h1, sizes[1]! * (sizes[0]! + 1), sizes[2]!, false)
    const [s = 0] = layer(h2, sizes[1]! * (sizes[0]! + 1) + sizes[2]! * (sizes[1]! + 1), 1, true)
    return Math.max(0, 1 - Y[k]! * s)
  })
  return losses.reduce((s, v) => s + v, 0) / X.length + 1e-4 * p.reduce((s, w) => s + w * w, 0)
}`,
    ...known('MLP', mlpArgs),
  },
  'GMM d10 K25 1k, naturally': {
    source: `${gmmHead}export function f(p: number[], x: number[], n: number, k: number, d: number, gamma: number, m: number): number {
  const [c, size] = [k + k * d, (d * (d + 1)) / 2]
  const alphas = p.slice(0, k)
  const diagonals = Array.from({ length: k * d }, (_, i) => Math.exp(p[c + Math.floor(i / d) * size + (i % d)]!))
  const sums = alphas.map((_, ik) => {
    let s = 0
    for (let id = 0; id < d; id++) s += p[c + ik * size + id]!
    return s
  })
  let total = 0
  for (let ix = 0; ix < n; ix++) {
    const terms = alphas.map((alpha, ik) => {
      let square = 0
      for (let j = 0; j < d; j++) {
        let q = diagonals[ik * d + j]! * (x[ix * d + j]! - p[k + ik * d + j]!)
        for (let i = 0; i < j; i++)
          q += p[c + ik * size + d + i * d - (i * (i + 1)) / 2 + j - i - 1]! * (x[ix * d + i]! - p[k + ik * d + i]!)
        square += q * q
      }
      return alpha + sums[ik]! - 0.5 * square
    })
    total += logSumExp(terms)
  }
${gmmEnd}`,
    ...gmm,
  },
  'GMM, with scratch arrays': {
    source: `${gmmHead}export function f(p: number[], x: number[], n: number, k: number, d: number, gamma: number, m: number): number {
  const [c, size] = [k + k * d, (d * (d + 1)) / 2]
  const alphas = p.slice(0, k)
  const diagonals = new Array<number>(d * k).fill(0)
  const sums = new Array<number>(k).fill(0)
  const centered = new Array<number>(d).fill(0)
  const rotated = new Array<number>(d).fill(0)
  const terms = new Array<number>(k).fill(0)
  for (let ik = 0; ik < k; ik++)
    for (let id = 0; id < d; id++) {
      const q = p[c + ik * size + id]!
      sums[ik]! += q
      diagonals[ik * d + id] = Math.exp(q)
    }
  let total = 0
  for (let ix = 0; ix < n; ix++) {
    for (let ik = 0; ik < k; ik++) {
      for (let id = 0; id < d; id++) centered[id] = x[ix * d + id]! - p[k + ik * d + id]!
      for (let id = 0; id < d; id++) rotated[id] = diagonals[ik * d + id]! * centered[id]!
      let at = c + ik * size + d
      for (let i = 0; i < d; i++)
        for (let j = i + 1; j < d; j++) {
          rotated[j]! += p[at]! * centered[i]!
          at++
        }
      terms[ik] = alphas[ik]! + sums[ik]! - 0.5 * squaredNorm(rotated)
    }
    total += logSumExp(terms)
  }
${gmmEnd}`,
    ...gmm,
  },
  'LSTM l2 c1024': {
    source: `const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
interface State { hidden: number[]; cell: number[] }
export function f(p: number[], state0: number[], sequence: number[], l: number, c: number, b: number): number {
  const states: State[] = []
  for (let i = 0; i < l; i++)
    states.push({ hidden: state0.slice(2 * b * i, 2 * b * i + b), cell: state0.slice(2 * b * i + b, 2 * b * (i + 1)) })
  const e = 8 * b * l
  let total = 0
  for (let t = 0; t < c - 1; t++) {
    let x: number[] = Array.from({ length: b }, (_, i) => sequence[t * b + i]! * p[e + i]!)
    for (let i = 0; i < l; i++) {
      const { hidden, cell } = states[i]!
      const w = 8 * b * i
      for (let j = 0; j < b; j++) {
        const forget = sigmoid(x[j]! * p[w + j]! + p[w + 4 * b + j]!)
        const into = sigmoid(hidden[j]! * p[w + b + j]! + p[w + 5 * b + j]!)
        const out = sigmoid(x[j]! * p[w + 2 * b + j]! + p[w + 6 * b + j]!)
        const change = Math.tanh(hidden[j]! * p[w + 3 * b + j]! + p[w + 7 * b + j]!)
        cell[j] = cell[j]! * forget + into * change
        hidden[j] = out * Math.tanh(cell[j]!)
      }
      x = hidden
    }
    const predicted = x.map((v, i) => v * p[e + b + i]! + p[e + 2 * b + i]!)
    let s = 2
    for (const v of predicted) s += Math.exp(v)
    for (let i = 0; i < b; i++) total += sequence[(t + 1) * b + i]! * (predicted[i]! - Math.log(s))
  }
  return -total / ((c - 1) * b)
}`,
    args: lstmArgs,
  },
  'BA, squared errors of 1000 observations': {
    source: `type V3 = [number, number, number]
const cross = (a: V3, b: V3): V3 => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
function rotate(r: V3, x: V3): V3 {
  const angle = Math.sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2])
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  const w: V3 = [r[0] / angle, r[1] / angle, r[2] / angle]
  const turned = cross(w, x)
  const along = (w[0] * x[0] + w[1] * x[1] + w[2] * x[2]) * (1 - c)
  return [x[0] * c + turned[0] * s + w[0] * along, x[1] * c + turned[1] * s + w[1] * along, x[2] * c + turned[2] * s + w[2] * along]
}
export function f(p: number[], features: number[][], cameras: number, points: number): number {
  let total = 0
  for (let i = 0; i < features.length; i++) {
    const feature = features[i]!
    const o = 11 * (i % cameras)
    const q = 11 * cameras + 3 * (i % points)
    const seen = rotate([p[o]!, p[o + 1]!, p[o + 2]!], [p[q]! - p[o + 3]!, p[q + 1]! - p[o + 4]!, p[q + 2]! - p[o + 5]!])
    const [u, v] = [seen[0] / seen[2], seen[1] / seen[2]]
    const r = u * u + v * v
    const distortion = 1 + p[o + 9]! * r + p[o + 10]! * r * r
    total += (u * distortion * p[o + 6]! + p[o + 7]! - feature[0]!) ** 2 + (v * distortion * p[o + 6]! + p[o + 8]! - feature[1]!) ** 2
  }
  return total
}`,
    args: baArgs,
  },
  'stencil, 1000 steps of 50': {
    source: `export function f(u0: number[], steps: number): number {
  let u = u0.slice()
  let next = u0.slice()
  for (let t = 0; t < steps; t++) {
    for (let i = 1; i < u.length - 1; i++) next[i] = u[i]! + 0.2 * (u[i - 1]! - 2 * u[i]! + u[i + 1]!)
    ;[u, next] = [next, u]
  }
  let s = 0
  for (const v of u) s += v * v
  return s
}`,
    args: () => [Array.from({ length: 50 }, (_, i) => Math.sin(i)), 1000],
  },
  'RK4 orbit, 1000 steps': {
    source: `interface State { x: number; y: number; u: number; v: number }
const slope = ({ x, y, u, v }: State): State => {
  const r3 = (x * x + y * y) ** 1.5
  return { x: u, y: v, u: -x / r3, v: -y / r3 }
}
const moved = (s: State, d: State, h: number): State => ({ x: s.x + h * d.x, y: s.y + h * d.y, u: s.u + h * d.u, v: s.v + h * d.v })
export function f(z: number[], steps: number): number {
  let s: State = { x: z[0]!, y: z[1]!, u: z[2]!, v: z[3]! }
  const h = 0.01
  for (let i = 0; i < steps; i++) {
    const a = slope(s)
    const b = slope(moved(s, a, h / 2))
    const c = slope(moved(s, b, h / 2))
    const d = slope(moved(s, c, h))
    s = moved(moved(moved(moved(s, a, h / 6), b, h / 3), c, h / 3), d, h / 6)
  }
  return s.x * s.x + s.y * s.y
}`,
    args: () => [[1, 0, 0, 1.1], 1000],
  },
  'a tree of depth 10': {
    source: `interface Tree { w: number; left: Tree | null; right: Tree | null }
function up(t: Tree | null, x: number): number {
  if (t === null) return x
  return Math.tanh(t.w * up(t.left, x) + up(t.right, x * 0.5))
}
export function f(t: Tree, x: number): number {
  return up(t, x)
}`,
    args: () => [treeOf(10), 0.7],
    // the tape takes no null, and an array is no tree
    hasTape: false,
    hasInto: false,
  },
}
