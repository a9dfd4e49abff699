/** Each command says what it is for in the same way, without a compiler at work. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Project, repository } from '../hosts/project.ts'
import { inProcess } from './in-process.ts'

const project = new Project({}, {})
const tsgrad = (...args: string[]) => project.node(join(repository, 'dist/command/main.js'), ...args)
const names = ['init', 'check', 'build', 'adopt', 'eject', 'explain', 'info']

test('the overview names all commands', async () => {
  const { status, output } = await tsgrad('--help')
  expect(status).toBe(0)
  expect([...output.matchAll(/^ {2}(\w+) {2,}\w/gm)].map(([, name]) => name)).toEqual(names)
})

test.each(names)('tsgrad %s --help: usage, what it does, options, examples', async name => {
  const { status, output } = await tsgrad(name, '--help')
  expect(status).toBe(0)
  const [usage, ...others] = output.trimEnd().split('\n\n')
  expect(usage).toMatch(RegExp(`^usage: tsgrad ${name} `))
  expect(output).toMatch(/^ {2}--help +print this help$/m)
  expect(others.at(-2)).toBe('Examples:')
  expect(others.at(-1)).toMatch(RegExp(`^(?: {2}tsgrad ${name}.* {2}\\S.*(?:\n|$))+$`))
  expect(output.split('\n').filter(line => line.length > 125)).toEqual([])
  expect((await inProcess(project.root, name, '-h')).output).toBe(output)
})

test('tsgrad info prints versions and the line of plugins', async () => {
  const { status, output } = await tsgrad('info')
  expect(status).toBe(0)
  expect(output).toMatch(/^tsgrad +\d+\.\d+\.\d+\nnode +\d+\.\d+\.\d+\nsystem +\w+ .+\n/)
  expect(output).toMatch(/^plugins +\[ \{ "transform": "tsgrad\/transformer"/m)
})

test('a command that is not there, and no command', async () => {
  expect((await tsgrad('nope')).status).toBe(1)
  expect((await tsgrad()).status).toBe(1)
})
