// Sine by its Taylor series, an ordinary loop. With each
// term it holds for longer, and so does its derivative.
import type { NumberWithGrad } from 'tsgrad'
import { input, plot } from 'playground'

const terms = input('terms', 4, { min: 1, max: 10, step: 1 })

function sine(x: NumberWithGrad): NumberWithGrad {
  let sum = x
  let term = x
  for (let k = 1; k < terms.num; k++) {
    term *= -(x ** 2) / (2 * k * (2 * k + 1))
    sum += term
  }
  return sum
}

plot({ series: sine, 'Math.sin': x => Math.sin(x) }, {
  title: 'sine',
  x: [-9, 9],
  y: [-2, 2],
})
plot({ series: sine }, {
  title: 'the series and its derivative',
  x: [-9, 9],
  y: [-2, 2],
})
