// The Complex and the Fraction of mathjs take part: roots of unity by Newton's method, and a sum that is exact.
import { type Complex, complex, fraction } from 'mathjs'
import 'tsgrad/interop/mathjs'

/** A root of z³ - 1, from a starting point. */
function root(start: Complex): Complex {
  let z = start
  for (let step = 0; step < 20; step++) z -= (z ** 3 - 1) / (3 * z ** 2)
  return z
}

for (const start of [complex(2, 0), complex(-1, 1), complex(-1, -1)]) {
  const z = root(start)
  console.log(`${start} leads to ${z.re.toFixed(6)}, ${z.im.toFixed(6)}; distance from 0: ${Math.abs(z).toFixed(6)}`)
}

let harmonic = fraction(0)
for (let n = 1; n <= 10; n++) harmonic += 1 / fraction(n)
console.log(`1 + 1/2 + … + 1/10 = ${harmonic.toFraction()}`)
console.log(`more than 3: ${harmonic > 3}, less than 2.9: ${harmonic < 2.9}`)
