/**
 * Finds the tsconfig.json of a folder, as the compiler and editors do: the nearest one, in the folder or above it.
 * It must not know the disk, nor what the file says.
 */

/** @param folder its full path. */
export function nearestConfig(folder: string, isFile: (path: string) => boolean): string | undefined {
  const path = folder.replaceAll('\\', '/').replace(/\/$/, '')
  const config = `${path}/tsconfig.json`
  if (isFile(config)) return config
  return path === '' ? undefined : nearestConfig(path.slice(0, Math.max(0, path.lastIndexOf('/'))), isFile)
}
