/** Diagnostics and source maps of a lowered text lead back to the original one, without a host around it. */
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { type MappedFiles, originalDiagnostic, originalSourceMap, textMap } from '../transformer/text/positions.ts'
import { Writer } from '../transformer/text/writer.ts'

/** `a * b` on the second line, written as `a.mul(b)`. */
const natural = '// é\nconst c = a * b\n'
const lowered = '// é\nconst c = a.mul(b)\n'
const writer = new Writer(natural)
const operator = natural.indexOf(' * ')
writer.copy(0, operator)
writer.insert('.mul(', operator, operator + 3)
writer.copy(operator + 3, operator + 4)
writer.insert(')', operator + 4)
writer.copy(operator + 4, natural.length)
const mapped = writer.finish()

const fileOf = (name: string, text: string) => ts.createSourceFile(name, text, ts.ScriptTarget.ES2023)
const original = fileOf('a.ts', natural)
const other = fileOf('other.ts', lowered)
const files: MappedFiles = new Map([['a.ts', { original, mapped }]])
const base64 = (text: string) => Buffer.from(text).toString('base64')

test('the text is the one that the rows below are about', () => expect(mapped.text).toBe(lowered))

describe('a diagnostic', () => {
  const at = (file: ts.SourceFile | undefined, sought: string): ts.DiagnosticWithLocation => ({
    ...{ category: ts.DiagnosticCategory.Error, code: 1, messageText: 'no' },
    ...{ file: file!, start: lowered.indexOf(sought), length: sought.length },
  })
  const shown = ({ file, start, length }: Pick<ts.Diagnostic, 'file' | 'start' | 'length'>) =>
    `${file?.fileName} ${JSON.stringify(file?.text.slice(start, start! + length!))}`

  test.each([
    ['of a copy', 'b', 'a.ts "b"'],
    ['of an insertion', 'mul', 'a.ts " * "'],
    ['of a whole call', 'a.mul(b)', 'a.ts "a * b"'],
  ])('%s stands at its original', (_, sought, expected) => {
    const { file, ...found } = originalDiagnostic(files, at(fileOf('a.ts', lowered), sought))
    expect(file).toBe(original)
    expect(shown({ file, ...found })).toBe(expected)
    expect(found).not.toHaveProperty('relatedInformation')
  })

  test('that has no place, or none in a lowered file, stays as it is', () => {
    const elsewhere = at(other, 'mul')
    expect(originalDiagnostic(files, elsewhere)).toBe(elsewhere)
    const nowhere = { ...at(undefined, 'mul'), start: undefined, length: undefined }
    expect(originalDiagnostic(files, nowhere)).toBe(nowhere)
    const whole = { ...at(fileOf('a.ts', lowered), 'b'), start: undefined, length: undefined }
    expect(originalDiagnostic(files, whole)).toEqual({ ...whole, file: original })
  })

  test('has its related places in the originals too, whatever file it is in', () => {
    const relatedInformation = [at(fileOf('a.ts', lowered), 'mul'), at(other, 'mul')]
    const found = originalDiagnostic(files, { ...at(other, 'b'), relatedInformation })
    expect([found, ...found.relatedInformation!].map(shown)).toEqual(['other.ts "b"', 'a.ts " * "', 'other.ts "mul"'])
  })
})

describe('the source map of an emitted file', () => {
  /** What a compiler writes for the lowered text: each character at its own place. */
  const identity = (options: object = {}) =>
    JSON.stringify({
      ...textMap(copyOf(lowered), 'a.ts'),
      ...{ file: 'a.js', sourceRoot: '/lost' },
      ...options,
    })
  const copyOf = (text: string) => {
    const whole = new Writer(text)
    whole.copy(0, text.length)
    return whole.finish()
  }
  const sources = [other, original]
  const placeOf = (json: string, sought: string) => {
    const column = lowered.split('\n')[1]!.indexOf(sought)
    const { source, line, column: found } = originalPositionFor(new TraceMap(json), { line: 2, column })
    return `${source}:${line}:${natural.split('\n')[line! - 1]!.slice(found!, found! + 1)}`
  }

  test.each([
    ['c', 'a.ts:2:c'],
    ['a.mul', 'a.ts:2:a'],
    ['mul', 'a.ts:2: '],
    ['b', 'a.ts:2:b'],
  ])('leads from %s to %s', (sought, expected) => {
    const found = originalSourceMap(files, 'a.js.map', identity({ sourceRoot: '' }), sources)
    expect(placeOf(found, sought)).toBe(expected)
  })

  test('keeps what it says besides, and holds the original text where it held the lowered one', () => {
    const held = JSON.parse(originalSourceMap(files, 'a.js.map', identity(), sources))
    expect(held).toMatchObject({ file: 'a.js', sourceRoot: '/lost', sources: ['a.ts'], sourcesContent: [natural] })
    const bare = JSON.parse(originalSourceMap(files, 'a.js.map', identity({ sourcesContent: undefined }), sources))
    expect(bare).not.toHaveProperty('sourcesContent')
  })

  test('may stand in the file itself, with letters of every alphabet, and only as its last line', () => {
    const start = '//# sourceMappingURL=data:application/json;base64,'
    const map = identity({ file: 'é+/.js' })
    for (const end of ['', '\n', '\r\n']) {
      const code = `const text = "${start}AAAA"\n`
      const found = originalSourceMap(files, 'a.js', `${code}${start}${base64(map)}${end}`, sources)
      expect(found.startsWith(`${code}${start}`)).toBe(true)
      const inline = Buffer.from(found.slice(code.length + start.length), 'base64').toString()
      expect(inline).toBe(originalSourceMap(files, 'a.js.map', map, sources))
      expect(inline).toContain('é+/.js')
    }
  })

  test('stays as it is where no source is lowered, and where there is no map', () => {
    for (const given of [undefined, [], [other]])
      expect(originalSourceMap(files, 'a.js.map', identity(), given)).toBe(identity())
    expect(originalSourceMap(files, 'a.js', 'x()', sources)).toBe('x()')
  })

  test('of several sources is refused', () => {
    const two = identity({ sources: ['a.ts', 'other.ts'] })
    expect(() => originalSourceMap(files, 'a.js.map', two, sources)).toThrow(
      'outFile bundles are not supported (this one has 2',
    )
  })

  test.each([
    ['../src/a.ts', '/root/src/a.ts', '/root/src/deep/b.ts', '../src/deep/b.ts'],
    ['../src/a.ts', '/root/src/a.ts', '/root/lib/b.ts', '../lib/b.ts'],
    ['a.ts', '/root/a.ts', '/b.ts', '../b.ts'],
    ['../a.ts', '/root/a.ts', '/b.ts', '../../b.ts'],
    ['../a.ts', 'C:/root/a.ts', 'D:/b.ts', 'D:/b.ts'],
  ])('of %s leads into other files that insertions come from', (source, own, other, expected) => {
    const text = '// first\nother\n'
    const from = { start: text.indexOf('other'), other: { fileName: other, text } }
    const inserted = mapped.inserting([{ at: lowered.length, text: 'more', span: { start: 0, length: 1 }, from }])
    const known: MappedFiles = new Map([[own, { original: fileOf(own, natural), mapped: inserted }]])
    const given = JSON.stringify({ ...textMap(copyOf(inserted.text), source), sourcesContent: [inserted.text] })
    const found = JSON.parse(originalSourceMap(known, 'a.js.map', given, [{ fileName: own }]))
    expect(found).toMatchObject({ sources: [source, expected], sourcesContent: [natural, text] })
    const tracer = new TraceMap(found)
    expect(originalPositionFor(tracer, { line: 3, column: 0 })).toMatchObject({ source: expected, line: 2, column: 0 })
    expect(originalPositionFor(tracer, { line: 2, column: 0 })).toMatchObject({ source, line: 2, column: 0 })
    expect(inserted.toOriginal({ start: lowered.length, length: 4 }).start).toBe(0)
  })

  test('of a lowered text alone has no names', () => {
    expect(textMap(mapped, 'a.ts')).toEqual({
      ...{ version: 3, sources: ['a.ts'], sourcesContent: [natural], names: [] },
      mappings: expect.stringMatching(/^AAAA,[\w,+/]+;[\w,+/]+;/),
    })
  })
})
