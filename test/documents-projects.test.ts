/** What the commands of the pages print, one after another, in the projects that the pages write. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { blocksOf, kindOf, nameOf, pages, steps } from './documents.ts'
import { installed, Project, repository } from './hosts/project.ts'

const blocks = pages().flatMap(blocksOf)
const of = (kind: string) => blocks.filter(block => kindOf(block) === kind)

// a page's commands run one after the other
const timeout = 240_000

describe('the projects of pages', () => {
  const run = (project: Project, command: string) => {
    const [program, ...args] = command.replace(/^npx /, '').split(' ')
    if (program === 'tspc') return project.tspc(...args)
    if (program === 'node') return project.node(...args)
    if (program === 'tsgrad') return project.node('node_modules/tsgrad/dist/command/main.js', ...args)
    throw new Error(`a page runs ${command}: say here how that is run`)
  }
  const told = [...new Set(of('session').map(({ page }) => page))].filter(
    // these of hosts start from packages that are installed
    page => page !== 'docs/command.md' && !page.startsWith('docs/hosts/'),
  )

  test.each(told)('the commands of %s print what it says', { timeout }, async page => {
    expect(told.length).toBeGreaterThan(1)
    const project = new Project(
      { 'tsconfig.json': blocksOf('README.md').find(({ language }) => language === 'json')!.text },
      { ...installed, vite: join(repository, 'node_modules/vite') },
    )
    for (const block of blocksOf(page)) {
      if (kindOf(block) === 'file') project.write({ [nameOf(block)!]: block.text })
      if (kindOf(block) !== 'session') continue
      for (const { command, output } of steps(block.text))
        expect([command, (await run(project, command)).output]).toEqual([command, output])
    }
    // what came after the last command
    expect(await project.tspc('--noEmit', '--skipLibCheck')).toEqual({ status: 0, output: '' })
    if (!project.exists('vite.config.ts')) return
    const { status, output } = await project.node('node_modules/vite/bin/vite.js', 'build', '--minify', 'false')
    expect(status, output).toBe(0)
    // from `Math.sin(x) * x`
    expect(Object.values(project.all('dist')).join('\n')).toContain('x.sin().mul(x)')
  })

  test('one of them is built by Vite', () => {
    expect(told.filter(page => blocksOf(page).some(block => nameOf(block) === 'vite.config.ts'))).toEqual([
      'docs/start.md',
    ])
  })
})

/** What docs/command.md begins with, as the first lines of its diff say. */
const prelude = `import { NumberWithGrad } from 'tsgrad'

const w = new NumberWithGrad(0.5)
const b = new NumberWithGrad(0)

`

test('the commands of docs/command.md print what it says', { timeout }, async () => {
  const found = blocksOf('docs/command.md')
  const [model] = found.filter(({ language }) => language === 'ts')
  const project = new Project(
    { 'src/model.ts': prelude + model!.text },
    { ...installed, 'ts-morph': join(repository, 'node_modules/ts-morph') },
  )
  const tsgrad = (...args: string[]) => project.node('node_modules/tsgrad/dist/command/main.js', ...args)
  const quoted = found.filter(block => kindOf(block) === 'session').flatMap(({ text }) => steps(text))
  const printed = async (name: string) => {
    const { command, output } = quoted.find(({ command }) => command.startsWith(`npx tsgrad ${name}`))!
    expect([command, (await tsgrad(...command.split(' ').slice(2))).output]).toEqual([command, output])
  }
  await printed('adopt')
  expect((await tsgrad('adopt', '--write')).status).toBe(0)
  await printed('explain')
  await printed('eject')
  const list = found
    .find(({ text }) => /^(?:tsgrad \w+ .*\n)+$/.test(text))!
    .text.trim()
    .split('\n')
  expect(list.length).toBe(7)
  const { output: help } = await tsgrad('--help')
  for (const line of list) expect(help).toContain(line.replace('tsgrad ', ''))
})
