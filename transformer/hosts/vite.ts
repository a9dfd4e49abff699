/** The entry `tsgrad/vite`. It must hold no logic of its own. */
import type { Plugin } from 'vite'
import { bundled, type HostOptions } from './bundled.ts'

export type { HostOptions }

export default function plugin(options?: HostOptions): Plugin {
  const { vite, ...own } = bundled('vite', options)
  // Vite builds a worker apart, with these plugins alone; a text that another tsgrad has lowered stays the same
  return { ...own, ...vite, config: () => ({ worker: { plugins: () => [own] } }) }
}
