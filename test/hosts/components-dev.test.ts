/** Components in Vite's dev server, with a page in Chromium: an edit of one is shown, lowered, without a reload. And in esbuild: refused. */
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { isThere, launched } from '../chromium.ts'
import { installedPackages, releasesOf } from './installed.ts'
import { type Files, installed, Project, repository } from './project.ts'
import { Server } from './vite-server.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 })

const money = `import type { operators } from 'tsgrad'
export class Money {
  declare readonly [operators]: { '*': 'times' }
  constructor(readonly cents: number) {}
  times(by: number): Money { return new Money(this.cents * by) }
  toString(): string { return \`\${this.cents}ct\` }
}
export const price = new Money(10)
`
const tsconfig = JSON.stringify({
  compilerOptions: {
    ...{ target: 'es2023', module: 'esnext', moduleResolution: 'bundler', strict: true, noEmit: true },
    ...{ lib: ['es2023', 'dom'], types: [] },
  },
  include: ['src'],
})
const kinds = {
  vue: {
    packages: ['vue', 'vue-tsc', '@vitejs/plugin-vue'],
    plugin: "import ui from '@vitejs/plugin-vue'",
    main: "import { createApp } from 'vue'\nimport App from './App.vue'\ncreateApp(App).mount('#app')\n",
    component: `<script setup lang="ts">
import { price } from './money'
const total = price * 2
</script>

<template>
  <p id="shown">{{ total }} {{ price * 3 }}</p>
</template>
`,
  },
  svelte: {
    packages: ['svelte', 'svelte2tsx', '@sveltejs/vite-plugin-svelte'],
    plugin: "import { svelte as ui } from '@sveltejs/vite-plugin-svelte'",
    main: "import { mount } from 'svelte'\nimport App from './App.svelte'\nmount(App, { target: document.querySelector('#app')! })\n",
    component: `<script lang="ts">
  import { price } from './money'
  const total = price * 2
</script>

<p id="shown">{total} {price * 3}</p>
`,
  },
}
type Kind = keyof typeof kinds

async function projectOf(kind: Kind): Promise<Project> {
  const { packages, plugin, main, component } = kinds[kind]
  const releases = releasesOf('vite')
  const vite = `vite@${JSON.parse(readFileSync(join(repository, 'node_modules/vite/package.json'), 'utf8')).version}`
  const modules = await installedPackages(...packages.map(name => `${name}@${releases[name]![0]}`), vite)
  if (!modules) throw new Error(`npm does not install the tools of ${kind}`)
  const files: Files = {
    'tsconfig.json': tsconfig,
    'vite.config.js': `${plugin}\nimport tsgrad from 'tsgrad/vite'\nexport default { plugins: [tsgrad(), ui()] }\n`,
    'index.html': '<!doctype html><div id="app"></div><script type="module" src="/src/main.ts"></script>',
    'src/money.ts': money,
    'src/main.ts': main,
    [`src/App.${kind}`]: component,
  }
  const project = new Project(files, {})
  const link = (name: string, target: string) => {
    const path = join(project.root, 'node_modules', name)
    mkdirSync(dirname(path), { recursive: true })
    symlinkSync(target, path)
  }
  link('tsgrad', installed.tsgrad!)
  link('typescript', installed.typescript!)
  for (const name of new Set([...packages, 'vite'].map(name => name.split('/')[0]!))) link(name, join(modules, name))
  return project
}

describe.skipIf(!isThere).each(Object.keys(kinds) as Kind[])('%s', kind => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launched()
  })
  afterAll(() => browser?.close())

  test('an edit of a component is shown with its operators lowered, and an error in one at its place', async () => {
    const project = await projectOf(kind)
    const server = new Server(project)
    const name = `src/App.${kind}`
    const edit = (before: string, after: string) => project.write({ [name]: project.read(name).replace(before, after) })
    try {
      const page = await browser.newPage()
      await page.goto(await server.url)
      const shows = (text: string) =>
        expect.poll(() => page.locator('#shown').textContent({ timeout: 60_000 }), { timeout: 60_000 }).toBe(text)
      await shows('20ct 30ct')
      await page.evaluate('globalThis.isSamePage = true')
      edit('price * 3', 'price * 4')
      await shows('20ct 40ct')
      edit('price * 2', 'price * 5')
      await shows('50ct 40ct')
      expect(await page.evaluate('globalThis.isSamePage')).toBe(true)
      edit('price * 5', "price * 'x'")
      const overlay = () =>
        page.evaluate<string>("document.querySelector('vite-error-overlay')?.shadowRoot?.textContent ?? ''")
      await expect.poll(overlay, { timeout: 60_000 }).toMatch(RegExp(`src/App\\.${kind}:3:\\d+ - error TS2345`))
    } finally {
      await server.stop()
    }
  })
})

test('a build by esbuild fails at natural math in a component, whoever loads it', async () => {
  const project = await projectOf('vue')
  project.write({
    'build.js': `import { build } from 'esbuild'
import tsgrad from 'tsgrad/esbuild'
const vue = { name: 'vue', setup(build) { build.onLoad({ filter: /\\.vue$/ }, () => ({ contents: 'export default {}' })) } }
await build({ entryPoints: ['src/main.ts'], bundle: true, outdir: 'out', external: ['vue'], format: 'esm', plugins: [tsgrad(), vue] })
`,
  })
  symlinkSync(join(repository, 'node_modules/esbuild'), join(project.root, 'node_modules/esbuild'))
  const { status, output } = await project.node('build.js')
  expect(status).not.toBe(0)
  expect(output).toMatch(/TS93016/)
  expect(output).toContain('src/App.vue:3:')
  project.write({ 'src/App.vue': kinds.vue.component.replaceAll(/price \* (\d)/g, 'price.times($1)') })
  const built = await project.node('build.js')
  expect(built.status, built.output).toBe(0)
})
