/** The entry of the page: it loads the compiler's worker, and starts. It must not do anything else. */
import runner from 'virtual:runner'
import { createApp } from './page/app.ts'
import { createClient } from './worker/client.ts'

const worker = new Worker(new URL('./worker/compiler.worker.ts', import.meta.url), { type: 'module' })
void createApp(createClient(worker), runner)
