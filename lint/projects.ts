/**
 * A linted file in its original and its compiled form, by the session of its project, and the changes that the session must know:
 * texts in an editor, and files on the disk. It must not know ESLint.
 */
import { dirname } from 'node:path'
import type ts from 'typescript'
import type { CompiledFile } from '../transformer/build/session.ts'
import { createSessions, type Sessions } from '../transformer/build/sessions.ts'
import { createStamps, type Stamps } from '../transformer/build/stamps.ts'
import type { TypeScript } from '../transformer/compiler/typescript.ts'
import { type FileName, fileNameOf, nameOf, realNamesBy } from '../transformer/program/file-names.ts'

export interface Projects {
  /** Undefined without a tsconfig.json. @throws the error that keeps tsgrad from lowering the project. */
  of(path: string, text: string, tsconfig: string | undefined): CompiledFile | undefined
}

/** How long a check of the disk stays valid, in milliseconds. */
const TRUSTED = 500

export function createProjects(ts: TypeScript): Projects {
  const realName = realNamesBy(ts.sys.realpath, ts.sys.useCaseSensitiveFileNames)
  /** Linted texts that differ from the disk, by real names. */
  const texts = new Map<string, string>()
  const disk = createDisk(ts)
  const byConfig = new Map<string | undefined, Sessions>()
  const sessionsOf = (tsconfig: string | undefined): Sessions => {
    const sessions =
      byConfig.get(tsconfig) ??
      createSessions(ts, { tsconfig, readTextOf: name => (texts.size === 0 ? undefined : texts.get(realName(name))) })
    byConfig.set(tsconfig, sessions)
    return sessions
  }
  const update = (fileNames: readonly FileName[]) => {
    if (fileNames.length > 0) for (const sessions of byConfig.values()) sessions.update(fileNames)
  }
  /** Sets the text of a file where it differs from the disk. */
  const take = (fileName: FileName, text: string) => {
    const name = realName(fileName)
    const before = texts.get(name)
    if (ts.sys.readFile(fileName) === text) texts.delete(name)
    else texts.set(name, text)
    if (texts.get(name) !== before) update([fileName])
  }
  return {
    of(path, text, tsconfig) {
      const fileName = fileNameOf(path, process.cwd())
      const sessions = sessionsOf(tsconfig)
      const config = sessions.configOf(fileName)
      if (config === undefined) return undefined
      disk.watch([fileNameOf(config, process.cwd())])
      const changed = disk.changed()
      for (const name of changed) texts.delete(realName(name))
      update(changed)
      take(fileName, text)
      const session = sessions.of(fileName)
      try {
        const compiled = session.compiled(fileName)
        const isOld = compiled.original.text !== text
        if (isOld) update([fileName])
        const found = isOld ? session.compiled(fileName) : compiled
        if (found.original.text !== text)
          throw new Error(
            `the linted text of ${fileName} differs from its text in the project. This is a bug in tsgrad; please report it.`,
          )
        disk.watch(ownFiles(found.program))
        return found
      } catch (error) {
        // an edit of one of them may remove the error
        disk.watch(listedIn(ts, config))
        throw error
      }
    },
  }
}

function listedIn(ts: TypeScript, config: string): readonly FileName[] {
  const { config: json } = ts.readConfigFile(config, ts.sys.readFile)
  const { fileNames } = ts.parseJsonConfigFileContent(json ?? {}, ts.sys, dirname(config))
  return fileNames.map(name => fileNameOf(name, dirname(config)))
}

function ownFiles(program: ts.Program): readonly FileName[] {
  return program
    .getSourceFiles()
    .map(nameOf)
    .filter(name => !name.includes('/node_modules/'))
}

/** The changed files on the disk, checked at most once in this time. */
function createDisk(ts: TypeScript): Pick<Stamps<FileName>, 'watch' | 'changed'> {
  const stamps = createStamps(name => ts.sys.getModifiedTime?.(name)?.getTime())
  let looked = performance.now()
  return {
    watch: stamps.watch,
    changed() {
      if (performance.now() - looked < TRUSTED) return []
      const found = stamps.changed()
      looked = performance.now()
      return found
    },
  }
}
