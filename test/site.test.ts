/// <reference lib="dom" />
/** The site as people meet it: built, served below a path of a server, and read in Chromium with mouse and keyboard. */

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe, complaintsOf, isThere, launched, type Served, serve, there } from './chromium.ts'
import { pages as documents } from './documents.ts'
import { repository, run } from './hosts/project.ts'

const base = '/some/where/'
const hasPlayground = existsSync(join(repository, 'playground/vite.config.mjs'))
const folder = mkdtempSync(join(tmpdir(), 'tsgrad-site-'))
let browser: Browser
let server: Served
/** The text of each page that was built, by its path on the site. */
let built: ReadonlyMap<string, string>

beforeAll(async () => {
  const build = spawn(process.execPath, ['scripts/site.mjs', 'build', folder], {
    cwd: repository,
    env: { ...process.env, SITE_BASE: base },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { status, output } = await run(build)
  if (status !== 0) throw new Error(`the site was not built:\n${output}`)
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.html') && name !== '404.html' && !name.startsWith('playground'))
    .sort()
  built = new Map(names.map(name => [name, readFileSync(join(folder, name), 'utf8')]))
  if (!isThere) return
  server = await serve(folder, base)
  browser = await launched()
}, 300_000)
afterAll(async () => {
  await browser?.close()
  server?.close()
  rmSync(folder, { recursive: true, force: true })
})

const wide = { viewport: { width: 1440, height: 900 } }
const narrow = { viewport: { width: 360, height: 740 }, hasTouch: true }
const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { ...wide, colorScheme: 'light' },
  dark: { ...wide, colorScheme: 'dark' },
  narrow: { ...narrow, colorScheme: 'light' },
}

/** Opens a page, and holds whatever is done on it to loading nothing from elsewhere and to an empty console. */
async function opened(name: string, use: (page: Page) => Promise<void>, options: BrowserContextOptions = looks.light!) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const complaints = complaintsOf(page, server)
  try {
    await goto(page, name)
    await use(page)
    expect(complaints).toEqual([])
  } finally {
    await context.close()
  }
}

/** A page is ready when its scripts have taken it over: then the outline's links or the hero are the application's. */
async function goto(page: Page, name: string): Promise<void> {
  await page.goto(server.url + name)
  await page.waitForFunction(() => '__vue_app__' in document.querySelector('#app')!)
}

const pathOf = (page: Page) => page.url().slice(server.url.length)
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')

/** Presses Tab until the text is that of the focused element. */
async function tabTo(page: Page, text: string | RegExp): Promise<void> {
  for (let count = 0; count < 80; count++) {
    await page.keyboard.press('Tab')
    const found = await focused(page)
    if (typeof text === 'string' ? found === text : text.test(found)) return
  }
  throw new Error(`Tab does not come to ${text}`)
}

test('every page of docs/ is built, and every page is in the sidebar', () => {
  const pages = documents()
    .filter(page => page.startsWith('docs/'))
    .map(page => page.slice(5).replace(/\.md$/, '.html').replace('README', 'index'))
  expect(pages.length).toBeGreaterThan(20)
  expect([...built.keys()]).toEqual(expect.arrayContaining(pages))
  const sidebar = built.get('start.html')! + built.get('decisions/0001-write-from-left-to-right.html')!
  for (const page of built.keys())
    if (page !== 'index.html')
      expect(sidebar, page).toContain(`href="${base}${page.replace(/(?<=\/)index\.html$/, '')}"`)
})

test('links lead to pages and headings that exist, and nothing is loaded from other hosts', () => {
  let count = 0
  for (const [name, text] of built) {
    for (const [, href] of text.matchAll(/<a [^>]*?href="([^"]*)"/g)) {
      if (/^https?:/.test(href!)) continue
      count++
      const { pathname, hash } = new URL(href!, `http://site${base}${name}`)
      const target = pathname.slice(base.length).replace(/(?<=^|\/)$/, 'index.html')
      if (target.startsWith('playground/')) {
        expect(existsSync(join(folder, target)), `${name}: ${href}`).toBe(true)
        continue
      }
      expect([...built.keys()], `${name}: ${href}`).toContain(target)
      const id = decodeURIComponent(hash.slice(1))
      if (id !== '') expect(built.get(target)!.includes(` id="${id}"`), `${name}: ${href}`).toBe(true)
    }
    expect(text.match(/<(?:script|img|link|iframe)[^>]*(?:src|href)="(?:https?:)?\/\/[^"]*"/g), name).toBeNull()
  }
  expect(count).toBeGreaterThan(1000)
})

there('every page renders, and none is wider than a narrow screen', { timeout: 240_000 }, async () => {
  const wider: string[] = []
  await opened(
    '',
    async page => {
      for (const name of built.keys()) {
        await goto(page, name)
        expect((await page.locator('h1').first().innerText()).length, name).toBeGreaterThan(2)
        const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
        if (content! > screen!) wider.push(`${name}: ${content}`)
      }
    },
    looks.narrow,
  )
  expect(wider).toEqual([])
})

// each kind of page: of prose, of tables, of code, generated from docstrings, from rules, from messages
const kinds = 'index start operators rules errors comparison hosts/index api/inspect'.split(' ')

there.each(Object.entries(looks))('axe finds no violation: %s', { timeout: 240_000 }, async (_, look) => {
  const found: string[] = []
  let passes = 0
  await opened(
    '',
    async page => {
      for (const name of kinds) {
        await goto(page, `${name}.html`)
        await page.evaluate(axe)
        const result = await page.evaluate(() => {
          const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResult> } }
          return axe.run()
        })
        passes += result.passes.length
        for (const { id, nodes } of result.violations)
          found.push(`${name} ${id}: ${nodes.map(({ html }) => html.slice(0, 100)).slice(0, 4)}`)
      }
    },
    look,
  )
  expect(found).toEqual([])
  expect(passes).toBeGreaterThan(kinds.length * 15)
})

interface AxeResult {
  readonly passes: readonly unknown[]
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
}

there('a page is read without scripts', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${server.url}start.html`)
  expect(await page.locator('h1').innerText()).toContain('Start')
  expect(await page.locator('pre code').count()).toBeGreaterThan(8)
  expect(await page.locator('pre code').first().isVisible()).toBe(true)
  await context.close()
})

there('the search finds an error by its code, with the keyboard alone', async () => {
  await opened('start.html', async page => {
    await page.keyboard.press('Control+k')
    await page.waitForSelector('.VPLocalSearchBox input')
    await page.keyboard.type('TS92003')
    await page.waitForSelector('.VPLocalSearchBox .result')
    await page.keyboard.press('Enter')
    await page.waitForURL(/errors/)
    expect(pathOf(page)).toBe('errors.html#ts92003')
  })
})

there('the search finds words of pages and of the API, and the tools that people have', async () => {
  await opened('start.html', async page => {
    for (const [words, path] of [
      ['valueAndGrad', 'api/tsgrad'],
      ['network that learns', 'guide/training'],
      ['rejectNativeOperators', 'operators'],
      ['next.js', 'hosts/next'],
      ['react', 'hosts/vite'],
      ['vue', 'hosts/vite'],
      ['svelte', 'hosts/vite'],
      ['monorepo', 'hosts/'],
      ['worker', 'hosts/vite'],
      ['declarations', 'hosts/'],
      ['react native', 'hosts/'],
    ]) {
      await page.keyboard.press('Control+k')
      await page.fill('.VPLocalSearchBox input', words!)
      await page.waitForSelector('.VPLocalSearchBox .result')
      const results = await page.$$eval('.VPLocalSearchBox .result', links =>
        links.map(link => link.getAttribute('href')),
      )
      expect(results.join(' '), words).toContain(path)
      await page.keyboard.press('Escape')
    }
  })
})

there('a reader with a keyboard skips to the text, follows the sidebar and changes the colours', async () => {
  await opened('start.html', async page => {
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('VPContent')
    await goto(page, 'start.html')
    await tabTo(page, 'Operators for your own classes')
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)
    expect(outline).toBe('solid')
    await page.keyboard.press('Enter')
    await page.waitForURL(/operators/)
    // the address changes before the page does
    await expect.poll(() => page.locator('h1').innerText()).toContain('Operators for your own classes')
    await page.locator('.VPNavBarAppearance button').focus()
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.documentElement.classList.contains('dark'))).toBe(true)
  })
})

there('a reader with a phone opens the menu and the sidebar', async () => {
  await opened(
    'start.html',
    async page => {
      await page.click('.VPNavBarHamburger')
      await page.click('.VPNavScreen a:has-text("Hosts")')
      await page.waitForURL(/hosts/)
      await page.click('.VPLocalNav .menu')
      await page.click('.VPSidebar a:has-text("How to read errors")')
      await page.waitForURL(/reading-errors/)
    },
    looks.narrow,
  )
})

test.skipIf(!isThere || !hasPlayground)('the playground is a link away', { timeout: 120_000 }, async () => {
  await opened('', async page => {
    await page.click('.VPNavBar a:has-text("Playground")')
    await page.waitForSelector('#status:has-text("ran in")', { state: 'attached', timeout: 40_000 })
    expect(pathOf(page)).toMatch(/^playground\//)
  })
})
