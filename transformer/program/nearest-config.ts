/**
 * Finds the tsconfig.json of a folder, as the compiler and editors do: the nearest one, in the folder or above it.
 * It must not know the disk, nor what the file says.
 */
import { isInPackage } from './packages.ts'

/**
 * The tsconfig.json of a file. A file of an installed package belongs to the project that imports it, as for the compiler; a file
 * without one, such as in a linked package, does too.
 *
 * @param root the folder of that project.
 */
export function configOfFile(fileName: string, root: string, isFile: (path: string) => boolean): string | undefined {
  const folder = fileName.replaceAll('\\', '/').replace(/\/[^/]*$/, '')
  return (isInPackage(fileName) ? undefined : nearestConfig(folder, isFile)) ?? nearestConfig(root, isFile)
}

/** @param folder its full path. */
export function nearestConfig(folder: string, isFile: (path: string) => boolean): string | undefined {
  const path = folder.replaceAll('\\', '/').replace(/\/$/, '')
  const config = `${path}/tsconfig.json`
  if (isFile(config)) return config
  return path === '' ? undefined : nearestConfig(path.slice(0, Math.max(0, path.lastIndexOf('/'))), isFile)
}
