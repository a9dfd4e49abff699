/** The built runtime knows nothing of Node: no name of it, and its own tests pass on a page in Chromium. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { walk } from '../transformer/syntax/walk.ts'
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

test('the runtime names nothing that only Node has', () => {
  const names: string[] = []
  for (const file of readdirSync(built, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.js'))) {
    const source = ts.createSourceFile(file, readFileSync(built + file, 'utf8'), ts.ScriptTarget.ES2023)
    walk(ts, source, node => {
      if (ts.isIdentifier(node)) names.push(node.text)
    })
  }
  expect(names.length).toBeGreaterThan(5000)
  const ofNode = [
    'process',
    'Buffer',
    'global',
    'require',
    'module',
    'exports',
    '__dirname',
    '__filename',
    'setImmediate',
  ]
  expect(names.filter(name => ofNode.includes(name))).toEqual([])
})

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
