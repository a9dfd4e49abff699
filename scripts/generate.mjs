// Writes what follows from the rules: the methods, the sweep's switch, the functions and docs/rules.md.
// `node scripts/generate.mjs` writes; with `--check` it fails when a committed file differs from what it would write.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'
import { partialsModule } from './partials-module.mjs'
import { rulesPage } from './rules-page.mjs'
import { functionsModule, operationsModule, propagateModule } from './runtime-modules.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')

/** The tables, run from their source: the built package cannot be asked, since it needs the files written here. */
async function loadTables() {
  const folder = mkdtempSync(join(tmpdir(), 'tsgrad-rules-'))
  const compilerOptions = { target: 'esnext', module: 'esnext', rewriteRelativeImportExtensions: true }
  try {
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    for (const name of ['rule', 'sigmoid-rules', 'rules', 'reduction-points']) {
      const source = readFileSync(join(root, `runtime/${name}.ts`), 'utf8')
      writeFileSync(join(folder, `${name}.js`), ts.transpileModule(source, { compilerOptions }).outputText)
    }
    const load = name => import(pathToFileURL(join(folder, `${name}.js`)).href)
    return { ...(await load('rules')), ...(await load('reduction-points')) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function formatted(path, text) {
  if (path.endsWith('.md')) return text
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, 'format', `--stdin-file-path=${path}`], {
    cwd: root,
    input: text,
    encoding: 'utf8',
  })
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

const { rules, reductionPoints } = await loadTables()
const files = {
  'runtime/operations.ts': operationsModule(rules),
  'runtime/propagate.ts': propagateModule(rules),
  'runtime/functions.ts': functionsModule(rules),
  'docs/rules.md': rulesPage(rules, reductionPoints),
}
files['runtime/partials.ts'] = await partialsModule(rules, files)
for (const [path, text] of Object.entries(files)) {
  const wanted = formatted(path, text)
  if (committed(path) === wanted) continue
  if (process.argv.includes('--check')) {
    console.error(`${path} is not what runtime/rules.ts gives: run \`node scripts/generate.mjs\``)
    process.exitCode = 1
  } else {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), wanted)
    console.log(`wrote ${path}`)
  }
}
