/**
 * Bundlers that ask one plugin alone for a module, as esbuild and Bun do: what plugins behind tsgrad load passes through it, and what those
 * before it load is found at the end.
 * It must not know how a module is lowered.
 */
import { dirname, resolve } from 'node:path'
import { namesFile } from '../../program/file-names.ts'
import { catalogue, stated } from '../../report/diagnostics.ts'
import type { OnDemand } from '../on-demand.ts'
import type { Input } from './inputs.ts'
import { loadedText } from './made-up.ts'
import { loaderOf, moduleId, ownSource, SOURCE } from './module-ids.ts'
import { textOnDisk } from './on-disk.ts'

/** The members of a plugin, and of what it is set up with, that both bundlers have. */
export interface LoadingPlugin {
  readonly name: string
  // a method, so that it may take more than `onLoad`
  setup(build: { onLoad(constraints: object, load: Load): unknown }): unknown
}
type Load = (args: LoadArgs) => unknown
interface LoadArgs {
  readonly path: string
  readonly namespace: string
}

/** TypeScript that a plugin loaded. */
export interface LoadedText {
  /** The file, or `namespace:path`. */
  readonly id: string
  readonly text: string
  readonly loader: 'ts' | 'tsx'
  /** Where its relative imports begin; undefined for a module without a file of which the plugin does not say it. */
  readonly resolveDir: string | undefined
}

/** What a plugin loads. */
interface Loaded {
  readonly contents?: string | Uint8Array
  readonly loader?: string
  readonly resolveDir?: string
}

/** The files that a build calls TypeScript though their names do not, as `loader: { '.rates': 'ts' }` says. JavaScript has no natural math. */
export const otherSources = (
  loaders: Readonly<Record<string, string>> = {},
): readonly { readonly filter: RegExp; readonly loader: 'ts' | 'tsx' }[] =>
  Object.entries(loaders).flatMap(([extension, loader]) =>
    (loader === 'ts' || loader === 'tsx') && !/\.[mc]?[jt]sx?$/.test(extension)
      ? [{ filter: new RegExp(`${extension.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`), loader }]
      : [],
  )

/** Hands the TypeScript that plugins behind tsgrad load to `lowered`, whose result takes its place. @returns the ids of all that they loaded. */
export function takeLoads(
  plugins: readonly LoadingPlugin[],
  lowered: (loaded: LoadedText) => object | undefined,
): Set<string> {
  const seen = new Set<string>()
  const through = ({ path, namespace }: LoadArgs, loaded: unknown) => {
    const id = namespace === 'file' ? path : `${namespace}:${path}`
    seen.add(id)
    const {
      contents,
      loader: named,
      resolveDir = namespace === 'file' ? dirname(path) : undefined,
    } = (loaded ?? {}) as Loaded
    const loader = named === 'default' && SOURCE.test(path) ? loaderOf(path) : named
    if (contents === undefined || (loader !== 'ts' && loader !== 'tsx')) return loaded
    const found = lowered({ id, text: loadedText(contents), loader, resolveDir })
    return found ? { ...(loaded as object), ...found } : loaded
  }
  for (const plugin of plugins.slice(plugins.findIndex(({ name }) => name === 'tsgrad') + 1)) {
    const { setup } = plugin
    plugin.setup = build => {
      // a plugin may be set up for several builds
      plugin.setup = setup
      const onLoad = (constraints: object, load: Load) =>
        build.onLoad(constraints, async args => through(args, await load(args)))
      // its other members may need the bundler's own object
      const own = (member: unknown) => (typeof member === 'function' ? member.bind(build) : member)
      return setup.call(
        plugin,
        new Proxy(build, { get: (_, key) => (key === 'onLoad' ? onLoad : own(Reflect.get(build, key))) }),
      )
    }
  }
  return seen
}

/** The error for the first module that a plugin before tsgrad loaded, and that may hold natural math. */
export function loadedBefore(
  inputs: readonly Input[],
  loaded: ReadonlySet<string>,
  root: string,
  { isConcerned, lower }: Pick<OnDemand, 'isConcerned' | 'lower'>,
): string | undefined {
  const others = inputs.filter(({ name }) => !loaded.has(namesFile(name) ? resolve(root, name) : name))
  const found = others.find(({ name, imports }) => {
    if (!namesFile(name))
      return imports.some(each => ownSource(each) && isConcerned(moduleId(resolve(root, each)).fileName, ''))
    const path = resolve(root, name)
    const source = ownSource(path)
    const text = source && !loaded.has(source) && !moduleId(name).isText ? textOnDisk(source) : undefined
    if (source === undefined || text === undefined) return false
    const result = lower(source, text)
    return result?.output !== undefined || (result?.errors.length ?? 0) > 0
  })
  return (
    found &&
    stated(catalogue.notSeen, found.name, 'A plugin before tsgrad loaded it: put `tsgrad()` first in `plugins`.')
  )
}
