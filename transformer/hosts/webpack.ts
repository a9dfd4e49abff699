/** The entry `tsgrad/webpack`. It must hold no logic of its own. */
import type { WebpackPluginInstance } from 'webpack'
import { type HostOptions, tsgrad } from './unplugin.ts'

export type { HostOptions }

const plugin: (options?: HostOptions) => WebpackPluginInstance = tsgrad.webpack
export default plugin
