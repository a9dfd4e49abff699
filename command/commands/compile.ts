/** `tsgrad check` and `tsgrad build`: tsc with operators on classes. They must not know how a compiler is called. */

import { dirname } from 'node:path'
import type { Engine } from '../compile/engine.ts'
import { openProject } from '../compile/native-compiler.ts'
import { isPlain, runTsc } from '../compile/plain-project.ts'
import { compilerFor, type InstalledCompiler } from '../project/compiler.ts'
import { configFor, projectAt } from '../project/config.ts'
import { isBuildOfProjects } from '../project/request.ts'
import { type Solution, solutionOf } from '../project/solution.ts'
import { CommandError } from '../report/command-error.ts'
import type { Command } from './command.ts'

const options = `The command takes all options of tsc, with the same meaning. A folder or a tsconfig.json needs no -p. Messages, colours
and exit codes are those of tsc: 0 without errors, 1 after an error when nothing was written, 2 after any other error.

The command uses the TypeScript of your project: 5.9, 6 or 7. It needs neither ts-patch nor "plugins" in tsconfig.json.
With TypeScript 7, --build compiles every project, also those that are up to date.`

const mostUsed: Command['mostUsed'] = [
  ['-p <path>', 'the tsconfig.json, or its folder'],
  ['-b', 'as the first option: build referenced projects too, and skip what is up to date'],
  ['--watch', 'run again after each change; print the number of lowered files and the time'],
  ['--pretty [false]', 'colours and lines of code, as on a terminal'],
  ['--diagnostics', 'print the time of each phase, lowering included (not with TypeScript 7)'],
  ['--no-cache', 'use nothing that the last incremental build has kept (see docs/command.md)'],
  ['--all', 'list all options of tsc'],
  ['--help', 'print this help'],
]

export const checkCommand: Command = {
  summary: 'report all errors of a project, as tsc --noEmit does',
  usage: 'tsgrad check [-p <tsconfig.json>] [options of tsc] | tsgrad check folder | tsgrad check -b [projects]',
  about: `Checks a project that uses operators on classes, and writes nothing.

${options}`,
  examples: [
    ['tsgrad check', 'the project of the nearest tsconfig.json'],
    ['tsgrad check -p packages/app', 'another project'],
    ['tsgrad check --watch', 'again after each change'],
    ['tsgrad check -b --verbose', 'the project and all projects that it references'],
  ],
  options: undefined,
  mostUsed,
  run: args => compile('check', args),
}

export const buildCommand: Command = {
  summary: 'compile a project, as tsc does',
  usage: 'tsgrad build [-p <tsconfig.json>] [options of tsc] | tsgrad build folder | tsgrad build -b [projects]',
  about: `Compiles a project that uses operators on classes to JavaScript, declarations and source maps.

${options}`,
  examples: [
    ['tsgrad build', 'the project of the nearest tsconfig.json'],
    ['tsgrad build -p tsconfig.lib.json --outDir lib', 'another project, to another folder'],
    ['tsgrad build --watch', 'again after each change'],
    ['tsgrad build -b', 'the project and all projects that it references, except what is up to date'],
  ],
  options: undefined,
  mostUsed,
  run: args => compile('build', args),
}

async function compile(command: 'check' | 'build', all: readonly string[]): Promise<number> {
  const args = all.filter(arg => arg !== NO_CACHE)
  const usesKept = args.length === all.length
  const compiler = compilerFor(compilerFolder(args))
  const solution = solutionOf(args)
  if (solution) return compileSolution(command, compiler, solution, usesKept)
  const given = command === 'check' ? withoutEmit(args) : args
  if (isPlain(args)) return runTsc(compiler, given)
  const engine = await engineFor(compiler)
  return engine({ name: `tsgrad ${command}`, args: given, usesKept })
}

/** The one option of these commands that tsc does not have. */
const NO_CACHE = '--no-cache'

/** A tsconfig.json that has references and no files, for which tsc prints nothing: its projects are checked. */
async function compileSolution(
  command: 'check' | 'build',
  compiler: InstalledCompiler,
  { config, rest }: Solution,
  usesKept: boolean,
): Promise<number> {
  const name = `tsgrad ${command}`
  const args = ['--build', '--noEmit', config, ...rest]
  if (command === 'check') return (await engineFor(compiler))({ name, args, usesKept })
  throw new CommandError(`${name}: ${config} has no files, only references to other projects. Build them: ${name} -b`)
}

/** The engine for TypeScript in this process, or for the native one through its API. Only that engine is loaded. */
async function engineFor(compiler: InstalledCompiler): Promise<Engine> {
  if (!compiler.isNative) return (await import('../compile/in-process.ts')).inProcessEngine(compiler)
  const { nativeEngine } = await import('../compile/native-engine.ts')
  return nativeEngine(compiler, openProject)
}

/** `--noEmit` goes first: at the end, an option without a value would take it. `--build` must stay before it. */
const withoutEmit = (args: readonly string[]) =>
  isBuildOfProjects(args) ? [args[0]!, '--noEmit', ...args.slice(1)] : ['--noEmit', ...args]

/** The folder in which the compiler is looked up: that of the project after -p, or the current one. */
function compilerFolder(args: readonly string[]): string {
  const config = projectAt(args) > 0 ? configFor(args) : undefined
  return config === undefined ? process.cwd() : dirname(config)
}
