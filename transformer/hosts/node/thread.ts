/** The hooks for a Node that has them in a thread of their own, before 22.15. It must hold no logic of its own. */
import { createModuleLowerer } from '../modules/module-lowering.ts'
import { createOnDemand } from '../on-demand.ts'
import * as sources from './lowered-source.ts'
import { type LoadedModule, loweredLoaded, SOURCE_URL, withAdvice } from './modules.ts'

// all is loaded at once: the thread cannot require ES modules beside the hooks of tsx
const files = createOnDemand({}, process.cwd(), createModuleLowerer)

export async function load(
  url: string,
  context: object,
  next: (url: string, context: object) => Promise<LoadedModule>,
): Promise<LoadedModule> {
  if (!SOURCE_URL.test(url)) return next(url, context)
  try {
    const loaded = await next(url, context)
    // CommonJS without a text is compiled in the main thread
    return loaded.source == null ? loaded : loweredLoaded(files, url, loaded, () => sources)
  } catch (error) {
    throw withAdvice(error)
  }
}
