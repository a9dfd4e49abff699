// The documentation site: `node scripts/site.mjs` serves it while pages are written, `node scripts/site.mjs build [folder]` writes it
// to the folder, or to site/dist, with the playground in it. The pages of the API are made of the docstrings before, into docs/api.
// SITE_BASE is the path below which a server has the site, where that is not `/`.

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const api = `${root}docs/api/`

/** Which page tells of which entry of the package. */
const entries = {
  tsgrad: 'tracked numbers, operators on any class, and gradients',
  'tsgrad/inspect': 'looking at computations, and checking derivatives',
  'tsgrad/linear': 'matrices, with exact derivatives of solutions',
  'tsgrad/optimise': 'minima, best fits and roots, rates of training',
  'tsgrad/special': 'special functions',
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
    const text = readFileSync(path, 'utf8')
      .replace(/^# .*$/m, `# ${entry}`)
      // classes that are no part of the API
      .replace(/^#+ (?:Overrides|Inherited from)\n\n.*\n+/gm, '')
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
async function addPlayground(folder) {
  const configFile = `${root}playground/vite.config.mjs`
  if (!existsSync(configFile)) return
  const { build } = await import('vite')
  await build({ configFile, logLevel: 'warn', build: { outDir: join(folder, 'playground') } })
}

/** VitePress says so and goes on where a page cannot be rendered: it is empty then. */
function requireWhole(folder) {
  const empty = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.html') && name !== '404.html')
    .filter(name => !readFileSync(join(folder, name), 'utf8').includes('<h1'))
  if (empty.length > 0)
    throw new Error(`these pages are empty, for a reason that is printed above: ${empty.join(', ')}`)
}

const [task, folder = `${root}site/dist`] = process.argv.slice(2)
writeApi()
if (task === 'build') {
  run('vitepress/bin/vitepress.js', 'build', 'site', '--outDir', resolve(folder))
  requireWhole(resolve(folder))
  await addPlayground(resolve(folder))
} else run('vitepress/bin/vitepress.js', 'dev', 'site', '--host', '127.0.0.1')
