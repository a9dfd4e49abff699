/** The extension for VS Code: a server that is started as VS Code starts its own understands natural math without any set-up. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { command, Project, repository } from '../hosts/project.ts'
import { Editor, type EditorOptions } from './editor.ts'
import * as sources from './fixture.ts'
import { COMPILERS } from './server.ts'

const folder = new Project({}, {}).root
const vsix = join(folder, 'tsgrad.vsix')
const made = await command('node', ['scripts/vscode.mjs', vsix])

/** As VS Code installs it. */
const files = Object.entries(unzipSync(readFileSync(vsix)))
for (const [name, bytes] of files) {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), bytes)
}
const extension = join(folder, 'extension')
const { contributes, version } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8')) as {
  version: string
  contributes: { typescriptServerPlugins: readonly { name: string }[] }
}
const plugins = contributes.typescriptServerPlugins.map(({ name }) => name)

test('it holds what its manifest names, and the version of the package', () => {
  expect(made.status).toBe(0)
  const manifest = strFromU8(Object.fromEntries(files)['extension.vsixmanifest']!)
  for (const [, path] of manifest.matchAll(/Path="([^"]*)"/g)) expect(files.map(([name]) => name)).toContain(path)
  expect(version).toBe(JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')).version)
  expect(manifest).toContain(`Version="${version}"`)
})

test('a service that has the plugin is not wrapped again', () => {
  const init = createRequire(import.meta.url)(
    join(extension, 'node_modules/tsgrad-tsserver'),
  ) as ts.server.PluginModuleFactory
  const info = { languageService: { knowsOperators: () => true } } as unknown as ts.server.PluginCreateInfo
  expect(init({ typescript: ts }).create(info)).toBe(info.languageService)
})

const texts = { 'vec.ts': sources.vec, 'main.ts': sources.main, 'wrong.ts': sources.wrong }

/** What an editor shows of the project. */
async function shownBy(options: EditorOptions) {
  const editor = new Editor(texts, { options: { noUncheckedIndexedAccess: true }, ...options })
  try {
    const errors = await Promise.all(Object.keys(texts).map(name => editor.errors(name)))
    const asked = ['quickinfo', 'definition', 'references', 'documentHighlights', 'rename'].map(command =>
      editor.ask(command, 'main.ts', 'p ‸+ p', { filesToSearch: [editor.path('main.ts')] }),
    )
    const whole = await editor.server.ask('encodedSemanticClassifications-full', {
      file: editor.path('main.ts'),
      ...{ start: 0, length: sources.main.length, format: '2020' },
    })
    const text = JSON.stringify([errors, await Promise.all(asked), whole])
    return text.replaceAll(dirname(dirname(editor.path('main.ts'))), '')
  } finally {
    editor.server.close()
  }
}

describe.each(Object.entries(COMPILERS))('%s', (_, compiler) => {
  test.each([
    ['a project that names no plugin', false],
    ['a project that names the plugin itself', true],
  ])('%s is shown as with the plugin alone', async (_title, plugin) => {
    const alone = await shownBy({ compiler })
    expect(alone).toContain('(operator) Vec + Vec: Vec')
    expect(alone).toContain('TS92001')
    expect(await shownBy({ compiler, plugin, plugins, probe: extension })).toBe(alone)
  })
})
