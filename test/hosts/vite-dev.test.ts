/** Vite's dev server with a page in Chromium: edits reach every module whose operators they concern, errors the overlay. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isThere, launched } from '../chromium.ts'
import { changing, edit } from './changing.ts'
import { fixture, packages } from './fixture.ts'
import { type Files, Project, repository } from './project.ts'
import { Server } from './vite-server.ts'

const files: Files = {
  ...changing,
  'vite.config.js': readFileSync(join(repository, 'test/hosts/vite/vite.config.js'), 'utf8'),
  'index.html': `<!doctype html>${['moved', 'leaf', 'three'].map(id => `<p id="${id}"></p>`).join('')}
<script type="module" src="/src/page.ts"></script>`,
  'src/page.ts': `import { leaf, three } from './leaf.ts'
import { moved } from './physics.ts'
import { Vec2 } from './vec.ts'

const shown = { moved: moved(new Vec2(1, 2), new Vec2(10, 20), 0.5), leaf, three }
for (const [id, value] of Object.entries(shown)) document.getElementById(id)!.textContent = String(value)
`,
}

const vite = { vite: join(repository, 'node_modules/vite') }

describe.skipIf(!isThere)('in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launched()
  })
  afterAll(() => browser?.close())

  async function opened(project: Project): Promise<{ page: Page; server: Server }> {
    const server = new Server(project)
    const page = await browser.newPage()
    await page.goto(await server.url)
    return { page, server }
  }
  const shows = (page: Page, id: string, text: string) =>
    expect.poll(() => page.locator(`#${id}`).textContent(), { timeout: 30_000 }).toBe(text)
  const overlay = (page: Page) =>
    page.evaluate<string>("document.querySelector('vite-error-overlay')?.shadowRoot?.textContent ?? ''")

  describe('a project with natural math', () => {
    const project = new Project(files, { ...packages, ...vite })
    let page: Page
    let server: Server
    beforeAll(async () => {
      const started = await opened(project)
      page = started.page
      server = started.server
    })
    afterAll(() => server?.stop())

    test('its values are shown', async () => {
      await shows(page, 'moved', '(6, 12)')
      await shows(page, 'leaf', '7')
      await shows(page, 'three', '3')
    })

    test('an edit of a leaf is shown', async () => {
      edit(project, 'leaf')
      await shows(page, 'leaf', '16')
    })

    test('an edit of a table, in a file that is no module to the server, reaches the files with the operators', async () => {
      edit(project, 'table')
      await shows(page, 'moved', '(6, 22)')
    })

    test('an operator that is lost is shown as an error at its place, and goes when it comes back', async () => {
      edit(project, 'lost')
      await expect.poll(() => overlay(page), { timeout: 30_000 }).toContain('src/physics.ts:4:92 - error TS92001')
      expect(await overlay(page)).toMatch(/position \+ velocity \* time\n\s*\|\s+~/)
      edit(project, 'found')
      await shows(page, 'moved', '(6, 12)')
      expect(await overlay(page)).toBe('')
    })

    test('an edit of an inferred type reaches the files with the operators, also one that only imports the type', async () => {
      await shows(page, 'three', '3')
      edit(project, 'inferred')
      await shows(page, 'leaf', '21')
      await shows(page, 'three', '6')
    })
  })

  describe('a project with compiled gradients', () => {
    const layer = 'export function layer(x: number): number {\n  let y = x\n  y *= x\n  return y\n}\n'
    const project = new Project(
      {
        ...files,
        'src/layer.ts': layer,
        'src/cost.ts': "import { layer } from './layer.ts'\nexport const cost = (x: number) => 5 * layer(x)\n",
        'src/leaf.ts': `import { grad } from 'tsgrad'
import { cost } from './cost.ts'

export const leaf = grad(cost)(3)
export const three = leaf
`,
      },
      { ...packages, ...vite },
    )
    let page: Page
    let server: Server
    beforeAll(async () => {
      const started = await opened(project)
      page = started.page
      server = started.server
    })
    afterAll(() => server?.stop())
    const served = async () => (await fetch(new URL('src/leaf.ts', await server.url))).text()

    test('a gradient is shown, and its source map leads into the other files', async () => {
      await shows(page, 'leaf', '30')
      const text = await served()
      const line = text.split('\n').findIndex(each => each.includes('y *= x'))
      const map = Buffer.from(text.split('sourceMappingURL=data:application/json;base64,')[1]!, 'base64').toString()
      const found = originalPositionFor(new TraceMap(map), {
        line: line + 1,
        column: text.split('\n')[line]!.search(/\S/),
      })
      expect(found).toMatchObject({ source: expect.stringMatching(/layer\.ts$/), line: 3 })
    })

    test('it follows an edit of a function two files away', async () => {
      project.write({ 'src/layer.ts': layer.replace('y *= x', 'y *= x * x') })
      await shows(page, 'leaf', '135')
    })

    test('what cannot be derived there any more is an error, and goes', async () => {
      project.write({ 'src/layer.ts': layer.replace('y *= x', 'y *= Number(String(x))') })
      await expect.poll(() => overlay(page), { timeout: 30_000 }).toContain('TS94001')
      expect(await overlay(page)).toMatch(/src\/leaf\.ts:4:26 - error TS94001: .* It is at layer\.ts:3:/)
      project.write({ 'src/layer.ts': layer.replace('y *= x', 'y *= 2') })
      await shows(page, 'leaf', '10')
      expect(await overlay(page)).toBe('')
    })
  })

  describe('a project without natural math', () => {
    const plain: Files = {
      'tsconfig.json': fixture['tsconfig.json']!.replace(/,\s*"plugins": .*\]/, ''),
      'package.json': fixture['package.json']!,
      'vite.config.js': files['vite.config.js']!,
      'index.html': files['index.html']!,
      'src/page.ts': `import { leaf } from './leaf.ts'\ndocument.querySelector('#leaf')!.textContent = String(leaf)\n`,
      'src/leaf.ts': 'export const leaf: number = 3 * 2\n',
    }

    test('does not even need a compiler, until a file imports tsgrad', async () => {
      const project = new Project(plain, { ...packages, typescript: undefined, ...vite })
      const { page, server } = await opened(project)
      try {
        await shows(page, 'leaf', '6')
        project.write({
          'src/leaf.ts': `import { NumberWithGrad } from 'tsgrad'\nexport const leaf = new NumberWithGrad(3) * 3\n`,
        })
        await expect.poll(() => overlay(page), { timeout: 30_000 }).toContain('TS93012')
      } finally {
        await server.stop()
      }
    })

    test('becomes one with it when a file imports tsgrad', async () => {
      const project = new Project(plain, { ...packages, ...vite })
      const { page, server } = await opened(project)
      try {
        await shows(page, 'leaf', '6')
        project.write({
          'src/leaf.ts': `import { NumberWithGrad } from 'tsgrad'\nexport const leaf = new NumberWithGrad(3) * 3\n`,
        })
        await shows(page, 'leaf', '9')
      } finally {
        await server.stop()
      }
    })
  })
})
