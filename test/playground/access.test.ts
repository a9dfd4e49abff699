/// <reference lib="dom" />
/** The page by keyboard, in both colours, on a phone, and as axe looks at it. */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { axe, there } from '../chromium.ts'
import { builtPage, focused, narrow, ran, shownText, wide } from './built-page.ts'

const { opened } = builtPage()
const programs = fileURLToPath(new URL('../../playground/examples/programs/', import.meta.url))

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
    expect(await shownText(page, '.cm-line >> nth=0')).toMatch(/^ {2}\/\//)
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
