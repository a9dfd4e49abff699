/**
 * One process of TypeScript 7 with one project, which can be opened with the texts of the disk or with other texts.
 * It must not know the purpose of the texts.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { MappedText, Span } from '../../text/text.ts'
import type { NativeApi, NativePackage, NativeSnapshot, NativeSnapshotProject } from './package.ts'

export type Texts = ReadonlyMap<string, string>

export interface Connection {
  /** The project with these texts by file name, and those of the disk elsewhere. It is valid until the next `refresh`. */
  open(texts: Texts): NativeSnapshotProject
  /** Reports files that were changed, created or removed on the disk. It closes what was opened before. */
  refresh(changed: readonly string[]): void
  /** A place in a configuration file as it is on the disk, of one in the text that the compiler read. */
  inConfig(fileName: string, span: Span): ConfigLocation | undefined
  close(): void
}

export interface ConfigLocation extends Span {
  readonly file: { readonly fileName: string; readonly text: string }
}

/** `configText` replaces the text of the tsconfig.json on the disk. */
export function connect(
  native: NativePackage,
  tsconfig: string,
  configText: () => MappedText | undefined = () => undefined,
): Connection {
  const byLayers = native.fs.createFileSystemLayer !== undefined
  let config: MappedText | undefined
  const asked = (byLayers ? connectByLayers : connectByCallbacks)(native, tsconfig, texts => {
    config = configText()
    return config ? new Map([...texts, [tsconfig, config.text]]) : texts
  })
  return {
    ...asked,
    inConfig(fileName, span) {
      if (fileName === tsconfig && config)
        return { file: { fileName, text: config.original }, ...config.toOriginal(span) }
      if (!fileName.endsWith('.json') || !existsSync(fileName)) return undefined
      return { file: { fileName, text: readFileSync(fileName, 'utf8') }, ...span }
    },
  }
}

type OpenConnection = Omit<Connection, 'inConfig'>

/** Its process writes nothing but answers; of a signal that it could take, it says "context canceled" now and then. */
function close(api: NativeApi): void {
  const child = api.client?.channel?.child
  const kill = child?.kill
  if (child && kill) child.kill = () => kill.call(child, 'SIGKILL')
  api.close()
}

/** The only project of a snapshot. */
function projectIn(snapshot: NativeSnapshot, tsconfig: string): NativeSnapshotProject {
  const [project] = snapshot.getProjects()
  if (!project) throw new Error(`TypeScript opened no project for ${tsconfig}`)
  return project
}

/** TypeScript 7.0 asks this process for the text of each file. */
function connectByCallbacks(
  native: NativePackage,
  tsconfig: string,
  withConfig: (texts: Texts) => Texts,
): OpenConnection {
  let texts: Texts = new Map()
  let fileChanges: FileChanges = {}
  const snapshots: NativeSnapshot[] = []
  const api = new native.sync.API({ cwd: dirname(tsconfig), fs: { readFile: (name: string) => texts.get(name) } })
  return {
    open(given) {
      const next = withConfig(given)
      const differing = [...new Set([...texts.keys(), ...next.keys()])].filter(
        name => texts.get(name) !== next.get(name),
      )
      texts = next
      const changed = [...new Set([...(fileChanges.changed ?? []), ...differing])]
      const snapshot = api.updateSnapshot!({
        ...(snapshots.length === 0 && { openProjects: [tsconfig] }),
        fileChanges: { ...fileChanges, changed },
      })
      fileChanges = {}
      snapshots.push(snapshot)
      return projectIn(snapshot, tsconfig)
    },
    refresh(changed) {
      fileChanges = changesOf(changed, fileChanges)
      // the last one stays open, since the next one is derived from it
      for (const snapshot of snapshots.splice(0, snapshots.length - 1)) snapshot.dispose()
    },
    close: () => close(api),
  }
}

/** From TypeScript 7.1 on a snapshot is derived from another one and a layer of texts. */
function connectByLayers(native: NativePackage, tsconfig: string, withConfig: (texts: Texts) => Texts): OpenConnection {
  const api = new native.sync.API({ cwd: dirname(tsconfig) })
  let base: NativeSnapshot | undefined
  let changes: FileChanges = {}
  let made: NativeSnapshot[] = []
  const layer = (texts: Texts) => {
    const all = [...withConfig(texts)]
    return all.length > 0 ? { fileSystem: native.fs.createFileSystemLayer!(all) } : {}
  }
  const disk = () => {
    if (!base) base = api.createSnapshot!({ openProjects: [tsconfig], ...layer(new Map()) })
    else if (Object.keys(changes).length > 0) {
      const previous = base
      base = base.update!({ fileNotifications: changes, ensurePrograms: true, ...layer(new Map()) })
      previous.dispose()
    }
    changes = {}
    return base
  }
  return {
    open(texts) {
      const snapshot = disk()
      if (texts.size === 0) return projectIn(snapshot, tsconfig)
      const layered = snapshot.update!({
        ...layer(texts),
        ensurePrograms: true,
      })
      made.push(layered)
      return projectIn(layered, tsconfig)
    },
    refresh(changed) {
      for (const snapshot of made) snapshot.dispose()
      made = []
      changes = changesOf(changed, changes)
    },
    close: () => close(api),
  }
}

interface FileChanges {
  changed?: readonly string[]
  created?: readonly string[]
  deleted?: readonly string[]
}

// A file that is there is named as changed and as created: nobody says whether it was there before.
function changesOf(names: readonly string[], known: FileChanges): FileChanges {
  const [present, gone] = [names.filter(name => existsSync(name)), names.filter(name => !existsSync(name))]
  return {
    changed: [...(known.changed ?? []), ...present],
    created: [...(known.created ?? []), ...present],
    deleted: [...(known.deleted ?? []), ...gone],
  }
}
