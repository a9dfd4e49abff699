// Writes what follows from the rules (the methods, the sweep's switch, the functions, docs/rules.md), from the catalogue of
// messages (docs/errors.md) and from the regions that pages of docs/ repeat.
// `node scripts/generate.mjs` writes; with `--check` it fails when a committed file differs from what it would write.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'
import { errorsPage } from './errors-page.mjs'
import { withIncluded } from './included.mjs'
import { partialsModule } from './partials-module.mjs'
import { rulesPage } from './rules-page.mjs'
import { functionsModule, operationsModule, propagateModule } from './runtime-modules.mjs'
import { tapedModule } from './taped-module.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')

/** The last of these modules, run from their sources: the built package cannot be asked, since it needs the files written here. */
async function load(...names) {
  const folder = mkdtempSync(join(tmpdir(), 'tsgrad-generate-'))
  const compilerOptions = { target: 'esnext', module: 'esnext', rewriteRelativeImportExtensions: true }
  const built = name => join(folder, name.replace('.ts', '.js'))
  try {
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    for (const name of names) {
      mkdirSync(dirname(built(name)), { recursive: true })
      const source = readFileSync(join(root, name), 'utf8')
      writeFileSync(built(name), ts.transpileModule(source, { compilerOptions }).outputText)
    }
    return await import(pathToFileURL(built(names.at(-1))).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function formatted(path, text) {
  if (path.endsWith('.md')) return text
  const args = [biome, 'check', '--write', `--stdin-file-path=${path}`]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, input: text, encoding: 'utf8' })
  if (status !== 0) throw new Error(`cannot format ${path}: ${stderr}`)
  return stdout
}

function committed(path) {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch {
    return ''
  }
}

const { rules } = await load('runtime/rules/rule.ts', 'runtime/rules/sigmoid-rules.ts', 'runtime/rules/rules.ts')
const { reductionPoints } = await load('runtime/rules/reduction-points.ts')
const { catalogue } = await load('transformer/report/diagnostics.ts')
const files = {
  'runtime/generated/core/operations.ts': operationsModule(rules),
  'runtime/generated/surface/taped-operations.ts': tapedModule(rules),
  'runtime/generated/core/propagate.ts': propagateModule(rules),
  'runtime/generated/surface/functions.ts': functionsModule(rules),
  'docs/rules.md': rulesPage(rules, reductionPoints),
  'docs/errors.md': errorsPage(catalogue),
}
files['runtime/generated/core/partials.ts'] = await partialsModule(rules, files)
const pages = readdirSync(join(root, 'docs'), { recursive: true }).filter(name => name.endsWith('.md'))
for (const page of pages.map(name => `docs/${name}`).filter(page => !(page in files)))
  files[page] = withIncluded(page, path => files[path] ?? committed(path))
for (const [path, text] of Object.entries(files)) {
  const wanted = formatted(path, text)
  if (committed(path) === wanted) continue
  if (process.argv.includes('--check')) {
    console.error(`${path} is not what its source gives: run \`node scripts/generate.mjs\``)
    process.exitCode = 1
  } else {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), wanted)
    console.log(`wrote ${path}`)
  }
}
