/** Texts made of copied and inserted pieces: what is written, and where each range came from and went. */
import { describe, expect, test } from 'vitest'
import { Writer } from '../transformer/text/writer.ts'

describe('two pieces do not become one token', () => {
  test.each([
    ['return', 'a', 'return a'],
    ['return', '(', 'return('],
    ['a', '1', 'a 1'],
    ['/', '/b', '/ /b'],
    ['/', '*', '/ *'],
    ['/', 'b', '/b'],
    ['/', 'b * c', '/b * c'],
    ['*', '/', '*/'],
    ['+', '+', '+ +'],
    ['-', '-', '- -'],
    ['-', '+', '-+'],
    ['a', '+', 'a+'],
  ])('%s and %s', (first, second, expected) => {
    const joined = new Writer('')
    joined.insert(first, 0)
    joined.insert(second, 0)
    expect(joined.finish().text).toBe(expected)
  })
})

test('nothing between two pieces does not join them', () => {
  const writer = new Writer('a')
  writer.insert('return', 0)
  writer.copy(0, 0)
  writer.insert('', 0)
  writer.insert('a', 0)
  expect(writer.finish().text).toBe('return a')
})

describe('a text that waits for the next one', () => {
  /** Due before a parenthesis, not before anything else, and undecided before a blank. */
  const written = (...parts: readonly (string | readonly [number, number])[]) => {
    const writer = new Writer('a (b) c')
    writer.copy(0, 1)
    writer.insertIf(';', 1, next => (next.trim() === '' ? undefined : next.trim().startsWith('(')))
    for (const part of parts) {
      if (typeof part === 'string') writer.insert(part, 1)
      else writer.copy(...part)
    }
    return writer.finish()
  }
  test.each([
    ['is written before the text that asks for it', [[2, 5]], 'a;(b)'],
    ['waits behind a blank, and stands after it', [' ', [2, 5]], 'a ;(b)'],
    ['is dropped before another text', [[6, 7]], 'a c'],
    ['is written once', [[2, 5], '(', ')'], 'a;(b)()'],
    [
      'is dropped for good',
      [
        [6, 7],
        [2, 5],
      ],
      'a c(b)',
    ],
    ['is dropped at the end', [], 'a'],
  ] as const)('%s', (_, parts, expected) => expect(written(...parts).text).toBe(expected))

  test('is an insertion at its place', () => {
    expect(written([2, 5]).insertions()).toEqual([{ start: 1, length: 1 }])
    expect(written([2, 5]).toOriginal({ start: 1, length: 1 })).toEqual({ start: 1, length: 0 })
  })
})

describe('a text with its pieces', () => {
  const original = 'let x = a * bb + c'
  const at = (text: string, of = original) => ({ start: of.indexOf(text), length: text.length })
  /** `c.radd(a.mul(bb))`, its last operand moved before the others. */
  const moved = () => {
    const writer = new Writer(original)
    writer.copy(0, 4)
    writer.copy(4, 8)
    writer.copy(17, 18)
    writer.insert('.radd(', 14, 17)
    writer.insert('', 14)
    writer.copy(8, 9)
    writer.insert('.mul(', 9, 12)
    writer.copy(12, 14)
    writer.insert('))', 14)
    return writer.finish()
  }
  const mapped = moved()
  const { text } = mapped

  test('is the text that the rows below are about', () => expect(text).toBe('let x = c.radd(a.mul(bb))'))

  test('names its insertions; those of nothing are none', () => {
    const inserted = mapped.insertions().map(({ start, length }) => text.slice(start, start + length))
    expect(inserted).toEqual(['.radd(', '.mul(', '))'])
  })

  test.each([
    ['x', 'x'],
    ['let x =', 'let x ='],
    ['c', 'c'],
    ['bb', 'bb'],
    ['mul', ' * '],
    ['radd', ' + '],
    ['a.mul', 'a * '],
    ['a.mul(bb)', 'a * bb'],
    ['c.radd(a', 'a * bb + c'],
  ])('%s comes from %s', (sought, expected) => expect(mapped.toOriginal(at(sought, text))).toEqual(at(expected)))

  test.each([
    ['x', 'x'],
    ['let x = ', 'let x = '],
    ['a', 'a.mul'],
    ['bb', 'bb'],
    ['c', 'c.radd'],
  ])('%s stands at %s', (sought, expected) =>
    expect(mapped.toGenerated({ start: original.lastIndexOf(sought), length: sought.length })).toEqual({
      start: text.indexOf(expected),
      length: sought.length,
    }),
  )

  test('a range over an operator has no place, and no copy', () => {
    expect(mapped.toGenerated(at('a * bb'))).toBeUndefined()
    expect(mapped.toGenerated(at('*'))).toBeUndefined()
    expect(mapped.toCopied(at('mul', text))).toBeUndefined()
    expect(mapped.toCopied(at('a.mul', text))).toBeUndefined()
    expect(mapped.toCopied(at('x = ', text))).toEqual(at('x = '))
    expect(mapped.toCopied(at('bb', text))).toEqual(at('bb'))
  })

  test.each([
    ['before c', at('c', text).start, original.length - 1],
    ['behind c, beside an insertion', at('c', text).start + 1, original.length],
    ['within an insertion', at('mul', text).start + 1, undefined],
    ['the end, behind an insertion', text.length, undefined],
  ])('a position %s', (_, position, expected) => expect(mapped.positionToOriginal(position)).toBe(expected))

  test.each([
    ['before a', 8, 'after', text.indexOf('a.mul')],
    ['behind a', 9, 'before', text.indexOf('.mul')],
    ['before *, which was not copied, behind a', 9, 'after', text.indexOf('.mul')],
    ['before bb, behind a blank that was not copied', 12, 'before', text.indexOf('bb')],
    ['within the operator', 10, 'after', text.indexOf('.mul')],
    ['the start', 0, 'before', 0],
    ['the end', 18, 'after', text.indexOf('.radd')],
  ] as const)('a place %s is found in the lowered text', (_, position, side, expected) =>
    expect(mapped.positionToGenerated(position, side)).toBe(expected),
  )

  test('a place of which nothing is left is the end', () => {
    const writer = new Writer('a bc')
    writer.copy(0, 1)
    expect(writer.finish().positionToGenerated(3)).toBe(1)
    expect(new Writer('').finish().toOriginal({ start: 0, length: 0 })).toEqual({ start: 0, length: 0 })
  })

  test('a text of one insertion has the range that it stands for, its ends included', () => {
    const writer = new Writer('0123456789')
    writer.insert('xx', 3, 6)
    const only = writer.finish()
    const places = [2, 3, 5, 6, 7].map(position => only.positionToGenerated(position))
    expect(places).toEqual([2, 0, 0, 0, 2])
    expect(only.toOriginal({ start: 0, length: 0 })).toEqual({ start: 3, length: 3 })
    expect(only.toCopied({ start: 0, length: 1 })).toBeUndefined()
  })

  test('an empty range between two pieces is that of the second one', () => {
    const start = text.indexOf('.radd')
    expect(mapped.toOriginal({ start, length: 0 })).toEqual(at(' + '))
    expect(mapped.toOriginal({ start: text.indexOf('a.mul'), length: 0 })).toEqual({ start: 8, length: 0 })
  })

  test('has a segment for each word and sign of a copy, and one for a line of an insertion', () => {
    const writer = new Writer('é1 +\nb')
    writer.copy(0, 5)
    writer.insert('x.y\n z', 3, 4)
    writer.copy(5, 6)
    expect(writer.finish().text).toBe('é1 +\nx.y\n z b')
    expect(writer.finish().segments()).toEqual([
      [
        [0, 0, 0, 0],
        [2, 0, 0, 2],
        [3, 0, 0, 3],
        [4, 0, 0, 4],
      ],
      [
        [0, 0, 0, 3],
        [3, 0, 0, 3],
      ],
      [
        [0, 0, 0, 3],
        [3, 0, 1, 0],
      ],
    ])
  })
})
