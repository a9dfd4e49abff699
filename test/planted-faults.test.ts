/** The faults that can be put back: what mends each is in its file once, and the page of edges names the test that finds it. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { plantedFaults } from '../scripts/tables/planted-faults.ts'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const page = read('docs/edges.md')

test.each(plantedFaults)('$fault', ({ file, mended, planted, test: finding }) => {
  expect(read(file).split(mended)).toHaveLength(2)
  expect(planted).not.toBe(mended)
  expect(page).toContain(finding)
})

test('each generator has a fault that it finds', () => {
  const generators = [...page.matchAll(/^\| \w[\w ]* \| `(test\/[\w-]+\.test\.ts)`/gm)].map(([, path]) => path)
  expect(generators.length).toBeGreaterThan(7)
  for (const path of generators) expect(plantedFaults.map(each => each.test)).toContain(path)
})
