/** Machine learning: layers, losses, recurrent cells. */

type Layer = { weights: number[][]; biases: number[] }
type Activation = (x: number) => number

const relu: Activation = x => (x > 0 ? x : 0)
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
const gelu = (x: number) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))
const activations = { relu, sigmoid, gelu, tanh: Math.tanh }
const square = (x: number) => x * x

const softmax = (xs: number[]) => {
  const most = Math.max(...xs)
  const exps = xs.map(x => Math.exp(x - most))
  const sum = exps.reduce((a, b) => a + b, 0)
  return exps.map(e => e / sum)
}

const dense = (layer: Layer, x: number[], activation: Activation = Math.tanh) =>
  layer.weights.map((row, i) => activation(row.reduce((s, w, j) => s + w * x[j]!, layer.biases[i]!)))

export function network(params: { hidden: Layer; out: Layer }, x: number[]): number {
  const h = dense(params.hidden, x, gelu)
  return dense(params.out, h, z => z)[0]! + 0.1 * dense(params.out, h)[0]! + 0.1 * dense(params.out, h, Math.atan)[0]!
}

export function deepNetwork(layers: Layer[], x: number[]): number {
  let h = x
  for (let l = 0; l < layers.length; l++) h = dense(layers[l]!, h, l === layers.length - 1 ? z => z : relu)
  return h[0]!
}

export function crossEntropy(logits: number[]): number {
  const label = 1
  const p = softmax(logits)
  return -Math.log(p[label]! + 1e-12)
}

export function layerNorm(xs: number[], gain: number, bias: number): number {
  const mu = xs.reduce((a, b) => a + b) / xs.length
  const varr = xs.reduce((a, b) => a + (b - mu) ** 2, 0) / xs.length
  const out = xs.map(x => gain * ((x - mu) / Math.sqrt(varr + 1e-5)) + bias)
  return out.reduce((s, o, i) => s + o * (i + 1), 0)
}

export function attention(q: number[][], k: number[][], v: number[][]): number {
  const scale = Math.sqrt(k[0]!.length)
  const scores = q.map(qi => softmax(k.map(kj => qi.reduce((s, each, d) => s + each * kj[d]!, 0) / scale)))
  const out = scores.map(row => v[0]!.map((_, d) => row.reduce((s, a, j) => s + a * v[j]![d]!, 0)))
  return out.flat().reduce((s, each, i) => s + each * (i + 1), 0)
}

interface Cell {
  readonly h: readonly number[]
  readonly c: readonly number[]
}
export function lstm(w: number[], xs: number[]): number {
  let state: Cell = { h: [0, 0], c: [0, 0] }
  for (const x of xs) {
    const gates = [0, 1, 2, 3].map(g => [0, 1].map(j => w[g * 4 + j * 2]! * x + w[g * 4 + j * 2 + 1]! * state.h[j]!))
    const [i, f, o, g] = gates as [number[], number[], number[], number[]]
    const c = state.c.map((each, j) => sigmoid(f[j]!) * each + sigmoid(i[j]!) * Math.tanh(g[j]!))
    state = { h: c.map((each, j) => sigmoid(o[j]!) * Math.tanh(each)), c }
  }
  return state.h[0]! + 2 * state.h[1]!
}

export function convolution(kernel: number[], signal: Float64Array): number {
  const out = new Float64Array(signal.length - kernel.length + 1)
  for (let i = 0; i < out.length; i++) for (let j = 0; j < kernel.length; j++) out[i]! += kernel[j]! * signal[i + j]!
  const pooled: number[] = []
  for (let i = 0; i + 1 < out.length; i += 2) pooled.push(Math.max(out[i]!, out[i + 1]!))
  return pooled.map(relu).reduce((a, b) => a + b, 0)
}

export function byActivation(x: number): number {
  return activations.relu(x) + activations.sigmoid(x) * activations.gelu(x) + activations.tanh(x)
}

export function hinge(w: { coefficients: number[]; bias: number }, points: { x: number[]; label: 1 | -1 }[]): number {
  const margin = (p: { x: number[]; label: 1 | -1 }) =>
    p.label * (p.x.reduce((s, each, i) => s + each * w.coefficients[i]!, 0) + w.bias)
  return (
    points.map(p => Math.max(0, 1 - margin(p)) ** 2).reduce((a, b) => a + b) +
    0.1 * w.coefficients.reduce((s, c) => s + c * c, 0)
  )
}

export function adamStep(w: number, g: number): number {
  const [b1, b2] = [0.9, 0.999]
  let [m, v] = [0, 0]
  let p = w
  for (let t = 1; t <= 3; t++) {
    m = b1 * m + (1 - b1) * g * p
    v = b2 * v + (1 - b2) * (g * p) ** 2
    p -= (0.1 * (m / (1 - b1 ** t))) / (Math.sqrt(v / (1 - b2 ** t)) + 1e-8)
  }
  return p
}

export function embedding(table: number[][], ids: number[]): number {
  const vectors = ids.map(id => table[id]!)
  const pooled = vectors[0]!.map((_, d) => vectors.reduce((s, v) => s + v[d]!, 0) / vectors.length)
  return Math.sqrt(pooled.map(square).reduce((a, b) => a + b))
}

export function focal(logit: number, target: 0 | 1, { gamma = 2, alpha = 0.25 } = {}): number {
  const p = sigmoid(logit)
  const pt = target === 1 ? p : 1 - p
  const a = target === 1 ? alpha : 1 - alpha
  return -a * (1 - pt) ** gamma * Math.log(pt)
}

export function gru(p: Record<'wz' | 'wr' | 'wh' | 'uz' | 'ur' | 'uh', number>, xs: number[]): number {
  return xs.reduce((h, x) => {
    const z = sigmoid(p.wz * x + p.uz * h)
    const r = sigmoid(p.wr * x + p.ur * h)
    return (1 - z) * h + z * Math.tanh(p.wh * x + p.uh * (r * h))
  }, 0.1)
}

export function kmeans(centers: number[][], data: number[][]): number {
  return data.reduce((total, row) => {
    const distances = centers.map(c => c.reduce((s, each, i) => s + (each - row[i]!) ** 2, 0))
    return total + Math.min(...distances)
  }, 0)
}

export function dropout(x: number[], mask: boolean[]): number {
  return x.map((each, i) => (mask[i] ? each * 2 : 0)).reduce((a, b) => a + b * b, 0)
}

export function batchLoss(w: number[]): number {
  const batches = new Map<string, number[]>([
    ['a', [1, 2]],
    ['b', [3, 4]],
  ])
  let loss = 0
  for (const key of ['a', 'b']) {
    const batch = batches.get(key)!
    for (const [i, x] of batch.entries()) loss += (w[i]! * x - 1) ** 2
  }
  return loss
}

export function confusion(scores: number[], labels: number[]): number {
  const soft = { tp: 0, fp: 0, fn: 0 }
  scores.forEach((s, i) => {
    const p = sigmoid(s)
    if (labels[i] === 1) {
      soft.tp += p
      soft.fn += 1 - p
    } else soft.fp += p
  })
  const { tp, fp, fn } = soft
  return (2 * tp) / (2 * tp + fp + fn)
}

export function topK(scores: number[]): number {
  const k = 2
  return scores
    .map((s, i) => ({ s, i }))
    .sort((a, b) => b.s - a.s)
    .slice(0, k)
    .reduce((sum, { s, i }) => sum + s * (i + 1), 0)
}

export const points: Record<string, unknown[]> = {
  network: [
    {
      hidden: {
        weights: [
          [0.1, 0.4],
          [-0.3, 0.2],
          [0.5, 0.1],
        ],
        biases: [0.1, 0.2, -0.1],
      },
      out: { weights: [[0.3, -0.2, 0.7]], biases: [0.05] },
    },
    [0.6, -1.1],
  ],
  deepNetwork: [
    [
      {
        weights: [
          [0.1, 0.4],
          [-0.3, 0.2],
        ],
        biases: [0.9, 0.3],
      },
      { weights: [[0.3, -0.2]], biases: [0.05] },
    ],
    [0.6, -0.1],
  ],
  layerNorm: [[0.1, 0.5, -1.2, 2], 1.1, 0.3],
  attention: [
    [
      [0.1, 0.2],
      [0.5, -0.3],
    ],
    [
      [0.4, 0.1],
      [-0.2, 0.6],
    ],
    [
      [1, 0.5],
      [0.3, -1],
    ],
  ],
  lstm: [
    [0.1, 0.2, -0.3, 0.4, 0.5, -0.6, 0.7, 0.8, -0.9, 0.15, 0.25, 0.35, 0.45, -0.55, 0.65, 0.75],
    [0.5, -0.4, 1],
  ],
  convolution: [[0.2, -0.5, 0.3], Float64Array.of(1, 0.5, -0.3, 2, 0.7, -1)],
  byActivation: [0.4],
  hinge: [
    { coefficients: [0.3, -0.2], bias: 0.1 },
    [
      { x: [1, 2], label: 1 },
      { x: [-1, 0.5], label: -1 },
    ],
  ],
  crossEntropy: [[0.2, -1, 3]],
  adamStep: [1.2, 0.4],
  focal: [0.3, 1, { gamma: 2, alpha: 0.25 }],
  gru: [{ wz: 0.1, wr: 0.2, wh: 0.5, uz: -0.3, ur: 0.4, uh: 0.6 }, [0.5, -0.2, 1]],
  kmeans: [
    [
      [0, 0.1],
      [1, 1.2],
    ],
    [
      [0.2, 0.3],
      [0.9, 0.8],
      [0.1, 0.6],
    ],
  ],
  batchLoss: [[0.4, 0.7]],
  confusion: [
    [0.4, -0.7, 1.2],
    [1, 0, 1],
  ],
  topK: [[0.4, 1.7, -0.2, 0.9]],
}
