/// <reference lib="dom" />
/** The built page, served, and what people do with any of it. It must not know what is looked at. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect } from 'vitest'
import { complaintsOf, isThere, launched, type Served, serve } from '../chromium.ts'

const WAIT = 40_000
export const wide = { viewport: { width: 1600, height: 950 } }
export const narrow = { viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true }

/** The page of one test file. */
export interface BuiltPage {
  /** A page that is not opened yet. */
  fresh(options?: BrowserContextOptions): Promise<{ page: Page; context: BrowserContext; url: string }>
  /** Opens the page, and holds it to loading nothing from elsewhere and to an empty console. */
  opened(hash: string, use: (page: Page) => Promise<void>, options?: BrowserContextOptions): Promise<void>
}

/** Builds and serves it before the tests of the file that calls this. */
export function builtPage(): BuiltPage {
  const folder = mkdtempSync(join(tmpdir(), 'tsgrad-playground-'))
  let browser: Browser
  let server: Served

  beforeAll(async () => {
    if (!isThere) return
    const configFile = fileURLToPath(new URL('../../playground/vite.config.mjs', import.meta.url))
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

  async function fresh(options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ ...wide, ...options })
    context.setDefaultTimeout(WAIT)
    const page = await context.newPage()
    return { page, context, url: server.url }
  }
  return {
    fresh,
    async opened(hash, use, options) {
      const { page, context, url } = await fresh(options)
      const complaints = complaintsOf(page, server)
      try {
        await page.goto(url + hash)
        await use(page)
        expect(complaints).toEqual([])
      } finally {
        await context.close()
      }
    },
  }
}

/** The last program that was typed has ended. */
export const ran = (page: Page) => page.waitForSelector('#status:has-text("ran in")', { state: 'attached' })

export async function typed(page: Page, text: string): Promise<void> {
  await page.click('#editor .cm-content')
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
}

export const shownText = (page: Page, selector: string) => page.locator(selector).innerText()

/** What has the focus, by its id, its label or its words. */
export const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement!
    return at.id || at.getAttribute('aria-label') || at.textContent!.trim()
  })
