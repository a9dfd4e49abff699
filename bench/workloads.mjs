// The programs that are measured: each as a function of tracked numbers, written as the transformer writes it, and as an adjoint
// written by hand on plain numbers. `operations` counts the calls of methods.

/** Numbers in [0, 1), the same for the same seed. Source: Tommy Ettinger's mulberry32. */
export function random(seed) {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const notebook = {
  name: 'notebook (a * 4 + 3) * (a + 2)',
  operations: 4,
  data: () => ({ x: [3] }),
  program: () => xs => xs[0].mul(4).add(3).mul(xs[0].add(2)),
  hand:
    ({ x }, gradient) =>
    () => {
      const a = x[0]
      const c = a * 4 + 3
      const d = a + 2
      gradient[0] = 4 * d + c
      return c * d
    },
}

function moons() {
  const next = random(1337)
  const points = []
  const labels = []
  for (let i = 0; i < 100; i++) {
    const angle = Math.PI * next()
    const upper = i % 2 === 1
    const noise = () => 0.1 * (next() - 0.5)
    points.push([
      (upper ? Math.cos(angle) : 1 - Math.cos(angle)) + noise(),
      (upper ? Math.sin(angle) : 0.5 - Math.sin(angle)) + noise(),
    ])
    labels.push(upper ? 1 : -1)
  }
  const sizes = [2, 16, 16, 1]
  const x = []
  for (let l = 1; l < sizes.length; l++)
    for (let j = 0; j < sizes[l]; j++) {
      for (let i = 0; i < sizes[l - 1]; i++) x.push(2 * next() - 1)
      x.push(0)
    }
  return { points, labels, sizes, x }
}

// Hinge loss and weight decay, as in micrograd's demo. For each neuron its weights, then its bias.
const network = {
  name: 'MLP 2-16-16-1, 100 points',
  operations: 100 * (2 * 16 * 2 + 16 + 2 * 16 * 16 + 16 + 2 * 16 + 4) - 1 + 337 * 2 - 1 + 3,
  data: moons,
  program: ({ points, labels, sizes }) => {
    const model = (parameters, point) => {
      let inputs = point
      let offset = 0
      for (let l = 1; l < sizes.length; l++) {
        const outputs = []
        for (let j = 0; j < sizes[l]; j++) {
          let sum = parameters[offset + inputs.length]
          for (let i = 0; i < inputs.length; i++) sum = sum.add(parameters[offset + i].mul(inputs[i]))
          outputs.push(l === sizes.length - 1 ? sum : sum.max(0))
          offset += inputs.length + 1
        }
        inputs = outputs
      }
      return inputs[0]
    }
    return parameters => {
      let loss = model(parameters, points[0]).mul(-labels[0]).add(1).max(0)
      for (let k = 1; k < points.length; k++) {
        loss = loss.add(model(parameters, points[k]).mul(-labels[k]).add(1).max(0))
      }
      let decay = parameters[0].mul(parameters[0])
      for (let i = 1; i < parameters.length; i++) decay = decay.add(parameters[i].mul(parameters[i]))
      return loss.mul(1 / points.length).add(decay.mul(1e-4))
    }
  },
  hand: ({ points, labels, x }, G) => {
    const p = Float64Array.from(x)
    const n = 16
    const W2 = 3 * n
    const W3 = W2 + n * (n + 1)
    const h1 = new Float64Array(n)
    const h2 = new Float64Array(n)
    const e1 = new Float64Array(n)
    return () => {
      G.fill(0)
      let loss = 0
      for (let k = 0; k < points.length; k++) {
        const [xa, xb] = points[k]
        for (let j = 0, o = 0; j < n; j++, o += 3) {
          const z = p[o + 2] + p[o] * xa + p[o + 1] * xb
          h1[j] = z > 0 ? z : 0
        }
        for (let j = 0, o = W2; j < n; j++, o += n + 1) {
          let z = p[o + n]
          for (let i = 0; i < n; i++) z += p[o + i] * h1[i]
          h2[j] = z > 0 ? z : 0
        }
        let s = p[W3 + n]
        for (let i = 0; i < n; i++) s += p[W3 + i] * h2[i]
        const m = 1 - labels[k] * s
        if (!(m > 0)) continue
        loss += m
        const gs = -labels[k] / points.length
        e1.fill(0)
        G[W3 + n] += gs
        for (let j = 0, o = W2; j < n; j++, o += n + 1) {
          G[W3 + j] += gs * h2[j]
          if (!(h2[j] > 0)) continue
          const g = gs * p[W3 + j]
          G[o + n] += g
          for (let i = 0; i < n; i++) {
            G[o + i] += g * h1[i]
            e1[i] += g * p[o + i]
          }
        }
        for (let j = 0, o = 0; j < n; j++, o += 3) {
          if (!(h1[j] > 0)) continue
          G[o] += e1[j] * xa
          G[o + 1] += e1[j] * xb
          G[o + 2] += e1[j]
        }
      }
      let decay = 0
      for (let i = 0; i < p.length; i++) {
        decay += p[i] * p[i]
        G[i] += 2e-4 * p[i]
      }
      return loss / points.length + 1e-4 * decay
    }
  },
}

const rosenbrock = {
  name: 'Rosenbrock, n = 1000',
  operations: 999 * 8 - 1,
  data: () => {
    const next = random(7)
    return { x: Array.from({ length: 1000 }, () => 4 * next() - 2) }
  },
  program: () => xs => {
    let sum = null
    for (let i = 0; i + 1 < xs.length; i++) {
      const d = xs[i + 1].sub(xs[i].mul(xs[i]))
      const e = xs[i].rsub(1)
      const term = d.mul(d).mul(100).add(e.mul(e))
      sum = sum === null ? term : sum.add(term)
    }
    return sum
  },
  hand: ({ x }, G) => {
    const p = Float64Array.from(x)
    return () => {
      G.fill(0)
      let sum = 0
      for (let i = 0; i + 1 < p.length; i++) {
        const a = p[i]
        const d = p[i + 1] - a * a
        const e = 1 - a
        sum += 100 * d * d + e * e
        G[i] += -400 * a * d - 2 * e
        G[i + 1] += 200 * d
      }
      return sum
    }
  },
}

const chain = operations => ({
  name: `chain of ${operations.toExponential(0)}`,
  operations: operations + (operations >> 5),
  data: () => ({ x: [0.7], steps: operations >> 1 }),
  program:
    ({ steps }) =>
    xs => {
      let y = xs[0]
      for (let i = 0; i < steps; i++) {
        y = y.mul(0.999).add(xs[0])
        if (i % 16 === 15) y = y.sin()
      }
      return y
    },
  hand: ({ x, steps }, G) => {
    const before = new Float64Array((steps >> 4) + 1)
    return () => {
      let y = x[0]
      let at = 0
      for (let i = 0; i < steps; i++) {
        y = y * 0.999 + x[0]
        if (i % 16 === 15) {
          before[at++] = y
          y = Math.sin(y)
        }
      }
      let yb = 1
      let xb = 0
      for (let i = steps - 1; i >= 0; i--) {
        if (i % 16 === 15) yb *= Math.cos(before[--at])
        xb += yb
        yb *= 0.999
      }
      G[0] = xb + yb
      return y
    }
  },
})

export const workloads = [notebook, network, rosenbrock, chain(1e5), chain(1e6)]
