/**
 * The entry `tsgrad/deno`: `deno run --preload npm:tsgrad/deno file.ts` lowers the files that are imported. It loads all of tsgrad at once,
 * since Deno's hooks are synchronous and its `require` takes no ES module that imports others. It must hold no logic of its own.
 */
import * as nodeModule from 'node:module'
import { createModuleLowerer } from './modules/module-lowering.ts'
import { refuseWorkers } from './node/deno-workers.ts'
import * as sources from './node/lowered-source.ts'
import { type LoadHook, loweredModule } from './node/modules.ts'
import { createOnDemand } from './on-demand.ts'

const files = createOnDemand({}, process.cwd(), createModuleLowerer)
const { registerHooks } = nodeModule as unknown as { registerHooks(hooks: { load: LoadHook }): void }
const givenSources = () => sources
registerHooks({ load: (url, context, next) => loweredModule(files, url, () => next(url, context), givenSources) })
refuseWorkers(files)
