/** Angular's own command line builds what its page says, with the packed package and a TypeScript that ts-patch patches. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { beforeAll, expect, test, vi } from 'vitest'
import { blocksOf } from '../documents.ts'
import { installedPackages, nodeOf, releasesOf } from './installed.ts'
import { command, Project, type Run, repository } from './project.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 })

const { '@angular/cli': cli, Node: node } = releasesOf('angular')
const project = new Project({}, {})
const app = join(project.root, 'app')
let path: string

/** Runs commands in the app, by a Node that Angular takes. */
const run = (script: string, folder = app): Promise<Run> =>
  command('env', [`PATH=${path}`, 'NG_CLI_ANALYTICS=false', 'NO_COLOR=1', 'sh', '-ec', `cd '${folder}'\n${script}`])
async function done(script: string, folder = app): Promise<void> {
  const { status, output } = await run(script, folder)
  if (status !== 0) throw new Error(`${script}\n${output}`)
}
const build = () => run('npx ng build --configuration development')
const built = () => readFileSync(join(app, 'dist/app/browser/main.js'), 'utf8')
const write = (name: string, text: string) => writeFileSync(join(app, 'src/app', name), text)

const [config, component] = blocksOf('docs/hosts/angular.md').filter(({ language }) => /^(?:json|ts)$/.test(language))
const vec = (method: string) => `import type { operators } from 'tsgrad'
export class Vec {
  declare readonly [operators]: { '*': '${method}' }
  constructor(readonly x: number) {}
  times(by: number) { return new Vec(this.x * by) }
  over(by: number) { return new Vec(this.x / by) }
}
`
const uses = "import { Vec } from './vec'\nexport const doubled = (v: Vec) => v * 2\n"
const withTemplate = (template: string) => `import { Component } from '@angular/core'
import { doubled } from './uses'
import { Vec } from './vec'
@Component({ selector: 'app-root', template: '${template}' })
export class App {
  protected readonly v = doubled(new Vec(2))
}
`

beforeAll(async () => {
  const [program, packages] = [await nodeOf(node![0]!), await installedPackages(`@angular/cli@${cli![0]}`)]
  if (!program || !packages) throw new Error('npm does not install Angular')
  path = [dirname(program), process.env.PATH].join(delimiter)
  await done(`npm pack --silent --ignore-scripts --pack-destination '${project.root}'`, repository)
  const tarball = join(project.root, readdirSync(project.root).find(name => name.endsWith('.tgz'))!)
  const ng = join(packages, '@angular/cli/bin/ng.js')
  await done(`node '${ng}' new app --defaults --minimal --skip-git --skip-install`, project.root)
  await done(`npm install --prefer-offline --no-audit --no-fund '${tarball}'
npm install --prefer-offline --no-audit --no-fund --save-dev ts-patch@4
npx ts-patch install`)
  const { compilerOptions } = JSON.parse(config!.text)
  const tsconfig = join(app, 'tsconfig.json')
  const text = readFileSync(tsconfig, 'utf8')
  writeFileSync(
    tsconfig,
    text.replace('"compilerOptions": {', `"compilerOptions": { ${JSON.stringify(compilerOptions).slice(1, -1)},`),
  )
})

test('a project is built, and its operators are method calls', async () => {
  write('app.ts', component!.text)
  const { status, output } = await build()
  expect(status, output).toBe(0)
  expect(built()).toContain('new NumberWithGrad(3).mul(4).add(3)')
})

test('a second build follows an edit of a table, which an unchanged file sees', async () => {
  write('vec.ts', vec('times'))
  write('uses.ts', uses)
  write('app.ts', withTemplate('<p>{{ v.x }}</p>'))
  expect((await build()).status).toBe(0)
  expect(built()).toContain('v.times(2)')
  expect(existsSync(join(app, '.angular/cache'))).toBe(true)
  write('vec.ts', vec('over'))
  expect((await build()).status).toBe(0)
  expect(built()).toContain('v.over(2)')
})

test('an operator in a template, or one that the class does not name, fails the build at its place', async () => {
  write('vec.ts', vec('times'))
  write('app.ts', withTemplate('<p>{{ v * 2 }}</p>'))
  const inTemplate = await build()
  expect(inTemplate.status).toBe(1)
  expect(inTemplate.output).toContain('TS2362')
  expect(inTemplate.output).toMatch(/src\/app\/app\.ts:4:5\d/)
  write('app.ts', withTemplate('<p>{{ v.x }}</p>'))
  write('uses.ts', uses.replace('*', '&'))
  const unnamed = await build()
  expect(unnamed.status).toBe(1)
  expect(unnamed.output).toContain('TS92001')
  // its columns count from 0
  expect(unnamed.output).toContain('src/app/uses.ts:2:37')
})

test('a module that TypeScript does not find fails the build', async () => {
  write('uses.ts', uses.replace('./vec', '#vec'))
  const { status, output } = await build()
  expect(status).toBe(1)
  expect(output).toContain('TS2307')
})
