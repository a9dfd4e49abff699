/**
 * Where nothing can reach tsgrad when a build begins, a plugin takes no part in it, since a look at each module would cost more than the
 * module; at the end it is asked whether that still holds. It must not know bundlers.
 */
import { resolve } from 'node:path'
import { catalogue, stated } from '../../report/diagnostics.ts'
import type { OnDemand } from '../on-demand.ts'
import { FOREIGN, moduleId, SOURCE } from './module-ids.ts'

/** Whether a plugin has to take part: `entries` are named as bundlers name them, from a folder. */
export function takesPart(onDemand: OnDemand, folder: string, entries: readonly string[]): boolean {
  // a name in it, for the project of an entry that is no file
  return onDemand.concerns(['index.ts', ...entries].map(name => resolve(folder, name)))
}

/** tsgrad's own runtime: who imports it may have natural math. */
const RUNTIME = /[\\/]tsgrad[\\/]dist[\\/]runtime[\\/]/

/** What to say after a build without the plugin; undefined when none of these files can reach tsgrad. */
export function reachedSince(onDemand: OnDemand, fileNames: readonly string[]): string | undefined {
  const isRuntime = (name: string) => RUNTIME.test(name)
  const reached = fileNames.find(name => !isRuntime(name) && onDemand.concerns([name])) ?? fileNames.find(isRuntime)
  return reached && stated(catalogue.reachedSince, reached)
}

/** The source files among the modules, or files, of a build. */
export function sourcesIn(ids: Iterable<string>): readonly string[] {
  const own = [...ids].filter(id => RUNTIME.test(id) || (SOURCE.test(id) && !FOREIGN.some(each => each.test(id))))
  return [...new Set(own.map(id => moduleId(id).fileName))]
}

/** Has a bundler list what it reads, as esbuild and Bun call it: how to take the source files from what it built. It takes longer than all else here. */
export function inputsOf(options: { metafile?: boolean | undefined }, folder: string) {
  const isListed = options.metafile
  options.metafile = true
  return (result: { metafile?: { readonly inputs: object } | undefined }) => {
    const inputs = Object.keys(result.metafile?.inputs ?? {}).map(name => resolve(folder, name))
    if (!isListed) result.metafile = undefined
    return sourcesIn(inputs)
  }
}
