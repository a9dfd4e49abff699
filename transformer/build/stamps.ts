/**
 * Which files have changed since they were looked at, by a stamp of each: a session is told of them.
 * It must not know what a stamp is made of, since only hosts may ask the disk.
 */
export interface Stamps {
  /** Looks at files, and again at those that are known. */
  look(fileNames: readonly string[]): void
  /** Looks at those of these files that are not known. */
  watch(fileNames: readonly string[]): void
  /** Whether a file is not as it was when it was looked at. */
  isChanged(fileName: string): boolean
  /** All files that are not as they were, each named once: they are looked at. */
  changed(): readonly string[]
}

/** @param stampOf differs when a file does, and is undefined where there is none. */
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
