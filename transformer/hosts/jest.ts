/**
 * The adapter for Jest: a transformer that lowers a file and hands it to the user's own transformer.
 * It must hold no logic of its own.
 */
import { type FileByFile, fileByFile } from '../file-by-file.ts'
import { type JestOptions, type JestTransformer, transformerOver } from '../jest-transformer.ts'
import { typesRemoved } from '../types-removed.ts'

export type { JestOptions }

/** Jest makes a transformer for each test file; the compiled projects stay as long as the process that loads this module. */
function factory(): { createTransformer(options?: JestOptions): JestTransformer } {
  const known = new Map<string | undefined, { files: FileByFile; plain: JestTransformer }>()
  return {
    createTransformer(options = {}) {
      const { tsconfig } = options
      const { files, plain } = known.get(tsconfig) ?? { files: fileByFile({ tsconfig }), plain: typesRemoved(tsconfig) }
      known.set(tsconfig, { files, plain })
      files.refresh()
      return transformerOver(files, plain, options)
    },
  }
}

/** What `transform: { '\\.[mc]?[jt]sx?$': ['tsgrad/jest', options] }` in Jest's configuration names. */
export default factory()
