// The examples as the page's own compiler compiles them, when the page is built: so they can run before it is loaded.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import ts from 'typescript'
import { texts } from './texts.mjs'

const service = fileURLToPath(new URL('../worker/service.ts', import.meta.url))
const programs = fileURLToPath(new URL('../examples/programs/', import.meta.url))

/** The compiler of the page, run here. */
async function createService(watch) {
  const bundle = await rolldown({ input: service, platform: 'neutral' })
  const { output } = await bundle.generate({ format: 'es' })
  await bundle.close()
  for (const name of Object.keys(output[0].modules)) watch(name)
  const module = await import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`)
  return module.createService(ts, texts())
}

/** What became of the text of each example, by that text. */
export async function compiledExamples(watch) {
  const { compile } = await createService(watch)
  const names = readdirSync(programs).filter(name => name.endsWith('.ts'))
  const found = names.map(name => {
    watch(programs + name)
    const text = readFileSync(programs + name, 'utf8')
    // it takes no time on the page
    return [text, { ...compile(text), milliseconds: 0 }]
  })
  return Object.fromEntries(found)
}
