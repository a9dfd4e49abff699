// The tables of hosts and of libraries as the pages show them: pieces of README.md, of docs/hosts/ and of docs/interop.md.
// The texts around these pieces are written by hand.

/** Where the tests run, but for those of a host that comes with a Node of its own. */
const NODE = '20.20'

function table(head, rows) {
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map(cells => `| ${cells.join(' | ')} |\n`).join('')
}

const listed = words => words.join(', ').replace(/, (?=[^,]*$)/, ' and ')
const versionsOf = ({ typescript }) => Object.keys(typescript).join(', ')

/** The text with another table between the comments that mark its place. */
function withTable(path, text, name, lines) {
  const [, before, after] = new RegExp(`^(.*<!-- #table ${name},[^>]*-->\n).*?(<!-- #end -->.*)$`, 's').exec(text) ?? []
  if (before === undefined) throw new Error(`${path} marks no place for the table of ${name}`)
  return `${before}\n${lines}\n${after}`
}

/** Hosts of one kind that work with the same versions of TypeScript share a row. */
function readmeTable(hosts) {
  const keyOf = host => `${host.kind} ${versionsOf(host)}`
  const groups = [...new Set(hosts.map(keyOf))].map(key => hosts.filter(host => keyOf(host) === key))
  const linked = ({ name, has, entries }) =>
    `[${has ?? entries.map(entry => `\`tsgrad/${entry}\``).join(' and ')}](docs/hosts/${name}.md)`
  const rows = groups.map(group => [
    group.map(({ tool, title }) => tool ?? title).join(', '),
    group.map(linked).join(', '),
    versionsOf(group[0]),
  ])
  return table(['you use', 'tsgrad has', 'TypeScript'], rows)
}

/** The releases that a host is tried with: of the tools that its page names, the one that it is called by. */
function triedOf({ tried, releases = {} }, { devDependencies }) {
  const [first] = Object.entries(releases)
  if (tried) return tried.slice(0, 1).map(name => `${devDependencies[name].replace(/^npm:.*@/, '')}`)
  return first ? first[1] : []
}

/** A cell is what a test proves. */
function hostsTable(hosts, abilities, compilers, manifest) {
  const everyNode = manifest.engines.node.replace(/^>=(.*)$/, '$1 or later')
  const cell = isProven => (isProven ? 'yes' : '–')
  const rows = hosts.map(host => [
    `[${host.title}](${host.name}.md)`,
    listed(triedOf(host, manifest)),
    ...compilers.map(({ version }) => cell(version in host.typescript)),
    host.node ?? everyNode,
    ...Object.keys(abilities).map(ability => cell(ability in host.can)),
    host.also ?? '',
  ])
  const versions = compilers.map(({ version }) => `TypeScript ${version}`)
  const lines = table(['host', 'tried', ...versions, 'Node', ...Object.values(abilities), 'also tested'], rows)
  return `${lines}\nEach \`yes\` is a test; –: it is not what the host does, or no test tries it. Where a bundler, a runner or an editor has – for TypeScript 7, it\nuses TypeScript 6 or 5.9 [from beside it](typescript-7.md).\n`
}

function interopTable(libraries, { devDependencies }) {
  const rows = libraries.map(({ entry, classes, package: name, tested, oldest }) => [
    `\`tsgrad/interop/${entry}\``,
    classes.map(each => `\`${each}\``).join(', '),
    `${[`${name} ${devDependencies[name]}`, ...(tested ? [tested] : [])].join(' ')}, from ${oldest}`,
  ])
  return table(['import', 'operators on', 'tested with'], rows)
}

/** The page of a host that says which releases it is tested with. */
function testedPage(path, text, { tried = [], releases = {}, typescript, node }, { devDependencies }, compilers) {
  const releaseOf = name => devDependencies[name].replace(/^npm:.*@/, '')
  const all = [
    ...tried.map(name => `${name} ${releaseOf(name)}`),
    ...Object.entries(releases).map(([name, versions]) => `${name} ${listed(versions)}`),
    `TypeScript ${listed(compilers.filter(({ version }) => version in typescript).map(({ folder }) => releaseOf(folder)))}`,
    ...(node === undefined ? [`Node ${NODE}`] : []),
  ]
  const sentence = /^\*\*Tested\*\* with .*?, on Linux/ms
  if (!sentence.test(text)) throw new Error(`${path} does not say what it is tested with: **Tested** with …, on Linux`)
  return text.replace(sentence, `**Tested** with ${all.join(', ')}, on Linux`)
}

/** The pages with these pieces written anew, by their paths. @param read gives the text of a page as it is. */
export function hostPages({ hosts, abilities, libraries, compilers, manifest }, read) {
  const written = (path, name, lines) => [path, withTable(path, read(path), name, lines)]
  const pages = hosts
    .filter(({ tried, releases }) => tried || releases)
    .map(host => [`docs/hosts/${host.name}.md`, host])
    .map(([path, host]) => [path, testedPage(path, read(path), host, manifest, compilers)])
  return Object.fromEntries([
    written('README.md', 'hosts', readmeTable(hosts)),
    written('docs/hosts/README.md', 'hosts', hostsTable(hosts, abilities, compilers, manifest)),
    written('docs/interop.md', 'libraries', interopTable(libraries, manifest)),
    ...pages,
  ])
}
