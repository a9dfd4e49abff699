/** The entry `tsgrad/farm`. It must hold no logic of its own. */
import type { JsPlugin } from '@farmfe/core'
import { type BundlerOptions, tsgrad } from './unplugin.ts'

export type { BundlerOptions }

const plugin: (options?: BundlerOptions) => JsPlugin = tsgrad.farm
export default plugin
