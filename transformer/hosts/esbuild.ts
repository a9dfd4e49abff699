/** The entry `tsgrad/esbuild`. It must hold no logic of its own. */
import type { Plugin } from 'esbuild'
import { setUpEsbuild } from './esbuild-setup.ts'
import { requireReleases } from './modules/tool-releases.ts'
import { createOnDemand, type HostOptions } from './on-demand.ts'

export type { HostOptions }

export default function plugin(options: HostOptions = {}): Plugin {
  const root = process.cwd()
  requireReleases('esbuild', root)
  return { name: 'tsgrad', setup: build => setUpEsbuild(build, createOnDemand(options, root), root) }
}
