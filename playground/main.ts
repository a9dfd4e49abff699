/** The entry of the page: it loads the compiler's worker, and the page beside it. It must not do anything else. */
const begin = () => new Worker(new URL('./worker/compiler.worker.ts', import.meta.url), { type: 'module' })
const worker = begin()
const { start } = await import('./page/start.ts')
start(worker, begin)
