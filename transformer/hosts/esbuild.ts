/** The entry `tsgrad/esbuild`. It must hold no logic of its own. */
import type { Plugin } from 'esbuild'
import { setUpEsbuild } from './esbuild-setup.ts'
import { createOnDemand, type HostOptions } from './on-demand.ts'

export type { HostOptions }

export default function plugin(options: HostOptions = {}): Plugin {
  const root = process.cwd()
  return { name: 'tsgrad', setup: build => setUpEsbuild(build, createOnDemand(options, root), root) }
}
