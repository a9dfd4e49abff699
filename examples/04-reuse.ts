// A variable that is used more than once gets a gradient from every use.
import { Variable } from 'tsgrad/variable'

const x = new Variable(3)
const twice = x + x
twice.backward()
console.log('x + x:', x.grad)

const z = new Variable(3)
const thrice = z + z + z
thrice.backward()
console.log('z + z + z:', z.grad)
