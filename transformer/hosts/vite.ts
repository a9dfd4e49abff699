/** The entry `tsgrad/vite`. It must not know how modules are lowered. */
import type { Plugin } from 'vite'
import { type BundlerOptions, bundled } from './bundled.ts'

export type { BundlerOptions }

export default function plugin(options?: BundlerOptions): Plugin {
  const { vite, ...own } = bundled('vite', options)
  const { name, transform } = own
  const { writeBundle: _, ...inWorkers } = own
  // the dev server bundles packages apart; it looks through the project's files too, which need no lowering for that
  const ofPackages = { name, transform: { ...transform, filter: { id: PACKAGED } } }
  return {
    ...own,
    ...vite,
    config: () => ({
      // Vite builds a worker apart, with these plugins alone; a text that another tsgrad has lowered stays the same
      worker: { plugins: () => [inWorkers] },
      optimizeDeps: { rolldownOptions: { plugins: [ofPackages] } },
    }),
  }
}

/** TypeScript in packages, as few packages have it. */
const PACKAGED = /[\\/]node_modules[\\/].*\.[mc]?tsx?$/
