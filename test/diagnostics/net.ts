import { operators } from 'tsgrad'

// What the probe types otherwise than the compiled text is said, and never left to JavaScript in silence.
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

const q = new Length(1)
export const once = q + 'm'
export const twice = q + 'm' + 'cm'
//                           ^ TS92007 `+` was taken for JavaScript's own operator, but an operand is of type 'Length'. Give the operand a variable with a type.
export const down = -(q + 'm')
//                  ^ TS92007 `-` was taken for JavaScript's own operator, but an operand is of type 'Length'. Give the operand a variable with a type.

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
    //              ^ TS92001 `<` is not defined for number and this. Opaque names < unary -.
  }
}
export { Opaque }
