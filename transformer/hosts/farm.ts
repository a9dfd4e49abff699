/** The entry `tsgrad/farm`. It must hold no logic of its own. */
import type { JsPlugin } from '@farmfe/core'
import { type HostOptions, tsgrad } from './unplugin.ts'

export type { HostOptions }

const plugin: (options?: HostOptions) => JsPlugin = tsgrad.farm
export default plugin
