/** A module whose text another plugin makes, without a file, is compiled like a file of the root; where tsgrad cannot see it, the build fails. */
import { join } from 'node:path'
import { type BuildOptions, type Plugin as EsbuildPlugin, build as esbuild } from 'esbuild'
import { rolldown } from 'rolldown'
import { type Plugin, rollup } from 'rollup'
import { build, type Plugin as VitePlugin } from 'vite'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { packages } from './fixture.ts'
import { Project, repository, tsconfig } from './project.ts'

/** The built plugin, which loads the compiler from where it is built. */
const plugin = async <P>(name: string): Promise<P> =>
  (await import(join(repository, `dist/transformer/hosts/${name}.js`))).default()

const project = new Project(
  {
    'tsconfig.json': tsconfig({ module: 'preserve', noEmit: true }),
    'src/v.ts': `import type { operators } from 'tsgrad'
export class V {
  declare readonly [operators]: { '*': 'times' }
  constructor(readonly x: number) {}
  times(k: number): V { return new V(this.x * k) }
}
export const v = new V(2)
`,
    'src/uses.ts': "import { v } from './v.ts'\nconsole.log(v * 2)\n",
  },
  packages,
)
beforeAll(() => void vi.spyOn(process, 'cwd').mockReturnValue(project.root))
afterAll(() => void vi.restoreAllMocks())

const V = `import { v } from '${project.root}/src/v.ts'\n`
/** The text of each module, and what becomes of it: a text that its JavaScript holds, or the error. */
const rows: readonly [id: string, text: string, becomes: RegExp][] = [
  ['virtual:a.ts', `${V}console.log(v * 4)`, /v\.times\(4\)/],
  ['virtual:a.ts', "import { NumberWithGrad } from 'tsgrad'\nconsole.log(new NumberWithGrad(1) * 4)", /\.mul\(4\)/],
  ['virtual:a.ts', "import { v } from './src/v.ts'\nconsole.log(v * 4)", /v\.times\(4\)/],
  ['\0virtual:a.ts', `${V}console.log(v * 4)`, /v\.times\(4\)/],
  ['\0a.tsx?v=1', `${V}console.log(v * 4)`, /v\.times\(4\)/],
  ['https://example.org/a.ts', `${V}console.log(v * 4)`, /v\.times\(4\)/],
  ['virtual:a.ts', 'console.log(3 * 4)', /log\((?:3 \* 4|12)\)/],
  ['virtual:a.ts', `${V}console.log(v & 4)`, /virtual:a\.ts:2:15.* error TS92001/],
  ['virtual:a.ts', "import { v } from '@v'\nconsole.log(v * 4)", /virtual:a\.ts:2:15.* error TS92028/],
  ['\0/p/a.ts?commonjs-proxy', `${V}console.log(v * 4)`, /v \* 4/],
  ['\0virtual:a.js', `${V}console.log(v * 4)`, /v \* 4/],
]

/** The plugin that makes the module `id`; all that it imports stays outside. */
const making = (id: string, text: string) => ({
  name: 'making',
  resolveId: (name: string) => (name === 'entry' ? id : { id: name, external: true }),
  load: (name: string) => (name === id ? text : null),
})
type Bundle = (id: string, text: string) => Promise<string>
const bundles: Record<string, Bundle> = {
  rollup: async (id, text) => {
    const made = await rollup({
      input: 'entry',
      treeshake: false,
      plugins: [await plugin<Plugin>('rollup'), making(id, text) as Plugin],
    })
    return (await made.generate({})).output[0].code
  },
  rolldown: async (id, text) => {
    const options = {
      input: 'entry',
      treeshake: false,
      plugins: [await plugin<never>('rolldown'), making(id, text) as never],
    }
    return (await (await rolldown(options)).generate()).output[0].code
  },
  vite: async (id, text) => {
    const made = await build({
      ...{ root: project.root, configFile: false, logLevel: 'silent' },
      plugins: [await plugin<VitePlugin>('vite'), making(id, text) as VitePlugin],
      build: { write: false, minify: false, rolldownOptions: { input: 'entry', treeshake: false } },
    })
    return (made as { output: { code: string }[] }).output[0]!.code
  },
}
const resultOf = async (bundle: Bundle, id: string, text: string) => {
  try {
    return await bundle(id, text)
  } catch (error) {
    return String(error)
  }
}

test.each(Object.keys(bundles).flatMap(name => rows.map(([id, text, becomes]) => [name, id, becomes, text] as const)))(
  '%s, %j: %s',
  async (name, id, becomes, text) => {
    expect(await resultOf(bundles[name]!, id, text)).toMatch(becomes)
  },
)

test.each(Object.keys(bundles))(
  '%s: a query that nobody knows leaves a file what it is, unless it asks for its text',
  async name => {
    const id = `${project.root}/src/uses.ts`
    const text = project.read('src/uses.ts')
    expect(await resultOf(bundles[name]!, `${id}?x=1`, text)).toMatch(/v\.times\(2\)/)
    expect(await resultOf(bundles[name]!, `${id}?text`, text)).toMatch(/v \* 2/)
    expect(await resultOf(bundles[name]!, `${id}?x=1`, text.replace('2', '3'))).toMatch(/v \* 3/)
  },
)

describe('esbuild, which asks one plugin alone', () => {
  const loading = (text: string, loader: 'ts' | 'js', namespace = 'made'): EsbuildPlugin => ({
    name: 'loading',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^entry$/ }, () =>
        namespace === 'file' ? { path: `${project.root}/src/uses.ts` } : { path: 'a', namespace },
      )
      onLoad({ filter: /(?:^a|uses\.ts)$/, namespace }, () => ({ contents: text, loader, resolveDir: project.root }))
    },
  })
  const built = async (plugins: EsbuildPlugin[], input: BuildOptions = { entryPoints: ['entry'] }) => {
    try {
      const options = { ...input, bundle: true, write: false, treeShaking: false }
      const { outputFiles } = await esbuild({ ...options, absWorkingDir: project.root, logLevel: 'silent', plugins })
      return outputFiles![0]!.text
    } catch (error) {
      return String(error)
    }
  }

  test('what a plugin behind tsgrad loads is lowered', async () => {
    const other = loading(`${V}export default v * 4`, 'ts')
    expect(await built([await plugin<EsbuildPlugin>('esbuild'), other])).toContain('v.times(4)')
    // the same plugin, in another build
    expect(await built([await plugin<EsbuildPlugin>('esbuild'), other])).toContain('v.times(4)')
    expect(await built([await plugin<EsbuildPlugin>('esbuild'), loading(`${V}export default v & 4`, 'ts')])).toContain(
      'TS92001',
    )
    expect(await built([await plugin<EsbuildPlugin>('esbuild'), loading(`${V}export default v * 4`, 'js')])).toContain(
      'v * 4',
    )
  })

  test.each(['made', 'file'])('what one before it loads is an error, %s', async namespace => {
    const other = loading(`${V}export default v * 4`, 'ts', namespace)
    expect(await built([other, await plugin<EsbuildPlugin>('esbuild')])).toMatch(
      /error TS93024: The module .* A plugin before tsgrad/,
    )
    expect(await built([await plugin<EsbuildPlugin>('esbuild'), other])).toMatch(/v\.times\([24]\)/)
  })

  test('a query leaves a file what it is, and a loader is found by the name', async () => {
    const query = { stdin: { contents: "import './src/uses.ts?x'", resolveDir: project.root } }
    expect(await built([await plugin<EsbuildPlugin>('esbuild')], query)).toContain('v.times(2)')
    const text = { stdin: { contents: "import './src/gone.ts?x'", resolveDir: project.root } }
    const making: EsbuildPlugin = {
      name: 'making',
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /gone/ }, () => ({ path: `${project.root}/src/gone.ts`, namespace: 'made' }))
        onLoad({ filter: /gone/, namespace: 'made' }, () => ({
          contents: Buffer.from("import { v } from './v.ts'\nconsole.log(v * 4)"),
          ...{ loader: 'default' as const, resolveDir: `${project.root}/src` },
        }))
      },
    }
    expect(await built([await plugin<EsbuildPlugin>('esbuild'), making], text)).toContain('v.times(4)')
  })

  test('natural math in `stdin`, for which no plugin is asked, is an error', async () => {
    const given = async (contents: string, loader: 'ts' | 'js') =>
      built([await plugin<EsbuildPlugin>('esbuild')], { stdin: { contents, loader, resolveDir: project.root } })
    expect(await given(`${V}console.log(v * 4)`, 'ts')).toContain('error TS93024: The module <stdin>')
    expect(await given(`${V}console.log(v & 4)`, 'ts')).toContain('error TS92001')
    expect(await given('console.log(3 * 4)', 'ts')).toContain('3 * 4')
    expect(await given(`${V}console.log(v * 4)`, 'js')).toContain('v * 4')
  })

  test('files that the build calls TypeScript are sources, whatever their names say', async () => {
    project.write({
      'src/sheet.rates': "import { v } from './v.ts'\nexport const twice: number = 2\nconsole.log(v * twice)\n",
      'src/wrong.rates': "import { v } from './v.ts'\nconsole.log(v & 2)\n",
      'src/plain.rates': 'export const three: number = 3 * 1\nconsole.log(three)\n',
    })
    const given = async (name: string) =>
      built([await plugin<EsbuildPlugin>('esbuild')], {
        entryPoints: [`src/${name}.rates`],
        loader: { '.rates': 'ts' },
      })
    expect(await given('sheet')).toContain('v.times(twice)')
    expect(await given('wrong')).toMatch(/wrong\.rates:2:14: ERROR: .*TS92001/)
    expect(await given('plain')).toContain('3 * 1')
  })

  test('what one before it loads is none where it can hold no natural math', async () => {
    expect(await built([loading('export default 3 * 4', 'ts'), await plugin<EsbuildPlugin>('esbuild')])).toContain(
      '3 * 4',
    )
  })
})
