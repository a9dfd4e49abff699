/// <reference lib="dom" />
/** What is written on the page in Chromium: hints, errors, libraries and exceptions stand where it was typed. */
import { expect } from 'vitest'
import { hashOf } from '../../playground/page/link.ts'
import { there } from '../chromium.ts'
import { builtPage, ran, shownText, typed } from './built-page.ts'

const { opened } = builtPage()

there('types are shown on hover, and at the cursor', async () => {
  await opened('#example=notebook', async page => {
    await ran(page)
    await page.hover('.live-operator >> nth=0')
    await page.waitForSelector('.cm-tooltip .hint')
    expect(await shownText(page, '.cm-tooltip')).toContain('(operator) NumberWithGrad * number: NumberWithGrad')
    expect(await shownText(page, '.cm-tooltip')).toContain('a * other')
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
    expect(await shownText(page, '#lowered .cm-content')).toContain(lowered)
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
  await opened(hashOf(text), async page => {
    await page.waitForSelector('.line.error')
    expect(await shownText(page, '#output')).toContain('before')
    expect(await shownText(page, '.line.error')).toMatch(/TypeError: .*\n*.*line 4, column \d+/)
  })
})
