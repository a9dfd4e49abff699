// The generated files by path, each with the text that follows from its source.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorsPage } from './errors-page.mjs'
import { functionsModule } from './functions-module.mjs'
import { hostPages } from './host-pages.mjs'
import { withIncluded } from './included.mjs'
import { load } from './load.mjs'
import { manifest, oldestReleases } from './manifest.mjs'
import { partialsModule, variadicModule } from './partials-module.mjs'
import { pictures } from './pictures.mjs'
import { quotedModule } from './quoted-module.mjs'
import { rulesPage } from './rules-page.mjs'
import { operationsModule, propagateModule } from './runtime-modules.mjs'
import { secondPartialsModule } from './second-partials-module.mjs'
import { specialEntry, specialModule } from './special-module.mjs'
import { specialPage } from './special-page.mjs'
import { tapedModule } from './taped-module.mjs'

const { STAND_IN } = await load('runtime/engine/node.ts')

/** The modules of the runtime that follow from a table of rules. */
export function modulesOf(rules, specialRules) {
  const count = Object.keys(rules).length
  if (count >= STAND_IN) throw new Error(`${count} rows, but ${STAND_IN} is no row's opcode: raise OPCODES`)
  return {
    'runtime/generated/core/operations.ts': operationsModule(rules),
    'runtime/generated/core/partials.ts': partialsModule(rules),
    'runtime/generated/core/propagate.ts': propagateModule(rules),
    'runtime/generated/core/second-partials.ts': secondPartialsModule(rules),
    'runtime/generated/core/variadic.ts': variadicModule(rules),
    'runtime/generated/surface/functions.ts': functionsModule(rules),
    'runtime/generated/surface/taped-operations.ts': tapedModule(rules),
    'transformer/derivative/quoted-rules.ts': quotedModule(rules, specialRules),
  }
}

/** package.json, its version as a module, and the pages with tables of hosts and libraries. */
async function hostFiles(root) {
  const path = name => join(root, name)
  if (!existsSync(path('package.json'))) return {}
  const read = name => readFileSync(path(name), 'utf8')
  const tables = {}
  for (const name of ['host', 'hosts', 'libraries', 'compilers'])
    Object.assign(tables, await load(`scripts/tables/${name}.ts`, root))
  const written = manifest(read('package.json'), tables)
  return {
    'package.json': written,
    'transformer/build/version.ts': versionModule(JSON.parse(written)),
    'transformer/hosts/modules/oldest-releases.ts': oldestModule(oldestReleases(tables.hosts)),
    'command/setup/tools.ts': toolsModule(tables.hosts),
    ...hostPages({ ...tables, manifest: JSON.parse(written) }, read),
  }
}

/** The one fact of package.json that the transformer needs; it may not read files. */
const versionModule = ({ version }) => `/**
 * The version of the package, for all that must not outlive it. It must not hold anything else.
 * Generated from package.json by scripts/generate.mjs.
 */
/** Part of the version of each lowered text: incremental builds and caches start anew with each release. */
export const VERSION = '${version}'
`

/** What adapters check when they are loaded. */
const oldestModule = oldest => `/**
 * The oldest releases of the tools that each optional part of tsgrad works with, by its entry or command. It must not hold anything else.
 * Generated from the tables of hosts by scripts/generate.mjs.
 */
export const oldestReleases = ${JSON.stringify(oldest)} as const
`

/** What `tsgrad init` looks for, and the page that says how it is set up. */
const toolsModule = hosts => `/**
 * The tools that tsgrad takes part in, by the package that a project has, each with its page. It must not hold anything else.
 * Generated from the tables of hosts by scripts/generate.mjs.
 */
export const tools = ${JSON.stringify(
  hosts
    .filter(({ kind }) => /bundler|runner|linter/.test(kind))
    .map(({ name, title, tried, releases }) => ({
      package: tried?.[0] ?? Object.keys(releases)[0],
      title,
      page: name,
    })),
)} as const
`

/** All of them, from the rules, tables and pages below `root`, and the messages of the repository. */
export async function generated(root) {
  const { rules } = await load('runtime/rules/rules.ts', root)
  const { pins } = await load('runtime/rules/pins.ts', root)
  const { reductionPoints } = await load('runtime/rules/reduction-points.ts', root)
  const { catalogue } = await load('transformer/report/diagnostics.ts')
  const { specialRules } = await load('runtime/rules/special-rules.ts', root)
  const { accuracy, specialPins } = await load('runtime/rules/special-pins.ts', root)
  const files = {
    ...modulesOf(rules, specialRules),
    'runtime/generated/surface/special-functions.ts': specialModule(rules, specialRules),
    'runtime/special.ts': specialEntry(specialRules),
    'docs/rules.md': rulesPage(rules, pins, reductionPoints),
    'docs/special.md': specialPage(specialRules, specialPins, accuracy),
    'docs/errors.md': errorsPage(catalogue),
    ...picturesBelow(root),
  }
  const pieces = await hostFiles(root)
  const read = path => files[path] ?? pieces[path] ?? readFileSync(join(root, path), 'utf8')
  const others = pagesBelow(root).filter(page => !(page in files))
  return { ...files, ...pieces, ...Object.fromEntries(others.map(page => [page, withIncluded(page, read)])) }
}

/** In the colours of the site. */
function picturesBelow(root) {
  const palette = join(root, 'site/palette.css')
  return existsSync(palette) ? pictures(readFileSync(palette, 'utf8')) : {}
}

/** The pages of docs/. */
function pagesBelow(root) {
  if (!existsSync(join(root, 'docs'))) return []
  const names = readdirSync(join(root, 'docs'), { recursive: true }).filter(name => name.endsWith('.md'))
  return names.map(name => `docs/${name.replaceAll('\\', '/')}`)
}
