/** Declarations that bundlers' plugins write: those that `tsgrad build` writes, or an error. Among them tsup and tsdown, which build libraries. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { bundlers, named, projectOf } from './bundlers.ts'
import { fixture, inHosts, packages, printed } from './fixture.ts'
import { installedPackages, releasesOf } from './installed.ts'
import { type Files, Project, type Run, repository } from './project.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 })

const tsgrad = 'node_modules/tsgrad/dist/command/main.js'
let wanted: Files
beforeAll(async () => {
  const project = new Project(fixture, packages)
  const args = ['build', '--declaration', '--emitDeclarationOnly', '--outDir', 'types']
  expect(await project.node(tsgrad, ...args)).toEqual({ status: 0, output: '' })
  wanted = project.all('types')
  expect(wanted['model.d.ts']).toContain('predict: (x: number) => NumberWithGrad')
})

/** The files of a host that name the plugin, with the option in them. */
function withOption(host: string): Files {
  const folder = join(repository, 'test/hosts', host)
  const own = readdirSync(folder).map(name => [name, readFileSync(join(folder, name), 'utf8')] as const)
  const changed = own.filter(([, text]) => text.includes('tsgrad()'))
  return Object.fromEntries(
    changed.map(([name, text]) => [name, text.replace('tsgrad()', "tsgrad({ declarations: 'types' })")]),
  )
}

test.each(bundlers.map(bundler => [bundler.name, bundler] as const))(
  '%s writes the declarations that tsgrad build writes',
  async (name, bundler) => {
    const project = projectOf(bundler, withOption(name))
    const { status, output } = await project.node(...bundler.command)
    expect(status, output).toBe(0)
    expect(project.all('types')).toEqual(wanted)
  },
)

test.each(['rollup', 'esbuild', 'webpack'])('%s fails where a type cannot be declared', async name => {
  const text = `${fixture['src/model.ts']}\nexport const made = class {\n  private readonly x = weight * 2\n}\n`
  const project = projectOf(named(name), { ...withOption(name), 'src/model.ts': text })
  const { status, output } = await project.node(...named(name).command)
  expect(status).not.toBe(0)
  expect(output).toContain('error TS4094')
  expect(project.exists('types')).toBe(false)
})

const libraries = {
  tsup: { command: ['node_modules/tsup/dist/cli-default.js'], main: 'dist/main.js' },
  tsdown: { command: ['node_modules/tsdown/dist/run.mjs'], main: 'dist/main.mjs' },
}

describe.each(Object.entries(libraries))('%s', (name, { command, main }) => {
  let project: Project
  const build = (files: Files = {}): Promise<Run> => {
    project.write({ ...fixture, ...withOption(name), ...files })
    return project.node(...command)
  }
  beforeAll(async () => {
    const folder = await installedPackages(`${name}@${releasesOf(name)[name]![0]}`, 'typescript@6.0.3')
    if (!folder) throw new Error(`npm does not install ${name}`)
    const config = `${name}.config.js`
    const files: Files = {
      ...fixture,
      'package.json': '{ "type": "module", "dependencies": { "tsgrad": "*", "decimal.js": "*" } }',
      [config]: readFileSync(join(repository, 'test/hosts', name, config), 'utf8'),
    }
    project = new Project(files, { ...packages, [name]: join(folder, name) })
  })

  test('the library is built, with the declarations that tsgrad build writes', async () => {
    const { status, output } = await build()
    expect(status, output).toBe(0)
    expect(await project.node(main)).toEqual({ status: 0, output: `${printed.join('\n')}\n` })
    expect(project.all('types')).toEqual(wanted)
  })

  test.each(['table', 'module'])('an error at an operator stops the build: %s', async kind => {
    const { files, code, text } = inHosts[kind]!
    const { status, output } = await build(files)
    expect(status).not.toBe(0)
    expect(output).toContain(`error TS${code}: ${text}`)
  })

  test('its own declarations, made of the files as they are written, stop the build', async () => {
    const config = `${name}.config.js`
    const { status, output } = await build({ [config]: project.read(config).replace('dts: false', 'dts: true') })
    expect(status).not.toBe(0)
    expect(output).toMatch(/TS93017|TS2365/)
  })
})
