// Sine by its Taylor series, an ordinary loop. Each term more, and it holds for longer; so does its derivative.
import type { NumberWithGrad, Numeric } from 'tsgrad'
import { input, plot } from 'playground'

const terms = input('terms', 4, { min: 1, max: 10, step: 1 })

function sine(x: NumberWithGrad): Numeric {
  let sum: Numeric = 0
  let term: Numeric = x
  for (let k = 1; k <= terms.num; k++) {
    sum += term
    term *= -(x ** 2) / (2 * k * (2 * k + 1))
  }
  return sum
}

plot({ series: sine, 'Math.sin': x => Math.sin(x) }, { title: 'sine', x: [-9, 9], y: [-2, 2] })
plot(sine, { title: 'the series and its derivative', x: [-9, 9], y: [-2, 2] })
