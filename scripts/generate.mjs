// Writes what follows from the rules (the methods, the sweep's switch, the functions, docs/rules.md), from the catalogue of
// messages (docs/errors.md), from the tables of hosts and libraries (entries and peers in package.json, tables on pages) and
// from the regions that pages of docs/ repeat.
// `node scripts/generate.mjs` writes; with `--check` it fails when a committed file differs from what it would write. A folder
// after that is taken in place of the repository: its rules, and where the files are written.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { generated } from './generated.mjs'
import { repository } from './load.mjs'

function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** The files with their modules as the formatter writes them, all in one run of it. */
function formatted(files) {
  const folder = mkdtempSync(join(tmpdir(), 'tsgrad-generate-'))
  try {
    write(folder, files)
    const biome = join(repository, 'node_modules/@biomejs/biome/bin/biome')
    const args = [biome, 'check', '--write', `--config-path=${join(repository, 'biome.json')}`, '.']
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
    if (status !== 0) throw new Error(`cannot format: ${stderr}`)
    return Object.fromEntries(Object.keys(files).map(path => [path, readFileSync(join(folder, path), 'utf8')]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function current(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const given = process.argv.slice(2)
const root = resolve(given.find(each => !each.startsWith('--')) ?? repository)
const wanted = Object.entries(formatted(await generated(root)))
const differing = wanted.filter(([path, text]) => current(join(root, path)) !== text)
if (given.includes('--check')) {
  for (const [path] of differing)
    console.error(`${path} is not what its source gives: run \`node scripts/generate.mjs\``)
  if (differing.length > 0) process.exitCode = 1
} else {
  write(root, Object.fromEntries(differing))
  for (const [path] of differing) console.log(`wrote ${path}`)
}
