/** Whole files: what surrounds the operators keeps its text, and inserted imports stand where they may. */
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { compile, shown } from './compile.ts'

/** `main.ts` unless a name is given. */
const files: readonly [name: string, natural: string, lowered: string, file?: string][] = [
  [
    'an exported default',
    "import type { N } from './n.ts'\nexport default (a: N) => a * 2\n",
    "import type { N } from './n.ts'\nexport default (a: N) => a.mul(2)\n",
  ],
  [
    'a default that is an operator',
    "import { a } from './n.ts'\nexport default a * 2\n",
    "import { a } from './n.ts'\nexport default a.mul(2)\n",
  ],
  [
    'an export assignment in parentheses',
    "import { a } from './n.ts'\nexport default -(a)\n",
    "import { a } from './n.ts'\nexport default (a).neg()\n",
  ],
  [
    'carriage returns, tabs and a byte order mark',
    "\ufeffimport { a } from './n.ts'\r\n\texport const s = a\t*\t2 // tab\r\n\r\nexport const t = 'a\\\r\nb'\r\n",
    "\ufeffimport { a } from './n.ts'\r\n\texport const s = a.mul(2) // tab\r\n\r\nexport const t = 'a\\\r\nb'\r\n",
  ],
  [
    'a shebang, a directive and a licence',
    "#!/usr/bin/env node\n'use strict'\n/** @license MIT */\nimport { e } from './n.ts'\nexport const s = e() * 2\n",
    "#!/usr/bin/env node\n'use strict'\n/** @license MIT */\nimport { e } from './n.ts'; import { dispatchBinary as __tsgrad_dispatchBinary } from 'tsgrad';\nexport const s = __tsgrad_dispatchBinary('*', 'mul', 'rmul', e(), 2)\n",
  ],
  ...[
    ['a licence', '/** @license MIT */'],
    ['a pragma', '/** @jsxImportSource preact */'],
    ['a directive for the compiler', '/** Twice. */\n// @ts-expect-error', ', y'],
  ].map(([name, comment, more = '']): [string, string, string] => [
    `${name} before the first statement, and without imports`,
    `${comment}\nexport const f = (x: import('./n.ts').E${more}) => x * 2\n`,
    `${comment}\nimport { dispatchBinary as __tsgrad_dispatchBinary } from 'tsgrad'; export const f = (x: import('./n.ts').E${more}) => __tsgrad_dispatchBinary('*', 'mul', 'rmul', x, 2)\n`,
  ]),
  [
    'a doc comment before the first statement, and without imports',
    "/** Twice. */\nexport const f = (x: import('./n.ts').E) => x * 2\n",
    "import { dispatchBinary as __tsgrad_dispatchBinary } from 'tsgrad';\n/** Twice. */\nexport const f = (x: import('./n.ts').E) => __tsgrad_dispatchBinary('*', 'mul', 'rmul', x, 2)\n",
  ],
  [
    'a client directive without imports',
    "'use client'\nexport const f = (x: import('./n.ts').E) => x * 2\n",
    "'use client'\nimport { dispatchBinary as __tsgrad_dispatchBinary } from 'tsgrad'; export const f = (x: import('./n.ts').E) => __tsgrad_dispatchBinary('*', 'mul', 'rmul', x, 2)\n",
  ],
  [
    'JSX',
    "import { a } from './n.ts'\ndeclare global { namespace JSX { interface IntrinsicElements { p: { v: unknown; w?: unknown } } type Element = import('./n.ts').N } }\nexport const e = <p v={a * 2} {...{ w: -a }}>{a + 1} text - not {/* c */}</p>, twice = <p v={1} /> * 2, less = -<p v={1}>1</p>, none = <></> * 2\n",
    "import { a } from './n.ts'\ndeclare global { namespace JSX { interface IntrinsicElements { p: { v: unknown; w?: unknown } } type Element = import('./n.ts').N } }\nexport const e = <p v={a.mul(2)} {...{ w: a.neg() }}>{a.add(1)} text - not {/* c */}</p>, twice = (<p v={1} />).mul(2), less = (<p v={1}>1</p>).neg(), none = (<></>).mul(2)\n",
    'main.tsx',
  ],
  [
    'namespaces, modules and global declarations',
    "import { a } from './n.ts'\nexport namespace S { export const s = a * 2; export namespace T { export let t = s - 1; t += s } }\ndeclare module './n.ts' { interface Extra { x: typeof a } }\ndeclare global { var extra: typeof a }\n",
    "import { a } from './n.ts'\nexport namespace S { export const s = a.mul(2); export namespace T { export let t = s.sub(1); t = t.add(s) } }\ndeclare module './n.ts' { interface Extra { x: typeof a } }\ndeclare global { var extra: typeof a }\n",
  ],
]

describe('a file with', () => {
  const n = `import { NumberWithGrad, type Numeric } from 'tsgrad'
export type N = NumberWithGrad
export type E = Numeric
export const a = new NumberWithGrad(3)
export const e = (): E => a
`
  // all of them in one program, since a program for each costs half a second
  const named = files.map(
    ([title, natural, lowered, name = 'main.ts'], i) => [title, `${i}-${name}`, natural, lowered] as const,
  )
  const texts = named.map(([, name, natural]) => [name, natural] as const)
  const compiled = compile({ ...Object.fromEntries(texts), 'n.ts': n }, { jsx: ts.JsxEmit.Preserve })

  test.each(named)('%s', (_, name, _natural, lowered) => {
    expect(compiled.diagnostics.filter(({ file }) => file?.fileName.endsWith(`/${name}`)).map(shown)).toEqual([])
    expect(compiled.lowered(name)).toBe(lowered)
  })

  test('none of them is reported anywhere else', () => {
    expect(compiled.diagnostics.map(shown)).toEqual([])
  })
})
