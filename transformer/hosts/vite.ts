/** The entry `tsgrad/vite`. It must hold no logic of its own. */
import type { Plugin } from 'vite'
import { type HostOptions, tsgrad } from './unplugin.ts'

export type { HostOptions }

const plugin: (options?: HostOptions) => Plugin = tsgrad.vite
export default plugin
