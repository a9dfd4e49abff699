/** `tsgrad init`: what becomes of scripts and configurations, and that a run changes nothing twice and can be taken back. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rewrittenScript } from '../../command/setup/scripts.ts'
import { NEW_TSCONFIG, withPlugins } from '../../command/setup/tsconfigs.ts'
import { withVitePlugin } from '../../command/setup/vite-config.ts'
import { type Files, Project, repository } from '../hosts/project.ts'

const checked = { names: ['tsconfig.json'], areCheckedOnly: true, areNative: false }
const emitting = { ...checked, areCheckedOnly: false }
const referring = { ...checked, names: ['tsconfig.app.json', 'tsconfig.node.json'] }
const native = { ...referring, areNative: true }

test.each([
  ['tsc && vite build', checked, 'tsgrad check && vite build'],
  ['tsc && vite build', emitting, 'tsgrad build && vite build'],
  ['tsc', emitting, 'tsgrad build'],
  ['tsc -w', emitting, 'tsgrad build -w'],
  ['tsc --noEmit', emitting, 'tsgrad check'],
  ['npx tsc --noEmit -p src && jest', emitting, 'tsgrad check -p src && jest'],
  ['eslint . && tsc --noEmit; echo done', emitting, 'eslint . && tsgrad check; echo done'],
  ['tsc -b && vite build', referring, 'tsgrad check && vite build'],
  ['tsc -b', { ...referring, areCheckedOnly: false }, 'tsgrad build -b'],
  [
    'tsc -b && vite build',
    native,
    'tsgrad check -p tsconfig.app.json && tsgrad check -p tsconfig.node.json && vite build',
  ],
  ['tsc -p tsconfig.app.json --noEmit', native, 'tsgrad check -p tsconfig.app.json'],
  ['tsc --version', emitting, 'tsc --version'],
  ['vue-tsc --build', referring, 'vue-tsc --build'],
  ['tsc-alias && node tsc.js && echo tsc', emitting, 'tsc-alias && node tsc.js && echo tsc'],
])('the script `%s` becomes tsgrad`s', (script, projects, wanted) => {
  expect(rewrittenScript(script, projects)).toBe(wanted)
  expect(rewrittenScript(wanted, projects)).toBe(wanted)
})

const config = (body: string) => `import { defineConfig } from "vite";\n\nexport default defineConfig({${body}});\n`
const imported = (body: string) => `import tsgrad from "tsgrad/vite";\n${config(body)}`

test.each([
  ['plugins: [react()]', 'plugins: [tsgrad(), react()]'],
  ['\n  plugins: [react()],\n', '\n  plugins: [tsgrad(), react()],\n'],
  ['\n\tplugins: [\n\t\tvue()\n\t]\n', '\n\tplugins: [\n\t\ttsgrad(),\n\t\tvue()\n\t]\n'],
  ['plugins: []', 'plugins: [tsgrad()]'],
  ['', 'plugins: [tsgrad()]'],
  [" base: '/a/' ", " plugins: [tsgrad()], base: '/a/' "],
])('the configuration {%s} gets the plugin', (body, wanted) => {
  expect(withVitePlugin(config(body))).toBe(imported(wanted))
  expect(withVitePlugin(imported(wanted))).toBe(imported(wanted))
})

test.each([
  'export default { plugins: [] }\n',
  "import { all } from './all'\nexport default defineConfig({ plugins: all })\n",
  'export default defineConfig(({ mode }) => ({ plugins: [react()] }))\n',
  '// export default defineConfig({ plugins: [] })\nexport default defineConfig(config)\n',
  'export default defineConfig({ worker: { plugins: () => [] }, base })\n',
  'const a = defineConfig({ plugins: [] })\nexport default a\n',
])('a configuration of another form is left to a person: %s', text => expect(withVitePlugin(text)).toBe(undefined))

describe('plugins of a tsconfig.json', () => {
  const both = '{ "transform": "tsgrad/transformer", "transformProgram": true }, { "name": "tsgrad/tsserver" }'
  test.each([
    ['{}', `{\n  "compilerOptions": {\n    "plugins": [${both}]\n  }\n}`],
    [
      '{ "compilerOptions": { "plugins": [{ "name": "next" }] } }',
      `{ "compilerOptions": { "plugins": [{ "name": "next" }, ${both}] } }`,
    ],
    ['{\n  // why\n  "compilerOptions": { "strict": true, }\n}', expect.stringContaining('// why')],
    [
      '{ "compilerOptions": { "plugins": [{ "name": "tsgrad/tsserver", "x": 1 }] } }',
      expect.stringContaining('"x": 1 }, { "transform"'),
    ],
  ])('%s', (text, wanted) => {
    const edited = withPlugins(text)!
    expect(edited).toEqual(wanted)
    expect(withPlugins(edited)).toBe(edited)
  })

  test('a text that is no JSON is left to a person', () => expect(withPlugins('{ a')).toBe(undefined))
  test('a new tsconfig.json has them', () => expect(withPlugins(NEW_TSCONFIG)).toBe(NEW_TSCONFIG))
})

/** Folders as templates leave them, cut to what init reads. */
const folders: Readonly<Record<string, { files: Files; names: readonly string[]; says?: string }>> = {
  'an empty folder': { files: {}, names: ['package.json', 'src/main.ts', 'tsconfig.json'] },
  'Vite and TypeScript 7, without a configuration': {
    files: {
      'package.json':
        '{\n  "scripts": { "build": "tsc && vite build" },\n  "devDependencies": { "typescript": "~7.0.2", "vite": "^8.3.4" }\n}\n',
      'tsconfig.json': '{\n  "compilerOptions": {\n    "noEmit": true,\n  },\n  "include": ["src"]\n}\n',
    },
    names: ['package.json', 'tsconfig.json', 'vite.config.ts'],
  },
  'webpack, Vue`s checker and windows line ends': {
    files: {
      'package.json':
        '{\r\n  "devDependencies": {\r\n    "typescript": "^6.0.0",\r\n    "vue-tsc": "3",\r\n    "webpack": "5"\r\n  }\r\n}\r\n',
      'tsconfig.json': '{\r\n  "compilerOptions": { "strict": true }\r\n}\r\n',
      '.vscode/extensions.json': '{}',
    },
    names: ['.vscode/settings.json', 'package.json', 'tsconfig.json'],
    says: 'init: by hand: Set up webpack: node_modules/tsgrad/docs/hosts/webpack.md',
  },
}

describe.each(Object.entries(folders))('%s', (_, { files, names, says = '' }) => {
  const project = new Project(files, {})
  for (const name of ['package.json', 'tsconfig.json']) if (!(name in files)) project.remove(name)
  const init = (...args: string[]) => project.node(join(repository, 'dist/command/main.js'), 'init', ...args)
  const now = () =>
    Object.fromEntries(Object.entries(project.all('.')).filter(([name]) => !name.startsWith('node_modules')))

  test('a diff, and no file changes', async () => {
    const { status, output } = await init()
    expect(status).toBe(0)
    expect(
      output
        .match(/^\+\+\+ b\/.*/gm)
        ?.map(line => line.slice(6))
        .sort(),
    ).toEqual(names)
    expect(output).toContain(says)
    expect(now()).toEqual(files)
  })

  test('--write changes these files, a second run none, and --undo takes it back', async () => {
    expect((await init('--write')).output).toContain(`init: ${names.length} files changed`)
    const written = now()
    expect(Object.keys(written).filter(name => written[name] !== files[name])).toEqual(names)
    for (const [name, text] of Object.entries(files))
      if (text.includes('\r\n'))
        expect([name, written[name]!.replaceAll('\r\n', '')]).toEqual([name, expect.not.stringContaining('\n')])
    expect((await init('--write')).output).toContain('init: nothing to change')
    expect(now()).toEqual(written)
    expect((await init('--undo')).status).toBe(0)
    expect(now()).toEqual(files)
    expect(await init('--undo')).toEqual({ status: 1, output: expect.stringContaining('no run with --write is known') })
  })
})

test('--undo keeps a file that was edited since, and says so', async () => {
  const project = new Project({}, {})
  project.remove('package.json')
  project.remove('tsconfig.json')
  const init = (...args: string[]) => project.node(join(repository, 'dist/command/main.js'), 'init', ...args)
  await init('--write')
  project.write({ 'src/main.ts': 'export {}\n' })
  expect((await init('--undo')).output).toContain('init: src/main.ts stays: it was edited since')
  expect(project.read('src/main.ts')).toBe('export {}\n')
  expect(project.exists('package.json')).toBe(false)
})
