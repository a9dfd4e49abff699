// The extension for VS Code as a file to install: editors/vscode with the plugin for tsserver, in dist/tsgrad.vsix.
// `npm run vscode`, then `code --install-extension dist/tsgrad.vsix`. The form: a zip with a manifest of VS Code's gallery.

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { strToU8, zipSync } from 'fflate'

const root = new URL('..', import.meta.url)
const read = path => readFileSync(new URL(path, root), 'utf8')

const { version } = JSON.parse(read('package.json'))
const extension = { ...JSON.parse(read('editors/vscode/package.json')), version }
const { name, displayName, description, publisher, engines, categories, keywords } = extension

const escaped = text => text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)

const gallery = `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${name}" Version="${version}" Publisher="${publisher}" />
    <DisplayName>${escaped(displayName)}</DisplayName>
    <Description xml:space="preserve">${escaped(description)}</Description>
    <Tags>${keywords.join(',')}</Tags>
    <Categories>${categories.join(',')}</Categories>
    <License>extension/LICENSE.txt</License>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${escaped(engines.vscode)}" />
    </Properties>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code" />
  </Installation>
  <Dependencies />
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true" />
  </Assets>
</PackageManifest>
`
const types = `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  ${['json', 'md', 'txt', 'cjs', 'vsixmanifest'].map(end => `<Default Extension=".${end}" ContentType="${end === 'json' ? 'application/json' : 'text/plain'}" />`).join('\n  ')}
</Types>
`
// tsserver looks for a plugin in node_modules of the folder that VS Code names
const plugin = 'extension/node_modules/tsgrad-tsserver'
const files = {
  '[Content_Types].xml': types,
  'extension.vsixmanifest': gallery,
  'extension/package.json': `${JSON.stringify(extension, undefined, 2)}\n`,
  'extension/README.md': read('editors/vscode/README.md'),
  'extension/LICENSE.txt': read('LICENSE'),
  [`${plugin}/package.json`]: '{ "name": "tsgrad-tsserver", "type": "commonjs", "main": "index.cjs" }\n',
  [`${plugin}/index.cjs`]: read('dist/tsserver/index.cjs'),
}
const packed = zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])))
const [target = fileURLToPath(new URL('dist/tsgrad.vsix', root))] = process.argv.slice(2)
writeFileSync(target, packed)
console.log(`${target}: ${Object.keys(files).length} files, ${packed.length} bytes`)
