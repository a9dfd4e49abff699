/** Chromium for tests that use a page as people do, and how they serve and check pages. It must not know which pages. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'
import { test } from 'vitest'

const { findChromium }: { findChromium(): string | undefined } = await import('../scripts/browser.mjs' as string)
const executablePath = findChromium()
export const isThere = executablePath !== undefined
if (!isThere)
  console.warn("no Chromium, so that tests of pages are skipped; Debian's is the package chromium-headless-shell")
/** A test that needs it. */
export const there = test.skipIf(!isThere)

/** Asks nobody but the pages' own servers. */
export function launched(): Promise<Browser> {
  const off = ['quic', 'gpu', 'background-networking', 'component-update', 'sync'].map(name => `--disable-${name}`)
  return chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--no-first-run', ...off] })
}

/** A folder that is served on this machine. */
export interface Served {
  readonly url: string
  close(): void
}
const server = await import('../scripts/static-server.mjs' as string)
export const serve: (folder: string, prefix: string) => Promise<Served> = server.serve

/** Fills with what a page says on its console, fails to load, or loads from elsewhere. */
export function complaintsOf(page: Page, { url }: Served): readonly string[] {
  const complaints: string[] = []
  const complain = (text: string) => complaints.push(`${page.url()} ${text}`)
  page.on('console', message => complain(`${message.type()}: ${message.text()}`))
  page.on('pageerror', error => complain(String(error)))
  page.on('response', response => {
    if (response.status() >= 400) complain(`got ${response.status()} for ${response.url()}`)
  })
  page.on('request', request => {
    if (!/^(blob:|data:|about:)/.test(request.url()) && !request.url().startsWith(url))
      complain(`asked for ${request.url()}`)
  })
  return complaints
}

/** The script that looks at whether a page can be used by all: https://github.com/dequelabs/axe-core. */
export const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
