/** Bundlers in projects that do not name tsgrad: the plugin changes nothing, and never lets natural math pass by in silence. */
import { describe, expect, test, vi } from 'vitest'
import { type Bundler, bundlers, configsOf, named, projectOf } from './bundlers.ts'
import { fixture } from './fixture.ts'
import type { Files, Project } from './project.ts'

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

const configured = ({ name }: Bundler, project: Project, edit: (text: string) => string) => {
  const [config] = configsOf(name) as [string]
  const text = project.read(config)
  expect(edit(text)).not.toBe(text)
  project.write({ [config]: edit(text) })
}

type Alias = readonly [at: string, alias: string]
/** What makes another file of the name `hidden`, in the words of most bundlers, and of those that have others. */
const alias: Alias = ['plugins:', "resolve: { alias: { hidden: process.cwd() + '/elsewhere/nine.ts' } }, plugins:"]
const aliases: Readonly<Record<string, Alias>> = {
  rollup: [
    'tsgrad()',
    "{ resolveId: name => (name === 'hidden' ? process.cwd() + '/elsewhere/nine.ts' : null) }, tsgrad()",
  ],
  esbuild: ['plugins:', "alias: { hidden: './elsewhere/nine.ts' }, plugins:"],
  webpack: ['resolve: {', "resolve: { alias: { hidden: process.cwd() + '/elsewhere/nine.ts' },"],
}
const behindAlias: Files = {
  // its folder is the one whose files are looked at
  'src/own.json': plain['tsconfig.json'].replace('["src"]', '["."]'),
  'src/main.ts': `import { nine } from 'hidden'\nconsole.log(nine.num)\n`,
  'elsewhere/nine.ts': `import { NumberWithGrad } from 'tsgrad'\nexport const nine = new NumberWithGrad(3) * 3\n`,
}

/** A package that needs tsgrad, and does not say so. */
const untold: Files = {
  'node_modules/untold/package.json': '{ "name": "untold", "type": "module", "exports": "./index.js" }',
  'node_modules/untold/index.js': `import { NumberWithGrad } from 'tsgrad'\nexport const three = new NumberWithGrad(3)\n`,
  'node_modules/untold/index.d.ts': `export declare const three: import('tsgrad').NumberWithGrad\n`,
  'src/main.ts': `import { three } from 'untold'\nconsole.log((three * 3).num)\n`,
}
/** With tsgrad at the place where npm installs it, which the name of a link's target would not show. */
const copying = (bundler: Bundler): Bundler => ({
  ...bundler,
  isCopied: true,
  packages: [...bundler.packages, ...named('farm').packages.filter(name => name !== '@farmfe/core')],
})

// they wait more than they compute
vi.setConfig({ testTimeout: 120_000 })
describe.concurrent.each(bundlers.filter(({ isCopied }) => !isCopied))('$name', bundler => {
  test('the outputs are those of a build without the plugin, and no compiler is needed', async () => {
    const outputs = async (edit?: (text: string) => string) => {
      // ts-loader needs one
      const project = projectOf(bundler, {}, bundler.name === 'webpack' ? {} : { typescript: undefined }, plain)
      if (edit) configured(bundler, project, edit)
      const { status, output } = await project.node(...bundler.command)
      expect(status, output).toBe(0)
      expect((await project.node('out/main.js')).output).toBe('6\n')
      return Object.entries(project.all('out')).map(([name, text]) => [name, text.replaceAll(project.root, '')])
    }
    const withPlugin = await outputs()
    expect(withPlugin.length).toBeGreaterThan(1)
    expect(await outputs(text => text.replace(/^import tsgrad .*\n/m, '').replace('tsgrad()', ''))).toEqual(withPlugin)
  })

  test('a file that only an alias leads to is lowered', async () => {
    const project = projectOf(bundler, behindAlias, {}, plain)
    configured(bundler, project, text =>
      text
        .replace(...((aliases[bundler.name] ?? alias) as [string, string]))
        .replace('tsgrad()', "tsgrad({ tsconfig: 'src/own.json' })"),
    )
    const { status, output } = await project.node(...bundler.command)
    expect(status, output).toBe(0)
    expect((await project.node('out/main.js')).output).toBe('9\n')
  })

  test('natural math with a package that does not say what it needs stops the build', async () => {
    const project = projectOf(copying(bundler), untold, {}, plain)
    // packages stay imports in it, and so does tsgrad here
    if (bundler.name === 'rollup')
      configured(bundler, project, text =>
        text.replace(
          'tsgrad()',
          "{ resolveId: name => (name === 'untold' ? process.cwd() + '/node_modules/untold/index.js' : null) }, tsgrad()",
        ),
      )
    const { status, output } = await project.node(...bundler.command)
    expect(status).not.toBe(0)
    expect(output).toMatch(/TS93013: .*src\/(main|failing|shapes\/area)\.ts was compiled without tsgrad/)
  })
})
