// Back-propagation by hand: each variable knows the function that made it, so the chain can be walked backwards.
import { Exp, Square, Variable } from 'tsgrad/variable'

const x = new Variable(0.5)
const a = new Square().call(x)
const b = new Exp().call(a)
const y = new Square().call(b)

console.log('y was made by Square from b:', y.creator instanceof Square && y.creator.inputs[0] === b)
console.log('b was made by Exp from a:', b.creator instanceof Exp && b.creator.inputs[0] === a)
console.log('a was made by Square from x:', a.creator instanceof Square && a.creator.inputs[0] === x)

y.grad = 1
b.grad = y.creator!.backward(y.grad) as number
a.grad = b.creator!.backward(b.grad) as number
x.grad = a.creator!.backward(a.grad) as number
console.log('x.grad =', x.grad)
