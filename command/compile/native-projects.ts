/**
 * `--build` with a native TypeScript: each project after those that it refers to.
 * It must not know how one project is compiled.
 */
import { dirname, relative, resolve } from 'node:path'
import { hasFiles, referencesIn } from '../../transformer/hosts/disk/stated-config.ts'
import { configAt } from '../project/config.ts'
import { CommandError } from '../report/command-error.ts'

export interface ProjectsRequest {
  readonly configs: readonly string[]
  readonly isVerbose: boolean
  readonly stopsOnErrors: boolean
  /** The options for each project. */
  readonly rest: readonly string[]
}

/** The request; undefined where the compiler's own command line answers: nothing is compiled. */
export function projectsRequestOf(name: string, args: readonly string[]): ProjectsRequest | undefined {
  const flags = args.map(arg => (/^--?\w+$/.test(arg) ? arg.replace(/^--?/, '').toLowerCase() : undefined))
  const has = (...names: string[]) => flags.some(flag => flag !== undefined && names.includes(flag))
  if (has('clean', 'dry', 'd', 'help', 'h', 'all', 'version')) return undefined
  if (has('watch', 'w'))
    throw new CommandError(
      `${name} does not support --build with --watch with TypeScript 7. Watch one project: ${name} -p tsconfig.json --watch`,
    )
  // every project is built, so none has to be forced
  const own = ['b', 'build', 'verbose', 'v', 'force', 'f', 'stopbuildonerrors', 'noemit']
  const others = args.filter((_, i) => !own.includes(flags[i] ?? ''))
  const first = others.findIndex(arg => arg.startsWith('-'))
  const names = others.slice(0, first < 0 ? undefined : first)
  return {
    configs: (names.length > 0 ? names : ['.']).map(each => existing(each, process.cwd())),
    isVerbose: has('verbose', 'v'),
    stopsOnErrors: has('stopbuildonerrors'),
    rest: [...(has('noemit') ? ['--noEmit'] : []), ...(first < 0 ? [] : others.slice(first))],
  }
}

/**
 * Compiles them in order, and returns tsc's exit code.
 *
 * @param compile one project, by its tsconfig.json; it returns tsc's exit code for it.
 */
export async function compileInOrder(
  { configs, isVerbose, stopsOnErrors }: ProjectsRequest,
  compile: (config: string) => Promise<number>,
): Promise<number> {
  const projects = afterTheirReferences(configs).filter(hasFiles)
  let failed = 0
  for (const config of projects) {
    if (isVerbose) console.log(`Building project '${relative(process.cwd(), config)}'...\n`)
    if ((await compile(config)) !== 0) failed++
    if (failed > 0 && stopsOnErrors) break
  }
  if (failed === 0) return 0
  return failed === projects.length ? 1 : 2
}

/** All projects that these need, each after those that it refers to. */
export function afterTheirReferences(configs: readonly string[]): readonly string[] {
  const done = new Set<string>()
  const visit = (config: string, from: readonly string[]) => {
    if (done.has(config)) return
    const path = [...from, config]
    if (from.includes(config))
      throw new CommandError(
        `projects refer to one another in a circle: ${path.slice(from.indexOf(config)).join(', ')}`,
      )
    for (const reference of referencesIn(config)) visit(existing(reference, dirname(config)), path)
    done.add(config)
  }
  for (const config of configs) visit(config, [])
  return [...done]
}

function existing(path: string, folder: string): string {
  const config = configAt(resolve(folder, path))
  if (config === undefined) throw new CommandError(`there is no tsconfig.json at ${resolve(folder, path)}`)
  return config
}
