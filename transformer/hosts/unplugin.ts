/** The plugin of bundled.ts for bundlers that do not speak Rollup's language. It must hold no logic of its own. */
import { createUnplugin } from 'unplugin'
import { bundled, type HostOptions } from './bundled.ts'

export const tsgrad = createUnplugin<HostOptions | undefined, false>((options, { framework }) =>
  // errors of these bundlers are texts, and Farm's `error` ends the process
  bundled(options, framework === 'farm' ? 'exception' : 'text'),
)

export type { HostOptions }
