/**
 * The hosts, a row each: package.json, the pages, the site and the tests take what they need of a host from here.
 * It must not import any host, nor know what is made of a row.
 */
import type { Host, Proof } from './host.ts'

const testsIn =
  (path: string) =>
  (title: string): Proof => ({ file: `test/${path}.test.ts`, title })

// what several rows name
const bundlers = testsIn('hosts/bundlers')
const built = bundlers('the project is built, and prints its values and gradients')
const edited = testsIn('hosts/bundlers-watch')(
  'an edit of a table, and of an inferred type, reaches the files with the operators',
)
const bundled = {
  kind: 'bundler',
  typescript: {
    '5.9': testsIn('hosts/bundlers-compilers')('%s builds with TypeScript %s as well'),
    '6.0': built,
  },
} as const
const refused = bundlers(
  'an operator that its class lost stops the build at its place, in a file that only imports the type',
)
const untyped = bundlers(
  'a module that the bundler finds and TypeScript does not stops the build at the operators that need it',
)
const declarationsBy = testsIn('hosts/bundled-declarations')
const canBundle = {
  run: built,
  watch: edited,
  types: refused,
  refuses: untyped,
  declarations: declarationsBy('%s writes the declarations that tsgrad build writes'),
  maps: bundlers('every method that stands for an operator leads to its operator'),
}
const libraryBuilt = declarationsBy('the library is built, with the declarations that tsgrad build writes')
const components = testsIn('hosts/components')
const componentEdited = testsIn('hosts/components-dev')(
  'an edit of a component is shown with its operators lowered, and an error in one at its place',
)
const oldPatch = testsIn('hosts/ts-patch-3')('natural math is compiled, typed and run')
const command = testsIn('hosts/command')
const commanded = command('it is the compiler at work, and builds the project, which prints its values and gradients')
const vitest = testsIn('hosts/vitest')
const jest = testsIn('hosts/jest')
const node = testsIn('hosts/node')
const next = testsIn('hosts/next')
const angular = testsIn('hosts/angular')
const nextBuilt = next('%s builds a page with its values and gradients')
const tsx = testsIn('hosts/tsx')
const tsNode = testsIn('hosts/ts-node')
const deno = testsIn('hosts/deno')
const bun = testsIn('hosts/bun')
const server = testsIn('tsserver/errors')
const serverStarted = server('natural math has no errors, and is full of them without the plugin')
const lintPage = testsIn('lint/page')(
  'each trap is found by its rule, at its level, and the strict rules have nothing against natural math',
)

export const hosts: readonly Host[] = [
  {
    name: 'tspc',
    title: 'tspc',
    kind: 'compiler',
    tool: '`tsc`',
    has: '`tspc` of ts-patch',
    entries: ['transformer'],
    module: 'transformer/index',
    oldest: { 'ts-patch': '3.3.0' },
    typescript: { '5.9': oldPatch, '6.0': oldPatch },
    can: {
      run: testsIn('hosts/packed')('the program runs and has its gradients'),
      watch: testsIn('hosts/watch')(
        'a watcher follows edits of operands, of operator tables and of files without operators',
      ),
      types: testsIn('hosts/diagnostics')('with --noEmit'),
      refuses: testsIn('hosts/fixture')('the error `%s` is the only one, at its place'),
      declarations: testsIn('hosts/types')(
        'the declarations can be read by a plain compiler that checks libraries too',
      ),
      maps: testsIn('hosts/source-maps')(
        'every name in the JavaScript leads to itself, every inserted method to its operator',
      ),
    },
    also: '`--incremental`, project references',
  },
  {
    name: 'tsgrad-build',
    title: 'tsgrad build',
    kind: 'compiler',
    tool: '`tsc`, of version 7 too',
    has: '`tsgrad check` and `tsgrad build`',
    entries: [],
    typescript: { '5.9': commanded, '6.0': commanded, '7.0': commanded, '7.1 beta': commanded },
    can: {
      run: commanded,
      watch: [
        testsIn('command/watch')('follows edits of operands, of operator tables and of files without operators'),
        testsIn('command/seven')(
          'an edit is compiled under --watch, and an interrupt ends the command and all that it started',
        ),
      ],
      types: command('the error `%s` is the only one, at its place'),
      refuses: command('the error `%s` is the only one, at its place'),
      declarations: commanded,
      maps: command('every method that stands for an operator leads to its operator'),
    },
    also: '`--incremental`, project references',
  },
  {
    ...bundled,
    name: 'vite',
    title: 'Vite',
    entries: ['vite'],
    oldest: { vite: '5.0.0' },
    tried: ['vite'],
    releases: {
      vue: ['3.5.45'],
      'vue-tsc': ['3.3.14'],
      '@vitejs/plugin-vue': ['6.0.11'],
      svelte: ['5.57.3'],
      svelte2tsx: ['0.7.62'],
      '@sveltejs/vite-plugin-svelte': ['7.3.1'],
      astro: ['6.0.5'],
      '@astrojs/compiler': ['4.0.0'],
    },
    can: {
      ...canBundle,
      watch: [edited, testsIn('hosts/vite-dev')('an edit of a leaf is shown')],
      components: [components('in a script, `%s`'), components('in a template, `%s`'), componentEdited],
    },
    also: 'the dev server, in Chromium',
    trial: {
      command: ['node_modules/vite/bin/vite.js', 'build'],
      watch: ['--watch'],
      packages: ['vite'],
      fewest: 10,
    },
  },
  {
    ...bundled,
    name: 'rollup',
    title: 'Rollup',
    entries: ['rollup'],
    oldest: { rollup: '3.0.0' },
    tried: ['rollup', 'rollup-plugin-esbuild'],
    can: canBundle,
    trial: {
      command: ['node_modules/rollup/dist/bin/rollup', '-c'],
      watch: ['-w', '--no-watch.clearScreen'],
      packages: ['rollup', 'rollup-plugin-esbuild'],
    },
  },
  {
    ...bundled,
    name: 'rolldown',
    title: 'Rolldown',
    entries: ['rolldown'],
    oldest: { rolldown: '1.0.0' },
    tried: ['rolldown'],
    can: canBundle,
    trial: { command: ['node_modules/rolldown/bin/cli.mjs', '-c'], watch: ['-w'], packages: ['rolldown'] },
  },
  {
    ...bundled,
    name: 'esbuild',
    title: 'esbuild',
    entries: ['esbuild'],
    oldest: { esbuild: '0.21.0' },
    tried: ['esbuild'],
    can: canBundle,
    trial: { command: ['build.js'], watch: ['--watch'], packages: ['esbuild'] },
  },
  {
    ...bundled,
    name: 'webpack',
    title: 'webpack',
    entries: ['webpack'],
    oldest: { webpack: '5.76.0' },
    commandLines: { webpack: 'webpack-cli' },
    tried: ['webpack', 'ts-loader'],
    can: canBundle,
    trial: { command: ['build.js'], watch: ['--watch'], packages: ['webpack', 'ts-loader'] },
  },
  {
    ...bundled,
    name: 'rspack',
    title: 'Rspack',
    entries: ['rspack'],
    oldest: { '@rspack/core': '1.0.0' },
    commandLines: { rspack: '@rspack/cli' },
    tried: ['@rspack/core'],
    can: canBundle,
    trial: { command: ['build.js'], watch: ['--watch'], packages: ['@rspack/core'] },
  },
  {
    ...bundled,
    name: 'farm',
    title: 'Farm',
    entries: ['farm'],
    oldest: { '@farmfe/core': '1.7.0' },
    commandLines: { farm: '@farmfe/cli' },
    tried: ['@farmfe/core'],
    // its maps lead to the right lines, but not columns, with any TypeScript; what two entries share has none
    can: { run: built, types: refused, refuses: untyped, declarations: canBundle.declarations },
    trial: {
      command: ['build.js'],
      packages: [
        '@farmfe/core',
        ...['unplugin', '@jridgewell', 'picomatch', 'webpack-virtual-modules', '@rolldown/pluginutils'],
      ],
      isCopied: true,
    },
  },
  {
    name: 'tsup',
    title: 'tsup',
    kind: 'bundler',
    entries: ['esbuild'],
    releases: { tsup: ['8.5.1'] },
    typescript: { '6.0': libraryBuilt },
    can: {
      run: libraryBuilt,
      types: declarationsBy('an error at an operator stops the build: %s'),
      refuses: declarationsBy('an error at an operator stops the build: %s'),
      declarations: libraryBuilt,
    },
  },
  {
    name: 'tsdown',
    title: 'tsdown',
    kind: 'bundler',
    entries: ['rolldown'],
    releases: { tsdown: ['0.21.10'] },
    typescript: { '6.0': libraryBuilt },
    can: {
      run: libraryBuilt,
      types: declarationsBy('an error at an operator stops the build: %s'),
      refuses: declarationsBy('an error at an operator stops the build: %s'),
      declarations: libraryBuilt,
    },
  },
  {
    name: 'angular',
    title: 'Angular',
    kind: 'compiler',
    tool: 'Angular',
    has: 'ts-patch, with `tsgrad/transformer`',
    entries: [],
    commandLines: { ng: '@angular/cli' },
    releases: { '@angular/cli': ['22.2.7'], Node: ['24.21.0'] },
    node: '22.22 or later',
    typescript: { '6.0': angular('a second build follows an edit of a table, which an unchanged file sees') },
    can: {
      run: angular('a project is built, and its operators are method calls'),
      watch: angular('a second build follows an edit of a table, which an unchanged file sees'),
      types: angular('an operator in a template, or one that the class does not name, fails the build at its place'),
      refuses: angular('a module that TypeScript does not find fails the build'),
    },
  },
  {
    name: 'next',
    title: 'Next.js',
    kind: 'bundler',
    entries: ['loader'],
    commandLines: { next: 'next' },
    releases: { next: ['16.4.6'], react: ['19.3.1'] },
    typescript: { '6.0': nextBuilt },
    can: {
      run: nextBuilt,
      types: next('%s fails at an operator that the class does not name'),
      refuses: next('%s fails where it finds the module of an operand alone'),
    },
    also: 'Turbopack and webpack',
  },
  {
    name: 'vitest',
    title: 'Vitest',
    kind: 'runner',
    entries: ['vite'],
    tried: ['vitest'],
    typescript: {
      '5.9': vitest('with TypeScript 5.9 the values are the same'),
      '6.0': vitest('the project gives its values, and natural math works in a test itself'),
    },
    can: {
      run: vitest('the project gives its values, and natural math works in a test itself'),
      watch: vitest('an edit of a table, and of an inferred type, runs the tests again whose operators they concern'),
      types: vitest('an error fails the test file: %s'),
      refuses: vitest('an error fails the test file: %s'),
      maps: vitest('exceptions and failing assertions lead to the original lines and columns, and show them'),
    },
  },
  {
    name: 'jest',
    title: 'Jest',
    kind: 'runner',
    entries: ['jest'],
    tried: ['jest'],
    releases: {
      'ts-jest': ['29.4.15'],
      '@swc/jest': ['0.2.39'],
      '@swc/core': ['1.15.3'],
      '@babel/core': ['7.28.5'],
      '@babel/preset-typescript': ['7.28.5'],
      '@babel/preset-env': ['7.28.5'],
    },
    typescript: {
      '5.9': jest('with TypeScript 5.9 the values are the same'),
      '6.0': jest('the project gives its values, and an exception leads to the original lines and columns'),
    },
    can: {
      run: jest('the project gives its values, and an exception leads to the original lines and columns'),
      watch: jest('an edit of a table, and of an inferred type, is seen by the tests whose operators it concerns'),
      types: jest(
        'errors at operators fail the test file, with their places and lines, also where only another file changed',
      ),
      refuses: jest('an operator on what a module gives that TypeScript does not find fails the test file'),
      maps: jest('the project gives its values, and an exception leads to the original lines and columns'),
    },
    also: 'coverage; ts-jest, @swc/jest and babel-jest behind it',
  },
  {
    name: 'node',
    title: 'Node',
    kind: 'runtime',
    tool: 'Node 22.15 or later, without a build',
    has: '`node --import tsgrad/register`',
    entries: ['register'],
    releases: { Node: ['22.15.0', '22.23.3', '24.21.0', '26.10.0'] },
    node: '22.15 or later',
    typescript: { '5.9': node('runs the project with TypeScript 5.9'), '6.0': node('runs the project') },
    can: {
      run: node('runs the project'),
      types: node('an error stops it: %s'),
      refuses: node('an error stops it: %s'),
      maps: node('stack traces lead to the original lines and columns'),
    },
    also: 'tests by `node --test`, worker threads',
  },
  {
    name: 'tsx',
    title: 'tsx',
    kind: 'runtime',
    has: '`tsx --import tsgrad/register`',
    entries: ['register'],
    releases: { tsx: ['4.23.15'], Node: ['20.19.5', '22.15.0', '24.21.0', '26.10.0'] },
    node: '20.19 or later',
    typescript: { '5.9': tsx('runs the project with TypeScript 5.9'), '6.0': tsx('runs the project, %s') },
    can: {
      run: [tsx('runs the project, %s'), tsx('runs CommonJS that is written with imports, %s')],
      types: tsx('an error stops it at its place: %s'),
      refuses: tsx('an error stops it at its place: %s'),
      maps: tsx('stack traces lead to the original lines and columns, %s'),
    },
    also: 'imports without extensions, CommonJS, worker threads',
  },
  {
    name: 'ts-node',
    title: 'ts-node',
    kind: 'runtime',
    has: '`ts-node -T -r tsgrad/register`',
    entries: ['register'],
    releases: { 'ts-node': ['10.9.2'], Node: ['20.19.5', '24.21.0'] },
    node: '20.19 or later',
    // it leads stack traces by a map of the text that it read itself
    typescript: { '5.9': tsNode('with TypeScript 5.9 the values are the same'), '6.0': tsNode('runs CommonJS, %s') },
    can: {
      run: [tsNode('runs CommonJS, %s'), tsNode('runs ES modules, %s')],
      types: tsNode('an error at an operator stops it at its place'),
      refuses: tsNode('an operator on what a module gives that TypeScript does not find stops it'),
    },
    also: '`ts-patch/compiler`, which checks all types',
  },
  {
    name: 'deno',
    title: 'Deno',
    kind: 'runtime',
    entries: ['deno'],
    releases: { Deno: ['2.9.6'] },
    node: '(Deno 2.9)',
    typescript: {
      '5.9': deno('runs the project with TypeScript %s'),
      '6.0': deno('runs the project with TypeScript %s'),
    },
    can: {
      run: deno('runs the project with TypeScript %s'),
      types: deno('an error stops it at its place: %s'),
      refuses: deno('an error stops it at its place: %s'),
      maps: deno('stack traces lead to the original lines and columns'),
    },
    also: 'tests by `deno test`',
  },
  {
    name: 'bun',
    title: 'Bun',
    kind: 'runtime',
    entries: ['bun', 'register'],
    releases: { Bun: ['1.4.5'] },
    node: '(Bun 1.4)',
    typescript: { '5.9': bun('builds the project with %s'), '6.0': bun('builds the project with %s') },
    // its plugins give no maps; lines are kept
    can: {
      run: [bun('builds the project with %s'), bun('runs the project with %s')],
      types: bun('an error stops the build at its place: %s'),
      refuses: [bun('an error stops the build at its place: %s'), bun('an error stops what it runs, at its place: %s')],
    },
    also: 'tests by `bun test`; workers; the lines of stack traces',
  },
  {
    name: 'editor',
    title: 'Editors',
    kind: 'editor',
    tool: 'an editor that asks `tsserver`',
    entries: ['tsserver'],
    isFolder: true,
    node: '',
    typescript: { '5.9': serverStarted, '6.0': serverStarted },
    can: {
      watch: server('an error that an edit makes in another file comes and goes with it'),
      types: server('errors stand at their place and say what is wrong'),
    },
    also: 'the server that VS Code and others use, feature by feature',
  },
  {
    name: 'eslint',
    title: 'ESLint',
    kind: 'linter',
    tool: 'ESLint with typescript-eslint',
    entries: ['eslint'],
    module: 'lint/index',
    oldest: { eslint: '9.0.0', 'typescript-eslint': '8.58.0' },
    tried: ['eslint', 'typescript-eslint'],
    typescript: { '5.9': lintPage, '6.0': lintPage },
    can: {
      watch: testsIn('lint/editing')('a saved edit of another file is seen, and its taking back'),
    },
    also: 'the strict preset of typescript-eslint with ours',
  },
]
