/** The entry `tsgrad/esbuild`. It must hold no logic of its own. */
import type { Plugin } from 'esbuild'
import { type HostOptions, tsgrad } from './unplugin.ts'

export type { HostOptions }

const plugin: (options?: HostOptions) => Plugin = tsgrad.esbuild
export default plugin
