/** The entry `tsgrad/rolldown`. It must hold no logic of its own. */
import type { Plugin } from 'rolldown'
import { type HostOptions, tsgrad } from './unplugin.ts'

export type { HostOptions }

const plugin: (options?: HostOptions) => Plugin = tsgrad.rolldown
export default plugin
