// Packages of the npm registry that ship their TypeScript sources: what is compiled to see that tsgrad does no harm.

/**
 * `sources` is the folder with the sources inside of the package, `exclude` what does not belong to the library there, `options`
 * what its authors compile with. The `slow` ones take minutes for each run: they are compiled when they are named, once.
 */
export const packages = [
  { name: '@noble/curves', version: '2.4.0', sources: 'src', exclude: [], options: {} },
  { name: 'rxjs', version: '7.8.2', sources: 'src', exclude: [], options: {} },
  { name: 'ethers', version: '6.17.0', sources: 'src.ts', exclude: [], options: {} },
  { name: 'zod', version: '4.6.7', sources: 'src', exclude: ['**/tests', '**/benchmarks'], options: {} },
  { name: 'vega-lite', version: '6.5.0', sources: 'src', exclude: [], options: { strictNullChecks: false } },
  { name: 'apache-arrow', version: '21.2.0', sources: 'src', exclude: [], options: {} },
  { name: 'puppeteer-core', version: '24.43.1', sources: 'src', exclude: [], options: {} },
  {
    name: 'maplibre-gl',
    version: '6.17.0',
    sources: 'src',
    exclude: ['**/*.test.ts'],
    options: { strict: false },
    slow: true,
  },
  { name: 'effect', version: '4.1.0', sources: 'src', exclude: [], options: {}, slow: true },
  { name: 'viem', version: '2.57.20', sources: '.', exclude: ['node_modules', '_*'], options: {}, slow: true },
]

/** What all of them are installed with, so that their imports of types are found. */
export const alongside = { '@types/node': '20.19.43', tslib: '2.8.1' }

export const compilerOptions = {
  target: 'es2022',
  lib: ['esnext', 'dom', 'dom.iterable'],
  module: 'esnext',
  moduleResolution: 'bundler',
  strict: true,
  skipLibCheck: true,
  declaration: true,
  declarationMap: true,
  sourceMap: true,
  allowImportingTsExtensions: true,
  rewriteRelativeImportExtensions: true,
  types: ['node'],
  rootDir: 'src',
}

const plugins = [{ transform: 'tsgrad/transformer', transformProgram: true }]

/** The ways to compile a package: their compiler, and what is added to the options and to the files. */
export const ways = {
  tsc: { compiler: 'tsc', options: {}, files: [] },
  tspc: { compiler: 'tspc', options: { plugins }, files: [] },
  // an operator table that is declared globally can be reached from every file
  forced: { compiler: 'tspc', options: { plugins }, files: ['everywhere.d.ts'] },
}

export const everywhere = `import type { operators } from 'tsgrad'
declare global {
  interface NumberOfTheEverywhereFile {
    readonly [operators]: { '+': 'add'; '*': 'mul'; 'unary -': 'neg'; reflected: { '+': 'add'; '*': 'mul' } }
    add(other: NumberOfTheEverywhereFile | number): NumberOfTheEverywhereFile
    mul(other: NumberOfTheEverywhereFile | number): NumberOfTheEverywhereFile
    neg(): NumberOfTheEverywhereFile
  }
}
`
