/** The entry `tsgrad/rspack`. It must hold no logic of its own. */
import type { RspackPluginInstance } from '@rspack/core'
import { type HostOptions, tsgrad } from './unplugin.ts'

export type { HostOptions }

const plugin: (options?: HostOptions) => RspackPluginInstance = tsgrad.rspack
export default plugin
