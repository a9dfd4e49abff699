/**
 * Recognises a solution: a tsconfig.json with references to projects and without files.
 * It must not know how projects are built.
 */
import { existsSync, statSync } from 'node:fs'
import { hasFiles, referencesIn } from '../../transformer/hosts/disk/stated-config.ts'
import { configAt, configFor, projectAt } from './config.ts'
import { isBuildOfProjects } from './request.ts'

export interface Solution {
  readonly config: string
  /** The arguments without those that name it. */
  readonly rest: readonly string[]
}

/** The solution that the arguments name; undefined if they name a project with files, or if tsc builds projects. */
export function solutionOf(args: readonly string[]): Solution | undefined {
  if (isBuildOfProjects(args)) return undefined
  const at = projectAt(args)
  const isProject = (arg: string, i: number) =>
    !arg.startsWith('-') && i !== at && existsSync(arg) && (arg.endsWith('.json') || statSync(arg).isDirectory())
  const named = at > 0 ? -1 : args.findIndex(isProject)
  const config = named < 0 ? configFor(args) : configAt(args[named]!)
  if (config === undefined || hasFiles(config) || referencesIn(config).length === 0) return undefined
  const isLeft = (_: string, i: number) => i !== named && (at === 0 || (i !== at && i !== at - 1))
  return { config, rest: args.filter(isLeft) }
}
