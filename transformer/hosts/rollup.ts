/** The entry `tsgrad/rollup`. It must hold no logic of its own. */
import type { Plugin } from 'rollup'
import { type HostOptions, tsgrad } from './unplugin.ts'

export type { HostOptions }

const plugin: (options?: HostOptions) => Plugin = tsgrad.rollup
export default plugin
