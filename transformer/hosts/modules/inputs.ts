/**
 * The input files of a bundle, by its metafile, as esbuild and Bun list them.
 * It must not know who uses the list.
 */
import { resolve } from 'node:path'

interface Metafile {
  readonly inputs: Readonly<
    Record<string, { readonly imports?: readonly { readonly path: string; readonly external?: boolean }[] }>
  >
}

export interface Input {
  /** The path from the folder of the build, or `namespace:name` of a module without a file. */
  readonly name: string
  /** The names of the inputs that it imports. */
  readonly imports: readonly string[]
  /** The names that stay imports. */
  readonly external: readonly string[]
}

/** All names in a list of inputs, those of files with their full paths. */
export const inputNames = (inputs: readonly Input[], folder: string): readonly string[] =>
  inputs.flatMap(({ name, external }) => [resolve(folder, name), ...external])

/** Makes the bundler list its inputs: how to read them from its result. */
export function inputsOf(options: { metafile?: boolean | undefined }) {
  const isListed = options.metafile
  options.metafile = true
  return (result: { metafile?: Metafile | undefined }): readonly Input[] => {
    const inputs = Object.entries(result.metafile?.inputs ?? {}).map(([name, { imports = [] }]) => ({
      name,
      imports: imports.filter(each => !each.external).map(({ path }) => path),
      external: imports.filter(each => each.external).map(({ path }) => path),
    }))
    if (!isListed) result.metafile = undefined
    return inputs
  }
}
