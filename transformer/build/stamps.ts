/**
 * Detects which files have changed since the last look, by a stamp for each file.
 * It must not know how stamps are computed, since only hosts may read the disk.
 */
import type { FileName } from '../program/file-names.ts'

export interface Stamps<Name extends string> {
  /** Records the stamps of files, also of those that it has already. */
  look(fileNames: readonly Name[]): void
  /** Records the stamps of those files that it does not have. */
  watch(fileNames: readonly Name[]): void
  /** Whether a file has changed since its stamp was recorded. */
  isChanged(fileName: Name): boolean
  /** All files that have changed since then; their new stamps are recorded, so each change is reported once. */
  changed(): readonly Name[]
}

/** @param stampOf the stamp of a file, which changes with the file; undefined where there is no file. */
export function createStamps<Name extends string = FileName>(
  stampOf: (fileName: Name) => string | number | undefined,
): Stamps<Name> {
  const known = new Map<Name, string | number | undefined>()
  const look = (fileNames: readonly Name[]) => {
    for (const name of fileNames) known.set(name, stampOf(name))
  }
  const isChanged = (fileName: Name) => stampOf(fileName) !== known.get(fileName)
  return {
    look,
    watch: fileNames => look(fileNames.filter(name => !known.has(name))),
    isChanged,
    changed() {
      const found = [...known.keys()].filter(isChanged)
      look(found)
      return found
    },
  }
}
