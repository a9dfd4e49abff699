import { NumberWithGrad, type Numeric } from 'tsgrad'

declare const many: NumberWithGrad[]
declare const f: () => { w: NumberWithGrad; n: number; readonly fixed: NumberWithGrad; maybe?: NumberWithGrad }
declare const frozen: { readonly fixed: NumberWithGrad }
const o = { w: new NumberWithGrad(1), n: 1, text: '' }

// what is written to a target is checked as an assignment is
{
  o.n *= many[0]!
//^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'. — 'o.n' is a number by its start `1`, but `*=` gives NumberWithGrad. Write `n: 1 as Numeric`.
  f().n *= o.w
//^^^^^ TS2322 Type 'NumberWithGrad' is not assignable to type 'number'.
  f().fixed *= 2
//    ^^^^^ TS2540 Cannot assign to 'fixed' because it is a read-only property.
  frozen.fixed += 1
//       ^^^^^ TS2540 Cannot assign to 'fixed' because it is a read-only property.
  f().w *= 'x'
//         ^^^ TS92002 `*` cannot take operands of type 'NumberWithGrad' and 'string'.
  ;(o.w as Numeric) *= many[0]! as Numeric
  ;(o.w satisfies Numeric) *= 'x'
//                            ^^^ TS2345 Argument of type 'string' is not assignable to parameter of type 'Numeric'.
}

export const largest = Math.max(...many)
//                     ^^^^^^^^ TS91001 `Math.max` with a spread argument is not supported on NumberWithGrad. Reduce the array: `many.reduce((u, v) => Math.max(u, v))`.
export const largestOfAll = Math.max(0, ...many, o.w)
//                          ^^^^^^^^ TS91001 `Math.max` with a spread argument is not supported on NumberWithGrad. Reduce the array: `[0, ...many, o.w].reduce((u, v) => Math.max(u, v))`.
export const handed = Math.max(o.w, ...many)

// narrowing survives
const step: { rate?: Numeric; deep: { rate?: NumberWithGrad } } = { deep: {} }
if (step.rate) step.rate *= 2
if (step.deep.rate) step.deep.rate *= 2

// plain targets stay JavaScript's
o.n *= 2
o.n++
o.text += o.w
f().w *= 2
