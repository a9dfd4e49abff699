/** Physics, signals, games: simulations and searches. */

interface Body {
  x: number
  v: number
}
const acceleration = (b: Body, k: number) => -k * b.x - 0.1 * b.v

export function spring(k: number, start: Body): number {
  let body = start
  const dt = 0.1
  for (let t = 0; t < 1; t += dt) {
    const v = body.v + acceleration(body, k) * dt
    body = { x: body.x + v * dt, v }
  }
  return body.x
}

type State = readonly number[]
const add = (a: State, b: State, s = 1): State => a.map((each, i) => each + s * b[i]!)
function rk4(f: (s: State) => State, s: State, h: number): State {
  const k1 = f(s)
  const k2 = f(add(s, k1, h / 2))
  const k3 = f(add(s, k2, h / 2))
  const k4 = f(add(s, k3, h))
  return s.map((each, i) => each + (h / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!))
}
export function lotkaVolterra(p: { alpha: number; beta: number; gamma: number; delta: number }): number {
  let s: State = [1, 0.5]
  const f = ([x, y]: State): State => [p.alpha * x! - p.beta * x! * y!, p.delta * x! * y! - p.gamma * y!]
  for (let i = 0; i < 5; i++) s = rk4(f, s, 0.1)
  return s[0]! * s[1]!
}

export function projectile(speed: number, angle: number): number {
  let [x, y] = [0, 1]
  let vx = speed * Math.cos(angle)
  let vy = speed * Math.sin(angle)
  const dt = 0.05
  let steps = 0
  while (y > 0 && steps++ < 1000) {
    const drag = 0.01 * Math.hypot(vx, vy)
    vx -= drag * vx * dt
    vy -= (9.81 + drag * vy) * dt
    x += vx * dt
    y += vy * dt
  }
  return x
}

export function heat(initial: number[], alpha: number): number {
  let u = [...initial]
  for (let t = 0; t < 4; t++) {
    const next = u.slice()
    for (let i = 1; i < u.length - 1; i++) next[i] = u[i]! + alpha * (u[i - 1]! - 2 * u[i]! + u[i + 1]!)
    u = next
  }
  return u.reduce((s, each, i) => s + each ** 2 * i, 0)
}

export function fourier(signal: number[], k: number): number {
  let [re, im] = [0, 0]
  signal.forEach((s, n) => {
    const phase = (-2 * Math.PI * k * n) / signal.length
    re += s * Math.cos(phase)
    im += s * Math.sin(phase)
  })
  return re ** 2 + im ** 2
}

export function newtonRoot(a: number): number {
  let x = 1
  for (;;) {
    const next = x - (x ** 3 - a) / (3 * x ** 2)
    if (Math.abs(next - x) < 1e-13) return next
    x = next
  }
}

export function gravity(bodies: { at: [number, number]; mass: number }[]): number {
  let energy = 0
  for (const [i, a] of bodies.entries())
    for (const b of bodies.slice(i + 1)) {
      const r = Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1])
      energy -= (a.mass * b.mass) / r
    }
  return energy
}

export function interpolate(table: { x: number; y: number }[], at: number): number {
  const i = table.findIndex(p => p.x > at)
  if (i <= 0) return table.at(i)!.y
  const { x: x0, y: y0 } = table[i - 1]!
  const { x: x1, y: y1 } = table[i]!
  return y0 + ((at - x0) / (x1 - x0)) * (y1 - y0)
}

const fibonacci = (n: number, a: number, b: number): number => (n <= 0 ? a : fibonacci(n - 1, b, a + b * 0.5))
export function seeded(a: number, b: number): number {
  return fibonacci(6, a, b) ** 2
}

export function determinant(m: number[][]): number {
  const a = m.map(row => [...row])
  let det = 1
  for (let c = 0; c < a.length; c++) {
    let pivot = c
    for (let r = c + 1; r < a.length; r++) if (Math.abs(a[r]![c]!) > Math.abs(a[pivot]![c]!)) pivot = r
    if (pivot !== c) {
      ;[a[c], a[pivot]] = [a[pivot]!, a[c]!]
      det *= -1
    }
    det *= a[c]![c]!
    for (let r = c + 1; r < a.length; r++) {
      const f = a[r]![c]! / a[c]![c]!
      for (let k = c; k < a.length; k++) a[r]![k]! -= f * a[c]![k]!
    }
  }
  return det
}

export function pid(gains: { kp: number; ki: number; kd: number }): number {
  let [position, velocity, integral, cost] = [0, 0, 0, 0]
  let last: number | undefined
  for (let t = 0; t < 8; t++) {
    const error = 1 - position
    integral += error * 0.1
    const slope = last === undefined ? 0 : (error - last) / 0.1
    last = error
    const force = gains.kp * error + gains.ki * integral + gains.kd * slope
    velocity += (force - velocity) * 0.1
    position += velocity * 0.1
    cost += error * error
  }
  return cost
}

export function polynomial(coefficients: number[], x: number): number {
  return coefficients.reduceRight((acc, c) => acc * x + c, 0)
}

export function levenshteinSoft(a: number[], b: number[]): number {
  const d = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = 0; i <= a.length; i++) d[i]![0] = i
  for (let j = 0; j <= b.length; j++) d[0]![j] = j
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const cost = Math.abs(a[i - 1]! - b[j - 1]!)
      d[i]![j] = Math.min(d[i - 1]![j]! + 1, d[i]![j - 1]! + 1, d[i - 1]![j - 1]! + cost)
    }
  return d[a.length]![b.length]!
}

export function chebyshev(x: number): number {
  const memo: number[] = [1, x]
  const of = (n: number): number => {
    for (let i = memo.length; i <= n; i++) memo.push(2 * x * memo[i - 1]! - memo[i - 2]!)
    return memo[n]!
  }
  return of(3) + of(5)
}

export function wrapped(angle: number): number {
  const turn = ((angle % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI)
  return turn > Math.PI ? (turn - 2 * Math.PI) ** 2 : turn ** 2
}

export const points: Record<string, unknown[]> = {
  spring: [2, { x: 1, v: 0.2 }],
  lotkaVolterra: [{ alpha: 1.1, beta: 0.4, gamma: 0.4, delta: 0.1 }],
  projectile: [10, 0.7],
  heat: [[0, 1, 3, 2, 0.5], 0.2],
  fourier: [[1, 0.5, -0.3, 2], 1],
  newtonRoot: [7],
  gravity: [
    [
      { at: [0, 0], mass: 1 },
      { at: [1, 0.3], mass: 2 },
      { at: [0.2, 2], mass: 0.5 },
    ],
  ],
  interpolate: [
    [
      { x: 0, y: 1 },
      { x: 1, y: 3 },
      { x: 2, y: 2 },
    ],
    1.3,
  ],
  seeded: [1.2, 0.7],
  determinant: [
    [
      [0.1, 2, 1],
      [3, 1, 0.5],
      [1, 1, 4],
    ],
  ],
  pid: [{ kp: 2, ki: 0.3, kd: 0.1 }],
  polynomial: [[1, -2, 0.5, 3], 0.7],
  levenshteinSoft: [
    [1, 2.2, 3],
    [1.3, 2],
  ],
  chebyshev: [0.6],
  wrapped: [7.5],
}
