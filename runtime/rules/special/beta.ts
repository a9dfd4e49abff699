/**
 * The beta function on plain numbers. It must not know any derivative.
 */
import { productError, sumError } from './exact-errors.ts'
import { logBeta, stirlingRest } from './gamma.ts'

/** From here on Stirling's series has all digits. */
const LARGE = 10

/** Γ(a) Γ(b) / Γ(a + b). */
export function beta(a: number, b: number): number {
  if (a > 1e-290 && b > 1e-290 && a < 1e290 && b < 1e290) return positiveBeta(a, b)
  return signOfGamma(a) * signOfGamma(b) * signOfGamma(a + b) * Math.exp(logBeta(a, b))
}

const signOfGamma = (x: number) => (x > 0 || Math.floor(x) % 2 === 0 ? 1 : -1)

/** The quotient of p + q by p, and so on for p + 1, with the share that rounding took of the product. */
class Quotients {
  value = 1
  lost = 0

  /** B(p, q) = B(p + 1, q) (p + q) / p. */
  raise(p: number, lostOfP: number, q: number, lostOfQ: number): void {
    const sum = p + q
    const quotient = sum / p
    const rest =
      sumError(p, q) + lostOfP + lostOfQ - productError(quotient, p) + (sum - quotient * p) - quotient * lostOfP
    const product = this.value * quotient
    this.lost += rest / sum + productError(this.value, quotient) / product
    this.value = product
  }
}

/**
 * With both operands raised to where Stirling's series holds: powers of their shares, whose rounding is made good, as it counts as often as the
 * exponent says. Source: DLMF 5.11.1, 5.12.1.
 */
function positiveBeta(a: number, b: number): number {
  const quotients = new Quotients()
  let [p, lostOfP, q, lostOfQ] = [a, 0, b, 0]
  for (; p < LARGE; p++) {
    quotients.raise(p, lostOfP, q, lostOfQ)
    lostOfP += sumError(p, 1)
  }
  for (; q < LARGE; q++) {
    quotients.raise(q, lostOfQ, p, lostOfP)
    lostOfQ += sumError(q, 1)
  }
  const rest = stirlingRest(p) + stirlingRest(q) - stirlingRest(p + q)
  const [left, right] = [shareToPower(p, lostOfP, q, lostOfQ), shareToPower(q, lostOfQ, p, lostOfP)]
  const scale = Math.sqrt((2 * Math.PI * (p + q)) / p / q)
  return left.power * right.power * scale * quotients.value * Math.exp(rest + left.lost + right.lost + quotients.lost)
}

/** (p / (p + q)) ** p, and the logarithm of what rounding took of it. */
function shareToPower(p: number, lostOfP: number, q: number, lostOfQ: number) {
  const sum = p + q
  const share = p / sum
  const product = share * sum
  const rest = p - product - productError(share, sum) + lostOfP - share * (sumError(p, q) + lostOfP + lostOfQ)
  return { power: share ** p, lost: rest + lostOfP * Math.log(share) }
}
