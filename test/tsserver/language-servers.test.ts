/** The settings of docs/hosts/editor.md, in the language servers that editors have: Neovim's and Zed's, which is VS Code's extension. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { blocksOf } from '../documents.ts'
import { installedPackages } from '../hosts/installed.ts'
import { installed, Project, repository, tsconfig } from '../hosts/project.ts'
import { LanguageClient } from './language-client.ts'

const modules = await installedPackages('typescript-language-server@5.3.0', '@vtsls/language-server@0.3.0')

const page = blocksOf('docs/hosts/editor.md')
  .map(({ text }) => text)
  .join('\n')
const [, ofNeovim] = /tsserver = \{ path = '(\S+)' \}/.exec(page)!
const ofZed = /"settings": (\{.*\}) *\n/.exec(page)![1]!
const [, six] = /(\S+)@npm:typescript@6/.exec(page)!

const text = `import { NumberWithGrad } from 'tsgrad'
const a = new NumberWithGrad(3)
const b = a * 4 + 3
export const wrong = b & 1
`

interface LanguageServer {
  readonly name: string
  readonly script: string
  readonly options?: object
  readonly settings?: object
}
/** Each with the folder of the TypeScript to use. */
const servers = (library: string): readonly LanguageServer[] => [
  {
    name: 'typescript-language-server',
    script: 'typescript-language-server/lib/cli.mjs',
    options: { tsserver: { path: library } },
  },
  {
    name: 'vtsls',
    script: '@vtsls/language-server/bin/vtsls.js',
    settings: JSON.parse(ofZed.replace('node_modules/typescript/lib', library)),
  },
]

const compilers = {
  'TypeScript 6': { library: ofNeovim!, packages: { typescript: 'typescript' } },
  'TypeScript 6 beside 7': {
    library: `node_modules/${six}/lib`,
    packages: { typescript: 'typescript-7', [six!]: 'typescript' },
  },
}

describe.skipIf(modules === undefined).each(Object.entries(compilers))('%s', (_, { library, packages }) => {
  test.each(servers(library))('$name shows types of operators, true errors and no others', async server => {
    const plugins = [{ name: 'tsgrad/tsserver' }]
    const project = new Project(
      { 'src/main.ts': text, 'tsconfig.json': tsconfig({ plugins }) },
      { tsgrad: installed.tsgrad },
    )
    // copied, since a server looks for plugins around the place that a link leads to
    for (const [name, from] of Object.entries(packages))
      cpSync(join(repository, 'node_modules', from), join(project.root, 'node_modules', name), { recursive: true })
    const client = new LanguageClient(project.root, join(modules!, server.script), server.settings)
    afterAll(() => client.close())
    const file = join(project.root, 'src/main.ts')
    await client.open(project.root, server.options ?? {}, file, text)
    const errors = () => client.published?.diagnostics.map(({ code, range: { start } }) => [start.line + 1, code])
    await expect.poll(errors, { timeout: 60_000 }).toEqual([[4, 92001]])
    const hover = await client.ask('textDocument/hover', {
      textDocument: { uri: `file://${file}` },
      position: { line: 2, character: text.split('\n')[2]!.indexOf('*') },
    })
    expect(JSON.stringify(hover)).toContain('(operator) NumberWithGrad * number: NumberWithGrad')
  })
})

if (modules === undefined) console.warn('test/tsserver/language-servers.test.ts: npm could not install the servers')
