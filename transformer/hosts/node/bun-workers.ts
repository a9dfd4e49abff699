/** Gives workers of Bun the preload that they do not inherit. It must not know what it loads. */

interface Options {
  readonly preload?: string | readonly string[]
}
type PreloadedWorker = new (url: string | URL, options?: Options) => object

/** Those of `node:worker_threads` cannot be had so: Bun keeps their class where nothing replaces it. */
export function preloadInWorkers(file: string): void {
  const all = globalThis as { Worker?: PreloadedWorker }
  const Own = all.Worker
  if (!Own) return
  all.Worker = class Worker extends Own {
    constructor(url: string | URL, options: Options = {}) {
      super(url, { ...options, preload: [file, ...[options.preload ?? []].flat()] })
    }
  }
}
