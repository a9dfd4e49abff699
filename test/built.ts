/** dist/ is what the sources say, or the tests that run it do not run. It must not know what is tested. */
import { existsSync, readFileSync } from 'node:fs'

type Hashes = Readonly<Record<string, string>>
const sources: { record: string; sourceHashes(): Hashes } = await import('../scripts/sources.mjs' as string)

/** What is wrong with what is built, in one sentence: the first source of some folders, or of all, that is not as it was then. */
export function complaint(built: Hashes | undefined, now: Hashes, folders: readonly string[] = []): string | undefined {
  if (!built) return 'dist/ is not built: run `npm run build`'
  const isOfThem = (name: string) => folders.length === 0 || folders.some(folder => name.startsWith(`${folder}/`))
  const newer = Object.keys({ ...now, ...built }).find(name => isOfThem(name) && now[name] !== built[name])
  return newer && `dist/ is older than ${newer}: run \`npm run build\``
}

let hashes: { built: Hashes | undefined; now: Hashes } | undefined

/** @throws one sentence, when a source of these folders (all, if none is named) is not what dist/ was built of. */
export function requireBuilt(...folders: string[]): void {
  hashes ??= {
    built: existsSync(sources.record) ? JSON.parse(readFileSync(sources.record, 'utf8')) : undefined,
    now: sources.sourceHashes(),
  }
  const message = complaint(hashes.built, hashes.now, folders)
  if (message === undefined) return
  const error = new Error(message)
  error.stack = message
  throw error
}
