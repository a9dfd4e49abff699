// Bundles each test of a room with its sources, in which Stryker has planted all mutants behind switches. It must not run anything.

import { readFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import { build } from 'esbuild'

const quiet = { debug() {}, info() {}, warn() {}, isDebugEnabled: () => false }

/** All mutants of some files, and the texts that hold them. */
export async function instrumented(names) {
  const files = names.map(name => ({ name, content: readFileSync(name, 'utf8'), mutate: true }))
  const options = { plugins: null, excludedMutations: [], ignorers: [] }
  const { files: changed, mutants } = await new Instrumenter(quiet).instrument(files, options)
  return { texts: new Map(changed.map(({ name, content }) => [name, content])), mutants }
}

/** What must be otherwise where tests are evaluated again and again in one process. */
const replaced = {
  // the tests run no dist/; and no bundle may wait at its top
  'test/built.ts': () => 'export const requireBuilt = () => {}, complaint = () => undefined\n',
  'test/compilers.ts': text =>
    text
      .replace(/export const natives = await Promise\.all\([\s\S]*?\n\)\n/, 'export const natives: never[] = []\n')
      .replace(/^import .* from '\.\.\/transformer\/hosts\/.*\n/gm, ''),
  // TypeScript's own libraries are parsed once for all mutants
  'test/compile.ts': text =>
    text.replace(
      'const parsed: ParsedFiles = new Map()',
      'const parsed: ParsedFiles = ((globalThis as any).parsedFiles ??= new Map())',
    ),
  // each program of a table when its row runs, so that a mutant is tried by the rows that meet it
  'test/derivative/compiled.ts': text => `${text
    .replace('function compiledGradients(', 'function gradientsAtOnce(')
    .replace('function refusalsOf(', 'function refusalsAtOnce(')}
function late(make: () => any): any {
  let made: any
  const target = () => (made ??= make())
  return new Proxy([], { get: (_, name) => Reflect.get(target(), name), has: (_, name) => name in target() })
}
export const compiledGradients = (sources: readonly string[]) => sources.map(each => late(() => gradientsAtOnce([each])[0]!))
export const refusalsOf = (sources: readonly string[]) => sources.map(each => late(() => refusalsAtOnce([each])[0]!))
`,
}

const plugin = texts => ({
  name: 'mutants',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const name = relative(process.cwd(), path)
      const text = texts.get(name) ?? readFileSync(path, 'utf8')
      const changed = replaced[name]?.(text) ?? text
      if (name in replaced && changed === text) throw new Error(`${name} is not as scripts/mutation expects it`)
      const url = JSON.stringify(pathToFileURL(path).href)
      return { contents: changed.replaceAll('import.meta.url', url), loader: 'ts', resolveDir: dirname(path) }
    })
  },
})

/** The text of a script that runs a test file, with `require`, when it is evaluated. */
export async function bundled(test, texts) {
  const { outputFiles } = await build({
    entryPoints: [test],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    write: false,
    logLevel: 'error',
    plugins: [plugin(texts)],
  })
  return outputFiles[0].text
}
