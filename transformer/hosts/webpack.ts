/** The entry `tsgrad/webpack`. It must hold no logic of its own. */
import type { WebpackPluginInstance } from 'webpack'
import { type HostOptions, tsgrad } from './unplugin.ts'

export type { HostOptions }

export default function plugin(options?: HostOptions): WebpackPluginInstance {
  return tsgrad.webpack(options)
}
