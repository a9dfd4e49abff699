/** The plugin of bundled.ts for bundlers without Rollup's plugin interface. It must hold no logic of its own. */
import { createUnplugin } from 'unplugin'
import { type BundlerOptions, bundled } from './bundled.ts'
import type { OptionalPart } from './modules/tool-releases.ts'

export const tsgrad = createUnplugin<BundlerOptions | undefined, false>((options, { framework }) =>
  // these bundlers report errors as texts, and Farm's `error` ends the process
  bundled(framework as OptionalPart, options, framework === 'farm' ? 'exception' : 'text'),
)

export type { BundlerOptions }
