/**
 * Plugins of others that write declarations. They read the files themselves, with operators in them, so that the type of `a * 4` is a
 * number's. It must not know bundlers.
 */
import { catalogue, stated } from '../../report/diagnostics.ts'
import type { LoweredModule } from '../on-demand.ts'

/** The names of vite-plugin-dts and unplugin-dts, rollup-plugin-dts, and rolldown-plugin-dts with tsdown. */
const WRITERS = /^(?:unplugin-dts|vite:dts|dts|rolldown-plugin-dts:generate)$/

/** The name of the first such plugin among those of a build. */
export const declarationWriterIn = (plugins: readonly unknown[]): string | undefined =>
  plugins
    .map(each => (each as { readonly name?: unknown } | null | undefined)?.name)
    .find(name => typeof name === 'string' && WRITERS.test(name)) as string | undefined

/** A module that was lowered is an error where others write its declarations. */
export function besideWriter(found: LoweredModule | undefined, writer: string | undefined): LoweredModule | undefined {
  if (!found?.output || writer === undefined) return found
  const { code } = catalogue.declarationsOfOthers
  const error = { code, text: stated(catalogue.declarationsOfOthers, writer), place: undefined }
  return { ...found, errors: [...found.errors, error] }
}
