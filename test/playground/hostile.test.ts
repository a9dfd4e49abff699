/** Programs of a link that want the page to stand still, or to reach out of their frame: it goes on in Chromium. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { hashOf } from '../../playground/page/link.ts'
import { there } from '../chromium.ts'
import { builtPage, ran, shownText, typed } from './built-page.ts'

const { fresh, opened } = builtPage()

there('a loop without an end is ended, while the page goes on', async () => {
  await opened(hashOf("console.log('now')\nfor (;;) {}\n"), async page => {
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
  const { page, context, url } = await fresh()
  await page.goto(url + hashOf(tried))
  await page.waitForSelector('#output:has-text("tried all")')
  const printed = (await shownText(page, '#output')).trim().split(/\n+/)
  expect(printed).toEqual(['null undefined', 'fetch refused', 'storage refused', 'tried all'])
  await context.close()
})

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
  await opened(hashOf(program), async page => {
    await page.waitForSelector(selector, { state: 'attached' })
    await page.waitForSelector('#status:has-text("ran in")', { state: 'attached' })
    await answers(page)
  })
})

there.each(forged)('a forged message is dropped: %s', async (_, message) => {
  await opened(hashOf(forging(message)), async page => {
    // a slow machine takes the largest one for a flood, which is ended
    await page.waitForSelector('#output:has-text("forged"), #status:has-text("too many messages")')
    expect(await page.locator('.slider, figure.contours, .graph').count()).toBe(0)
    await answers(page)
  })
})

there('a flood of messages is ended', async () => {
  const flood =
    'setInterval(() => { for (let i = 0; i < 20; i++) (globalThis as any).postMessage(Array.from({ length: 1e5 }, () => ({}))) })'
  await opened(hashOf(flood.replace('setInterval', '(globalThis as any).setInterval')), async page => {
    await page.waitForSelector('#status:has-text("too many messages")')
    await answers(page)
  })
})

there('a forged end and forged answers do not hide a loop without an end', async () => {
  const program =
    "const post = (globalThis as any).postMessage\npost({ run: 1, kind: 'done', milliseconds: 1 })\nfor (;;) { const end = Date.now() + 50; while (Date.now() < end); post({ run: -1, kind: 'pong', token: 0 }) }"
  await opened(hashOf(program), async page => {
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

/** The page does what it is asked, soon. */
async function answers(page: Page): Promise<void> {
  const start = performance.now()
  await typed(page, "console.log('and on')")
  await page.waitForSelector('#output:has-text("and on")')
  expect(performance.now() - start).toBeLessThan(10_000)
}
