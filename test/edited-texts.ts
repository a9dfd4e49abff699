/** A project of thirty files, with the texts that each can have: whatever a lowered text may depend on changes somewhere. */
import type ts from 'typescript'

const vec = (table: string, rest = '') => `import type { operators } from 'tsgrad'
export class Vec {
  declare readonly [operators]: ${table}
  constructor(readonly x: number) {}
  add(other: Vec) { return new Vec(this.x + other.x) }
  plus(other: Vec) { return 'plus' }
  times(k: number): Vec { return new Vec(this.x * k) }
  ${rest}
}
`
const vecImport = "import { Vec } from './vec.ts'\n"
const tracked = "import { NumberWithGrad } from 'tsgrad'\n"

/** A link of a chain of files on tracked numbers. */
const link = (i: number): readonly (string | undefined)[] => {
  const before = i === 0 ? '' : `import { v${i - 1} as before } from './link${i - 1}.ts'\n`
  const inner = i === 0 ? 'x' : 'before(x)'
  const text = (result: string, end = '') =>
    `${tracked}${before}export const v${i} = (x: NumberWithGrad) => ${result}\nexport const own${i}: NumberWithGrad = new NumberWithGrad(${i}) + 1\n${end}`
  return [
    text(`${inner} * ${i} + x`),
    text(`${inner} * ${i + 1} + x`),
    // the same lowered text from another original
    text(`${inner}*${i}+x`),
    text(`(${inner} * 2 + x).num`),
    text(`${inner} * 'x'`),
    text(`${inner} * 2`, `export const wrong: string = own${i} * 2\n`),
    undefined,
    // while it stands there, the compiler checks nothing
    ...(i === 0 ? [text(`${inner} (`)] : []),
  ]
}

/** What the declarations of a file do not say: types of private members, and of classes inside of functions. */
const hides = (table: string, before = '') => `import type { operators } from 'tsgrad'
${before}export class Hides {
  private declare readonly [operators]: ${table}
  add(other: Hides) { return this }
  plus(other: Hides) { return this }
}
`
const inside = (table: string) => `import type { operators } from 'tsgrad'
export function local() {
  class Local {
    private declare readonly [operators]: ${table}
    add(other: Local): Local { return this }
    plus(other: Local): Local { return this }
  }
  return new Local()
}
`
/** Declarations name it, and say nothing of it. */
const publicInside = (table: string) => `import type { operators } from 'tsgrad'
export function local() {
  interface Local {
    readonly [operators]: ${table}
    add(other: Local): Local
    plus(other: Local): Local
  }
  return {} as Local
}
`

const worded = (end: number) => `import { Vec } from './vec.ts'
export const first = (x: 'one' | 'two') => x
export const second = (n: boolean) => (n ? 'two' : 'one')
export const text = second(true) + ${end}
export const vec = (v: Vec) => v
`

const bareTable = (table: string) => `import type { operators } from 'tsgrad'
import './bare.ts'
declare module './bare.ts' { interface Bare { readonly [operators]: ${table} } }
`

/** A script, which sees what other scripts export from its namespace. */
export const parts = (sized: string) => `namespace Parts {
  declare const given: import('${sized}').Sized
  export const size = Math.abs(given)
  export const isOdd = Number.isNaN(given)
}
`
export const sized = `import type { operators } from 'tsgrad'
export class Sized {
  declare readonly [operators]: { 'Math.abs': 'abs'; 'Number.isNaN': 'isOdd' }
  abs() { return this }
  isOdd() { return true }
}
`
export const otherParts: readonly string[] = [
  'namespace Parts {\n  export const other = 1\n}\n',
  "namespace Parts {\n  export const Math = { abs: (x: unknown) => 'of its own' }\n}\n",
  "namespace Parts {\n  export const Number = { isNaN: (x: unknown) => 'of its own' }\n}\n",
]

const declared = (table: string) => `import type { operators } from 'tsgrad'
export declare class Lib {
  readonly [operators]: ${table}
  add(other: Lib): Lib
  plus(other: Lib): string
}
`

/** The texts of each file; undefined where it is not there. */
export const versions: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'vec.ts': [
    vec("{ '+': 'add'; '*': 'times' }"),
    vec("{ '+': 'plus'; '*': 'times' }"),
    vec("{ '-': 'add' }"),
    vec("{ '+': 'add'; '*': 'times' }", 'private hidden() { return 1 }'),
    vec("{ '+': 'missing' }"),
  ],
  'make.ts': [
    `${vecImport}export const make = (x: number) => new Vec(x)\n`,
    `${vecImport}export const make = (x: number) => x\n`,
    `${vecImport}export const make = (x: number) => new Vec(x) + new Vec(1)\n`,
    `${vecImport}export const make = (x: number): number | Vec => (x > 1 ? x : new Vec(x))\n`,
  ],
  'uses.ts': [
    `import type { Vec } from './vec.ts'\nimport { make } from './make.ts'\nexport const sum = (v: Vec) => v + make(2)\n`,
    `import { make } from './make.ts'\nexport const sum = (v: unknown) => make(1) + make(2)\n`,
    `import type { Vec } from './vec.ts'\nexport function sum(v: Vec) { let w = v; w += v; return w + v }\n`,
  ],
  'top.ts': [
    `import { sum } from './uses.ts'\nimport { make } from './make.ts'\nexport const top = sum(make(1) as never) + make(3)\n`,
    `import { sum } from './uses.ts'\nimport { make } from './make.ts'\nexport const top = [1, 2].map(i => sum(make(i) as never)).map(v => v + v)\n`,
    'export const top = 1 + 2\n',
  ],
  'renamed.ts': [undefined, `${vecImport}export const moved = new Vec(1) + new Vec(2)\n`],
  'named.ts': [`${vecImport}export const moved = new Vec(1) + new Vec(2)\n`, undefined],
  'by-name.ts': [
    "import { moved } from './named.ts'\nexport const twice = moved + moved\n",
    "import { moved } from './renamed.ts'\nexport const twice = moved + moved\n",
  ],
  // bodies behind a derivative, one and two files away
  'body.ts': [
    'export const f = (x: number): number => x * x\n',
    'export const f = (x: number): number => x * x * 3\n',
    'export const f = (x: number): number => Math.sin(x)\n',
    // of which the derivative is 0, which is a warning
    'export const f = (x: number): number => Math.floor(x)\n',
    // of which no derivative is made
    'export const f = (x: number): number => Number(x)\n',
  ],
  'through.ts': [
    "import { f } from './body.ts'\nexport const g = (x: number): number => f(x) + 1\n",
    "import { f } from './body.ts'\nexport const g = (x: number): number => f(x * 2)\n",
  ],
  'slope.ts': [
    "import { grad } from 'tsgrad'\nimport { g } from './through.ts'\nexport const slope = grad((x: number) => g(x) * 2)\n",
    "import { grad } from 'tsgrad'\nimport { g } from './through.ts'\nexport const slope = grad(g)\nexport const plain = g(1)\n",
    "import { g } from './through.ts'\nexport const slope = g(1) * 2\n",
  ],
  'hides.ts': [
    hides("{ '+': 'add' }"),
    hides("{ '+': 'plus' }"),
    hides('Table', "import type { Table } from './table.ts'\n"),
  ],
  'table.ts': ["export interface Table { '+': 'add' }\n", "export interface Table { '+': 'plus' }\n"],
  'public-inside.ts': [publicInside("{ '+': 'add' }"), publicInside("{ '+': 'plus' }")],
  'sees-public.ts': ["import { local } from './public-inside.ts'\nexport const locals = local() + local()\n"],
  'inside.ts': [inside("{ '+': 'add' }"), inside("{ '+': 'plus' }")],
  'sees-hidden.ts': [
    "import { Hides } from './hides.ts'\nexport const both = new Hides() + new Hides()\n",
    "import { Hides } from './hides.ts'\nexport const both = (h: Hides) => h + h\n",
  ],
  'sees-inside.ts': ["import { local } from './inside.ts'\nexport const locals = local() + local()\n"],
  // errors whose wording may depend on what a checker was asked before
  'worded.ts': [
    `${vecImport}export const either = (v: Vec | string | number) => v * 2\nexport const plain: string = 1 * 2\n`,
    worded(1),
    worded(2),
  ],
  // declarations that all files see
  'ambient.d.ts': ['declare const scale: number\n', "declare const scale: import('./vec.ts').Vec\n", undefined],
  'sees.ts': [
    `${vecImport}export const seen = scale * 2\nexport const other: Vec = new Vec(1) + new Vec(2)\n`,
    `${vecImport}export const seen = scale + new Vec(1)\n`,
  ],
  'global.ts': [
    "import type { Vec } from './vec.ts'\ndeclare global { interface Shared { value: Vec } }\n",
    'export {}\ndeclare global { interface Shared { value: number } }\n',
    undefined,
  ],
  'shares.ts': [`${vecImport}export const shared = (s: Shared) => s.value * 2\nexport const vec = new Vec(1) * 2\n`],
  'augments.ts': [
    undefined,
    "import './vec.ts'\ndeclare module './vec.ts' { interface Vec { readonly more: number } }\n",
  ],
  // a file that is found before another one
  'found.ts': [undefined, 'export const place = 2\n'],
  'found/index.ts': [`import { Vec } from '../vec.ts'\nexport const place = new Vec(2)\n`, 'export const place = 3\n'],
  'finds.ts': [
    `${vecImport}import { place } from './found'\nexport const doubled = place * 2\nexport const own = new Vec(1) + new Vec(2)\n`,
  ],
  // what an option says
  'optional.ts': [
    `${vecImport}export const maybe = (v?: Vec) => v + v\n`,
    `${vecImport}export const list = (v: Vec[]) => v[0] + v[1]\n`,
  ],
  // values that are types
  'kinds.ts': [
    'export enum Kind { A = 1, B = 2 }\nexport const enum Fixed { A = 1, B = 2 }\n',
    "export enum Kind { A = 1, B = 'b' }\nexport const enum Fixed { A = 2, B = 1 }\n",
  ],
  'sees-kinds.ts': [
    `${vecImport}import { Fixed, Kind } from './kinds.ts'
interface Row { 1: Vec; 2: number }
export const picked = (row: Row) => row[Fixed.A] * 2
export const scaled = new Vec(1) * Kind.B
`,
  ],
  'data.json': ['{ "scale": 2 }\n', '{ "scale": "two" }\n', undefined],
  'sees-data.ts': [
    `${vecImport}import data from './data.json' with { type: 'json' }
type Of<T> = T extends number ? Vec : number
export const scaled = new Vec(1) * data.scale
export const picked = (v: Of<typeof data.scale>) => v * 2
`,
  ],
  // names that lead elsewhere
  'again.ts': [
    "export * from './make.ts'\nexport { Vec as Point } from './vec.ts'\n",
    "export { make } from './make.ts'\nexport { Hides as Point } from './hides.ts'\n",
    "export * from './make.ts'\nexport class Point { constructor(readonly x: number) {} }\n",
  ],
  'sees-again.ts': [
    "import { make, Point } from './again.ts'\nexport const made = make(1) + make(2)\nexport const points = new Point(1) + new Point(2)\n",
    "import * as all from './again.ts'\nexport const made = all.make(1) * 2\n",
  ],
  'types.ts': ["export type { Vec as Operand } from './vec.ts'\n", 'export type Operand = number\n'],
  'sees-types.ts': [
    "import type { Operand } from './types.ts'\nexport const doubled = (x: Operand) => x * 2\nexport const none = (x?: Operand) => x! + x!\n",
  ],
  // a name that a part of a namespace in another file hides
  'sized.ts': [sized],
  'parts.ts': [parts('./sized.ts')],
  'other-parts.ts': [...otherParts, undefined],
  'generic.ts': [
    'export class Box<T> { constructor(readonly value: T) {} }\nexport const box = <T>(value: T) => new Box(value)\n',
    'export class Box<T> { constructor(readonly value: T) {} }\nexport const box = <T>(value: T) => new Box([value])\n',
  ],
  'sees-generic.ts': [
    `${vecImport}import { box } from './generic.ts'\nexport const twice = box(new Vec(1)).value * 2\n`,
  ],
  // a table of another file
  'bare.ts': ['export class Bare {\n  times(k: number) { return this }\n  plus(k: number) { return k }\n}\n'],
  'tables.ts': [
    bareTable("{ '*': 'times' }"),
    bareTable("{ '*': 'plus' }"),
    "import type { operators } from 'tsgrad'\nexport type Key = typeof operators\n",
  ],
  'sees-bare.ts': ["import { Bare } from './bare.ts'\nexport const twice = new Bare() * 2\n"],
  // the type of a private member, which an element access has
  'secret.ts': [
    `${vecImport}export class Secret { private readonly inner = new Vec(1) }\n`,
    `${vecImport}export class Secret { private readonly inner = 1 }\n`,
  ],
  'sees-secret.ts': ["import { Secret } from './secret.ts'\nexport const twice = new Secret()['inner'] * 2\n"],
  'internal.ts': [
    `${vecImport}/** @internal */\nexport const inner = new Vec(1)\n`,
    `${vecImport}/** @internal */\nexport const inner = 1\n`,
  ],
  'sees-internal.ts': ["import { inner } from './internal.ts'\nexport const twice = inner * 2\n"],
  ...Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`link${i}.ts`, link(i)])),
}

/** Files of packages, which are read and not compiled. */
export const packageVersions: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'node_modules/lib/package.json': ['{ "name": "lib", "types": "one.d.ts" }', '{ "name": "lib", "types": "two.d.ts" }'],
  'node_modules/lib/one.d.ts': [declared("{ '+': 'add' }"), declared("{ '+': 'plus' }")],
  'node_modules/lib/two.d.ts': [declared("{ '+': 'plus' }"), undefined],
  'packages/one/index.d.ts': [declared("{ '+': 'add' }"), declared("{ '-': 'add' }")],
  'packages/two/index.d.ts': [declared("{ '+': 'plus' }")],
}

/** Where a link to a folder leads. */
export const linkVersions: Readonly<Record<string, readonly string[]>> = {
  'node_modules/linked': ['packages/one', 'packages/two'],
}

/** The file that uses them. */
export const usesPackages = `import { Lib } from 'lib'
import { Lib as Linked } from 'linked'
export const ofLib = new Lib() + new Lib()
export const ofLinked = new Linked() + new Linked()
`

export const optionSets: readonly ts.CompilerOptions[] = [
  {},
  { strict: false },
  { noUncheckedIndexedAccess: true },
  { verbatimModuleSyntax: true },
  { declaration: false },
  { noEmitOnError: true },
  { noEmit: true },
  { target: 9 },
  { stripInternal: true },
  { removeComments: true, inlineSourceMap: true, sourceMap: false },
  { isolatedModules: true },
]
