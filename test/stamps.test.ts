/** Changed files are found by their stamps, each change once. */
import { beforeEach, expect, test } from 'vitest'
import { createStamps, type Stamps } from '../transformer/build/stamps.ts'

let disk: Record<string, string>
let stamps: Stamps<string>
beforeEach(() => {
  disk = { a: '1', b: '1' }
  stamps = createStamps(name => disk[name])
  stamps.watch(['a', 'b', 'c'])
})

test('a file that was changed, made or removed is named once', () => {
  expect(stamps.changed()).toEqual([])
  disk = { a: '2', c: '1' }
  expect(stamps.changed()).toEqual(['a', 'b', 'c'])
  expect(stamps.changed()).toEqual([])
  disk.a = '3'
  expect(stamps.changed()).toEqual(['a'])
})

test('to watch a known file again does not hide its change, to look at it again does', () => {
  disk.a = '2'
  stamps.watch(['a'])
  expect(stamps.isChanged('a')).toBe(true)
  stamps.look(['a'])
  expect([stamps.isChanged('a'), stamps.changed()]).toEqual([false, []])
})

test('a file that nobody looked at has changed if it is there', () => {
  disk.d = '1'
  expect([stamps.isChanged('d'), stamps.isChanged('e')]).toEqual([true, false])
  expect(stamps.changed()).toEqual([])
})
