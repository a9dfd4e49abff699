/**
 * Detects which files have changed since the last look, by a stamp for each file.
 * It must not know how stamps are computed, since only hosts may read the disk.
 */
export interface Stamps {
  /** Records the stamps of files, also of those that it has already. */
  look(fileNames: readonly string[]): void
  /** Records the stamps of those files that it does not have. */
  watch(fileNames: readonly string[]): void
  /** Whether a file has changed since its stamp was recorded. */
  isChanged(fileName: string): boolean
  /** All files that have changed since then; their new stamps are recorded, so each change is reported once. */
  changed(): readonly string[]
}

/** @param stampOf the stamp of a file, which changes with the file; undefined where there is no file. */
export function createStamps(stampOf: (fileName: string) => string | number | undefined): Stamps {
  const known = new Map<string, string | number | undefined>()
  const look = (fileNames: readonly string[]) => {
    for (const name of fileNames) known.set(name, stampOf(name))
  }
  const isChanged = (fileName: string) => stampOf(fileName) !== known.get(fileName)
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
