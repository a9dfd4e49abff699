/** `tsgrad check` and `tsgrad build`: tsc with operators on classes. They must not know which compiler works for them. */

import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Command } from './command.ts'
import { findCompiler } from './compiler.ts'
import { isPlain, runTsc } from './plain-project.ts'
import { isBuildOfProjects } from './request.ts'

const options = `All options of tsc are taken, and mean the same. A folder or a tsconfig.json may be named without -p. Messages, colours
and exit codes are those of tsc: 0 without errors, 1 after an error when nothing was written, 2 after any other.

It takes the TypeScript that is installed in your project: 5.9, 6 or 7. Neither ts-patch nor a line "plugins" in
tsconfig.json is needed. With TypeScript 7 there is no --build yet: name each project with -p, in their order.`

const mostUsed: Command['mostUsed'] = [
  ['-p <path>', 'the tsconfig.json, or its folder'],
  ['-b', 'first of all: referenced projects too, what is up to date left out'],
  ['--watch', 'again after each change, with the number of lowered files and the time'],
  ['--pretty [false]', 'colours and lines of code, as a terminal gets them'],
  ['--diagnostics', 'how long each phase took, lowering among them (not with TypeScript 7)'],
  ['--all', 'list all options of tsc'],
  ['--help', 'print this'],
]

export const checkCommand: Command = {
  summary: 'report all errors of a project, as tsc --noEmit does',
  usage: 'tsgrad check [-p <tsconfig.json>] [options of tsc] | tsgrad check folder | tsgrad check -b [projects]',
  about: `Checks a project in which operators stand on classes, and writes nothing.

${options}`,
  examples: [
    ['tsgrad check', 'the project of the nearest tsconfig.json'],
    ['tsgrad check -p packages/app', 'another one'],
    ['tsgrad check --watch', 'again after each change'],
    ['tsgrad check -b --verbose', 'with all projects that it refers to'],
  ],
  options: undefined,
  mostUsed,
  run: args => compile('check', args),
}

export const buildCommand: Command = {
  summary: 'compile a project, as tsc does',
  usage: 'tsgrad build [-p <tsconfig.json>] [options of tsc] | tsgrad build folder | tsgrad build -b [projects]',
  about: `Compiles a project in which operators stand on classes to JavaScript, declarations and source maps.

${options}`,
  examples: [
    ['tsgrad build', 'the project of the nearest tsconfig.json'],
    ['tsgrad build -p tsconfig.lib.json --outDir lib', 'another one, to another folder'],
    ['tsgrad build --watch', 'again after each change'],
    ['tsgrad build -b', 'with all projects that it refers to, what is up to date left out'],
  ],
  options: undefined,
  mostUsed,
  run: args => compile('build', args),
}

async function compile(command: 'check' | 'build', args: readonly string[]): Promise<number> {
  const compiler = findCompiler(folderOf(args))
  const given = command === 'check' ? withoutEmit(args) : args
  if (isPlain(args)) return runTsc(compiler, given)
  const { engineFor } = await import('./engine.ts')
  const engine = await engineFor(compiler)
  return engine({ name: `tsgrad ${command}`, args: given })
}

/** Not at the end, where it would be the value of an option that lacks one; and --build must stay the first. */
const withoutEmit = (args: readonly string[]) =>
  isBuildOfProjects(args) ? [args[0]!, '--noEmit', ...args.slice(1)] : ['--noEmit', ...args]

/** The folder whose compiler is taken: that of the project that is named by -p, or where the user is. */
function folderOf(args: readonly string[]): string {
  const at = args.findIndex(arg => /^--?p(roject)?$/i.test(arg))
  const project = at < 0 ? undefined : args[at + 1]
  if (project === undefined || !existsSync(project)) return process.cwd()
  return statSync(project).isDirectory() ? resolve(project) : dirname(resolve(project))
}
