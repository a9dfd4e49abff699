// The slope of a chord beside the exact gradient: one function, on plain numbers and on tracked ones.
import { NumberWithGrad, numericalDiff } from 'tsgrad'

const f = <T extends number | NumberWithGrad>(x: T) => Math.exp(x ** 2) ** 2

const x = new NumberWithGrad(0.5)
f(x).backward()
console.log('numerical:', numericalDiff(f, 0.5, 1e-4))
console.log('exact:    ', x.grad)
