/**
 * The adapter for Jest: a transformer that lowers a file and hands it to the user's own transformer.
 * It must hold no logic of its own.
 */

import { type Kept, keptFiles } from './jest/kept-files.ts'
import { type JestOptions, type JestTransformer, transformerOver } from './jest/transformer.ts'
import { typesRemoved } from './jest/types-removed.ts'
import { createOnDemand } from './on-demand.ts'

export type { JestOptions }

/** Jest makes a transformer for each test file; what is compiled stays as long as the process that loads this module. */
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
      // test processes are made anew for each run, and only what watches lives through several
      if (process.argv.some(each => each.startsWith('--watch'))) files.refresh()
      return transformerOver(files, plain, options)
    },
  }
}

/** What `transform: { '\\.[mc]?[jt]sx?$': ['tsgrad/jest', options] }` in Jest's configuration names. */
export default factory()
