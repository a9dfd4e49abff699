/**
 * The one form of a file's name that sessions take, made at the door of each host of whatever the host calls the file. `tspc` and
 * TypeScript 7 hand over a program, whose own names are used, and the one file of the playground has its name from there.
 * It must not read the disk.
 */

declare const form: unique symbol
/** A file's full name as the compiler writes it: with slashes, and without `.`, `..` and repeated slashes. */
export type FileName = string & { readonly [form]: 'as the compiler writes it' }

/** The name of a file of a program. */
export const nameOf = ({ fileName }: { readonly fileName: string }): FileName => fileName as FileName

/** @param folder the full name of the folder that a relative name starts from. */
export function fileNameOf(name: string, folder: string): FileName {
  const slashed = (/^file:/i.test(name) ? pathOf(new URL(name)) : name)
    .replaceAll('\\', '/')
    // long names of Windows
    .replace(/^\/\/\?\/UNC\//i, '//')
    .replace(/^\/\/\?\//, '')
  const full = ABSOLUTE.test(slashed) ? slashed : `${folder.replaceAll('\\', '/')}/${slashed}`
  // a disk, the share of a computer, or the root
  const [root = ''] = /^(?:[a-z]:\/|\/\/[^/]+\/[^/]+\/|\/)/i.exec(full) ?? []
  const kept: string[] = []
  for (const part of full.slice(root.length).split('/'))
    if (part === '..') kept.pop()
    else if (part !== '' && part !== '.') kept.push(part)
  return (root + kept.join('/')) as FileName
}

/**
 * One name for all names of a file: that of a symlink's target, in lower case where the disk has no case.
 *
 * @param realpath the target of a symlink; any other path, and one that is missing, as it is.
 */
export function realNamesBy(
  realpath: ((path: string) => string) | undefined,
  isCaseSensitive: boolean,
): (fileName: string) => string {
  const real = (path: string) => realpath?.(path).replaceAll('\\', '/') ?? path
  return fileName => {
    const target = real(fileName)
    const at = fileName.lastIndexOf('/')
    // the folder of a file that is gone may be behind a symlink
    const found = target === fileName ? real(fileName.slice(0, at)) + fileName.slice(at) : target
    return isCaseSensitive ? found : found.toLowerCase()
  }
}

/** The files that hold a component. */
export const COMPONENT = /\.(?:vue|svelte|astro)$/

/** Whether an id names a file: not `\0name`, which bundlers give to modules without one, nor `virtual:name`. */
export const namesFile = (id: string): boolean => !/^\0|^(?!file:)[a-z][\w+.-]+:/i.test(id)

const ABSOLUTE = /^(?:\/|[a-z]:\/)/i

/** As Node's `fileURLToPath` reads it, on each system alike. */
function pathOf({ hostname, pathname }: URL): string {
  const path = decodeURIComponent(pathname)
  if (hostname !== '') return `//${hostname}${path}`
  return /^\/[a-z]:/i.test(path) ? path.slice(1) : path
}
