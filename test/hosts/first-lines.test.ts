/** What must stay at the very start of a file stays there, and line endings and byte order marks do no harm. */
import { beforeAll, describe, expect, test } from 'vitest'
import { printed } from './printed.ts'
import { Project, type Run, tsconfig } from './project.ts'

const imports = "import { NumberWithGrad, type Numeric } from 'tsgrad'\n"
/** Needs the import of a run-time helper, which must not come before anything that has to be first. */
const body = `${imports}export const f = (x: Numeric) => x * x + 1\nconsole.log(String(f(new NumberWithGrad(3))))\n`

/** A start of a file and the lines that the output must begin with. */
const starts: readonly [name: string, start: string, emitted: string][] = [
  ['shebang', '#!/usr/bin/env node\n', '#!/usr/bin/env node\n'],
  ['byte-order-mark', '\ufeff', 'import { NumberWithGrad } from'],
  ['mark-and-shebang', '\ufeff#!/usr/bin/env node\n', '#!/usr/bin/env node\n'],
  ['strict', "'use strict'\n", "'use strict';\n"],
  ['client', "'use client'; 'use memo'\n", "'use client';\n'use memo';\n"],
  ['directive-after-comment', "// why\n'use client'\n", "// why\n'use client';\n"],
  ['shebang-and-directive', "#!/usr/bin/env node\n'use strict'\n", "#!/usr/bin/env node\n'use strict';\n"],
  ['licence', '/*! (c) somebody */\n', '/*! (c) somebody */\n'],
  ['jsx', '/** @jsxImportSource preact */\n', '/** @jsxImportSource preact */\n'],
  ['check', '// @ts-check\n', '// @ts-check\n'],
  ['linter', '/* eslint-disable */\n', '/* eslint-disable */\n'],
  ['several', '/*! (c) */\n// @ts-check\n/* eslint-disable */\n', '/*! (c) */\n// @ts-check\n/* eslint-disable */\n'],
]

const files = Object.fromEntries(starts.map(([name, start]) => [`src/${name}.ts`, start + body]))
const crlf = `${body}export const four = new NumberWithGrad(2) * 2, wrong: string = four * 'é'.length\nexport const text = \`1\n2\`\n`

const global = 'interface Console { log(...values: unknown[]): void }\ndeclare var console: Console\n'
const project = new Project({
  ...files,
  'src/global.d.ts': global,
  'src/crlf.ts': crlf.replaceAll('\n', '\r\n'),
  'src/documented.ts': `/** Squares. */\nexport function f(x: Numeric) { return x * x }\n${imports}`,
  'src/strict-method.ts': `'use strict'\nexport const b = new NumberWithGrad(3) * 2\n${imports}`,
  'tsconfig.json': tsconfig({ sourceMap: true }),
})
let compiled: Run
beforeAll(async () => {
  compiled = await project.tspc()
})

describe.each(starts)('%s', (name, _, emitted) => {
  test('comes first in the output, before the inserted import', () => {
    const output = project.read(`out/${name}.js`)
    expect(output.startsWith(emitted)).toBe(true)
    expect(output).toContain("import { dispatchBinary as __tsgrad_dispatchBinary } from 'tsgrad'")
  })
})

test('all of these programs run', async () => {
  const names = starts.map(([name]) => name)
  project.write({ 'out/all.js': names.map(name => `import './${name}.js'\n`).join('') })
  expect(await project.node('out/all.js')).toEqual({ status: 0, output: '10\n'.repeat(names.length) })
  expect(await project.node('out/shebang-and-directive.js')).toEqual({ status: 0, output: '10\n' })
})

test('only the error of the file with CRLF line ends is reported, at its own place', () => {
  expect(printed(compiled.output)).toEqual([
    {
      file: 'src/crlf.ts',
      line: 4,
      column: 48,
      code: 'TS2322',
      message: "Type 'NumberWithGrad' is not assignable to type 'string'.",
    },
  ])
})

test('a file with CRLF line ends runs, and its template strings have the line ends of the language', async () => {
  const output = project.read('out/crlf.js')
  expect(output).toContain('new NumberWithGrad(2).mul(2), wrong = four.mul(')
  project.write({ 'out/check.js': "import { text } from './crlf.js'\nconsole.log(JSON.stringify(text))" })
  expect(await project.node('out/check.js')).toEqual({ status: 0, output: '10\n"1\\n2"\n' })
})

test('the doc comment of the first statement stays with it', () => {
  expect(project.read('out/documented.js')).toContain('/** Squares. */\nexport function f(')
  expect(project.read('out/documented.d.ts')).toContain('/** Squares. */\nexport declare function f(')
})

test('a directive stays first where nothing is inserted', () => {
  expect(project.read('out/strict-method.js')).toMatch(/^'use strict';\nexport const b = new NumberWithGrad\(3\)\.mul/)
})
