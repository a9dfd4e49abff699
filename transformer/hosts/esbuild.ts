/** The entry `tsgrad/esbuild`. It must hold no logic of its own. */
import type { Plugin } from 'esbuild'
import { setUpEsbuild } from './esbuild-setup.ts'
import { requireReleases } from './modules/tool-releases.ts'
import type { BundlerOptions } from './on-demand.ts'

export type { BundlerOptions }

export default function plugin(options: BundlerOptions = {}): Plugin {
  const root = process.cwd()
  requireReleases('esbuild', root)
  return { name: 'tsgrad', setup: build => setUpEsbuild(build, options, root) }
}
