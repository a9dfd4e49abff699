/** The entry `tsgrad/rspack`. It must hold no logic of its own. */
import type { RspackPluginInstance } from '@rspack/core'
import { type BundlerOptions, tsgrad } from './unplugin.ts'

export type { BundlerOptions }

export default function plugin(options?: BundlerOptions): RspackPluginInstance {
  return tsgrad.rspack(options)
}
