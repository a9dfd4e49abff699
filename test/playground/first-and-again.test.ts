/// <reference lib="dom" />
/** What is there when the page opens in Chromium: by a link, before the compiler, after Back and a reload. */
import { expect } from 'vitest'
import { there } from '../chromium.ts'
import { builtPage, ran, shownText, typed } from './built-page.ts'

const { fresh, opened } = builtPage()

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
    await other.waitForSelector('#output:has-text("∂ shared")')
    expect(await shownText(other, '#editor .cm-content')).toBe("console.log('∂ shared')")
  })
  await opened('#code=damaged!', async page => {
    await ran(page)
    expect(await shownText(page, '#editor .cm-content')).toContain('Natural math on tracked numbers')
  })
})

there('what was written is there again after another example, Back and a reload', async () => {
  await opened('', async page => {
    await ran(page)
    await typed(page, "console.log('mine')")
    // at once, before it is compiled
    await page.click('#examples a >> nth=2')
    await ran(page)
    expect(await shownText(page, '#editor .cm-content')).not.toContain('mine')
    await page.goBack()
    await page.waitForSelector('#output:has-text("mine")')
    await typed(page, "console.log('again')")
    await page.waitForFunction(() => location.hash.length > 20)
    await page.waitForTimeout(300)
    await page.reload()
    await page.waitForSelector('#output:has-text("again")')
  })
})

there('an example is lowered and run before the compiler has loaded', async () => {
  const { page, context, url } = await fresh()
  let release: () => void = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  await context.route('**/compiler.worker*', async route => {
    await held
    await route.continue()
  })
  await page.goto(url)
  await page.waitForSelector('#status:has-text("compiled with the page, ran in")', { state: 'attached' })
  expect(await shownText(page, '#lowered .cm-content')).toContain('const d = c.mul((a.add(b)))')
  expect(await shownText(page, '#output')).toContain('d = 75')
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
    expect(await shownText(page, '#status')).toContain('compiled with the page')
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
