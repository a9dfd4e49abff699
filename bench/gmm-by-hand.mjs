// The adjoint of ADBench's Gaussian mixture, written by hand as its `manual` tool has it: the exponents of a point are kept, and each
// weight of the softmax is carried back at once. It must not know how it is measured. gmm-by-hand.c is the same in C.

/** A function that writes the gradient by all parameters into `G` and returns the value, without constant terms. */
export function gmmByHand({ p: parameters, x: points, n, k, d, gamma, m }, G) {
  const size = (d * (d + 1)) / 2
  const p = Float64Array.from(parameters)
  const x = Float64Array.from(points)
  const [M, I] = [k, k + k * d]
  const [diagonals, sums, main] = [new Float64Array(k * d), new Float64Array(k), new Float64Array(k)]
  const [centred, rotated, back] = [new Float64Array(k * d), new Float64Array(k * d), new Float64Array(d)]

  function exponents(ix) {
    let top = Number.NEGATIVE_INFINITY
    for (let ik = 0; ik < k; ik++) {
      const o = ik * d
      for (let id = 0; id < d; id++) {
        const v = x[ix * d + id] - p[M + o + id]
        centred[o + id] = v
        rotated[o + id] = diagonals[o + id] * v
      }
      let L = I + ik * size + d
      for (let i = 0; i < d; i++) {
        const c = centred[o + i]
        for (let j = i + 1; j < d; j++) rotated[o + j] += p[L++] * c
      }
      let s = 0
      for (let id = 0; id < d; id++) s += rotated[o + id] * rotated[o + id]
      main[ik] = p[ik] + sums[ik] - 0.5 * s
      if (main[ik] > top) top = main[ik]
    }
    return top
  }

  function carryBack(ik, w) {
    const o = ik * d
    G[ik] += w
    for (let id = 0; id < d; id++) {
      G[I + ik * size + id] += w * (1 - rotated[o + id] * centred[o + id] * diagonals[o + id])
      back[id] = rotated[o + id] * diagonals[o + id]
    }
    let L = I + ik * size + d
    for (let i = 0; i < d; i++) {
      const c = centred[o + i]
      let sum = back[i]
      for (let j = i + 1; j < d; j++) {
        const q = rotated[o + j]
        G[L] -= w * q * c
        sum += q * p[L]
        L++
      }
      G[M + o + i] += w * sum
    }
  }

  function prior() {
    let w = 0
    for (let ik = 0; ik < k; ik++) {
      let f = 0
      for (let id = 0; id < d; id++) {
        const q = diagonals[ik * d + id]
        f += q * q
        G[I + ik * size + id] += gamma * gamma * q * q - m
      }
      for (let j = d; j < size; j++) {
        const q = p[I + ik * size + j]
        f += q * q
        G[I + ik * size + j] += gamma * gamma * q
      }
      w += 0.5 * gamma * gamma * f - m * sums[ik]
    }
    return w
  }

  return () => {
    G.fill(0)
    for (let ik = 0; ik < k; ik++) {
      sums[ik] = 0
      for (let id = 0; id < d; id++) {
        const q = p[I + ik * size + id]
        sums[ik] += q
        diagonals[ik * d + id] = Math.exp(q)
      }
    }
    let total = 0
    for (let ix = 0; ix < n; ix++) {
      const top = exponents(ix)
      let sum = 0
      for (let ik = 0; ik < k; ik++) sum += main[ik] = Math.exp(main[ik] - top)
      total += Math.log(sum) + top
      for (let ik = 0; ik < k; ik++) carryBack(ik, main[ik] / sum)
    }
    let top = Number.NEGATIVE_INFINITY
    for (let i = 0; i < k; i++) if (p[i] > top) top = p[i]
    let sum = 0
    for (let i = 0; i < k; i++) sum += Math.exp(p[i] - top)
    for (let i = 0; i < k; i++) G[i] -= (n * Math.exp(p[i] - top)) / sum
    return total - n * (Math.log(sum) + top) + prior()
  }
}
