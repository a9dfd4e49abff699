import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { hosts } from './scripts/tables/hosts.ts'

/** Tests that take long, compile folders on the disk, or need whole libraries of others: `npm run check` leaves them out. */
const thorough = [
  'test/check-grad-edges.test.ts',
  'test/adbench.test.ts',
  'test/coming-from.test.ts',
  'test/boxing.test.ts',
  'test/wholes.test.ts',
  'test/generated.test.ts',
  'test/derivative/built-again.test.ts',
  'test/derivative/check-grad.test.ts',
  'test/derivative/as-on-the-tape.test.ts',
  'test/derivative/gradients.test.ts',
  'test/derivative/programs.test.ts',
  'test/derivative/refusals.test.ts',
  'test/derivative/second-programs.test.ts',
  'test/derivative/linear.test.ts',
  'test/derivative/mixed-programs.test.ts',
  'test/derivative/other-programs.test.ts',
  'test/derivative/everyday.test.ts',
  'test/derivative/small-programs.test.ts',
  'test/derivative/typed-arrays.test.ts',
  'test/derivative/spread-lists.test.ts',
  'test/derivative/methods.test.ts',
  'test/derivative/omitted-arguments.test.ts',
  'test/file-names.test.ts',
  'test/math-lists.test.ts',
  'test/running-operators.test.ts',
  'test/unions.test.ts',
  'test/derivative/nested.test.ts',
  'test/derivative/session.test.ts',
  'test/derivative/special.test.ts',
  'test/derivative/verbs.test.ts',
  'test/memory.test.ts',
  'test/nested-kinks.test.ts',
  'test/docstrings.test.ts',
  'test/documents.test.ts',
  'test/examples.test.ts',
  'test/explain.test.ts',
  'test/readme.test.ts',
  'test/edits.test.ts',
  'test/hosts/kept-modules.test.ts',
  'test/hosts/kept-questions.test.ts',
  'test/store.test.ts',
  'test/hidden-edits.test.ts',
  'test/declarations.test.ts',
  'test/interop.test.ts',
  'test/interop-examples.test.ts',
  'test/merged.test.ts',
  'test/playground/service.test.ts',
  'test/hosts/first-lines.test.ts',
  'test/derivative/places.test.ts',
  'test/hosts/source-maps.test.ts',
  'test/hosts/types.test.ts',
  'test/hosts/diagnostics.test.ts',
  'test/hosts/library.test.ts',
  'test/hosts/packed.test.ts',
  'test/hosts/bundlers.test.ts',
  'test/hosts/module-lowering.test.ts',
  'test/size.test.ts',
  'test/hosts/internal-error.test.ts',
  'test/conformance.test.ts',
  'test/derivative/second-rules.test.ts',
  'test/derivative/test-problems.test.ts',
  'test/order.test.ts',
  'test/versionless.test.ts',
  'test/formats.test.ts',
  'test/held-lines.test.ts',
  'test/diff-tests.test.ts',
  'test/more-garbow-hillstrom.test.ts',
  'test/optimise-problems.test.ts',
  'test/lint/fixes.test.ts',
  'test/lint/pairs.test.ts',
  'test/lint/plain-code.test.ts',
  'test/lint/rules.test.ts',
  'test/lint/stable-derivatives.test.ts',
  'test/adopt.test.ts',
  'test/scale.test.ts',
  'test/runtime-names.test.ts',
  'test/command/help.test.ts',
  'test/command/init.test.ts',
  'test/command/plain-project.test.ts',
  'test/command/report.test.ts',
  'test/tsserver/derivatives.test.ts',
  'test/tsserver/errors.test.ts',
  'test/tsserver/navigation.test.ts',
  'test/tsserver/settled.test.ts',
  'test/tsserver/seven.test.ts',
  'test/tsserver/views.test.ts',
]
/** Tests that wait for other tools most of their time, an hour: `npm run test:tools`. Watchers, runners, pages in a browser. */
const tools = [
  // those of one host
  ...hosts.map(({ name }) => `test/hosts/${name}.test.ts`),
  'test/hosts/bundled-declarations.test.ts',
  'test/hosts/long-chains.test.ts',
  'test/derivative/compilers.test.ts',
  'test/hosts/fixture.test.ts',
  'test/hosts/compiled-gradients.test.ts',
  'test/hosts/warnings.test.ts',
  'test/hosts/interop-commonjs.test.ts',
  'test/hosts/bystander.test.ts',
  'test/hosts/bundlers-compilers.test.ts',
  'test/hosts/compiled-library.test.ts',
  'test/hosts/bundlers-watch.test.ts',
  'test/hosts/exported-results.test.ts',
  'test/hosts/incremental.test.ts',
  'test/hosts/kept-builds.test.ts',
  'test/store-faults.test.ts',
  'test/hosts/module-modes.test.ts',
  'test/hosts/ts-patch-3.test.ts',
  'test/hosts/untouched.test.ts',
  'test/hosts/pages.test.ts',
  'test/hosts/native.test.ts',
  'test/hosts/made-up-modules.test.ts',
  'test/hosts/watch.test.ts',
  'test/hosts/vite-dev.test.ts',
  'test/hosts/vite-workers.test.ts',
  'test/hosts/command.test.ts',
  'test/hosts/install.test.ts',
  'test/hosts/components.test.ts',
  'test/hosts/components-dev.test.ts',
  'test/hosts/templates.test.ts',
  'test/hosts/workspaces.test.ts',
  'test/hosts/companions.test.ts',
  'test/command/as-tsc.test.ts',
  'test/command/explained.test.ts',
  'test/command/files-of-the-user.test.ts',
  'test/command/interrupted.test.ts',
  'test/command/native.test.ts',
  'test/command/seven.test.ts',
  'test/command/solution.test.ts',
  'test/command/watch.test.ts',
  'test/command/watched-folders.test.ts',
  'test/browser.test.ts',
  'test/documents-projects.test.ts',
  'test/lint/editing.test.ts',
  'test/lint/examples.test.ts',
  'test/lint/page.test.ts',
  'test/release.test.ts',
  'test/tsserver/half-typed.test.ts',
  'test/tsserver/plain.test.ts',
  'test/tsserver/vscode.test.ts',
  'test/tsserver/language-servers.test.ts',
  'test/playground/access.test.ts',
  'test/playground/code.test.ts',
  'test/playground/first-and-again.test.ts',
  'test/playground/hostile.test.ts',
  'test/playground/results.test.ts',
  'test/site.test.ts',
  'test/shards.test.ts',
]
/** Tables of cases that are tried with TypeScript 7 as well: with its release in `thorough`, and with what comes next in `tools`. */
const tables = ['test/lower.test.ts', 'test/positions.test.ts', 'test/classes.test.ts', 'test/diagnostics.test.ts']
/** Files that take longest though their text is short: at the end of a run the other core would wait for them. */
const longest = ['hosts/bundlers', 'lint/plain-code', 'store', 'documents', 'examples', 'hosts/packed', 'scale']
/** Projects one after the other, and in each of them the longest files first. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const isLong = ({ moduleId }: TestSpecification) => longest.some(name => moduleId.endsWith(`/test/${name}.test.ts`))
    const sorted = await super.sort(files)
    return sorted
      .map(file => ({
        file,
        rank: 2 * sorted.findIndex(({ project }) => project === file.project) - Number(isLong(file)),
      }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ file }) => file)
  }
}
/** The full count of a random test may take its time. */
const testTimeout = process.env.PROGRAMS === undefined ? 60_000 : 3_600_000
// each lowered text's tree is compared with the one that was meant, also in the processes that tests start
process.env.TSGRAD_PROVE = '1'

const options = { isolate: false, testTimeout, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // what Vite makes of a source, by its text: both projects and the next run read the same
    experimental: { fsModuleCache: true },
    projects: [
      { test: { ...options, name: 'quick', include: ['test/**/*.test.ts'], exclude: [...thorough, ...tools] } },
      { test: { ...options, name: 'thorough', include: [...thorough, ...tables], env: { COMPILER: '7.0' } } },
      // what installs packages or starts browsers takes as long as the network and the machine do
      {
        test: {
          ...{ ...options, testTimeout: 240_000, name: 'tools' },
          include: [...tools, ...tables, 'test/hosts/bundlers.test.ts'],
          env: { COMPILER: '7.1', BUNDLERS: 'others' },
        },
      },
    ],
  },
})
