// A release: `npm run release -- patch|minor|major|x.y.z` says what would happen, and does it with --no-dry-run.
// Nothing is changed before all checks are green, and nothing is published without --publish.

import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { faultsOf, hasUnreleased, released } from './changelog.mjs'
import { packed } from './packed.mjs'
import { isBefore, nextVersion } from './versions.mjs'

const usage = 'usage: npm run release -- patch|minor|major|x.y.z [--no-dry-run] [--publish]'
/** The scripts of package.json that must succeed: all of them, those of other tools too. */
const checks = ['lint', 'types', 'generated', 'test', 'test:tools']

const manifest = () => JSON.parse(readFileSync('package.json', 'utf8'))
const changelog = () => readFileSync('CHANGELOG.md', 'utf8')
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trimEnd()

function run(command, ...args) {
  console.log(`$ ${[command, ...args].join(' ')}`)
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) fail([`${[command, ...args].join(' ')} failed`])
}

function fail(reasons) {
  console.error(reasons.map(reason => `release: ${reason}`).join('\n'))
  process.exit(1)
}

/** Why the release must not be: all reasons at once. */
function reasonsAgainst({ current, version, publish }) {
  const changed = git('status', '--porcelain')
  const faults = faultsOf(changelog())
  return [
    changed !== '' && `the working tree has changes; commit or drop them:\n${changed}`,
    isBefore(version, current) && `${version} is before ${current}, the version in package.json`,
    git('tag', '--list', `v${version}`) !== '' && `v${version} is a tag already`,
    faults.length > 0 && `CHANGELOG.md has lines out of form:\n${faults.join('\n')}`,
    !hasUnreleased(changelog()) && 'CHANGELOG.md has no unreleased change',
    publish && noRepository(),
  ].filter(reason => reason)
}

const noRepository = () =>
  manifest().repository === undefined &&
  'not published: package.json has no `repository`; decide where the sources are, and write it there'

/** What npm takes, as it says itself. */
function list({ filename, size, unpackedSize, files }) {
  const lines = files.map(({ path, size }) => `${String(size).padStart(8)} ${path}`)
  console.log(`${lines.join('\n')}\n${filename}: ${files.length} files, ${size} bytes packed, ${unpackedSize} unpacked`)
}

function say({ version, date, publish }) {
  console.log(`1. check: ${checks.map(name => `npm run ${name}`).join(', ')}`)
  console.log(`2. set the version to ${version} in package.json, and in what is generated from it`)
  console.log(`3. move the unreleased lines of CHANGELOG.md under [${version}] - ${date}`)
  console.log(`4. pack, commit "release: ${version}", and tag v${version}`)
  console.log(`5. ${publish ? 'npm publish' : noRepository() || 'not published: --publish does it'}`)
}

function make({ version, date, publish }) {
  for (const name of checks) run('npm', 'run', name)
  const left = git('status', '--porcelain')
  if (left !== '') fail([`the checks changed files:\n${left}`])
  run('npm', 'version', version, '--no-git-tag-version', '--allow-same-version')
  run('node', 'scripts/generate.mjs')
  writeFileSync('CHANGELOG.md', released(changelog(), version, date))
  // builds; before the commit, so that a release that cannot be packed has none
  run('npm', 'pack')
  run('git', 'commit', '--all', '--message', `release: ${version}`)
  run('git', 'tag', '--annotate', `v${version}`, '--message', `tsgrad ${version}`)
  const contents = packed('.')
  list(contents)
  if (publish) run('npm', 'publish', contents.filename)
  else console.log(noRepository() || `not published: npm publish ${contents.filename}`)
}

function optionsOf(args) {
  const options = { 'dry-run': { type: 'boolean', default: true }, publish: { type: 'boolean', default: false } }
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, allowNegative: true })
    const current = manifest().version
    const version = positionals.length === 1 ? nextVersion(current, positionals[0]) : undefined
    if (version === undefined) fail([usage])
    const date = new Date().toISOString().slice(0, 10)
    return { current, version, date, isDry: values['dry-run'], publish: values.publish }
  } catch (error) {
    fail([error.message, usage])
  }
}

const options = optionsOf(process.argv.slice(2))
const reasons = reasonsAgainst(options)
if (options.isDry) {
  say(options)
  list(packed('.'))
  console.log('Nothing was done: --no-dry-run does it.')
}
if (reasons.length > 0) fail(reasons)
if (!options.isDry) make(options)
