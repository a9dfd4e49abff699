// A function on plain numbers: its gradient is compiled
// to ordinary code, which runs in one loop with it.
import { grad, gradInto } from 'tsgrad'
import { series } from 'playground'

function valley(x: number[]): number {
  let height = 0
  for (let i = 0; i < x.length - 1; i++) {
    const bend = x[i + 1]! - x[i]! ** 2
    height += 20 * bend ** 2 + (1 - x[i]!) ** 2
  }
  return height
}

const slopeInto = gradInto(valley)
const x = Array.from({ length: 20 }, (_, i) => Math.sin(i))
const slope = x.slice()
const heights = series('height')
for (let step = 0; step < 120; step++) {
  heights.add(slopeInto(slope, x))
  for (let i = 0; i < x.length; i++)
    x[i]! -= 0.005 * slope[i]!
}
console.log(`after 120 steps: ${valley(x).toPrecision(3)}`)

// Without a type the argument is a tracked number,
// and the computation is recorded.
const cubed = grad(t => t ** 3)
console.log(`the slope of t ** 3 at 2: ${cubed(2)}`)
