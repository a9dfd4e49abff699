import { operators } from 'tsgrad'
declare const Base: any
export class FromAny extends Base { declare readonly [operators]: { '+': 'add'; '-': 'sub' }; sub(o: FromAny): FromAny { return o } }
//                                                                       ^^^^^ TS92004 The operator table names the method 'add' for `+`, but 'add' comes from a base of type 'any', which says nothing of its operands; declare it in FromAny.
export class AnyTable { declare readonly [operators]: any; add(o: AnyTable) { return o } }
//                                       ^^^^^^^^^^^ TS92022 The operator table of AnyTable is of type 'any', so no method can be read from it. Write it out: `declare readonly [operators]: { '+': 'add' }`.
export class UnionTable { declare readonly [operators]: { '+': 'add' } | { '-': 'add' }; add(o: UnionTable) { return o } }
//                                         ^^^^^^^^^^^ TS92022 The operator table of UnionTable is a union of types, so no method can be read from it. Write it out: `declare readonly [operators]: { '+': 'add' }`.
export interface Optional { readonly [operators]?: { '+': 'add' }; add(o: Optional): Optional }
//                                   ^^^^^^^^^^^ TS92022 The operator table of Optional may be missing, so no method can be read from it. Write it out: `declare readonly [operators]: { '+': 'add' }`.
export class Indexed { declare readonly [operators]: Record<string, 'add'>; add(o: Indexed) { return o } }
//                                      ^^^^^^^^^^^ TS92022 The operator table of Indexed is indexed by string, so no method can be read from it. Write it out: `declare readonly [operators]: { '+': 'add' }`.
export class IndexedReflected { declare readonly [operators]: { '+': 'add'; reflected: { [key: string]: 'add' } }; add(o: IndexedReflected) { return o } }
//                                               ^^^^^^^^^^^ TS92022 The operator table of IndexedReflected has a `reflected` that is indexed by string, so no method can be read from it. Write it out: `declare readonly [operators]: { '+': 'add' }`.
export class Never { declare readonly [operators]: { '+': 'add' } & { '+': 'sub' }; add(o: Never) { return o } sub() {} }
//                                    ^^^^^^^^^^^ TS92022 The operator table of Never is of type 'never', so no method can be read from it. Write it out: `declare readonly [operators]: { '+': 'add' }`.
export class Loose { readonly [operators] = { '+': 'add', reflected: { '+': 'add' } }; add(o: Loose | number) { return o } }
//                            ^^^^^^^^^^^ TS92023 The values of the operator table of Loose are of type 'string', so they name no method. Declare the table as a type, `declare readonly [operators]: { … }`, or write `as const` behind it.
export class Const { readonly [operators] = { '+': 'add', '-': 'sub', '+=': 'add' } as const; add(o: Const | number) { return o } }
//                                                             ^^^^^ TS92004 The operator table names the method 'sub' for `-`, but 'sub' does not exist in Const.
//                                                                    ^^^^ TS92008 The operator table has an entry `+=`, but `+=` is not an operator. The operators are + - * / % ** & | ^ << >> >>> < > <= >= unary - unary + ~, Math.<name>, Number.isNaN and its like.
export class Values { readonly [operators] = { '+': 1, '-': 'sub', '*': null, reflected: { '+': true, '-': name } } as const; sub(o: Values | number) { return o } }
//                                             ^^^ TS92026 The entry `+` of the operator table of Values names no method: its type is not the name of one. Write the method's name: `'+': 'add'`.
//                                                                 ^^^ TS92026 The entry `*` of the operator table of Values names no method: its type is not the name of one. Write the method's name: `'*': 'add'`.
//                                                                                         ^^^ TS92026 The entry `+` of the operator table of Values names no method: its type is not the name of one. Write the method's name: `'+': 'add'`.
declare const name: 'sub'
export class Entries { declare readonly [operators]: { '+': 'add' | 'sub'; '-'?: 'sub'; '*': string; '/': Name; reflected: { '+': undefined } }; add(o: Entries) { return o } sub(o: Entries) { return o } }
//                                                     ^^^ TS92026 The entry `+` of the operator table of Entries names no method: its type is not the name of one. Write the method's name: `'+': 'add'`.
//                                                                         ^^^ TS92026 The entry `-` of the operator table of Entries names no method: its type is not the name of one. Write the method's name: `'-': 'add'`.
//                                                                                      ^^^ TS92026 The entry `*` of the operator table of Entries names no method: its type is not the name of one. Write the method's name: `'*': 'add'`.
//                                                                                                                           ^^^ TS92026 The entry `+` of the operator table of Entries names no method: its type is not the name of one. Write the method's name: `'+': 'add'`.
type Name = 'add'
export class Text { declare readonly [operators]: { '+': 'add'; reflected: { '+': 'after'; '-': 'after' } }; add(o: Text) { return o } after(text: string) { return text } }
//                                                                           ^^^ TS92024 The entry `+` under `reflected` is never used: 'after' takes strings only, and a string on the left joins texts. Remove it, or let the method take other operands.
export class OneOperand { declare readonly [operators]: { 'Math.abs': 'abs'; reflected: { 'Math.abs': 'abs'; 'Math.max': 'max' } }; abs() { return this } max(o: number) { return this } }
//                                                                                        ^^^^^^^^^^ TS92024 The entry `Math.abs` under `reflected` is never used: `Math.abs` has one operand. Name it beside `reflected`.
export class Itself { declare readonly [operators]: { '-': 'sub'; reflected: { '-': 'rsub'; '+': 'sub' } }; sub(o: Itself | number) { return o } rsub(o: Itself) { return o } }
//                                                                             ^^^ TS92024 The entry `-` under `reflected` is never used: 'rsub' takes Itself only, which takes the operator itself by 'sub'. Remove it, or let the method take other operands.
export class Turned<T> { declare readonly [operators]: { '-': 'sub'; '/': 'sub'; reflected: { '-': 'rsub'; '/': 'over'; '*': 'rsub' } }; sub(o: Turned<T>) { return o } rsub(o: Turned<T>) { return o } over(o: Turned<T> | T) { return o } }
//                                                                                            ^^^ TS92024 The entry `-` under `reflected` is never used: 'rsub' takes Turned<T> only, which takes the operator itself by 'sub'. Remove it, or let the method take other operands.
export class Both { declare readonly [operators]: { '+': 'add'; reflected: { '+': 'add' } }; add(o: Both | string | number) { return o } }
export class Gen<T extends { '+': 'add' }> { declare readonly [operators]: T; add(o: Gen<T>) { return o } }
export class GenEntry<T extends 'add'> { declare readonly [operators]: { '+': T }; add(o: GenEntry<T>) { return o } }
export class Null { declare readonly [operators]: null; add(o: Null) { return o } }
//                                   ^^^^^^^^^^^ TS92022 The operator table of Null is of type 'null', so no method can be read from it. Write it out: `declare readonly [operators]: { '+': 'add' }`.
export class Named { declare readonly [operators]: 'add'; add(o: Named) { return o } }
//                                    ^^^^^^^^^^^ TS92022 The operator table of Named is of type '"add"', so no method can be read from it. Write it out: `declare readonly [operators]: { '+': 'add' }`.
export class Method { [operators]() { return { '+': 'add' } as const } add(o: Method) { return o } }
//                    ^^^^^^^^^^^ TS92022 The operator table of Method is a function, so no method can be read from it. Write it out: `declare readonly [operators]: { '+': 'add' }`.
export class OptionalReflected { declare readonly [operators]: { reflected?: { '+': 'add' } }; add(o: number) { return o } }
//                                                ^^^^^^^^^^^ TS92022 The operator table of OptionalReflected has a `reflected` that is a union of types, so no method can be read from it. Write it out: `declare readonly [operators]: { '+': 'add' }`.
export class Empty { declare readonly [operators]: { '+': '' }; ''(o: Empty) { return o } }
//                                                   ^^^ TS92026 The entry `+` of the operator table of Empty names no method: its type is not the name of one. Write the method's name: `'+': 'add'`.
declare module 'tsgrad' { namespace Inner { interface NumberWithGradient { readonly [operators]: { '+': 'add'; '*': 'mul' } } } }
//                                                    ^^^^^^^^^^^^^^^^^^ TS92025 The interface NumberWithGradient merges with no class or interface, so it has none of the methods that its operator table names. Is it at the place of the class that it is meant for?

// entries that are written elsewhere
declare class Part { declare readonly [operators]: Partial<Record<'+' | '-', 'add'>>; add(other: Part): Part }
//                                    ^^^^^^^^^^^ TS92026 The entry `+` of the operator table of Part names no method: its type is not the name of one. Write the method's name: `'+': 'add'`.
declare class Rest { declare readonly [operators]: Readonly<Record<'+' | '-', 'add'>>; add(other: Rest): Rest }
declare class Late<Name extends 'add'> { declare readonly [operators]: Record<'+', Name>; add(other: unknown): Late<Name> }
export const elsewhere = (rest: Rest, late: Late<'add'>) => [rest - rest, late + rest]
