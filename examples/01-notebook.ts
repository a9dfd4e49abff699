// Two expressions and their gradients, as in a notebook.
import { NumberWithGrad } from 'tsgrad'

const a = new NumberWithGrad(3)
const b = a * 4
const c = b + 3
c.backward()
console.log('c =', c.num)
console.log('a.grad =', a.grad)
console.log('b.grad =', b.grad)

a.clearGrad()
const e = (a * 4 + 3) * (a + 2)
e.backward()
console.log('e =', e.num)
console.log('a.grad =', a.grad)
