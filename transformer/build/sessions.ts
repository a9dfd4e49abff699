/**
 * Finds the project that a file belongs to, by the tsconfig.json files around it, and keeps one session for each project.
 * It must not know what hosts ask a session.
 */
import type ts from 'typescript'
import type { TypeScript } from '../compiler/typescript.ts'
import { type FileName, realNamesBy } from '../program/file-names.ts'
import { configOfFile } from '../program/nearest-config.ts'
import { catalogue } from '../report/diagnostics.ts'
import { ConfigurationError } from '../report/errors.ts'
import { createSession, type Session } from './session.ts'

export interface SessionsOptions {
  /** The tsconfig.json to use for all files, in place of the nearest one of each. */
  readonly tsconfig?: string | undefined
  /** The folder of the project that files without a tsconfig.json belong to. */
  readonly root?: string | undefined
  readonly readTextOf?: (fileName: string) => string | undefined
}

export interface Sessions {
  /** The tsconfig.json of a file's project. */
  configOf(fileName: FileName): string | undefined
  /** The session of the project that a file belongs to. */
  of(fileName: FileName): Session
  all(): readonly Session[]
  /** Tells the sessions that files were changed, created or removed: sources, or a tsconfig.json. */
  update(fileNames: readonly FileName[]): void
}

export function createSessions(ts: TypeScript, { tsconfig, root, readTextOf }: SessionsOptions): Sessions {
  const byConfig = new Map<string, { session: Session; parsed: ts.ParsedCommandLine; listed: Set<string> }>()
  const realName = realNamesBy(ts.sys.realpath, ts.sys.useCaseSensitiveFileNames)

  const open = (config: string) => {
    const known = byConfig.get(config)
    if (known) return known
    const { config: json } = ts.readConfigFile(config, ts.sys.readFile)
    const parsed = ts.parseJsonConfigFileContent(json ?? {}, ts.sys, dirname(config), undefined, config)
    const session = createSession(ts, { ...parsed, ...(readTextOf && { readTextOf }) })
    const opened = { session, parsed, listed: new Set(parsed.fileNames.map(realName)) }
    byConfig.set(config, opened)
    return opened
  }
  /** The project itself, or the one among its references that lists the file (a solution lists none itself). */
  const owner = (config: string, fileName: FileName, seen = new Set<string>()): Session | undefined => {
    if (seen.has(config)) return undefined
    seen.add(config)
    const { session, parsed, listed } = open(config)
    if (listed.has(realName(fileName))) return session
    for (const reference of parsed.projectReferences ?? []) {
      const found = owner(ts.resolveProjectReferencePath(reference), fileName, seen)
      if (found) return found
    }
    return undefined
  }
  const configOf = (fileName: FileName) =>
    tsconfig ?? configOfFile(fileName, root ?? dirname(fileName), ts.sys.fileExists)
  return {
    configOf,
    of(fileName) {
      const config = configOf(fileName)
      if (!config) throw new ConfigurationError(catalogue.noProject, dirname(fileName))
      return owner(config, fileName) ?? open(config).session
    },
    all: () => [...byConfig.values()].map(({ session }) => session),
    update(fileNames) {
      // `extends` is not resolved here, so a change of any tsconfig.json discards all sessions
      if (fileNames.some(name => name.endsWith('.json'))) byConfig.clear()
      for (const { session } of byConfig.values()) session.update(fileNames)
    },
  }
}

/** For names as the compiler writes them, with slashes on all systems. */
const dirname = (fileName: string) => fileName.slice(0, fileName.lastIndexOf('/'))
