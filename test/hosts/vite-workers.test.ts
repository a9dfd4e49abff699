/** Vite builds a worker apart from the page, with plugins of its own: its natural math is lowered like that of the page. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packages } from './fixture.ts'
import { Project, repository, tsconfig } from './project.ts'

const vec = `import type { operators } from 'tsgrad'
export class Vec {
  declare readonly [operators]: { '*': 'times' }
  constructor(readonly x: number) {}
  times(factor: number) {
    return new Vec(this.x * factor)
  }
}
`
const worker = `import { Vec } from './vec.ts'
postMessage((new Vec(2) * 4).x)
`
const url = `new URL('./train.ts', import.meta.url), { type: 'module' }`
const page = (start: string) => `import Query from './train.ts?worker'
import Inline from './train.ts?worker&inline'
export const started = [${start}, Query, Inline]
`
const config = (worker: string) => `import tsgrad from 'tsgrad/vite'
const lib = { entry: 'src/main.ts', formats: ['es'], fileName: 'main' }
export default { plugins: [tsgrad()], ${worker} build: { outDir: 'out', minify: false, lib } }
`
const rows = [
  { name: 'Worker and SharedWorker', start: `new Worker(${url}), new SharedWorker(${url})`, worker: '' },
  { name: 'Worker, built as a module', start: `new Worker(${url})`, worker: `worker: { format: 'es' },` },
  {
    name: 'Worker, with tsgrad in worker.plugins',
    start: `new Worker(${url})`,
    worker: `worker: { plugins: () => [tsgrad()] },`,
  },
]

test.each(rows)('a worker is lowered, by its URL, by ?worker and inline: $name', async ({ start, worker: option }) => {
  const project = new Project(
    {
      'tsconfig.json': tsconfig({
        module: 'esnext',
        moduleResolution: 'bundler',
        lib: ['es2023', 'dom'],
        noEmit: true,
      }),
      'vite.config.js': config(option),
      'src/vec.ts': vec,
      'src/train.ts': worker,
      'src/main.ts': page(start),
    },
    { ...packages, vite: join(repository, 'node_modules/vite') },
  )
  const { status, output } = await project.node('node_modules/vite/bin/vite.js', 'build')
  expect(status, output).toBe(0)
  const scripts = Object.entries(project.all('out')).filter(([name]) => name.endsWith('.js'))
  // an inlined worker is part of the page, in a string
  const texts = scripts.map(([, text]) => text).join('\n')
  expect(texts.match(/\.times\(4\)/g)?.length).toBeGreaterThanOrEqual(2)
  expect(texts).not.toMatch(/\* 4/)
})
