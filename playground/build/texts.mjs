// The texts that the compiler needs on the page: the standard library, tsgrad's built declarations, those of the playground and of libraries.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { declarations as ofLibraries } from './libraries.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const library = `${root}node_modules/typescript/lib/`
const built = `${root}dist/runtime/`

/** A file of the standard library with those that it refers to. */
function libraries(name, found = {}) {
  const text = readFileSync(`${library}lib.${name}.d.ts`, 'utf8')
  found[`/lib/lib.${name}.d.ts`] = text
  for (const [, other] of text.matchAll(/^\/\/\/ <reference lib="([\w.]+)"/gm))
    if (!(`/lib/lib.${other}.d.ts` in found)) libraries(other, found)
  return found
}

/** All texts, by the name under which the compiler finds them. Needs `npm run build`. */
export function texts() {
  const declarations = readdirSync(built, { recursive: true }).filter(name => name.endsWith('.d.ts'))
  if (declarations.length === 0) throw new Error(`no declarations in ${built}: run \`npm run build\` first`)
  return {
    ...libraries('es2023'),
    ...Object.fromEntries(declarations.map(name => [`/tsgrad/runtime/${name}`, readFileSync(built + name, 'utf8')])),
    ...ofLibraries(),
    '/playground.d.ts': readFileSync(`${root}playground/api/playground.d.ts`, 'utf8'),
    '/globals.d.ts': readFileSync(`${root}playground/worker/globals.d.ts`, 'utf8'),
  }
}
