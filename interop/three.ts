/**
 * Operators for the vectors, matrices and quaternions of three: the entry `tsgrad/interop/three`, imported for its effect.
 * Three's own methods change their object, so each method here works on a clone; it must not compute anything itself.
 */
import { Matrix3, Matrix4, Quaternion, Vector2, Vector3, Vector4 } from 'three'
import type { operators } from '../runtime/operators/operators.ts'
import { install } from './install.ts'

/** The operators of vectors: element by element, as three's `multiply` and shading languages have it. */
export interface VectorTable {
  '+': 'plus'
  '-': 'minus'
  '*': 'times'
  '/': 'over'
  'unary -': 'negated'
  'Math.ceil': 'ceiled'
  'Math.floor': 'floored'
  'Math.max': 'largest'
  'Math.min': 'smallest'
  'Math.round': 'rounded'
  'Math.trunc': 'truncated'
  reflected: { '*': 'times' }
}

/** What a vector gets: as three's methods, but the result is a new vector. */
export interface VectorMethods<V> {
  plus(other: V): V
  minus(other: V): V
  /** Element by element, or every element by the number. */
  times(other: V | number): V
  /** Element by element, or every element by the number. */
  over(other: V | number): V
  negated(): V
  /** Towards +∞, each element. */
  ceiled(): V
  /** Towards -∞, each element. */
  floored(): V
  largest(...others: V[]): V
  smallest(...others: V[]): V
  rounded(): V
  /** Towards 0, each element. */
  truncated(): V
}

/** What a matrix gets; V are the vectors that it transforms. */
export interface MatrixMethods<M, V, W> {
  /** The matrix product `this · other`. */
  times(other: M): M
  /** The vector transformed by this matrix, as `applyMatrix3` and `applyMatrix4` do it: with the perspective divide where they have it. */
  times(vector: V): V
  times(vector: W): W
  /** Every element by the number. */
  times(factor: number): M
  /** `factor * this` */
  scaledBy(factor: number): M
}

declare module 'three' {
  interface Vector2 extends VectorMethods<Vector2> {
    readonly [operators]: VectorTable
  }
  interface Vector3 extends VectorMethods<Vector3> {
    readonly [operators]: VectorTable
  }
  interface Vector4 extends VectorMethods<Vector4> {
    readonly [operators]: VectorTable
  }
  interface Matrix3 extends MatrixMethods<Matrix3, Vector3, Vector2> {
    readonly [operators]: { '*': 'times'; reflected: { '*': 'scaledBy' } }
  }
  interface Matrix4 extends MatrixMethods<Matrix4, Vector4, Vector3> {
    readonly [operators]: { '*': 'times'; reflected: { '*': 'scaledBy' } }
  }
  interface Quaternion {
    readonly [operators]: { '*': 'times' }
    /** The rotation that does `other` first, then this. */
    times(other: Quaternion): Quaternion
    /** The vector, rotated. */
    times(vector: Vector3): Vector3
  }
}

/** Three's methods that change their object. */
interface Vector<V> {
  clone(): V
  add(v: V): V
  sub(v: V): V
  multiply(v: V): V
  multiplyScalar(k: number): V
  divide(v: V): V
  divideScalar(k: number): V
  negate(): V
  min(v: V): V
  max(v: V): V
  floor(): V
  ceil(): V
  round(): V
  roundToZero(): V
}

/** Three takes any object, and `undefined` for its missing elements: NaN would be the answer. */
function is<T extends object>(brand: `is${string}`, value: unknown): value is T {
  return typeof value === 'object' && value !== null && brand in value
}

function wrongOperand(operator: string, owner: string, value: unknown): TypeError {
  const kind = typeof value === 'object' ? (value?.constructor.name ?? 'null') : typeof value
  return new TypeError(`\`${operator}\` of ${owner} cannot take an operand of type ${kind}`)
}

function vectorMethods<V extends Vector<V>>(owner: string, brand: `is${string}`): VectorMethods<V> & ThisType<V> {
  const same = (operator: string, value: V) => {
    if (!is<V>(brand, value)) throw wrongOperand(operator, owner, value)
    return value
  }
  return {
    plus(other) {
      return this.clone().add(same('+', other))
    },
    minus(other) {
      return this.clone().sub(same('-', other))
    },
    times(other) {
      return typeof other === 'number' ? this.clone().multiplyScalar(other) : this.clone().multiply(same('*', other))
    },
    over(other) {
      return typeof other === 'number' ? this.clone().divideScalar(other) : this.clone().divide(same('/', other))
    },
    negated() {
      return this.clone().negate()
    },
    ceiled() {
      return this.clone().ceil()
    },
    floored() {
      return this.clone().floor()
    },
    largest(...others) {
      return others.reduce((u, v) => u.max(same('Math.max', v)), this.clone())
    },
    smallest(...others) {
      return others.reduce((u, v) => u.min(same('Math.min', v)), this.clone())
    },
    rounded() {
      return this.clone().round()
    },
    truncated() {
      return this.clone().roundToZero()
    },
  }
}

install(Vector2, vectorMethods<Vector2>('Vector2', 'isVector2'))
install(Vector3, vectorMethods<Vector3>('Vector3', 'isVector3'))
install(Vector4, vectorMethods<Vector4>('Vector4', 'isVector4'))

// The casts give the overloads back, which no implementation can be checked against.

install(Matrix3, {
  times: function (this: Matrix3, other: Matrix3 | Vector3 | Vector2 | number) {
    if (typeof other === 'number') return this.scaledBy(other)
    if (is<Matrix3>('isMatrix3', other)) return this.clone().multiply(other)
    if (is<Vector3>('isVector3', other) || is<Vector2>('isVector2', other)) return other.clone().applyMatrix3(this)
    throw wrongOperand('*', 'Matrix3', other)
  } as Matrix3['times'],
  scaledBy(factor) {
    return this.clone().multiplyScalar(factor)
  },
})

install(Matrix4, {
  times: function (this: Matrix4, other: Matrix4 | Vector4 | Vector3 | number) {
    if (typeof other === 'number') return this.scaledBy(other)
    if (is<Matrix4>('isMatrix4', other)) return this.clone().multiply(other)
    if (is<Vector4>('isVector4', other) || is<Vector3>('isVector3', other)) return other.clone().applyMatrix4(this)
    throw wrongOperand('*', 'Matrix4', other)
  } as Matrix4['times'],
  scaledBy(factor) {
    return this.clone().multiplyScalar(factor)
  },
})

install(Quaternion, {
  times: function (this: Quaternion, other: Quaternion | Vector3) {
    if (is<Quaternion>('isQuaternion', other)) return this.clone().multiply(other)
    if (is<Vector3>('isVector3', other)) return other.clone().applyQuaternion(this)
    throw wrongOperand('*', 'Quaternion', other)
  } as Quaternion['times'],
})
