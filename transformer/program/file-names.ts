/**
 * The one form of a file's name that sessions take, made at the door of each host of whatever the host calls the file.
 * It must not know the disk: whether links and other cases name the same file is the compiler's to say.
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

/** Whether an id names a file: not `\0name`, which bundlers give to modules without one, nor `virtual:name`. */
export const namesFile = (id: string): boolean => !/^\0|^(?!file:)[a-z][\w+.-]+:/i.test(id)

const ABSOLUTE = /^(?:\/|[a-z]:\/)/i

/** As Node's `fileURLToPath` reads it, on each system alike. */
function pathOf({ hostname, pathname }: URL): string {
  const path = decodeURIComponent(pathname)
  if (hostname !== '') return `//${hostname}${path}`
  return /^\/[a-z]:/i.test(path) ? path.slice(1) : path
}
