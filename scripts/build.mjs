// Builds dist/ from nothing: a compiler each for the runtime (which may not see Node's types), for the command with the transformer and the
// lint rules, and for the interop entries, at the same time.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import { load } from './load.mjs'
import { record, sourceHashes } from './sources.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
// the native one: the same JavaScript in a sixth of the processor time; in declarations the members of some unions have another order
const tsc = fileURLToPath(new URL('../node_modules/typescript-7/bin/tsc', import.meta.url))

/** What tests and docs/rules.md are made of. */
const unused = ['pins', 'special-pins', 'special-rules', 'reduction-points'].flatMap(name => [
  `${name}.js`,
  `${name}.d.ts`,
])

// read before they are compiled: what is edited meanwhile is newer than the build
const sources = sourceHashes()
rmSync(`${root}dist`, { recursive: true, force: true })
const compilers = ['command', 'runtime', 'interop'].map(project =>
  spawn(process.execPath, [tsc, '-p', project], { cwd: root, stdio: 'inherit' }),
)
const statuses = await Promise.all(compilers.map(async compiler => (await once(compiler, 'close'))[0]))
if (statuses.some(status => status !== 0)) process.exit(1)
for (const name of unused) rmSync(`${root}dist/runtime/rules/${name}`)
// tsserver loads plugins by `require`, also where that cannot load ESM
await build({
  input: `${root}dist/transformer/hosts/tsserver/index.js`,
  platform: 'node',
  logLevel: 'warn',
  output: { file: `${root}dist/tsserver/index.cjs`, format: 'cjs', exports: 'default' },
})
const { libraries } = await load('scripts/tables/libraries.ts')
for (const { module } of libraries) {
  const file = `${root}dist/interop/${module}`
  const output = { file: `${file}.cjs`, format: 'cjs' }
  await build({ input: `${file}.js`, external: /^[^./]/, logLevel: 'warn', output })
}
// ts-patch loads the plugin at each start: one file is read in half the time of a hundred
const plugin = `${root}dist/transformer/index.js`
await build({ input: plugin, external: /^[^./]/, logLevel: 'warn', output: { file: plugin, format: 'esm' } })
chmodSync(`${root}dist/command/main.js`, 0o755)
// last, so that a build that failed has none
writeFileSync(record, JSON.stringify(sources))
