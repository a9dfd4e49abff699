/** The entry `tsgrad/webpack`. It must hold no logic of its own. */
import type { WebpackPluginInstance } from 'webpack'
import type { HostOptions } from './on-demand.ts'
import { pluginFor } from './webpack-like.ts'

export type { HostOptions }

export default function plugin(options?: HostOptions): WebpackPluginInstance {
  return pluginFor('webpack', options)
}
