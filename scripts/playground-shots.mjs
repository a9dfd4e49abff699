// Takes pictures of the built playground, to be looked at: `node scripts/playground-shots.mjs folder [example…]` after `npm run playground:build`.

import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { findChromium } from './browser.mjs'
import { serve } from './static-server.mjs'

const [folder, ...chosen] = process.argv.slice(2)
if (!folder) throw new Error('usage: node scripts/playground-shots.mjs folder [example…]')
mkdirSync(folder, { recursive: true })

const sizes = { wide: [1680, 1000], middle: [1200, 820], narrow: [390, 800] }
const { url, close } = await serve(fileURLToPath(new URL('../playground/dist/', import.meta.url)))
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
})
try {
  for (const colorScheme of ['light', 'dark'])
    for (const [size, [width, height]] of Object.entries(sizes)) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height }, deviceScaleFactor: 1 })
      page.on('console', message => console.log(`${size}: ${message.type()}: ${message.text()}`))
      page.on('pageerror', error => console.log(`${size}: ${error}`))
      await page.goto(url)
      await page.waitForSelector('#status:not(.running):has-text("ran in")', { timeout: 20_000, state: 'attached' })
      const ids = await page.$$eval('#examples a', links => links.map(link => link.getAttribute('href').split('=')[1]))
      const shown = chosen.length > 0 ? ids.filter(id => chosen.includes(id)) : ids
      for (const id of shown) {
        await page.goto(`${url}#example=${id}`)
        // the status of the last example goes first
        await page.waitForTimeout(600)
        await page.waitForSelector('#status:not(.running):has-text("ran in"), #status.failed', {
          timeout: 60_000,
          state: 'attached',
        })
        await page.waitForTimeout(700)
        const views =
          size === 'narrow' ? ['code', 'results', 'compiled'] : size === 'middle' ? ['results', 'compiled'] : ['']
        for (const view of views) {
          if (view) await page.click(`.views [data-view="${view}"]`)
          await page.screenshot({ path: `${folder}/${colorScheme}-${size}-${id}${view && `-${view}`}.png` })
        }
      }
      await page.close()
    }
} finally {
  await browser.close()
  close()
}
