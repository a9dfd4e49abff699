// The documentation site: `node scripts/site.mjs` serves it while pages are written, `node scripts/site.mjs build` writes it to
// site/dist, with the playground in it. The pages of the API are made of the docstrings before, into docs/api.

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const api = `${root}docs/api/`

/** Which page tells of which entry of the package. */
const entries = {
  tsgrad: 'tracked numbers, operators on any class, and gradients',
  'tsgrad/inspect': 'looking at computations, and checking derivatives',
  'tsgrad/variable': 'the classes of DeZero, one for each function',
}
const pageOf = entry => entry.split('/').at(-1)

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [`${root}node_modules/${script}`, ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}

/** The pages of the API, named as the entries are. */
function writeApi() {
  run('typedoc/bin/typedoc', '--options', 'site/typedoc.json')
  renameSync(`${api}index.md`, `${api}tsgrad.md`)
  for (const entry of Object.keys(entries)) {
    const path = `${api}${pageOf(entry)}.md`
    const text = readFileSync(path, 'utf8').replace(/^# .*$/m, `# ${entry}`)
    // the page of the main entry was called by its file
    writeFileSync(path, text.replaceAll('](index.md', '](tsgrad.md'))
  }
  const list = Object.entries(entries).map(([entry, what]) => `- [\`${entry}\`](${pageOf(entry)}.md): ${what}`)
  writeFileSync(
    `${api}README.md`,
    `# API\n\nMade of the docstrings of the package. Each example in them is run by the tests.\n\n${list.join('\n')}\n`,
  )
}

/** The playground is a page of its own, which knows nothing of where it lies. */
async function addPlayground() {
  if (!existsSync(`${root}playground/index.html`)) return
  const { build } = await import('vite')
  const outDir = `${root}site/dist/playground`
  await build({ root: `${root}playground`, base: './', logLevel: 'warn', build: { outDir, emptyOutDir: true } })
}

writeApi()
if (process.argv[2] === 'build') {
  run('vitepress/bin/vitepress.js', 'build', 'site')
  await addPlayground()
} else run('vitepress/bin/vitepress.js', 'dev', 'site', '--host', '127.0.0.1')
