/** Templates that people start from, as their makers write them: `tsgrad init` sets each up, and its own scripts build natural math. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { installedPackages } from './installed.ts'
import { command, Project, repository } from './project.ts'

interface Template {
  /** What makes it in the folder `app`, with its release. */
  readonly maker: string
  readonly program: string
  readonly args: readonly string[]
  /** What init changes. */
  readonly changed: readonly string[]
  /** Its script that must build natural math, where the whole is installed. */
  readonly script?: string
}

const templates: Readonly<Record<string, Template>> = {
  'create-vite vanilla-ts': {
    ...{ maker: 'create-vite@9.3.0', program: 'create-vite/index.js', args: ['app', '--template', 'vanilla-ts'] },
    ...{ changed: ['package.json', 'tsconfig.json', 'vite.config.ts'], script: 'build' },
  },
  'create-vite react-ts': {
    ...{ maker: 'create-vite@9.3.0', program: 'create-vite/index.js', args: ['app', '--template', 'react-ts'] },
    ...{ changed: ['package.json', 'tsconfig.app.json', 'vite.config.ts'], script: 'build' },
  },
  'create-vue': {
    ...{ maker: 'create-vue@3.24.0', program: 'create-vue/bundle.js', args: ['app', '--ts', '--vitest'] },
    changed: [
      '.vscode/settings.json',
      'package.json',
      ...['tsconfig.app.json', 'tsconfig.vitest.json', 'vite.config.ts'],
    ],
  },
  'sv create': {
    ...{
      maker: 'sv@0.17.1',
      program: 'sv/dist/bin.mjs',
      args: ['create', 'app', '--template', 'minimal', '--types', 'ts', '--no-add-ons', '--no-install'],
    },
    changed: ['.vscode/settings.json', 'package.json', 'tsconfig.json', 'vite.config.ts'],
  },
  'create-next-app': {
    ...{
      maker: 'create-next-app@16.4.3',
      program: 'create-next-app/dist/index.js',
      args: ['app', '--yes', '--skip-install'],
    },
    changed: ['package.json', 'tsconfig.json'],
  },
}

const MATH = `import { grad } from 'tsgrad'
export const slope = grad(x => Math.sin(x) * x)(2)
document.title = \`slope \${slope}\`
`

describe.each(Object.entries(templates))('%s', (_, { maker, program, args, changed, script }) => {
  const project = new Project({}, {})
  const app = join(project.root, 'app')
  const init = (...flags: string[]) => inside('node', join(repository, 'dist/command/main.js'), 'init', ...flags)
  const inside = (name: string, ...rest: string[]) => command('sh', ['-c', 'cd "$0" && exec "$@"', app, name, ...rest])

  test('init changes what it must, once, and takes it back', async () => {
    const made = await installedPackages(maker)
    if (!made) throw new Error(`npm does not install ${maker}`)
    expect(
      (await command('sh', ['-c', 'cd "$0" && CI=1 node "$@" < /dev/null', project.root, join(made, program), ...args]))
        .status,
    ).toBe(0)
    const before = project.all('app')
    const { status, output } = await init('--write')
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringContaining(`${changed.length} files changed`),
    })
    const after = withoutCache(project.all('app'))
    expect(
      Object.keys(after)
        .filter(name => after[name] !== before[name])
        .sort(),
    ).toEqual([...changed].sort())
    expect((await init('--write')).output).toContain('nothing to change')
    expect((await init('--undo')).status).toBe(0)
    expect(withoutCache(project.all('app'))).toEqual(before)
  })

  test.runIf(script)('its own script builds natural math, and stops at an error in it', async () => {
    expect((await init('--write')).status).toBe(0)
    await installPacked(project.root, app)
    project.write({ 'app/src/slope.ts': MATH })
    const main = ['main.ts', 'main.tsx'].map(name => `app/src/${name}`).find(name => project.exists(name))!
    project.write({ [main]: `import './slope'\n${project.read(main)}` })
    const built = await inside('npm', 'run', script!)
    expect(built).toEqual({ status: 0, output: expect.stringContaining('built in') })
    const outputs = project.all('app/dist')
    expect(Object.values(outputs).some(text => text.includes('slope '))).toBe(true)
    expect(Object.values(outputs).join('')).not.toContain('Math.sin(x)*x')
    project.write({ 'app/src/slope.ts': MATH.replace('* x)', "* 'x')") })
    const failed = await inside('npm', 'run', script!)
    expect(failed).toEqual({
      status: expect.not.toSatisfy((code: number) => code === 0),
      output: expect.stringContaining('slope.ts'),
    })
  })
})

const withoutCache = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).filter(([name]) => !name.startsWith('node_modules')))

/** As after a release, from the packed package. */
async function installPacked(folder: string, app: string): Promise<void> {
  const packed = await command('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder])
  const name = join(app, 'package.json')
  const text = readFileSync(name, 'utf8')
  expect(text).toMatch(/"tsgrad": "\^\d/)
  writeFileSync(name, text.replace(/"tsgrad": "[^"]+"/, `"tsgrad": "file:${join(folder, packed.output.trim())}"`))
  const { status, output } = await command('npm', ['install', '--prefix', app, '--no-audit', '--no-fund'])
  expect({ status, output }).toEqual({ status: 0, output: expect.not.stringMatching(/ERESOLVE/) })
  expect(existsSync(join(app, 'node_modules/tsgrad/dist/command/main.js'))).toBe(true)
}
