/** Worked examples with known answers, and where these come from. It must not know how the examples are compiled and run. */
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

/** Saito, "Deep Learning from Scratch 3", steps 27 to 29, prints the same values and gradients; the rest follows from the text. */
export const printedOfWorked: Record<string, string[]> = {
  '09-test-functions.ts': [
    'Rosenbrock at (0, 2): [401,[-2,400]]',
    'Goldstein-Price at (1, 1): [1876,[-5376,8064]]',
    'Goldstein-Price at its minimum (0, -1): [3,[0,0]]',
    'step 1: (-0.002506, 0.000000)',
    'step 2: (0.998742, -0.005013)',
    'step 3: (0.998748, 0.997498)',
    'step 4: (1.000000, 0.999998)',
    'step 5: (1.000000, 1.000000)',
  ],
  '10-newtons-method.ts': [
    'step 1: x = 1.4545454545454546',
    'step 2: x = 1.1510467893775467',
    'step 3: x = 1.0253259289766978',
    'step 4: x = 1.0009084519430513',
    'step 5: x = 1.0000012353089454',
    'step 6: x = 1.000000000002289',
    'step 7: x = 1',
  ],
  '11-taylor-sine.ts': [
    'derivative 1: 0.707106781187, exact 0.707106781187, true',
    'derivative 2: -0.707106781187, exact -0.707106781187, true',
    'derivative 3: -0.707106781187, exact -0.707106781187, true',
    'derivative 4: 0.707106781187, exact 0.707106781187, true',
    'derivative 5: 0.707106781187, exact 0.707106781187, true',
  ],
  // the fit and the probabilities are those of Wikipedia's article "Logistic regression"
  '12-logistic-regression.ts': [
    'step 1: -2.6157 + 0.9384 hours',
    'step 2: -3.6613 + 1.3386 hours',
    'step 3: -4.0353 + 1.4874 hours',
    'step 4: -4.0772 + 1.5044 hours',
    'step 5: -4.0777 + 1.5046 hours',
    'step 6: -4.0777 + 1.5046 hours',
    '1 hours: passes with probability 0.07',
    '2 hours: passes with probability 0.26',
    '3 hours: passes with probability 0.61',
    '4 hours: passes with probability 0.87',
    '5 hours: passes with probability 0.97',
  ],
  '14-log-density.ts': [
    'step 1: slope 1.938253, deviation 0.0176',
    'step 2: slope 2.005244, deviation 0.0160',
    'step 3: slope 1.994985, deviation 0.0160',
    'step 4: slope 1.994989, deviation 0.0160',
    'least squares: slope 2.869091',
    '(1, 2.1) is wild with probability 0.002',
    '(2, 3.9) is wild with probability 0.002',
    '(3, 6.05) is wild with probability 0.001',
    '(4, 20) is wild with probability 1.000',
    '(5, 9.95) is wild with probability 0.001',
  ],
  // R: glm(Species ~ ., binomial, iris[51:150, ])
  '15-iris.ts': [
    'weights -42.638 -2.465 -6.681 9.429 18.286',
    'residual deviance 11.899',
    'right about 98 of 100 flowers',
  ],
}

// Math may differ in the last digit between engines, and training makes much of it.
/** The numbers of a line that has these words around them. */
function numbersIn(line: string | undefined, form: RegExp): number[] {
  const found = form.exec(line ?? '')
  expect(found, `${line} has the form ${form}`).not.toBeNull()
  return found!.slice(1).map(Number)
}

/** The posterior of the eight schools without its gains, which are normal and integrate away: means and deviations by the midpoint rule. */
function eightSchools() {
  const [gains, errors] = [
    [28, 8, -3, 7, -1, 1, 18, 12],
    [15, 10, 16, 11, 9, 11, 10, 18],
  ]
  const sums = { one: 0, mu: 0, muSquared: 0, tau: 0, tauSquared: 0 }
  for (let mu = -29.95; mu < 30; mu += 0.1)
    for (let tau = 0.05; tau < 100; tau += 0.1) {
      let log = -0.5 * (mu / 5) ** 2 - Math.log(1 + (tau / 5) ** 2)
      for (const [j, gain] of gains.entries()) {
        const variance = errors[j]! ** 2 + tau ** 2
        log -= 0.5 * Math.log(variance) + (gain - mu) ** 2 / (2 * variance)
      }
      const weight = Math.exp(log + 22)
      sums.one += weight
      sums.mu += weight * mu
      sums.muSquared += weight * mu ** 2
      sums.tau += weight * tau
      sums.tauSquared += weight * tau ** 2
    }
  const of = (sum: number, squares: number) => [sum / sums.one, Math.sqrt(squares / sums.one - (sum / sums.one) ** 2)]
  return { mu: of(sums.mu, sums.muSquared), tau: of(sums.tau, sums.tauSquared) }
}

/** The mode of the same by mu and log tau, on a grid. */
function modeOfEightSchools() {
  const [gains, errors] = [
    [28, 8, -3, 7, -1, 1, 18, 12],
    [15, 10, 16, 11, 9, 11, 10, 18],
  ]
  let best = { mu: 0, tau: 0, log: -Infinity }
  for (let mu = 0; mu < 10; mu += 0.01)
    for (let tau = 0.01; tau < 20; tau += 0.01) {
      const log = gains.reduce(
        (sum, gain, j) => {
          const variance = errors[j]! ** 2 + tau ** 2
          return sum - 0.5 * Math.log(variance) - (gain - mu) ** 2 / (2 * variance)
        },
        -0.5 * (mu / 5) ** 2 - Math.log(1 + (tau / 5) ** 2) + Math.log(tau),
      )
      if (log > best.log) best = { mu, tau, log }
    }
  return best
}

/** The higher Greeks of a call by the formulas of textbooks, without dividends. */
function greeksOf(spot: number, strike: number, rate: number, volatility: number, years: number) {
  const root = volatility * Math.sqrt(years)
  const d = (Math.log(spot / strike) + (rate + volatility ** 2 / 2) * years) / root
  const below = d - root
  const density = Math.exp((-d * d) / 2) / Math.sqrt(2 * Math.PI)
  const vega = spot * density * Math.sqrt(years)
  return {
    vanna: (-density * below) / volatility,
    volga: (vega * d * below) / volatility,
    charm: (-density * (2 * rate * years - below * root)) / (2 * years * root),
    veta: vega * ((rate * d) / root - (1 + d * below) / (2 * years)),
    speed: (-density / (spot ** 2 * root)) * (d / root + 1),
  }
}

/** Gatheral and Jacquier's g at k for Vogt's smile, with the derivatives written by hand. */
function butterflySign(k: number): number {
  const [a, b, rho, m, s] = [-0.041, 0.1331, 0.306, 0.3586, 0.4153]
  const root = Math.sqrt((k - m) ** 2 + s ** 2)
  const w = a + b * (rho * (k - m) + root)
  const first = b * (rho + (k - m) / root)
  const second = (b * s ** 2) / root ** 3
  return (1 - (k * first) / (2 * w)) ** 2 - (first ** 2 / 4) * (1 / w + 1 / 4) + second / 2
}

/** What the lines of an example must show, by its name. */
export const checks: Record<string, readonly [sentence: string, check: (lines: readonly string[]) => void]> = {
  '13-two-moons.ts': [
    'is right about more than 95 % of the points that it has not seen',
    lines => {
      expect(lines.length).toBe(5)
      const losses = lines.slice(0, 4).map(line => Number(/^step \d+: loss (\d\.\d{3})$/.exec(line)![1]))
      expect(losses[3]).toBeLessThan(losses[0]!)
      expect(Number(/^right about ([\d.]+) % of 400 new points$/.exec(lines[4]!)![1])).toBeGreaterThan(95)
    },
  ],
  '20-heat-equation.ts': [
    'comes near to the solution, whose largest value is 1',
    lines => {
      const left = lines.slice(0, -1).map(line => numbersIn(line, /^step \d+: mean square left over (.+)$/)[0]!)
      expect(left.length).toBe(5)
      expect(left.at(-1)!).toBeLessThan(left[0]! / 100)
      expect(numbersIn(lines.at(-1), /^largest error (.+)$/)[0]).toBeLessThan(0.01)
    },
  ],
  '21-weigh-a-star.ts': [
    'finds the ellipse that the positions were taken from, within its own error',
    lines => {
      expect(lines.length).toBe(4)
      expect(numbersIn(lines[0], /^converged: true, root mean square (.+)$/)[0]).toBeCloseTo(0.002, 3)
      const [mass, error] = numbersIn(lines[1], /^mass (.+) ± (.+)$/) as [number, number]
      expect(error).toBeLessThan(0.002)
      expect(Math.abs(mass - 1)).toBeLessThan(3 * error)
      expect(numbersIn(lines[2], /^half axis (.+)$/)[0]).toBeCloseTo(1.5, 2)
      expect(numbersIn(lines[3], /^eccentricity (.+)$/)[0]).toBeCloseTo(0.4, 2)
    },
  ],
  '22-eight-schools.ts': [
    'has the posterior that integrals give',
    lines => {
      const { mu, tau } = eightSchools()
      expect([...mu, ...tau].map(x => x.toFixed(1))).toEqual(['4.4', '3.3', '3.6', '3.2'])
      const [found, ...others] = lines
      const mode = modeOfEightSchools()
      const [modeOfMu, modeOfTau] = numbersIn(found, /^mode: mu (.+), tau (.+), by gradient$/)
      expect(Math.abs(modeOfMu! - mode.mu)).toBeLessThan(0.02)
      expect(Math.abs(modeOfTau! - mode.tau)).toBeLessThan(0.02)
      expect(numbersIn(others[0], /^accepted (.+) %$/)[0]).toBeGreaterThan(60)
      const form = /^\w+: mean (.+), deviation (.+)$/
      // the error of a mean of 20,000 draws, of which a tenth are as good as independent, is a fiftieth of the deviation
      for (const [line, known] of [
        [others[1], mu],
        [others[2], tau],
      ] as const)
        for (const [i, x] of numbersIn(line, form).entries()) expect(Math.abs(x - known[i]!)).toBeLessThan(0.2)
    },
  ],
  '23-bundle-adjustment.ts': [
    'begins at the errors that ADBench publishes, and explains all observations',
    lines => {
      const { ba } = JSON.parse(readFileSync(new URL('adbench/expected.json', import.meta.url), 'utf8'))
      const [x, y] = ba.reprojectionError
      const sums = lines.map(line => numbersIn(line, /^step \d+: sum of squares (.+)$/)[0]!)
      expect(sums[0]!).toBeCloseTo(10 * (x ** 2 + y ** 2 + ba.weightError ** 2), 5)
      expect(sums.at(-1)!).toBeLessThan(1e-18)
    },
  ],
  '24-black-scholes.ts': [
    'prints the numbers of Hull, and Greeks of textbooks',
    lines => {
      const { vanna, volga, charm, veta, speed } = greeksOf(49, 50, 0.05, 0.2, 20 / 52)
      expect(lines).toEqual([
        'call 4.76, put 0.81',
        'value 2.40, delta 0.522, gamma 0.066',
        'vega 12.1, theta -4.31, rho 8.91',
        `vanna ${vanna.toFixed(3)}, volga ${volga.toFixed(3)}`,
        `charm ${charm.toFixed(3)}, veta ${veta.toFixed(2)}`,
        `speed ${speed.toFixed(4)}`,
        '1.875 implies a volatility of 23.5 %',
      ])
    },
  ],
  '25-smile.ts': [
    'finds the smile of its prices, and where its density is negative',
    lines => {
      const grid = Array.from({ length: 301 }, (_, i) => -1.5 + 0.01 * i)
      const negative = grid.filter(k => butterflySign(k) < 0)
      const lowest = grid.reduce((low, k) => (butterflySign(k) < butterflySign(low) ? k : low))
      expect(lines.slice(0, 2)).toEqual([
        'a -0.041, b 0.133, rho 0.306, m 0.359, s 0.415, converged: true, in at most 50 steps: true',
        `negative from ${negative[0]!.toFixed(2)} to ${negative.at(-1)!.toFixed(2)}`,
      ])
      const [at, sign] = numbersIn(lines[2], /^lowest at (.+): (.+)$/) as [number, number]
      expect(at).toBeCloseTo(lowest, 2)
      expect(sign).toBeCloseTo(butterflySign(lowest), 3)
    },
  ],
}
