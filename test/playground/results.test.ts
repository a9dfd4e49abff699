/// <reference lib="dom" />
/** What a program shows in Chromium: its graph with gradients, its plots, and the times of its derivatives. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { there } from '../chromium.ts'
import { builtPage, focused, ran, shownText, typed } from './built-page.ts'

const { opened } = builtPage()

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
    expect(await shownText(page, '#lowered .cm-content')).toContain('const b = a.mul(7).add(1)')
    const cards = await page.locator('.graph .card').allInnerTexts()
    expect(cards.length).toBe(3)
    expect(await page.locator('.graph svg').getAttribute('aria-label')).toBe(
      'The computation of b: a 3, gradient 7; mul 21, gradient 1; b add 22, gradient 1',
    )
    expect(await shownText(page, '.slider')).toMatch(/a\s+3\s+∂ 7/)
    await page.waitForSelector('.plot .curve.gradient')
    expect(await shownText(page, '.legend')).toContain('slope 27 at 3')
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
    expect(await shownText(page, '.times .note')).toContain('with the arguments of the first call')
    // the program ran twice, and printed once
    expect((await shownText(page, '#output')).match(/after 120 steps/g)).toHaveLength(1)
    await page.click('#derivatives .choices button >> nth=1')
    expect(await shownText(page, '#derivatives .engine')).toContain(
      'On the tape: t has no type, which makes it tracked',
    )
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

there('a slider changes value and gradient, by mouse and by keyboard', async () => {
  await opened('#example=notebook', async page => {
    await ran(page)
    await page.waitForSelector('#output:has-text("d = 75")')
    await page.focus('#slider-a')
    await page.keyboard.press('Home')
    // a = -5: c = -17, d = c * (a + b) = 51
    await page.waitForSelector('#output:has-text("d = 51")')
    expect(await shownText(page, '.slider >> nth=0')).toMatch(/a\s+−5\s+∂ −29/)
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
    const [, right] = /right about (\d+) of 80/.exec(await shownText(page, '#output')) ?? []
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
