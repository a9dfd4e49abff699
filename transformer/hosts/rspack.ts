/** The entry `tsgrad/rspack`. It must hold no logic of its own. */
import type { RspackPluginInstance } from '@rspack/core'
import type { HostOptions } from './on-demand.ts'
import { pluginFor } from './webpack-like.ts'

export type { HostOptions }

export default function plugin(options?: HostOptions): RspackPluginInstance {
  return pluginFor('rspack', options)
}
