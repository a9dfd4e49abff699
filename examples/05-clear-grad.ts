// Gradients add up from call to call, until they are cleared.
import { Variable } from 'tsgrad/variable'

const x = new Variable(3)
const y = x + x
y.backward()
console.log('x + x:', x.grad)

const z = x + x + x
z.backward()
console.log('x + x + x without clearing:', x.grad)

x.clearGrad()
const w = x + x + x
w.backward()
console.log('x + x + x after clearing:', x.grad)
