/** The entry `tsgrad/rolldown`. It must hold no logic of its own. */
import type { Plugin } from 'rolldown'
import { bundled, type HostOptions } from './bundled.ts'

export type { HostOptions }

export default function plugin(options?: HostOptions): Plugin {
  const { vite: _, enforce: __, ...own } = bundled('rolldown', options)
  return own
}
