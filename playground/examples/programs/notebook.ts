// Natural math on tracked numbers. Move the sliders:
// values and gradients follow.
import { input } from 'playground'

const a = input('a', 3, { min: -5, max: 5 })
const b = input('b', 2, { min: -5, max: 5 })

const c = a * 4 + 3
const d = c * (a + b)
d.backward()

console.log('d =', d.num)
console.log('by a:', a.grad, 'by b:', b.grad)
console.log(c)
