import { NumberWithGrad, operators } from 'tsgrad'

// What the probe types otherwise than the compiled text is looked at again there; what goes too deep is said.
class Length {
  declare readonly [operators]: { '+': 'add'; 'unary -': 'neg' }
  constructor(readonly metres: number) {}
  add(unit: 'm' | 'cm'): Length {
    return new Length(this.metres + (unit === 'm' ? 1 : 0.01))
  }
  neg(): Length {
    return new Length(-this.metres)
  }
}
// no guess is made of a file with such a target
declare const h: () => { w: NumberWithGrad }
h().w *= 2

const q = new Length(1)
export const twice = q + 'm' + 'cm'
export const down = -(q + 'm')
export const often = q + 'm' + 'cm' + 'm' + 'cm' + 'm' + 'cm'
//                                               ^ TS92007 tsgrad could not determine what `+` does on 'Length' and 'string'. Assign the operands to variables with type annotations.

class Opaque {
  declare readonly [operators]: { 'unary -': 'neg'; '<': 'under' }
  private neg(): Opaque {
    return this
  }
  under(other: Opaque): boolean {
    return this === other
  }
  twice() {
    return -(-this) < this
  }
}
export { Opaque }
export const wrong: string = -q
//           ^^^^^ TS2322 Type 'Length' is not assignable to type 'string'.
