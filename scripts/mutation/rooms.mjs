// The rooms that mutants are planted in, and the tests that must notice them. It must not know how mutants are run.

import { readdirSync } from 'node:fs'

const filesIn = folder =>
  readdirSync(folder)
    .filter(name => name.endsWith('.ts'))
    .map(name => `${folder}/${name}`)
const testsOf = names => names.map(name => `test/${name}.test.ts`)

/** Tests that compile in memory and in process; what a table of them does not notice is a survivor, whatever a slow host would notice. */
const transformer = testsOf([
  'classes',
  'lower',
  'diagnostics',
  'whole-files',
  'types',
  'candidates',
  'annotations',
  'positions',
  'chains',
  'walk',
  'settling',
  'texts',
  'unions',
  'math-lists',
  'programs',
  'order',
  'session',
])

/** By name: the files that are changed, and the tests that are run, the quick and general ones first. */
export const rooms = {
  meaning: { files: filesIn('transformer/meaning'), tests: transformer },
  lower: { files: filesIn('transformer/lower'), tests: transformer },
  syntax: { files: filesIn('transformer/syntax'), tests: transformer },
  text: {
    files: filesIn('transformer/text'),
    tests: [
      'test/source-maps.test.ts',
      'test/mapped-text.test.ts',
      ...transformer,
      'test/hosts/module-lowering.test.ts',
    ],
  },
  build: {
    files: ['session', 'known-files', 'shapes', 'settling'].map(name => `transformer/build/${name}.ts`),
    tests: testsOf(['settling', 'session', 'file-names', 'derivative/session', 'hosts/module-lowering']),
  },
  derivative: {
    files: [...filesIn('transformer/derivative'), ...filesIn('transformer/derivative/enter')],
    tests: testsOf([
      ...['derivative/texts', 'derivative/special', 'derivative/check-grad', 'derivative/gradients'],
      ...['derivative/refusals', 'derivative/verbs', 'derivative/into', 'derivative/second-rules'],
    ]),
  },
}
