/** The entry `tsgrad/rollup`. It must hold no logic of its own. */
import type { Plugin } from 'rollup'
import { type BundlerOptions, bundled } from './bundled.ts'

export type { BundlerOptions }

export default function plugin(options?: BundlerOptions): Plugin {
  const { vite: _, enforce: __, ...own } = bundled('rollup', options)
  return own
}
