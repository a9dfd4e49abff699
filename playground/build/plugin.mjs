// Vite's part of the build: the compiler's texts, the runner and the compiled examples as modules that hold them.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { compiledExamples } from './compiled.mjs'
import { scripts } from './libraries.mjs'
import { texts } from './texts.mjs'

const runner = fileURLToPath(new URL('../run/runner.ts', import.meta.url))

/** The runner as one script: it runs where no other file can be loaded. */
async function runnerScript(watch) {
  const bundle = await rolldown({ input: runner, platform: 'browser' })
  const { output } = await bundle.generate({ format: 'iife', minify: true })
  for (const { modules } of output) for (const name of Object.keys(modules ?? {})) watch(name)
  await bundle.close()
  return output[0].code
}

/** The page takes nothing from elsewhere. The frame of programs inherits this, so its one script is named by its hash. */
function policy() {
  const sandbox = readFileSync(fileURLToPath(new URL('../run/sandbox.ts', import.meta.url)), 'utf8')
  const [, relay] = /const RELAY = `([^`]*)`/.exec(sandbox)
  const hash = createHash('sha256').update(relay).digest('base64')
  const rules = {
    'default-src': "'none'",
    'script-src': `'self' blob: 'sha256-${hash}'`,
    'worker-src': "'self' blob:",
    // the editor writes its own style sheet
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
  }
  return Object.entries(rules)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')
}

export function playground() {
  const made = {
    'virtual:texts': () => texts(),
    'virtual:runner': watch => runnerScript(watch),
    'virtual:libraries': () => scripts(),
    'virtual:compiled': watch => compiledExamples(watch),
  }
  return {
    name: 'playground',
    resolveId: id => (id in made ? `\0${id}` : null),
    async load(id) {
      const make = made[id.slice(1)]
      if (!id.startsWith('\0virtual:') || !make) return null
      return `export default ${JSON.stringify(await make(name => this.addWatchFile(name)))}`
    },
    // as a module of CommonJS it would be read twice: when the worker is loaded, and again when it is required
    transform(code, id) {
      if (!id.endsWith('/typescript/lib/typescript.js')) return null
      const body = code.replace('typeof module !== "undefined" && module.exports', 'false')
      return { code: `${body.replace('module.exports = v', '')}\nexport default ts`, map: null }
    },
    // the page is asked for at once, while the worker is started
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter(
          // most programs do without the libraries
          ({ isDynamicEntry, facadeModuleId }) => isDynamicEntry && facadeModuleId !== '\0virtual:libraries',
        )
        const preloads = chunks.map(({ fileName }) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${fileName}` },
          injectTo: 'head',
        }))
        // Vite's dev server has scripts of its own in the page
        if (!bundle) return preloads
        const attrs = { 'http-equiv': 'Content-Security-Policy', content: policy() }
        return [{ tag: 'meta', attrs, injectTo: 'head-prepend' }, ...preloads]
      },
    },
  }
}
