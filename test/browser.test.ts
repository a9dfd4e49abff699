/** The tests of the runtime pass on a page in Chromium, with the built runtime. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'
import { requireBuilt } from './built.ts'

requireBuilt('runtime')

interface Browser {
  findChromium(): string | undefined
  pageAfter(chromium: string, script: string): Promise<string>
}
const { findChromium, pageAfter }: Browser = await import('../scripts/browser.mjs' as string)

const here = fileURLToPath(new URL('.', import.meta.url))
const built = fileURLToPath(new URL('../dist/runtime/', import.meta.url))

/** Those of the runtime's tests that need nothing but the runtime. */
const files =
  'backward check check-grad create-graph custom-rule directional dispatch functions optimisers reductions sigmoid singular-points verbs'.split(
    ' ',
  )

/** The tests as one script, with the built runtime in the place of the sources. */
async function script(): Promise<string> {
  const main = `${files.map(name => `import '${here}${name}.test.ts'`).join('\n')}
    import { outcome } from '${here}browser/vitest.ts'
    document.querySelector('pre').textContent = JSON.stringify(outcome())`
  const bundle = await rolldown({
    input: 'main',
    platform: 'browser',
    treeshake: false, // a test is a side effect
    plugins: [
      {
        name: 'built runtime',
        resolveId(id) {
          if (id === 'main') return id
          if (id === 'vitest' || id === './compile.ts') return `${here}browser/${id.replace(/^\.\/|\.ts$/g, '')}.ts`
          const [, name] = /^\.\.\/runtime\/(.*)\.ts$/.exec(id) ?? []
          return name !== undefined && existsSync(`${built}${name}.js`) ? `${built}${name}.js` : null
        },
        load: id => (id === 'main' ? main : null),
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'esm' })
  return output[0].code
}

const chromium = findChromium()
if (chromium === undefined)
  console.warn("test/browser.test.ts: no Chromium; Debian's is the package chromium-headless-shell")

test.skipIf(chromium === undefined)('the runtime passes its own tests in Chromium', async () => {
  const [, text] = /<pre>(.*)<\/pre>/s.exec(await pageAfter(chromium!, await script())) ?? []
  expect(text).toMatch(/^\{/)
  const { passed, skipped, failures } = JSON.parse(
    text!.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  )
  expect(failures).toEqual([])
  expect(skipped).toBeLessThan(3)
  expect(passed).toBeGreaterThan(300)
})
