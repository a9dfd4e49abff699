/**
 * The adapter for Jest: a transformer that lowers a file and passes it to the user's own transformer.
 * It must hold no logic of its own.
 */

import { type Kept, keptFiles } from './jest/kept-files.ts'
import { type JestOptions, type JestTransformer, transformerOver } from './jest/transformer.ts'
import { typesRemoved } from './jest/types-removed.ts'
import { createOnDemand } from './on-demand.ts'

export type { JestOptions }

/** Jest creates a transformer for each test file; compiled programs live as long as the process, in this module. */
function factory(): { createTransformer(options?: JestOptions): JestTransformer } {
  const known = new Map<string, { files: Kept; plain: JestTransformer }>()
  return {
    createTransformer(options = {}) {
      const { tsconfig, check } = options
      const key = JSON.stringify([tsconfig, check])
      const { files, plain } = known.get(key) ?? {
        files: keptFiles(createOnDemand({ tsconfig, check }, process.cwd())),
        plain: typesRemoved(tsconfig),
      }
      known.set(key, { files, plain })
      // each run has new test processes; only the watching process lives through several runs
      if (process.argv.some(each => each.startsWith('--watch'))) files.refresh()
      return transformerOver(files, plain, options)
    },
  }
}

/** The transformer that `transform: { '\\.[mc]?[jt]sx?$': ['tsgrad/jest', options] }` in Jest's configuration names. */
export default factory()
