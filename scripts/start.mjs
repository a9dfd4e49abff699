// Compiles the examples with the real tspc and runs each of them. Fails when one of them does.
// `node scripts/start.mjs [folder …]`: those of some folders only.

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const tspc = fileURLToPath(new URL('../node_modules/ts-patch/bin/tspc.js', import.meta.url))
const named = process.argv.slice(2)
/** Each folder has a tsconfig.json of its own. */
const folders = (named.length > 0 ? named : ['examples', 'examples/interop']).map(folder => ({
  folder,
  names: readdirSync(root + folder)
    .filter(name => name.endsWith('.ts'))
    .sort(),
}))

/** Runs a program of Node's with our own output, and leaves with its exit code when it fails. */
function run(what, args) {
  const { status, signal, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status === 0) return
  console.error(`${what} failed: ${error?.message ?? signal ?? `exit code ${status}`}`)
  process.exit(status || 1)
}

function heading(folder, name) {
  const [firstLine] = readFileSync(`${root}${folder}/${name}`, 'utf8').split('\n')
  return `\n## ${name}: ${firstLine.replace('// ', '')}`
}

for (const { folder, names } of folders) {
  const start = performance.now()
  console.log(`Compiling ${names.length} examples: tspc -p ${folder}`)
  run(`tspc -p ${folder}`, [tspc, '-p', folder])
  console.log(`Compiled in ${((performance.now() - start) / 1000).toFixed(1)} s`)
}

for (const { folder, names } of folders)
  for (const name of names) {
    console.log(heading(folder, name))
    run(name, [`${root}${folder}/out/${name.replace('.ts', '.js')}`])
  }
