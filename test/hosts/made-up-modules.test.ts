/** A module whose text another plugin makes, without a file: it is refused where it imports tsgrad, and left alone where it does not. */
import { rolldown } from 'rolldown'
import { type Plugin, rollup } from 'rollup'
import { build, type Plugin as VitePlugin } from 'vite'
import { expect, test } from 'vitest'
import inRolldown from '../../transformer/hosts/rolldown.ts'
import inRollup from '../../transformer/hosts/rollup.ts'
import inVite from '../../transformer/hosts/vite.ts'

const using = "import { NumberWithGrad } from 'tsgrad'\nexport default new NumberWithGrad(1) * 2"
const rows: readonly [id: string, text: string, isRefused: boolean][] = [
  ['virtual:a.ts', using, true],
  ['\0virtual:a.ts', using, true],
  ['\0a.tsx?v=1', "import('tsgrad/inspect')", true],
  ['https://example.org/a.ts', 'import"tsgrad"', true],
  ['\0virtual:a.ts', "export default 1 * 2 // in '/home/me/tsgrad/src'", false],
  ['\0/p/a.ts?commonjs-proxy', using, false],
  ['\0virtual:a.js', using, false],
]
/** The plugin that makes the module `id`. */
const making = (id: string, text: string) => ({
  name: 'making',
  resolveId: (name: string) => (name === 'entry' ? id : { id: name, external: true }),
  load: (name: string) => (name === id ? text : null),
})
const bundle: Record<string, (made: Plugin) => Promise<unknown>> = {
  rollup: made => rollup({ input: 'entry', plugins: [inRollup(), made] }),
  rolldown: async made => {
    const bundling = await rolldown({ input: 'entry', plugins: [inRolldown(), made as never] })
    return bundling.generate()
  },
  vite: made =>
    build({
      configFile: false,
      logLevel: 'silent',
      plugins: [inVite(), made as VitePlugin],
      build: { write: false, rolldownOptions: { input: 'entry' } },
    }),
}

test.each(Object.keys(bundle).flatMap(name => rows.map(row => [name, ...row] as const)))(
  '%s, %j with %j: refused %s',
  async (name, id, text, isRefused) => {
    const bundled = bundle[name]!(making(id, text))
    if (isRefused) await expect(bundled).rejects.toThrow(`TS93024: The module ${id} uses tsgrad, but it has no file`)
    else await bundled
  },
)
