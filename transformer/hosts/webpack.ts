/** The entry `tsgrad/webpack`. It must hold no logic of its own. */
import type { WebpackPluginInstance } from 'webpack'
import { type BundlerOptions, tsgrad } from './unplugin.ts'

export type { BundlerOptions }

export default function plugin(options?: BundlerOptions): WebpackPluginInstance {
  return tsgrad.webpack(options)
}
