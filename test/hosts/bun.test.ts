/** Bun builds the project, runs it and tests it. */
import { spawn } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { failing, fixture, inHosts, packages, printed } from './fixture.ts'
import { bunOf, installedPackages, releasesOf } from './installed.ts'
import { type Files, Project, type Run, repository, run } from './project.ts'

vi.setConfig({ testTimeout: 120_000 })

const [version] = releasesOf('bun').Bun as readonly [string]
const binary = await bunOf(version)
const own = Object.fromEntries(
  ['build.js', 'bunfig.toml', 'main.spec.ts'].map(name => [
    name,
    readFileSync(join(repository, 'test/hosts/bun', name), 'utf8'),
  ]),
)
const compilers = {
  'TypeScript 6': packages,
  'TypeScript 5.9': { ...packages, typescript: join(repository, 'node_modules/typescript-5') },
}
const projects = Object.fromEntries(
  Object.entries(compilers).map(([name, linked]) => [name, new Project({ ...fixture, ...own }, linked)]),
)
const project = projects['TypeScript 6']!

const bunIn = ({ root }: Project, ...args: readonly string[]): Promise<Run> =>
  run(spawn(binary!, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] }))
const bun = (files: Files, ...args: readonly string[]) => {
  project.write({ ...fixture, ...files })
  return bunIn(project, ...args)
}
const lines = (output: string) =>
  [...output.matchAll(/(src\/\w+\.ts):(\d+):\d+\)?$/gm)].map(([, file, line]) => `${file}:${line}`)
const thrownAt = failing.places.map(({ file, line }) => `${file}:${line}`)

describe.skipIf(!binary)(`Bun ${version} (skipped where its npm package cannot be had)`, () => {
  test.each(Object.keys(projects))('builds the project with %s', async name => {
    projects[name]!.write(fixture)
    const built = await bunIn(projects[name]!, 'build.js')
    expect(built.status, built.output).toBe(0)
    expect(await projects[name]!.node('out/main.js')).toEqual({ status: 0, output: `${printed.join('\n')}\n` })
  })

  test('in what it builds, the lines of an exception are right', async () => {
    await bun({}, 'build.js')
    const { status, output } = await project.node('--enable-source-maps', 'out/failing.js')
    expect(status).toBe(1)
    expect(output).toContain(failing.message)
    expect(lines(output)).toEqual(thrownAt)
  })

  test.each(Object.entries(inHosts))('an error stops the build at its place: %s', async (_, { files, ...error }) => {
    const { file, line, column, code, text } = error
    const { status, output } = await bun(files, 'build.js')
    expect(status).toBe(1)
    expect(output).toContain(`${file}:${line}:${column} - error TS${code}: ${text}`)
    expect(output).toMatch(new RegExp(`^${line} \\| .*\\n *\\| *~+$`, 'm'))
  })

  test.each(Object.keys(projects))('runs the project with %s', async name => {
    projects[name]!.write(fixture)
    expect(await bunIn(projects[name]!, 'src/main.ts')).toEqual({ status: 0, output: `${printed.join('\n')}\n` })
  })

  test('where it runs, the lines of an exception are right', async () => {
    const { status, output } = await bun({}, 'src/failing.ts')
    expect(status).toBe(1)
    expect(output).toContain(failing.printed)
    expect(output).toContain(failing.message)
    expect(lines(output)).toEqual(thrownAt)
  })

  test('what a plugin behind tsgrad makes is lowered in what it builds, and what one before it makes is an error', async () => {
    const text = `import { weight } from '${project.root}/src/model.ts'\nconsole.log((weight * 4).num)`
    const making = `{ name: 'making', setup(build) {
  build.onResolve({ filter: /^made$/ }, () => ({ path: 'made', namespace: 'made' }))
  build.onLoad({ filter: /.*/, namespace: 'made' }, () => ({ contents: ${JSON.stringify(text)}, loader: 'ts' }))
} }`
    const config = own['build.js']!.replace("['src/main.ts', 'src/failing.ts']", "['src/made.ts']")
    const buildBy = (plugins: string) =>
      bun({ 'src/made.ts': "import 'made'\n", 'build.js': config.replace('tsgrad()', plugins) }, 'build.js')
    const built = await buildBy(`tsgrad(), ${making}`)
    expect(built.status, built.output).toBe(0)
    expect(await project.node('out/made.js')).toEqual({ status: 0, output: '12\n' })
    const refused = await buildBy(`${making}, tsgrad()`)
    project.write(own)
    expect(refused.status).toBe(1)
    expect(refused.output).toContain('error TS93024')
  })

  test('files that the build calls TypeScript are sources, whatever their names say', async () => {
    const config = own['build.js']!.replace("['src/main.ts', 'src/failing.ts']", "['src/sheet.rates']")
    const files = {
      'src/sheet.rates': "import { weight } from './model.ts'\nconst by: number = 4\nconsole.log((weight * by).num)\n",
      'build.js': config.replace('tsgrad()', "tsgrad()], loader: { '.rates': 'ts' }, external: ['none'"),
    }
    const { status, output } = await bun(files, 'build.js')
    expect(status, output).toBe(0)
    expect(await project.node('out/sheet.js')).toEqual({ status: 0, output: '12\n' })
    project.write(own)
  })

  test('a worker is lowered like what starts it', async () => {
    const files = {
      'src/worker.ts': "import { weight } from './model.ts'\npostMessage(String((weight * 4).num))\n",
      'src/start.ts': `const worker = new Worker(new URL('./worker.ts', import.meta.url))
worker.onmessage = ({ data }) => { console.log(data); worker.terminate() }
worker.onerror = ({ message }) => { console.log(message); worker.terminate() }
`,
    }
    expect(await bun(files, 'src/start.ts')).toEqual({ status: 0, output: '12\n' })
  })

  test.each(Object.entries(inHosts))(
    'an error stops what it runs, at its place: %s',
    async (_, { files, ...error }) => {
      const { file, line, column, code, text } = error
      const { status, output } = await bun(files, 'src/main.ts')
      expect(status).toBe(1)
      expect(output).toContain(`${file}:${line}:${column} - error TS${code}: ${text}`)
      expect(output.match(/^ +at .*/gm)).toEqual([`      at operator (${join(project.root, file)}:${line}:${column})`])
    },
  )

  test('runs tests', async () => {
    const { status, output } = await bun({}, 'test')
    expect(output).toMatch(/^ 1 pass$/m)
    expect(output).toMatch(/^ 0 fail$/m)
    expect(status).toBe(0)
  })

  const commonjs = {
    'src/module.mts': "import './common.cts'\nconsole.log('module')\n",
    'src/common.cts': "const { square } = require('./squares.cts')\nconsole.log(square(3))\n",
    'src/squares.cts': 'const square = (x: number) => x * x\nmodule.exports = { square }\n',
    'src/required.ts': "const { weight } = require('./model.ts')\nconsole.log(String(weight))\n",
    'src/exported.ts': 'module.exports = { three: 3 }\n',
  }
  test.each([
    ['.cts files as they are', 'src/module.mts', /^9\nmodule\n$/, 0],
    ['a file that requires', 'src/required.ts', /^-?\d\n$/, 0],
    ['no file of CommonJS without saying so', 'src/exported.ts', /module is not defined/, 1],
  ] as const)('runs %s', async (_, file, expected, exit) => {
    const { status, output } = await bun(commonjs, file)
    expect(output).toMatch(expected)
    expect(status).toBe(exit)
  })

  test('TypeScript that a package exports is lowered', async () => {
    const files = {
      'node_modules/untold/package.json': '{ "name": "untold", "type": "module", "exports": "./index.ts" }',
      'node_modules/untold/index.ts': `import { weight } from '../../src/model.ts'\nexport const twice = () => weight * 2\n`,
      'src/told.ts': `import { twice } from 'untold'\nconsole.log(String(twice() * 2))\n`,
    }
    expect(await bun(files, 'src/told.ts')).toEqual({ status: 0, output: '12\n' })
  })

  test.each([
    { name: 'is loaded where no text names tsgrad', before: '', printed: '7 false\n' },
    { name: 'is where a text names it', before: '// tsgrad\n', printed: '7 true\n' },
  ])('no compiler $name', async ({ before, printed }) => {
    const text = `${before}const three: number = 3
const isLoaded = Object.keys(require.cache).some(name => name.includes('/typescript/'))
console.log(three * 2 + 1, isLoaded)
`
    const plain = new Project({ 'tsconfig.json': '{}', 'src/plain.ts': text }, { typescript: packages.typescript })
    const register = join(repository, 'dist/transformer/hosts/register.js')
    expect(await bunIn(plain, '--preload', register, 'src/plain.ts')).toEqual({ status: 0, output: printed })
  })

  const unnamed: Files = {
    'tsconfig.json': '{ "include": ["src"] }',
    'src/main.ts': "import { three } from 'three'\nconsole.log(String(three * 3))\n",
    'src/failing.ts': 'export {}\n',
    'node_modules/three/package.json': '{ "name": "three", "type": "module", "exports": "./index.js" }',
  }
  const tracked = {
    'node_modules/three/index.js':
      "import { NumberWithGrad } from 'tsgrad'\nexport const three = new NumberWithGrad(3)\n",
    'node_modules/three/index.d.ts': "export declare const three: import('tsgrad').NumberWithGrad\n",
  }
  test.each([
    { what: 'a bundle with it all the same is refused', three: tracked, exit: 1 },
    {
      what: 'a bundle needs no compiler',
      three: { 'node_modules/three/index.js': 'export const three = 3\n' },
      exit: 0,
    },
  ])('where no text names tsgrad, $what', async ({ three, exit }) => {
    const files = { ...unnamed, ...three, 'build.js': own['build.js']! }
    const bundled = new Project(files, { 'decimal.js': packages['decimal.js'] })
    // at the place where npm installs it, which the name of a link's target would not show
    for (const name of ['dist', 'package.json'])
      cpSync(join(repository, name), join(bundled.root, 'node_modules/tsgrad', name), { recursive: true })
    const { status, output } = await bunIn(bundled, 'build.js')
    expect(status, output).toBe(exit)
    expect(output.includes('TS93013')).toBe(exit === 1)
    if (exit === 0) expect((await bundled.node('out/main.js')).output).toBe('9\n')
  })

  test('its types take the plugin', async () => {
    const types = await installedPackages(`bun-types@${version}`)
    const typed = new Project(
      {
        'tsconfig.json': `{ "compilerOptions": { "module": "nodenext", "strict": true, "noEmit": true, "types": ["bun-types"], "skipLibCheck": true } }`,
        'src/build.ts': own['build.js']!.replace('tsgrad()', "tsgrad({ check: 'all' })"),
        'src/preload.ts': "import tsgrad from 'tsgrad/bun'\nBun.plugin(tsgrad())\n",
        'src/wrong.ts':
          "import tsgrad from 'tsgrad/bun'\n// @ts-expect-error no such option\nBun.plugin(tsgrad({ checks: true }))\n",
      },
      {
        ...packages,
        'bun-types': join(types!, 'bun-types'),
        '@types/node': join(types!, '@types/node'),
        'undici-types': join(types!, 'undici-types'),
      },
    )
    expect(await typed.tsc()).toEqual({ status: 0, output: '' })
  })
})
