/** Bundlers in which nothing can reach tsgrad: the plugin takes no part in the build, and never lets natural math pass by in silence. */
import { describe, expect, test } from 'vitest'
import { type Bundler, bundlers, named, projectOf } from './bundlers.ts'
import { fixture } from './fixture.ts'

const plain = {
  'package.json': fixture['package.json']!,
  // which names tsgrad as a plugin
  'tsconfig.json': fixture['tsconfig.json']!.replace(/"plugins":.*/, '"plugins": []').replace(
    '"rootDir": "src"',
    '"rootDir": "."',
  ),
  'src/main.ts': `import { area } from './shapes/area.ts'\nconsole.log(area(2, 3))\n`,
  'src/failing.ts': 'export {}\n',
  'src/shapes/area.ts': 'export const area = (width: number, height: number): number => width * height\n',
}
const tracked = `import { NumberWithGrad } from 'tsgrad'\nexport const nine = new NumberWithGrad(3) * 3\n`

const config = { vite: 'vite.config.js', esbuild: 'build.js' }
const configOf = ({ name }: Bundler) => config[name as keyof typeof config] ?? `${name}.config.js`

const taking = bundlers.filter(({ name }) => name !== 'farm')

describe.each(taking)('$name', bundler => {
  test('the outputs are those of a build without the plugin, and no compiler is needed', async () => {
    const outputs = async (edit: (text: string) => string) => {
      // ts-loader needs one
      const project = projectOf(bundler, {}, bundler.name === 'webpack' ? {} : { typescript: undefined }, plain)
      project.write({ [configOf(bundler)]: edit(project.read(configOf(bundler))) })
      const { status, output } = await project.node(...bundler.command)
      expect(status, output).toBe(0)
      expect((await project.node('out/main.js')).output).toBe('6\n')
      return Object.entries(project.all('out')).map(([name, text]) => [name, text.replaceAll(project.root, '')])
    }
    const withPlugin = await outputs(text => text)
    expect(withPlugin.length).toBeGreaterThan(1)
    expect(await outputs(text => text.replace(/^import tsgrad .*\n/m, '').replace('tsgrad()', ''))).toEqual(withPlugin)
  })

  test('a file that only the entry leads to is lowered', async () => {
    const main = `import { nine } from '../elsewhere/nine.ts'\nconsole.log(nine.num)\n`
    const project = projectOf(bundler, { 'src/main.ts': main, 'elsewhere/nine.ts': tracked }, {}, plain)
    const { status, output } = await project.node(...bundler.command)
    expect(status, output).toBe(0)
    expect((await project.node('out/main.js')).output).toBe('9\n')
  })
})

/** What makes another file of the name `hidden`, in the words of each. */
const aliases: Readonly<Record<string, readonly [at: string, alias: string]>> = {
  vite: ['plugins:', "resolve: { alias: { hidden: process.cwd() + '/elsewhere/nine.ts' } }, plugins:"],
  rollup: [
    'tsgrad()',
    "{ resolveId: name => (name === 'hidden' ? process.cwd() + '/elsewhere/nine.ts' : null) }, tsgrad()",
  ],
  rolldown: ['plugins:', "resolve: { alias: { hidden: process.cwd() + '/elsewhere/nine.ts' } }, plugins:"],
  esbuild: ['plugins:', "alias: { hidden: './elsewhere/nine.ts' }, plugins:"],
  webpack: ['resolve: {', "resolve: { alias: { hidden: process.cwd() + '/elsewhere/nine.ts' },"],
  rspack: ['plugins:', "resolve: { alias: { hidden: process.cwd() + '/elsewhere/nine.ts' } }, plugins:"],
}

const behindAlias = async (name: string) => {
  const bundler = named(name)
  const main = `import { nine } from 'hidden'\nconsole.log(nine.num)\n`
  const project = projectOf(bundler, { 'src/main.ts': main, 'elsewhere/nine.ts': tracked }, {}, plain)
  const text = project.read(configOf(bundler))
  expect(text).toContain(aliases[name]![0])
  project.write({ [configOf(bundler)]: text.replace(...(aliases[name] as [string, string])) })
  return { project, ...(await project.node(...bundler.command)) }
}

test.each(Object.keys(aliases))('%s: natural math that only an alias leads to stops the build', async name => {
  const { status, output } = await behindAlias(name)
  expect(status).not.toBe(0)
  expect(output).toContain('TS93013')
  expect(output).toContain('elsewhere/nine.ts imports tsgrad, but no file of the project did when this build started')
})

const mains: Readonly<Record<string, string>> = {
  'an injected file': 'console.log(1)\n',
  'its standard input': 'console.log(1)\n',
  'a loader': "import { nine } from '../elsewhere/hidden.txt'\nconsole.log(nine.num)\n",
  'a path with a quote in it': `import { nine } from "../it's/nine.ts"\nconsole.log(nine.num)\n`,
}
test.each([
  [
    'another plugin',
    "plugins: [{ name: 'other', setup: build => build.onResolve({ filter: /^hidden$/ }, () => ({ path: process.cwd() + '/elsewhere/nine.ts' })) }, ",
  ],
  ['its own tsconfig.json', "tsconfig: 'elsewhere/tsconfig.json', plugins: ["],
  ['an injected file', "inject: ['elsewhere/shown.ts'], plugins: ["],
  [
    'its standard input',
    "entryPoints: [], stdin: { contents: 'import \"./elsewhere/shown.ts\"', resolveDir: '.' }, plugins: [",
  ],
  ['a loader', "loader: { '.txt': 'ts' }, plugins: ["],
  // a look at the texts takes it for an end and a beginning
  ['a path with a quote in it', 'plugins: ['],
])('esbuild: so does what only %s leads to', async (name, plugins) => {
  const esbuild = named('esbuild')
  const build = projectOf(esbuild).read('build.js')
  expect(build).toContain('plugins: [')
  const project = projectOf(
    esbuild,
    {
      ...{ 'build.js': build.replace('plugins: [', plugins), 'elsewhere/nine.ts': tracked },
      'elsewhere/tsconfig.json': '{ "compilerOptions": { "paths": { "hidden": ["./nine.ts"] } } }',
      'elsewhere/shown.ts': "import { nine } from './nine.ts'\nconsole.log(nine.num)\n",
      'elsewhere/hidden.txt': "export { nine } from './nine.ts'\n",
      "it's/nine.ts": tracked,
      'src/main.ts': mains[name] ?? "import { nine } from 'hidden'\nconsole.log(nine.num)\n",
    },
    {},
    plain,
  )
  const { status, output } = await project.node(...esbuild.command)
  expect(status).not.toBe(0)
  expect(output).toMatch(
    /(elsewhere|it's)\/nine\.ts imports tsgrad, but no file of the project did when this build started/,
  )
})
