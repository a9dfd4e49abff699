/** The entry of the page: loads the compiler's worker and the page in parallel. It must not do anything else. */
const begin = () => new Worker(new URL('./worker/compiler.worker.ts', import.meta.url), { type: 'module' })
const worker = begin()
const { start } = await import('./page/start.ts')
start(worker, begin)
