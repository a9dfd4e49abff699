// What package.json says of entries and of peers, from the tables of hosts and of libraries. The rest of it is written by hand.

/** The entries that belong to no host and no library. */
const own = {
  '.': 'runtime/index',
  './inspect': 'runtime/inspect',
  './linear': 'runtime/linear',
  './optimise': 'runtime/optimise',
  './special': 'runtime/special',
  './variable': 'runtime/variable',
  './internal/rules': 'runtime/rules/rules',
}

/** The oldest releases of the packages that each optional part integrates with, by the name of its entry or command. */
export const oldestReleases = hosts => ({
  adopt: { 'ts-morph': '27.0.0' },
  ...Object.fromEntries(hosts.filter(({ oldest }) => oldest).map(({ entries, oldest }) => [entries[0], oldest])),
})

/** The module of each entry of the package that a host reads. */
const entriesOf = hosts =>
  Object.fromEntries(
    hosts
      .filter(({ isFolder }) => !isFolder)
      .flatMap(({ entries, module }) => entries.map(entry => [entry, module ?? `transformer/hosts/${entry}`])),
  )

const interopEntry = entry => `./interop/${entry}`

const sorted = record => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))

/** package.json, of what it was. */
export function manifest(text, { hosts, libraries }) {
  const modules = {
    ...own,
    ...Object.fromEntries(libraries.map(({ entry, module }) => [interopEntry(entry), `interop/${module}`])),
    ...Object.fromEntries(Object.entries(entriesOf(hosts)).map(([entry, module]) => [`./${entry}`, module])),
  }
  // a library has one copy of its classes for `import` and one for `require`: each needs the methods
  const twice = new Set(libraries.map(({ entry }) => interopEntry(entry)))
  const exports = Object.entries(modules).map(([entry, module]) => [
    entry,
    {
      types: `./dist/${module}.d.ts`,
      ...(twice.has(entry) && { require: `./dist/${module}.cjs` }),
      default: `./dist/${module}.js`,
    },
  ])
  const peers = [
    'typescript',
    ...libraries.map(library => library.package),
    ...Object.values(oldestReleases(hosts)).flatMap(Object.keys),
  ]
  // any release: npm refuses to install tsgrad beside a release out of range, also for people who do not use that part
  const peerDependencies = sorted(Object.fromEntries(peers.map(name => [name, '*'])))
  const written = {
    ...JSON.parse(text),
    exports: { ...Object.fromEntries(exports), './package.json': './package.json' },
    peerDependencies,
    // nobody needs all of them
    peerDependenciesMeta: Object.fromEntries(Object.keys(peerDependencies).map(name => [name, { optional: true }])),
  }
  return `${JSON.stringify(written, null, 2)}\n`
}
