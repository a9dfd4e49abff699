// What is refused. Errors stand at your own text;
// correct them, and the program runs.
import { NumberWithGrad } from 'tsgrad'

const a = new NumberWithGrad(3)

const wrong = a * 'two'
const masked = a & 1
const typo = (a * 4 + 3).nun

// What is fine: text is joined, plain numbers stay plain.
console.log('a is ' + a)
console.log(7 & 4)
