/**
 * Where the files of a tsconfig.json lie, found without the compiler: at least all that the compiler would find.
 * It must not know what the files hold.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

export interface ConfigRoots {
  /** Files, and folders in which any file may belong to the project. */
  readonly paths: readonly string[]
  /** Whether JavaScript files belong to it as well. */
  readonly allowJs: boolean
  /** The configuration files that say so; also those of projects that it refers to. */
  readonly configs: readonly string[]
  /** Something in them is not understood: the files may lie anywhere. */
  readonly isUnclear: boolean
}

/** What the compiler passes by in a folder, where a pattern does not name it. */
export const PASSED = /[\\/](?:\.|node_modules(?:[\\/]|$))/

interface Json {
  readonly extends?: string | readonly string[]
  readonly files?: readonly string[]
  readonly include?: readonly string[]
  readonly references?: readonly { readonly path: string }[]
  readonly compilerOptions?: {
    readonly allowJs?: boolean
    readonly checkJs?: boolean
    readonly baseUrl?: string
    readonly paths?: Readonly<Record<string, readonly string[]>>
    readonly rootDirs?: readonly string[]
    readonly typeRoots?: readonly string[]
    readonly moduleSuffixes?: readonly string[]
  }
}

export function configRoots(config: string): ConfigRoots {
  const paths = new Set<string>()
  const configs = new Set<string>()
  const bases = new Set<string>()
  const aliased: { readonly folder: string; readonly target: string }[] = []
  let [allowJs, isUnclear] = [false, false]

  /** Takes what a file says for the project whose own file is `leaf`; whether it lists files. */
  const read = (file: string, leaf: string, seen: ReadonlySet<string>): boolean => {
    configs.add(file)
    const json = seen.has(file) ? undefined : parsed(file)
    if (!json) {
      isUnclear = true
      return true
    }
    const at = (path: string) => resolve(dirname(file), path.replace(CONFIG_FOLDER, dirname(leaf)))
    const { baseUrl, paths: aliases, rootDirs, typeRoots, ...options } = json.compilerOptions ?? {}
    // files of other names then
    isUnclear ||= options.moduleSuffixes !== undefined
    allowJs ||= options.allowJs === true || options.checkJs === true
    if (baseUrl !== undefined) bases.add(at(baseUrl))
    const listed = [...(json.files ?? []), ...(json.include ?? [])]
    const named = [...listed, ...(rootDirs ?? []), ...(typeRoots ?? []), ...(baseUrl === undefined ? [] : [baseUrl])]
    for (const path of named) {
      const root = withoutPattern(at(path))
      paths.add(root)
      isUnclear ||= PASSED.test(at(path).slice(root.length))
    }
    for (const target of Object.values(aliases ?? {}).flat())
      aliased.push({ folder: dirname(file), target: target.replace(CONFIG_FOLDER, dirname(leaf)) })
    for (const { path } of json.references ?? []) project(referenced(at(path)))
    const lists = [json.extends ?? []].flat().map(name => {
      const found = extended(file, name)
      if (!found) isUnclear = true
      return found === undefined || read(found, leaf, new Set([...seen, file]))
    })
    return json.files !== undefined || json.include !== undefined || lists.includes(true)
  }
  const project = (file: string) => {
    if (configs.has(file)) return
    if (!read(file, file, new Set())) paths.add(dirname(file))
  }
  project(config)
  // a base may stand in another file than what is resolved from it
  for (const { folder, target } of aliased)
    for (const base of [folder, ...bases]) paths.add(withoutPattern(resolve(base, target)))
  return { paths: [...paths], allowJs, configs: [...configs], isUnclear }
}

const CONFIG_FOLDER = /^\$\{configDir\}/
const TOKENS = /("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g
const LAST_COMMAS = /("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g

function parsed(file: string): Json | undefined {
  try {
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
    const plain = text.replace(TOKENS, (_, string) => string ?? '').replace(LAST_COMMAS, (_, string) => string ?? '')
    return JSON.parse(plain) as Json
  } catch {
    return undefined
  }
}

function extended(from: string, name: string): string | undefined {
  if (/^\.{0,2}\//.test(name)) {
    const path = resolve(dirname(from), name)
    return [path, `${path}.json`].find(isFile)
  }
  const { resolve: find } = createRequire(from)
  for (const each of [name, `${name}.json`, `${name}/tsconfig.json`])
    try {
      const found = find(each)
      if (found.endsWith('.json')) return found
    } catch {
      // the next spelling
    }
  return undefined
}

const isFile = (path: string) => existsSync(path) && statSync(path).isFile()
const referenced = (path: string) => (isFile(path) ? path : join(path, 'tsconfig.json'))

/** The folder above the first part with a wildcard. */
function withoutPattern(path: string): string {
  const first = path.search(/[*?]/)
  return first < 0 ? path : dirname(`${path.slice(0, first)}x`)
}
