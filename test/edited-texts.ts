/** A project of thirty files, with the texts that each can have: whatever a lowered text may depend on changes somewhere. */
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
  ]
}

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
    "import type { Vec } from './vec.ts'\nexport const sum = (v: unknown) => 1 + 2 (\n",
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
  ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`link${i}.ts`, link(i)])),
}
