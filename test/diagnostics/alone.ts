// no operator of this file is one of a class
import { NumberWithGrad } from 'tsgrad'
declare const xs: NumberWithGrad[]
export const roots = Math.sqrt(xs)
//                             ^^ TS2345 Argument of type 'NumberWithGrad[]' is not assignable to parameter of type 'number'. — `Math.sqrt` takes no arrays. Take its elements: `xs.map(x => Math.sqrt(x))`.
export const twice = 2 * xs
//                       ^^ TS2363 The right-hand side of an arithmetic operation must be of type 'any', 'number', 'bigint' or an enum type. — `*` takes no arrays. Take its elements: `xs.map(x => 2 * x)`.
export const fib = (n: number) => (n < 2 ? new NumberWithGrad(n) : fib(n - 1) + fib(n - 2))
//           ^^^ TS7023 'fib' implicitly has return type 'any' because it does not have a return type annotation and is referenced directly or indirectly in one of its return expressions. — The result of `+` depends on what 'fib' returns, so TypeScript cannot infer it. Give 'fib' a return type.
