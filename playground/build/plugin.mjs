// Vite's part of the build: the compiler's texts and the runner as modules that hold text.

import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
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

export function playground() {
  const made = {
    'virtual:texts': () => texts(),
    'virtual:runner': watch => runnerScript(watch),
  }
  return {
    name: 'playground',
    resolveId: id => (id in made ? `\0${id}` : null),
    async load(id) {
      const make = made[id.slice(1)]
      if (!id.startsWith('\0virtual:') || !make) return null
      return `export default ${JSON.stringify(await make(name => this.addWatchFile(name)))}`
    },
  }
}
