/**
 * What a project needs so that its natural math compiles, checks and is understood by the editor: changed files, and what a person does.
 * It must not write.
 */
import { join } from 'node:path'
import { VERSION } from '../../transformer/build/version.ts'
import { BESIDE } from '../../transformer/hosts/modules/compiler.ts'
import type { Change } from '../disk/save.ts'
import type { Folder } from './folder.ts'
import { hasKeys, recordOf, withValue } from './json.ts'
import { rewrittenScript } from './scripts.ts'
import { tools } from './tools.ts'
import { isCheckedOnly, isOfTools, NEW_TSCONFIG, projectsOf, withPlugins } from './tsconfigs.ts'
import { newViteConfig, withVitePlugin } from './vite-config.ts'

export interface Proposal {
  readonly changes: readonly Change[]
  /** What is left to a person, a sentence each. */
  readonly byHand: readonly string[]
}

/** The release that natural math is written for where a project has no compiler, or only TypeScript 7, which tools cannot load. */
const TYPESCRIPT = '~6.0.3'

/** A text to be, `undefined` where nobody but a person can say it. */
type Edit = readonly [name: string, after: string | undefined, advice: string]

export function proposalFor(folder: Folder): Proposal {
  const edits = [
    ...tsconfigEdits(folder),
    ...viteEdits(folder),
    ...editorEdits(folder),
    manifestEdit(folder),
    ...firstFile(folder),
  ]
  const changes = edits.flatMap(([name, after]): readonly Change[] => {
    const before = folder.read(name)
    if (after === undefined || after === before) return []
    return [{ fileName: join(folder.path, name), before: before ?? '', after, isNew: before === undefined }]
  })
  const unknown = edits.flatMap(([, after, advice]) => (after === undefined ? [advice] : []))
  return { changes, byHand: [...unknown, ...otherTools(folder), ...checkers(folder)] }
}

function tsconfigEdits({ read }: Folder): readonly Edit[] {
  const names = projectsOf(read)
  if (names.length === 0) return [['tsconfig.json', NEW_TSCONFIG, '']]
  return names.flatMap(name => {
    const text = read(name)
    const advice = `${name} is not JSON that can be edited. Add to its compilerOptions.plugins: { "name": "tsgrad/tsserver" }`
    return text === undefined || isOfTools(text) ? [] : [[name, withPlugins(text), advice] as const]
  })
}

const CONFIG_ENDS = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs']

function viteEdits({ read, depends }: Folder): readonly Edit[] {
  if (!depends('vite') && !depends('vitest')) return []
  const names = ['vite', 'vitest'].flatMap(tool => CONFIG_ENDS.map(end => `${tool}.config.${end}`))
  const found = names.filter(name => read(name) !== undefined)
  if (found.length === 0) {
    const [tool, module] = depends('vite') ? (['vite', 'vite'] as const) : (['vitest', 'vitest/config'] as const)
    return [[`${tool}.config.ts`, newViteConfig(module), '']]
  }
  return found.filter(name => !isMerged(read(name)!)).map(name => [name, withVitePlugin(read(name)!), viteAdvice(name)])
}

/** A configuration of Vitest that takes the plugins of Vite's. */
const isMerged = (text: string) => /\bmergeConfig\(/.test(text)

const viteAdvice = (name: string) =>
  `${name} has a form that init does not edit. Import tsgrad from 'tsgrad/vite', and add tsgrad() to its plugins, first`

/** The server of the editor must be the one of the project. */
function editorEdits({ read, typescript = 6 }: Folder): readonly Edit[] {
  const name = '.vscode/settings.json'
  const text = read(name)
  const isUsed = text !== undefined || read('.vscode/extensions.json') !== undefined
  if (!isUsed) return []
  const sdk = `node_modules/${typescript >= 7 ? BESIDE : 'typescript'}/lib`
  const advice = `${name} is not JSON that can be edited. Set "typescript.tsdk": "${sdk}"`
  if (text !== undefined && !recordOf(text)) return [[name, undefined, advice]]
  const settings = { 'typescript.tsdk': sdk, 'typescript.enablePromptUseWorkspaceTsdk': true }
  const has = recordOf(text ?? '{}')!
  const missing = Object.entries(settings).filter(([key]) => has[key] === undefined)
  const after = missing.reduce((edited, [key, value]) => withValue(edited, [key], value), text ?? '{}\n')
  return [[name, after, advice]]
}

function manifestEdit(folder: Folder): Edit {
  const { read, manifest, typescript, depends } = folder
  const names = projectsOf(read).filter(name => !isOfTools(read(name) ?? ''))
  const projects = {
    names: projectsOf(read),
    areCheckedOnly: names.length > 0 && names.every(name => isCheckedOnly(read(name))),
    areNative: (typescript ?? 6) >= 7,
  }
  const scripts = Object.entries(manifest.scripts ?? {}).map(
    ([name, script]) => [['scripts', name], rewrittenScript(script, projects)] as const,
  )
  const needs = [
    ...(depends('svelte') && depends('vite') && !depends('svelte2tsx')
      ? [[['devDependencies', 'svelte2tsx'], '^0.7.62'] as const]
      : []),
    ...(depends('tsgrad') ? [] : [[['dependencies', 'tsgrad'], `^${VERSION}`] as const]),
    ...(typescript === undefined ? [[['devDependencies', 'typescript'], TYPESCRIPT] as const] : []),
    ...(projects.areNative && !depends(BESIDE)
      ? [[['devDependencies', BESIDE], `npm:typescript@${TYPESCRIPT}`] as const]
      : []),
  ]
  const text = read('package.json')
  const start = text ?? NEW_MANIFEST
  const values = [...scripts, ...needs].filter(([path, value]) => at(start, path) !== value)
  return ['package.json', values.reduce((edited, [path, value]) => withValue(edited, path, value), start), '']
}

function at(text: string, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (hasKeys(value) ? value[key] : undefined), recordOf(text))
}

const NEW_MANIFEST = `{
  "private": true,
  "type": "module",
  "scripts": {
    "build": "tsgrad build",
    "check": "tsgrad check"
  }
}
`

/** A folder without a package.json gets a program to start from. */
const firstFile = ({ read }: Folder): readonly Edit[] =>
  read('package.json') === undefined && read('tsconfig.json') === undefined && read('src/main.ts') === undefined
    ? [['src/main.ts', FIRST_PROGRAM, '']]
    : []

const FIRST_PROGRAM = `import { NumberWithGrad } from 'tsgrad'

const a = new NumberWithGrad(3)
const b = a * 4 + 3
b.backward()

console.log(\`b is \${b.num}\`)
console.log(\`when a grows by 1, b grows by \${a.grad}\`)
`

/** Their configurations have too many forms. */
const otherTools = ({ depends }: Folder): readonly string[] =>
  tools
    .filter(tool => !/^vite/.test(tool.package) && depends(tool.package))
    // what Vite brings is Vite's
    .filter(tool => !depends('vite') || !['rollup', 'rolldown', 'esbuild'].includes(tool.package))
    .map(({ title, page }) => `Set up ${title}: node_modules/tsgrad/docs/hosts/${page}.md`)

const CHECKERS = ['vue-tsc', 'svelte-check', 'astro']

const checkers = ({ depends }: Folder): readonly string[] =>
  CHECKERS.filter(depends).map(
    name =>
      `${name} does not know operators on classes: keep natural math in .ts files, and check these by tsgrad check`,
  )
