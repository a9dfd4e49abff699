/// <reference lib="dom" />
/** The playground as people meet it: built, served, and used in Chromium with mouse and keyboard. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashOf } from '../playground/page/link.ts'

interface Server {
  serve(folder: string, prefix: string): Promise<{ url: string; close(): void }>
}
const { findChromium }: { findChromium(): string | undefined } = await import('../scripts/browser.mjs' as string)
const { serve }: Server = await import('../scripts/static-server.mjs' as string)

const executablePath = findChromium()
if (executablePath === undefined)
  console.warn("test/playground.test.ts: no Chromium; Debian's is the package chromium-headless-shell")
const there = test.skipIf(executablePath === undefined)

const WAIT = 40_000
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'tsgrad-playground-'))
let browser: Browser
let server: { url: string; close(): void }

beforeAll(async () => {
  if (executablePath === undefined) return
  const configFile = fileURLToPath(new URL('../playground/vite.config.mjs', import.meta.url))
  await build({ configFile, logLevel: 'error', build: { outDir: folder } })
  // in a folder, as on the site
  server = await serve(folder, '/some/where/playground/')
  const off = ['quic', 'gpu', 'background-networking', 'component-update', 'sync'].map(name => `--disable-${name}`)
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--no-first-run', ...off] })
}, 180_000)
afterAll(async () => {
  await browser?.close()
  server?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Opens the page, and holds it to loading nothing from elsewhere and to an empty console. */
async function opened(hash: string, use: (page: Page) => Promise<void>, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1600, height: 950 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(WAIT)
  const complaints: string[] = []
  page.on('console', message => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('request', request => {
    if (!/^(blob:|data:|about:)/.test(request.url()) && !request.url().startsWith(server.url))
      complaints.push(`asked for ${request.url()}`)
  })
  try {
    await page.goto(server.url + hash)
    await use(page)
    expect(complaints).toEqual([])
  } finally {
    await context.close()
  }
}

const ran = (page: Page) => page.waitForSelector('#status:has-text("ran in")', { state: 'attached' })
const code = (text: string) => hashOf(text)

async function typed(page: Page, text: string): Promise<void> {
  await page.click('#editor .cm-content')
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
}

const textOf = (page: Page, selector: string) => page.locator(selector).innerText()

there('typed code is lowered, run, drawn as a graph with gradients, and plotted', async () => {
  await opened('', async page => {
    await ran(page)
    await typed(
      page,
      `import { input, plot } from 'playground'
const a = input('a', 3)
const b = a * 7 + 1
b.backward()
plot(x => x ** 3, { x: [-2, 2], at: a })
console.log('b is', b.num)`,
    )
    await page.waitForSelector('#output:has-text("b is 22")')
    expect(await textOf(page, '#lowered .cm-content')).toContain('const b = a.mul(7).add(1)')
    const cards = await page.locator('.graph .card').allInnerTexts()
    expect(cards.length).toBe(5)
    expect(await page.locator('.graph svg').getAttribute('aria-label')).toBe(
      'The computation of b: a 3, gradient 7; mul 21, gradient 1; b add 22, gradient 1',
    )
    expect(await textOf(page, '.slider')).toMatch(/a\s+3\s+∂ 7/)
    await page.waitForSelector('.plot .curve.gradient')
    expect(await textOf(page, '.legend')).toContain('slope 27 at 3')
    expect(await page.locator('.plot svg[role=img]').getAttribute('aria-label')).toContain('f(x) from −8 to 8')
    expect(await page.locator('.line-value').allInnerTexts()).toEqual([
      expect.stringMatching(/3\s*∂ 7/),
      expect.stringMatching(/22\s*∂ 1/),
    ])
  })
})

there('types are shown on hover, and at the cursor', async () => {
  await opened('#example=notebook', async page => {
    await ran(page)
    await page.hover('.live-operator >> nth=0')
    await page.waitForSelector('.cm-tooltip .hint')
    expect(await textOf(page, '.cm-tooltip')).toContain('(operator) NumberWithGrad * number: NumberWithGrad')
    expect(await textOf(page, '.cm-tooltip')).toContain('a * other')
    await page.click('.cm-line:has-text("const c =")', { position: { x: 60, y: 8 } })
    await page.waitForSelector('#at-cursor:has-text("const c: NumberWithGrad")')
  })
})

there('errors stand under the code and in a list that leads to them; the last results stay', async () => {
  await opened('#example=mistakes', async page => {
    await page.waitForSelector('#problems li')
    expect(await page.locator('#problems .place').allInnerTexts()).toEqual(['7:19', '8:18', '9:26'])
    expect(await page.locator('#problems .code').allInnerTexts()).toEqual(['TS2345', 'tsgrad TS92001', 'TS2339'])
    expect(await page.locator('.cm-lintRange-error').allInnerTexts()).toEqual(["'two'", '&', 'nun'])
    await page.click('#problems button >> nth=2')
    await page.keyboard.insertText('num')
    await page.keyboard.press('Delete')
    await page.keyboard.press('Delete')
    await page.keyboard.press('Delete')
    await page.waitForFunction(() => document.querySelectorAll('#problems li').length === 2)
  })
})

there('an exception points at the line that was typed', async () => {
  const text =
    "const list: number[] = []\n\nfunction third() {\n  return list[2].toFixed(1)\n}\nconsole.log('before')\nthird()\n"
  await opened(code(text), async page => {
    await page.waitForSelector('.line.error')
    expect(await textOf(page, '#output')).toContain('before')
    expect(await textOf(page, '.line.error')).toMatch(/TypeError: .*\n*.*line 4, column \d+/)
  })
})

there('a slider changes value and gradient, by mouse and by keyboard', async () => {
  await opened('#example=notebook', async page => {
    await ran(page)
    await page.waitForSelector('#output:has-text("d = 75")')
    await page.focus('#slider-a')
    await page.keyboard.press('Home')
    // a = -5: c = -17, d = c * (a + b) = 51
    await page.waitForSelector('#output:has-text("d = 51")')
    expect(await textOf(page, '.slider >> nth=0')).toMatch(/a\s+−5\s+∂ −29/)
    expect(await page.getAttribute('#slider-a', 'aria-valuetext')).toBe('−5, gradient −29')
    const box = (await page.locator('#slider-b').boundingBox())!
    await page.mouse.click(box.x + box.width - 2, box.y + box.height / 2)
    await page.waitForSelector('#output:has-text("d = -0")')
    expect(await page.locator('.graph svg').getAttribute('aria-label')).toContain('d mul 0, gradient 1')
  })
})

there('a network learns, and its boundary is drawn while it does', async () => {
  await opened('#example=network', async page => {
    await page.waitForSelector('figure.boundary image')
    await page.waitForSelector('#status.running', { state: 'attached' })
    const images = new Set<string>()
    for (let i = 0; i < 400 && !(await page.locator('#output:has-text("right about")').count()); i++) {
      images.add((await page.locator('figure.boundary image').getAttribute('href')) ?? '')
      await page.waitForTimeout(100)
    }
    expect(images.size).toBeGreaterThan(3)
    const [, right] = /right about (\d+) of 80/.exec(await textOf(page, '#output')) ?? []
    expect(Number(right)).toBeGreaterThan(70)
    expect(await page.locator('figure.boundary .point').count()).toBe(80)
    const losses = (await page.locator('figure.series .curve').getAttribute('d')) ?? ''
    expect(losses.split('L').length).toBe(120)
  })
})

there('gradient descent draws its path over lines of equal height', async () => {
  await opened('#example=descent', async page => {
    await page.waitForSelector('#output:has-text("after 250 steps")')
    await page.waitForSelector('figure.contours .way')
    expect(await page.locator('figure.contours .level').count()).toBeGreaterThan(10)
    expect(await page.locator('figure.contours svg[role=img]').getAttribute('aria-label')).toMatch(
      /a path of 250 points from \(−1\.4, 1\.6\) to \(0\.9\d+, 0\.9\d+\)/,
    )
  })
})

there('a loop without an end is ended, while the page goes on', async () => {
  await opened(code("console.log('now')\nfor (;;) {}\n"), async page => {
    await page.waitForSelector('#output:has-text("now")')
    // the page answers all the while
    expect(await page.evaluate(() => 6 * 7)).toBe(42)
    await page.waitForSelector('#output:has-text("Ended after 5 s")')
    await typed(page, "console.log('again')")
    await page.waitForSelector('#output:has-text("again")')
  })
})

there('a program reaches neither the page nor the network', async () => {
  const tried = `declare const fetch: (url: string) => Promise<unknown>
declare const self: { origin: string; document?: unknown; indexedDB: { open(name: string): unknown } }
const tries = {
  fetch: () => fetch('${'http://127.0.0.1:1/'}'),
  storage: async () => { self.indexedDB.open('x') },
}
console.log(self.origin, typeof self.document)
for (const [name, run] of Object.entries(tries)) {
  try { await run(); console.log(name, 'worked') } catch { console.log(name, 'refused') }
}
console.log('tried all')`
  const context = await browser.newContext()
  const page = await context.newPage()
  page.setDefaultTimeout(WAIT)
  await page.goto(server.url + code(tried))
  await page.waitForSelector('#output:has-text("tried all")')
  const printed = (await textOf(page, '#output')).trim().split(/\n+/)
  expect(printed).toEqual(['null undefined', 'fetch refused', 'storage refused', 'tried all'])
  await context.close()
})

there('a link carries the code: shared, opened again, and a damaged one opens the first example', async () => {
  await opened('#example=slope', async page => {
    await ran(page)
    await typed(page, "console.log('∂ shared')")
    await page.waitForSelector('#output:has-text("∂ shared")')
    await page.click('#share')
    await page.waitForFunction(() =>
      document.querySelector('#announcement')?.textContent?.includes('It carries the code'),
    )
    const link = page.url()
    expect(link).toMatch(/#code=[\w-]+$/)
    const other = await page.context().newPage()
    await other.goto(link)
    await other.waitForSelector('#output:has-text("∂ shared")', { timeout: WAIT })
    expect(await textOf(other, '#editor .cm-content')).toBe("console.log('∂ shared')")
  })
  await opened('#code=damaged!', async page => {
    await ran(page)
    expect(await textOf(page, '#editor .cm-content')).toContain('Natural math on tracked numbers')
  })
})

const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement!
    return at.id || at.getAttribute('aria-label') || at.textContent!.trim()
  })

there('everything can be reached and left by keyboard', async () => {
  await opened('', async page => {
    await ran(page)
    const seen: string[] = []
    for (let i = 0; i < 40 && seen.at(-1) !== 'Code'; i++) {
      await page.keyboard.press('Tab')
      seen.push(await focused(page))
      const hasRing = await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement!)
        const pane = document.activeElement!.closest('.pane')
        const ring = outlineStyle !== 'none' && outlineWidth !== '0px'
        return ring || (pane !== null && getComputedStyle(pane).boxShadow !== 'none')
      })
      expect([seen.at(-1), hasRing]).toEqual([seen.at(-1), true])
    }
    expect(seen.slice(0, 2)).toEqual(['Skip to the code', 'Skip to the results'])
    expect(seen).toEqual(expect.arrayContaining(['share', 'theme', 'Notebook', 'Mistakes', 'Code']))
    // Tab indents there, and Escape sets it free
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Code')
    expect(await textOf(page, '.cm-line >> nth=0')).toMatch(/^ {2}\/\//)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    expect(await focused(page)).not.toBe('Code')
    const after: string[] = []
    for (let i = 0; i < 12 && after.at(-1) !== 'Lowered TypeScript, read only'; i++) {
      after.push(await focused(page))
      await page.keyboard.press('Tab')
    }
    expect(after).toEqual(expect.arrayContaining(['slider-a', 'slider-b', 'computation of d']))
    // an example is opened by Enter
    await page.focus('#examples a >> nth=1')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#slider-x')
  })
})

there('the colours follow the system, and a switch that is remembered', async () => {
  await opened(
    '',
    async page => {
      await ran(page)
      const theme = () => page.evaluate(() => document.documentElement.dataset.theme)
      expect(await theme()).toBe('dark')
      await page.click('#theme')
      expect(await theme()).toBe('light')
      await page.reload()
      await ran(page)
      expect(await theme()).toBe('light')
      await page.click('#theme')
      await page.click('#theme')
      expect(await theme()).toBe('dark')
    },
    { colorScheme: 'dark' },
  )
})

there('on a phone the panes are shown one at a time, and nothing is wider than the screen', async () => {
  await opened(
    '',
    async page => {
      await ran(page)
      expect(await page.locator('.pane:visible h2').allInnerTexts()).toEqual(['Natural math'])
      for (const [view, title] of [
        ['results', 'Results'],
        ['compiled', 'Lowered TypeScript'],
        ['code', 'Natural math'],
      ] as const) {
        await page.click(`.views [data-view=${view}]`)
        expect(await page.locator('.pane:visible h2').allInnerTexts()).toEqual([title])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
      }
    },
    { viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true },
  )
})

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

there(
  'axe finds no violation: in light and dark, wide and narrow, with errors and while it learns',
  async () => {
    const wide = { width: 1600, height: 950 }
    const all: string[] = []
    await opened('', async page => {
      await ran(page)
      all.push(...(await page.$$eval('#examples a', links => links.map(link => link.getAttribute('href')!))))
    })
    expect(all.length).toBe(10)
    const looks: [hash: string, options: BrowserContextOptions][] = [
      ...all.map((hash): [string, BrowserContextOptions] => [hash, { viewport: wide }]),
      ['#example=notebook', { viewport: wide, colorScheme: 'dark' }],
      ['#example=mistakes', { viewport: wide, colorScheme: 'dark' }],
      ['#example=network', { viewport: { width: 1100, height: 800 }, colorScheme: 'dark' }],
      ['#example=descent', { viewport: { width: 390, height: 800 }, colorScheme: 'dark' }],
      ['#example=fit', { viewport: { width: 390, height: 800 } }],
    ]
    let passes = 0
    for (const [hash, options] of looks)
      await opened(
        hash,
        async page => {
          await page.waitForSelector('#status:has-text("ran in"), #status.failed, #status.running', {
            state: 'attached',
          })
          await page.waitForTimeout(300)
          await page.evaluate(axe)
          const found = await page.evaluate(async () => {
            const { axe } = window as unknown as {
              axe: { run(): Promise<{ violations: Violation[]; passes: unknown[] }> }
            }
            const { violations, passes } = await axe.run()
            return { violations, passes: passes.length }
          })
          const told = found.violations.map(({ id, nodes }) => [id, ...nodes.map(node => node.html.slice(0, 200))])
          expect([hash, told]).toEqual([hash, []])
          passes += found.passes
        },
        options,
      )
    expect(passes).toBeGreaterThan(100)
  },
  400_000,
)

there(
  'the first interaction takes less than five seconds',
  async () => {
    const times: number[] = []
    // a busy machine may need more than one try
    for (let i = 0; i < 4 && Math.min(...times, Number.POSITIVE_INFINITY) >= 5000; i++) {
      const start = performance.now()
      await opened('', async page => {
        await page.waitForSelector('#editor .cm-content')
        await typed(page, 'const first = 1 + 1\nconsole.log(first * 21)\n')
        await page.waitForSelector('#output:has-text("42")')
        times.push(performance.now() - start)
      })
    }
    console.log(`first interaction after ${times.map(Math.round).join(', ')} ms`)
    expect(Math.min(...times)).toBeLessThan(5000)
  },
  180_000,
)
