/** The entry `tsgrad/vite`. It must hold no logic of its own. */
import type { Plugin } from 'vite'
import { bundled, type HostOptions } from './bundled.ts'

export type { HostOptions }

export default function plugin(options?: HostOptions): Plugin {
  const { vite, ...own } = bundled('vite', options)
  return { ...own, ...vite }
}
