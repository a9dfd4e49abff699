// The same chain, walked by `backward`.
import { exp, square, Variable } from 'tsgrad/variable'

const x = new Variable(0.5)
const y = square(exp(square(x)))
y.backward()
console.log('x.grad =', x.grad)
