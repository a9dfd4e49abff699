/**
 * The files of a bundle by its metafile, as esbuild and Bun list them.
 * It must not know what is looked for among them.
 */
import { resolve } from 'node:path'

interface Metafile {
  readonly inputs: Readonly<Record<string, { readonly imports?: readonly Imported[] }>>
}
interface Imported {
  readonly path: string
  readonly external?: boolean
}

/** Has the bundler list what it reads: how to take the files from what it built, and the names of what stays an import. */
export function inputsOf(options: { metafile?: boolean | undefined }, folder: string) {
  const isListed = options.metafile
  options.metafile = true
  return (result: { metafile?: Metafile | undefined }): readonly string[] => {
    const inputs = Object.entries(result.metafile?.inputs ?? {}).flatMap(([name, { imports = [] }]) => [
      resolve(folder, name),
      ...imports.filter(({ external }) => external).map(({ path }) => path),
    ])
    if (!isListed) result.metafile = undefined
    return inputs
  }
}
