/**
 * Recognises a solution: a tsconfig.json with references to projects and without files.
 * It must not know how projects are built.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { configAt, configFor, projectAt } from './config.ts'
import { isBuildOfProjects } from './request.ts'

export interface Solution {
  readonly config: string
  /** The arguments without those that name it. */
  readonly rest: readonly string[]
  readonly references: readonly string[]
}

/** The solution that the arguments name; undefined if they name a project with files, or if tsc builds projects. */
export function solutionOf(args: readonly string[]): Solution | undefined {
  if (isBuildOfProjects(args)) return undefined
  const at = projectAt(args)
  const isProject = (arg: string, i: number) =>
    !arg.startsWith('-') && i !== at && existsSync(arg) && (arg.endsWith('.json') || statSync(arg).isDirectory())
  const named = at > 0 ? -1 : args.findIndex(isProject)
  const config = named < 0 ? configFor(args) : configAt(args[named]!)
  const references = config === undefined ? [] : projectsIn(config)
  if (config === undefined || references.length === 0) return undefined
  const isLeft = (_: string, i: number) => i !== named && (at === 0 || (i !== at && i !== at - 1))
  return { config, rest: args.filter(isLeft), references }
}

/** Of a tsconfig.json without files. */
function projectsIn(config: string): readonly string[] {
  const text = readFileSync(config, 'utf8')
    .replace(/^\uFEFF/, '')
    .replace(/"(?:\\.|[^"\\])*"|\/\/.*|\/\*[\s\S]*?\*\//g, token => (token.startsWith('"') ? token : ''))
    .replace(/,(?=\s*[}\]])/g, '')
  try {
    const { files, include, references } = JSON.parse(text) as Record<'files' | 'include' | 'references', unknown>
    const hasFiles = !Array.isArray(files) || files.length > 0 || (Array.isArray(include) && include.length > 0)
    return hasFiles || !Array.isArray(references) ? [] : references.map(({ path }: { path: string }) => path)
  } catch {
    // the compiler reports what is wrong with the file
    return []
  }
}
