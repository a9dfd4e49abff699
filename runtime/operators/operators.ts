/**
 * How a class names its operators, and the type that an operator has for given operand types.
 * Types only, but for the symbol and the guard; it must not know any class, nor how operators are found in a program.
 */

/**
 * The key under which a class or interface names its operators: a table from operator to method name, at the type level only.
 * The method's own signature is the overload list; nothing is registered and nothing is paid at run time.
 *
 * Keys: `+ - * / % **`, `& | ^ << >> >>> ~`, `unary -`, `unary +`, `< > <= >=`, `Math.<name>`, `Number.isNaN`, `.isFinite`,
 * `.isInteger`, `.isSafeInteger`; and the binary ones again
 * under `reflected`, for an object on the right of an operand that does not know it (`2 * v`).
 *
 * @example class Vec { declare readonly [operators]: { '+': 'add' }; constructor(readonly x: number) {} add(o: Vec) { return new Vec(this.x + o.x) } }
 */
export const operators: unique symbol = /* @__PURE__ */ Symbol.for('tsgrad.operators') as never

const WITHOUT_TRANSFORMER = 'https://www.npmjs.com/package/tsgrad#without-the-transformer'

/**
 * A `[Symbol.toPrimitive]` for classes with operators, so that code which was not transformed throws instead of giving NaN.
 * Conversions to text still work: they call the object's own `toString`.
 *
 * @param className the name that the error speaks of.
 * @throws TypeError (the returned method) when a native operator asks for a number, or for `+` and `==` for any primitive.
 * Source: ECMAScript 2025, 7.1.1 ToPrimitive (the hint is 'string' for template strings and `String(x)` only).
 * @example String({ [Symbol.toPrimitive]: rejectNativeOperators('Vec2'), toString: () => '(1, 2)' }) // (1, 2)
 */
export function rejectNativeOperators(className: string): (this: object, hint: string) => string {
  return function (this: object, hint: string): string {
    if (hint === 'string') return this.toString()
    throw new TypeError(
      `JavaScript asked a ${className} for a primitive value, as Number(x) and isNaN(x) do, and native operators: ` +
        `in files compiled without the tsgrad transformer, and on operands of type 'any'. See ${WITHOUT_TRANSFORMER}`,
    )
  }
}

type IsAny<T> = 0 extends 1 & T ? true : false
type AnyFunction = (...args: never[]) => unknown

type Calculation = '+' | '-' | '*' | '/' | '%' | '**' | '&' | '|' | '^' | '<<' | '>>' | '>>>'
type Comparison = '<' | '>' | '<=' | '>='
type Sign = 'unary -' | 'unary +' | '~'
/** A binary operator's table key. */
export type BinaryKey = Calculation | Comparison
/** A prefix operator's table key, or a step. */
export type UnaryKey = Sign | '++' | '--'

/** The result of the first overload of F that accepts A; `never` when none does. Eight overloads are looked at. */
type Accepting<F, A> = F extends {
  (a: infer A1): infer O1
  (a: infer A2): infer O2
  (a: infer A3): infer O3
  (a: infer A4): infer O4
  (a: infer A5): infer O5
  (a: infer A6): infer O6
  (a: infer A7): infer O7
  (a: infer A8): infer O8
}
  ? [A] extends [A1]
    ? O1
    : [A] extends [A2]
      ? O2
      : [A] extends [A3]
        ? O3
        : [A] extends [A4]
          ? O4
          : [A] extends [A5]
            ? O5
            : [A] extends [A6]
              ? O6
              : [A] extends [A7]
                ? O7
                : [A] extends [A8]
                  ? O8
                  : never
  : never

type TableOf<T> = T extends { readonly [operators]: infer Table } ? Table : never
type ReflectedTableOf<T> = TableOf<T> extends { readonly reflected: infer Table } ? Table : never

/** The method that `Table` names for `Key` on the object type T; `never` when it names none. */
type MethodOf<T, Table, Key> = Key extends keyof Table ? (Table[Key] extends keyof T ? T[Table[Key]] : never) : never
type Direct<Key, T> = MethodOf<T, TableOf<T>, Key>
type Reflected<Key, T> = MethodOf<T, ReflectedTableOf<T>, Key>

type OrElse<A, B> = [A] extends [never] ? B : A
/** What TypeScript gives to a call that it has reported: the last overload's result. */
type ResultDespiteError<F> = [F] extends [never] ? never : F extends AnyFunction ? ReturnType<F> : never

type NativeBinary<Key, L, R> = Key extends Comparison
  ? boolean
  : L extends bigint
    ? bigint
    : R extends bigint
      ? bigint
      : Key extends '+'
        ? L extends number
          ? R extends number
            ? number
            : any
          : any
        : number

type OneBinary<Key, L, R> = OrElse<
  Accepting<Direct<Key, L>, R>,
  OrElse<
    Key extends '+' ? (L extends string ? string : R extends string ? string : never) : never,
    OrElse<
      Accepting<Reflected<Key, R>, L>,
      OrElse<ResultDespiteError<Direct<Key, L>>, OrElse<ResultDespiteError<Reflected<Key, R>>, NativeBinary<Key, L, R>>>
    >
  >
>

// `null` and `undefined` give nothing but what their partner's method gives, since an error stands at them anyway.
type Combined<Key, L, R> = 0 extends 1 & L
  ? any
  : L extends null | undefined
    ? ResultDespiteError<Reflected<Key, R>>
    : 0 extends 1 & R
      ? OrElse<ResultDespiteError<Direct<Key, L>>, any>
      : R extends null | undefined
        ? ResultDespiteError<Direct<Key, L>>
        : OneBinary<Key, L, R>
// It distributes before anything else, so that the checker knows what it can be for a type parameter.
type BinaryOf<Key, L, R> = L extends unknown ? (R extends unknown ? Combined<Key, L, R> : never) : never

/**
 * The only key of a result. It stays open as long as an operand's type does: then the checker keeps `Binary<'*', T, 2>` and looks into it
 * when T is known, neither when it prints a declaration nor when it infers from an expected type.
 */
type Known<L, R = L> = [L, R] extends [unknown, unknown] ? 'result' : never

/**
 * The type of `left <Key> right`: the left class's method where it accepts the right operand, else the right class's reflected
 * method, else what JavaScript's own operator gives. Unions distribute; `null` and `undefined` are passed over, since
 * TypeScript reports them at the operand.
 *
 * @example type T = Binary<'*', number | NumberWithGrad, 2> // number | NumberWithGrad
 */
export type Binary<Key, L, R> = { result: BinaryOf<Key, L, R> }[Known<L, R>]

/** The type of a prefix operator; `Key` is its table key (`unary -`, `unary +`, `~`). */
export type Unary<Key, T> = { result: UnaryOf<Key, T> }[Known<T>]
type UnaryOf<Key, T> = T extends unknown
  ? 0 extends 1 & T
    ? number
    : T extends null | undefined
      ? never
      : OrElse<ResultDespiteError<Direct<Key, T>>, T extends bigint ? bigint : number>
  : never

type OneStep<Key, T> = T extends bigint ? bigint : OneBinary<Key, T, number>

/** The type of `++x` or `--x`; `Key` is the binary operator that it uses. */
export type Step<Key, T> = { result: StepOf<Key, T> }[Known<T>]
type StepOf<Key, T> = T extends unknown ? (0 extends 1 & T ? number : OneStep<Key, T>) : never

type MayBeNumber<A extends readonly unknown[]> = A extends readonly [infer First, ...infer Rest]
  ? [Extract<First, number>] extends [never]
    ? false
    : MayBeNumber<Rest>
  : true
/** The table key of a function: those of `Number` are these, all others are of `Math`. */
type FunctionKey<Name extends string> = Name extends NumberTest ? `Number.${Name}` : `Math.${Name}`
type NumberTest = 'isFinite' | 'isInteger' | 'isNaN' | 'isSafeInteger'
type PlainResult<Name extends string> = Name extends NumberTest ? boolean : number
type MathMethodResult<Name extends string, T> =
  IsAny<T> extends true ? never : T extends number ? never : ResultDespiteError<Direct<FunctionKey<Name>, T>>

type OneOfMath<Name extends string, A extends readonly unknown[]> = OrElse<
  { [I in keyof A]: MathMethodResult<Name, A[I]> }[number] | (MayBeNumber<A> extends true ? PlainResult<Name> : never),
  PlainResult<Name>
>

/** Members of a left operand whose method takes any number of operands. */
type TakingAll<Key, L> = L extends unknown
  ? Direct<Key, L> extends infer F extends AnyFunction
    ? [F] extends [never]
      ? never
      : number extends Parameters<F>['length']
        ? L
        : never
    : never
  : never

type TwoOfMath<Key, L, R> = L extends unknown
  ? R extends unknown
    ? OrElse<
        Accepting<Direct<Key, L>, R>,
        OrElse<
          Accepting<Reflected<Key, R>, L>,
          OrElse<ResultDespiteError<Direct<Key, L>>, OrElse<ResultDespiteError<Reflected<Key, R>>, number>>
        >
      >
    : never
  : never

type FoldedMath<Key, L, A extends readonly unknown[], Whole = never> = A extends readonly [infer R, ...infer Rest]
  ? Rest extends readonly []
    ? Whole | TwoOfMath<Key, L, R>
    : [L] extends [never]
      ? Whole
      : FoldedMath<
          Key,
          TwoOfMath<Key, Exclude<L, TakingAll<Key, L>>, R>,
          Rest,
          Whole | TwoOfMath<Key, TakingAll<Key, L>, R>
        >
  : Whole | L

/**
 * The type of `Math.<Name>(...args)`, or of `Number.isNaN(x)` and its like: two by two from the left, what the left class's method gives where it takes the right operand,
 * else what the right class's reflected method gives, else a number; and at once what a method gives that takes all operands.
 */
export type MathResult<Name extends string, A extends readonly unknown[]> = {
  result: MathOf<Name, A>
}[Known<A[number]>]
type MathOf<Name extends string, A extends readonly unknown[]> = A extends readonly number[]
  ? PlainResult<Name>
  : A extends readonly [infer First, infer Second, ...infer Rest]
    ? FoldedMath<FunctionKey<Name>, First, [Second, ...Rest]>
    : OneOfMath<Name, A>

// NoInfer keeps the contextual return type out of the conditional types: several times faster to check. It stands around each
// member of a union once more, because a union inside of it would not distribute over the next operator.
type Result<T> = T extends unknown ? NoInfer<T> : never

// Once a chain has met an object, it stays one.
type Objects<A extends readonly unknown[]> = { [I in keyof A]: number extends A[I] ? never : A[I] }[number]
type ChainResult<T, Then extends readonly unknown[]> = [T] extends [number]
  ? Binary<'+', T, OrElse<Objects<Then>, Then[number]>>
  : T

/** The type of the helper that stands for an operator while the transformer asks the type checker what the operator is. */
export type Probe = {
  [Key in Calculation]: {
    (left: number, right: number): number
    <L, R>(left: L, right: R): NoInfer<Result<Binary<Key, L, R>>>
  }
} & {
  [Key in Comparison]: {
    (left: number, right: number): boolean
    <L, R>(left: L, right: R): NoInfer<Result<Binary<Key, L, R>>>
  }
} & {
  [Key in Sign]: { (operand: number): number; <T>(operand: T): NoInfer<Result<Unary<Key, T>>> }
} & {
  '++': { (operand: number): number; <T>(operand: T): NoInfer<Result<Step<'+', T>>> }
  '--': { (operand: number): number; <T>(operand: T): NoInfer<Result<Step<'-', T>>> }
  Math<const Name extends string, A extends unknown[]>(name: Name, ...args: A): NoInfer<Result<MathResult<Name, A>>>
  first<T>(value: T, then: unknown): T
  chain(...operands: number[]): number
  chain<T, Then extends unknown[]>(first: T, ...then: Then): NoInfer<Result<ChainResult<T, Then>>>
}
