/// <reference lib="dom" />
/** The playground as people meet it: built, served, and used in Chromium with mouse and keyboard. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect } from 'vitest'
import { hashOf } from '../playground/page/link.ts'
import { axe, complaintsOf, isThere, launched, type Served, serve, there } from './chromium.ts'

const WAIT = 40_000
const programs = fileURLToPath(new URL('../playground/examples/programs/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'tsgrad-playground-'))
let browser: Browser
let server: Served

beforeAll(async () => {
  if (!isThere) return
  const configFile = fileURLToPath(new URL('../playground/vite.config.mjs', import.meta.url))
  await build({ configFile, logLevel: 'error', build: { outDir: folder } })
  // in a folder, as on the site
  server = await serve(folder, '/some/where/playground/')
  browser = await launched()
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
  const complaints = complaintsOf(page, server)
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
    expect(cards.length).toBe(3)
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

const bars = (page: Page) => page.locator('.times .name').allInnerTexts()

there('a compiled derivative is shown with its text and both times, and one of the tape with its reason', async () => {
  await opened('#example=compiled', async page => {
    await page.waitForSelector('#derivatives .text .cm-content:has-text("dX[i + 1] += dBend")')
    expect(await page.locator('#derivatives .choices button').allInnerTexts()).toEqual([
      'gradInto(valley)',
      'grad(t => t ** 3)',
    ])
    await page.waitForSelector('.times .name >> nth=1')
    expect(await bars(page)).toEqual(['compiled', 'tape'])
    for (const time of await page.locator('.times .time').allInnerTexts())
      expect(time).toMatch(/^[\d.]+ (?:ns|µs|ms)$|^too short to measure$/)
    expect(await textOf(page, '.times .note')).toContain('with the arguments of the first call')
    // the program ran twice, and printed once
    expect((await textOf(page, '#output')).match(/after 120 steps/g)).toHaveLength(1)
    await page.click('#derivatives .choices button >> nth=1')
    expect(await textOf(page, '#derivatives .engine')).toContain('On the tape: t has no type, which makes it tracked')
    expect(await page.locator('#derivatives .text').isVisible()).toBe(false)
    expect(await bars(page)).toEqual([])
    await page.click('#derivatives .place')
    expect(await focused(page)).toBe('Code')
  })
})

there('a derivative that is typed is measured; a function that the tape cannot run has a reason', async () => {
  await opened('', async page => {
    await ran(page)
    await typed(
      page,
      `import { grad } from 'tsgrad'
const f = (x: number[]) => {
  const copy = Float64Array.from(x)
  return copy[0]! * copy[1]!
}
console.log(grad(f)([2, 3]))`,
    )
    await page.waitForSelector('#output:has-text("[3, 2]")')
    await page.waitForSelector('.times .note:has-text("No time of the tape: JavaScript asked")')
    expect(await bars(page)).toEqual(['compiled'])
    await typed(page, "import { grad } from 'tsgrad'\nconst g = grad((x: number) => x ** 3)\nconsole.log('g', g(2))")
    await page.waitForSelector('#output:has-text("g 12")')
    await page.waitForSelector('.times .name >> nth=1')
    expect(await bars(page)).toEqual(['compiled', 'tape'])
    await typed(page, "console.log('none')")
    await page.waitForSelector('#output:has-text("none")')
    expect(await page.locator('#derivatives figure').count()).toBe(0)
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

there.each([
  ['money', 'three pieces, with tax: 71.37', 'const total = (price.added(tax)).times(3)'],
  ['orbit', 'energy at the end: -0.2800 at the start: -0.2800', 'return at.negated().times('],
])('the example `%s` runs on a library whose classes have operators', async (id, printed, lowered) => {
  await opened(`#example=${id}`, async page => {
    await page.waitForSelector(`#output:has-text("${printed}")`)
    expect(await textOf(page, '#lowered .cm-content')).toContain(lowered)
  })
})

there('a library is loaded when it is first asked for, and its module is one however it is named', async () => {
  const text = `import Decimal, { Decimal as Same } from 'decimal.js'
import 'tsgrad/interop/decimal.js'
import { erf } from 'tsgrad/special'
console.log(Decimal === Same, String(new Same(1) / 8), erf(0))`
  await opened('', async page => {
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    await ran(page)
    expect(asked.filter(url => /libraries/.test(url))).toEqual([])
    await typed(page, text)
    await page.waitForSelector('#output:has-text("true 0.125 0")')
    expect(asked.filter(url => /libraries/.test(url))).toHaveLength(1)
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

there('a network learns: its loss falls, and its boundary is drawn while it does', async () => {
  await opened('', async page => {
    await ran(page)
    // watched from inside: a page that draws is slow to answer
    await page.evaluate(() => {
      const seen = { losses: [] as number[], images: [] as string[] }
      const note = <T>(list: T[], value: T) => void (list.at(-1) === value || list.push(value))
      new MutationObserver(() => {
        const legend = document.querySelector('figure.series .legend')?.textContent
        const image = document.querySelector('figure.boundary image')?.getAttribute('href')
        // its name, and its last value
        if (legend) note(seen.losses, Number(legend.replace('loss', '')))
        if (image) note(seen.images, image)
      }).observe(document.querySelector('#pictures')!, { subtree: true, childList: true })
      Object.assign(window, { seen })
      location.hash = '#example=network'
    })
    await page.waitForSelector('#output:has-text("right about")')
    const { losses, images } = await page.evaluate(
      () => (window as unknown as { seen: { losses: number[]; images: string[] } }).seen,
    )
    expect(images.length).toBeGreaterThan(3)
    expect(losses.length).toBeGreaterThan(10)
    expect(losses.every(Number.isFinite)).toBe(true)
    // a network that guesses has a loss of 0.7
    expect(losses[0]).toBeGreaterThan(0.3)
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 20)
    const middle = losses[Math.floor(losses.length / 2)]!
    expect(middle).toBeLessThan(losses[0]! / 2)
    expect(middle).toBeGreaterThan(losses.at(-1)!)
    const curve = (await page.locator('figure.series .curve').getAttribute('d'))!
    const heights = [...curve.matchAll(/ ([\d.]+)/g)].map(([, y]) => Number(y))
    expect(heights.length).toBe(120)
    // what is lower on the page has a larger y
    expect(heights.at(-1)! - heights[0]!).toBeGreaterThan(80)
    const [, right] = /right about (\d+) of 80/.exec(await textOf(page, '#output')) ?? []
    expect(Number(right)).toBeGreaterThan(70)
    expect(await page.locator('figure.boundary .point').count()).toBe(80)
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
  readonly nodes: readonly { readonly html: string }[]
}

interface Look {
  readonly name: string
  readonly views: readonly string[]
  readonly options: BrowserContextOptions
}

const wide = { viewport: { width: 1600, height: 950 } }
const narrow = { viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true }
const looks: readonly Look[] = (['light', 'dark'] as const).flatMap(colorScheme => [
  { name: `${colorScheme}, wide`, views: [''], options: { ...wide, colorScheme } },
  { name: `${colorScheme}, narrow`, views: ['results', 'compiled', 'code'], options: { ...narrow, colorScheme } },
])

/** An example is opened on a page that shows another one: its lowered text and its results, or its problems, are there. */
async function choose(page: Page, hash: string): Promise<void> {
  await page.evaluate(to => {
    document.querySelector('#status')!.textContent = ''
    location.hash = to
  }, hash)
  await page.waitForFunction(to => {
    const textOf = (selector: string) => document.querySelector(selector)?.textContent
    const isChosen = document.querySelector('#examples a[aria-current]')?.getAttribute('href') === to
    // each begins with a comment of its own
    const isLowered = textOf('#lowered .cm-line') === textOf('#editor .cm-line')
    return isChosen && isLowered && /ran in|Running|problem/.test(textOf('#status')!)
  }, hash)
  if (hash !== '#example=mistakes')
    await page.waitForSelector('#results figure svg, #output .line', { state: 'attached' })
}

/** What axe finds on the page as it is, and on how much it looked. */
async function looked(page: Page) {
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<Record<'violations' | 'passes', Violation[]>> } }
    const { violations, passes } = await axe.run()
    return {
      violations: violations.flatMap(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 200))]),
      nodes: passes.flatMap(({ nodes }) => nodes).length,
    }
  })
}

there.each(looks)(
  'axe finds no violation in any example: $name',
  async ({ views, options }) => {
    const found: string[] = []
    let count = 0
    await opened(
      '',
      async page => {
        await ran(page)
        await page.evaluate(axe)
        for (const hash of await page.$$eval('#examples a', links => links.map(link => link.getAttribute('href')!))) {
          await choose(page, hash)
          for (const view of views) {
            if (view) await page.click(`.views [data-view=${view}]`)
            const { violations, nodes } = await looked(page)
            found.push(...violations.map(violation => `${hash} ${view}: ${violation}`))
            expect(nodes, hash).toBeGreaterThan(50)
            count++
          }
        }
      },
      { ...options, reducedMotion: 'reduce' },
    )
    expect(found).toEqual([])
    expect(count).toBe(readdirSync(programs).length * views.length)
  },
  180_000,
)

/** Programs of a link that want the page to stand still, with what the page says of them. */
const hostile: readonly (readonly [name: string, program: string, selector: string])[] = [
  ['a line of 5e7 characters', "console.log('x'.repeat(5e7))", '#status:has-text("ran in")'],
  [
    '20,000 inputs',
    "import { input } from 'playground'\nfor (let i = 0; i < 20_000; i++) input(`a${i}`, 1)",
    '.line.error:has-text("there are 50 sliders")',
  ],
  [
    '3,000 plots',
    "import { plot } from 'playground'\nfor (let i = 0; i < 3000; i++) plot(x => x, { title: `f${i}` })",
    '.line.error:has-text("at most 40 pictures")',
  ],
  [
    '3e6 values of a series',
    "import { series } from 'playground'\nconst s = series('s')\nfor (let i = 0; i < 3e6; i++) s.add(i)",
    '.line.error:has-text("the most that are drawn")',
  ],
  ['an object without a prototype, thrown', 'throw Object.create(null)', '.line.error:has-text("thrown: {}")'],
  [
    'a getter that throws, printed',
    "console.log({ get a() { throw new Error('no') } })\nconsole.log('on')",
    '#output:has-text("on")',
  ],
  [
    'an error whose message throws',
    'class E extends Error { override get message(): string { throw 1 } }\nthrow new E()',
    '.line.error:has-text("throws when it is read")',
  ],
  [
    'a worker of its own',
    'const { Worker } = globalThis as any\nconsole.log(typeof Worker)',
    '#output:has-text("undefined")',
  ],
  [
    'no way to post',
    "Object.assign(globalThis, { postMessage() {}, performance: {} })\nconsole.log('still here')",
    '#output:has-text("still here")',
  ],
]

/** A program that posts what is not the runner's. */
const forging = (message: string, times = 1) =>
  `const post = (globalThis as any).postMessage\nfor (let i = 0; i < ${times}; i++) post(${message})\nconsole.log('forged')\n`
const forged: readonly (readonly [name: string, message: string])[] = [
  [
    'a billion columns',
    "{ run: 1, kind: 'picture', picture: { kind: 'contours', title: 'c', x: [0, 1], y: [0, 1], columns: 1e9, values: new Float32Array(4), points: [] } }",
  ],
  [
    'a graph that is a circle',
    "{ run: 1, kind: 'picture', picture: { kind: 'graph', title: 'c', operations: 2, depth: 1, nodes: [1, 0].map(node => ({ name: 'a', operation: 'mul', num: 1, grad: null, operands: [{ node }] })) } }",
  ],
  [
    'times of nothing',
    "{ run: 1, kind: 'times', times: Array.from({ length: 1e5 }, () => ({ call: 0, compiled: { median: NaN }, taped: 1, note: '' })) }",
  ],
  [
    '100,000 sliders',
    "{ run: 1, kind: 'values', variables: [], sliders: Array.from({ length: 1e5 }, (_, i) => ({ name: `a${i}`, num: 1, grad: null, initial: 1, min: 0, max: 2, step: 1 })) }",
  ],
]

there.each(hostile)('a program cannot stop the page: %s', async (_, program, selector) => {
  await opened(code(program), async page => {
    await page.waitForSelector(selector, { state: 'attached' })
    await page.waitForSelector('#status:has-text("ran in")', { state: 'attached' })
    await answers(page)
  })
})

there.each(forged)('a forged message is dropped: %s', async (_, message) => {
  await opened(code(forging(message)), async page => {
    // a slow machine takes the largest one for a flood, which is ended
    await page.waitForSelector('#output:has-text("forged"), #status:has-text("too many messages")')
    expect(await page.locator('.slider, figure.contours, .graph').count()).toBe(0)
    await answers(page)
  })
})

there('a flood of messages is ended', async () => {
  const flood =
    'setInterval(() => { for (let i = 0; i < 20; i++) (globalThis as any).postMessage(Array.from({ length: 1e5 }, () => ({}))) })'
  await opened(code(flood.replace('setInterval', '(globalThis as any).setInterval')), async page => {
    await page.waitForSelector('#status:has-text("too many messages")')
    await answers(page)
  })
})

there('a forged end and forged answers do not hide a loop without an end', async () => {
  const program =
    "const post = (globalThis as any).postMessage\npost({ run: 1, kind: 'done', milliseconds: 1 })\nfor (;;) { const end = Date.now() + 50; while (Date.now() < end); post({ run: -1, kind: 'pong', token: 0 }) }"
  await opened(code(program), async page => {
    await page.waitForSelector('#status:has-text("Ended: no answer")')
  })
})

there('Stop ends a compilation, and what is typed then is compiled', async () => {
  await opened('', async page => {
    await ran(page)
    const rows = Array.from({ length: 60_000 }, (_, i) => `a${i % 9 === 0 ? ' *' : ' +'} `).join('')
    const heavy = `import { NumberWithGrad } from 'tsgrad'\nconst a = new NumberWithGrad(1)\nexport const b = [${`a * 2 + a, `.repeat(20_000)}]\n// ${rows.length}\n`
    await typed(page, heavy)
    await page.click('#stop')
    await page.waitForSelector('#status:has-text("Stopped")')
    await typed(page, "console.log('quick')")
    await page.waitForSelector('#output:has-text("quick")')
  })
})

there('what was written is there again after another example, Back and a reload', async () => {
  await opened('', async page => {
    await ran(page)
    await typed(page, "console.log('mine')")
    // at once, before it is compiled
    await page.click('#examples a >> nth=2')
    await ran(page)
    expect(await textOf(page, '#editor .cm-content')).not.toContain('mine')
    await page.goBack()
    await page.waitForSelector('#output:has-text("mine")')
    await typed(page, "console.log('again')")
    await page.waitForFunction(() => location.hash.length > 20)
    await page.waitForTimeout(300)
    await page.reload()
    await page.waitForSelector('#output:has-text("again")')
  })
})

/** The page does what it is asked, soon. */
async function answers(page: Page): Promise<void> {
  const start = performance.now()
  await typed(page, "console.log('and on')")
  await page.waitForSelector('#output:has-text("and on")')
  expect(performance.now() - start).toBeLessThan(10_000)
}

there('an example is lowered and run before the compiler has loaded', async () => {
  const context = await browser.newContext(wide)
  const page = await context.newPage()
  page.setDefaultTimeout(WAIT)
  let release: () => void = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  await context.route('**/compiler.worker*', async route => {
    await held
    await route.continue()
  })
  await page.goto(server.url)
  await page.waitForSelector('#status:has-text("compiled with the page, ran in")', { state: 'attached' })
  expect(await textOf(page, '#lowered .cm-content')).toContain('const d = c.mul((a.add(b)))')
  expect(await textOf(page, '#output')).toContain('d = 75')
  // a slider runs what is there; another example is there too, and what is typed waits
  await page.focus('#slider-a')
  await page.keyboard.press('Home')
  await page.waitForSelector('#output:has-text("d = 51")')
  await page.click('#examples a >> nth=1')
  await page.waitForSelector('#output:has-text("f(x)")')
  await typed(page, "console.log('typed')")
  release()
  await page.waitForSelector('#output:has-text("typed")')
  await context.close()
})

there('what was compiled with the page is what the compiler on the page makes of it: it runs once', async () => {
  await opened('', async page => {
    await ran(page)
    // a hint needs the compiler's own answer
    await page.click('.cm-line:has-text("const c =")', { position: { x: 60, y: 8 } })
    await page.waitForSelector('#at-cursor:has-text("const c: NumberWithGrad")')
    expect(await textOf(page, '#status')).toContain('compiled with the page')
  })
})

there(
  'the example gives the first result, and then what is typed: how long both take is told, not asserted',
  async () => {
    const start = performance.now()
    const passed = () => Math.round(performance.now() - start)
    await opened('', async page => {
      await page.waitForSelector('#output:has-text("d = 75")')
      const first = passed()
      await typed(page, 'const first = 1 + 1\nconsole.log(first * 21)\n')
      await page.waitForSelector('#output:has-text("42")')
      console.log(`first result after ${first} ms, that of typed code after ${passed()} ms`)
    })
  },
)
