/** The entry `tsgrad/rollup`. It must hold no logic of its own. */
import type { Plugin } from 'rollup'
import { bundled, type HostOptions } from './bundled.ts'

export type { HostOptions }

export default function plugin(options?: HostOptions): Plugin {
  const { vite: _, enforce: __, ...own } = bundled('rollup', options)
  return own
}
