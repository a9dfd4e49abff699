/**
 * The input files of a bundle, by its metafile, as esbuild and Bun list them.
 * It must not know who uses the list.
 */
import { resolve } from 'node:path'

interface Metafile {
  readonly inputs: Readonly<Record<string, { readonly imports?: readonly Imported[] }>>
}
interface Imported {
  readonly path: string
  readonly external?: boolean
}

/** Makes the bundler list its inputs: how to read the files from its result, and the names that stay imports. */
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
