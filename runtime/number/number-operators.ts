/** The `[operators]` table of NumberWithGrad, as a type made of the rules. It must not know what a method does. */
import type { rules } from '../rules/rules.ts'

type Rules = typeof rules
type KeysOf<Name extends keyof Rules> = Rules[Name]['keys'][number]
type BinaryName = { [Name in keyof Rules]: Rules[Name]['arity'] extends 2 ? Name : never }[keyof Rules]

/** The operators of NumberWithGrad, by the rules' keys; every method of two operands has a reflected one. */
export type NumberOperators = { readonly [Name in keyof Rules as KeysOf<Name>]: Name } & {
  readonly 'unary +': 'pos'
  readonly '<': 'lt'
  readonly '>': 'gt'
  readonly '<=': 'le'
  readonly '>=': 'ge'
  readonly 'Number.isNaN': 'isNaN'
  readonly 'Number.isFinite': 'isFinite'
  readonly 'Number.isInteger': 'isInteger'
  readonly 'Number.isSafeInteger': 'isSafeInteger'
  readonly reflected: { readonly [Name in BinaryName as KeysOf<Name>]: `r${Name}` } & {
    // 4 < a is a > 4
    readonly '<': 'gt'
    readonly '>': 'lt'
    readonly '<=': 'ge'
    readonly '>=': 'le'
  }
}
