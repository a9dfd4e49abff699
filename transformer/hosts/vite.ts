/** The entry `tsgrad/vite`. It must not know how modules are lowered. */
import type { Plugin } from 'vite'
import { bundled, type HostOptions } from './bundled.ts'

export type { HostOptions }

export default function plugin(options?: HostOptions): Plugin {
  const { vite, ...own } = bundled('vite', options)
  const { name, transform } = own
  // the dev server bundles packages apart; it looks through the project's files too, which need no lowering for that
  const ofPackages = { name, transform: { ...transform, filter: { id: PACKAGED } } }
  return {
    ...own,
    ...vite,
    config: () => ({
      // Vite builds a worker apart, with these plugins alone; a text that another tsgrad has lowered stays the same
      worker: { plugins: () => [own] },
      optimizeDeps: { rolldownOptions: { plugins: [ofPackages] } },
    }),
  }
}

/** TypeScript in packages, as few packages have it. */
const PACKAGED = /[\\/]node_modules[\\/].*\.[mc]?tsx?$/
