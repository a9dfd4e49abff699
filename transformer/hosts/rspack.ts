/** The entry `tsgrad/rspack`. It must hold no logic of its own. */
import type { RspackPluginInstance } from '@rspack/core'
import { type HostOptions, tsgrad } from './unplugin.ts'

export type { HostOptions }

export default function plugin(options?: HostOptions): RspackPluginInstance {
  return tsgrad.rspack(options)
}
