/** Definitions, references and renaming through the real tsserver, with operators among them. */
import type ts from 'typescript'
import { afterAll, describe, expect, test } from 'vitest'
import { Editor, edited, type FileSpan } from './editor.ts'
import * as sources from './fixture.ts'
import { COMPILERS } from './server.ts'

type References = ts.server.protocol.ReferencesResponseBody
type Highlights = ts.server.protocol.DocumentHighlightsItem[]
type Rename = ts.server.protocol.RenameResponseBody

const add = ['main.ts:12 "+="', 'main.ts:8 "+"', 'vec.ts:4 "add"', 'vec.ts:7 "add"']
const scale = [
  'main.ts:12 "*"',
  'main.ts:8 "*"',
  'main.ts:9 "*"',
  'vec.ts:11 "scale"',
  'vec.ts:4 "scale"',
  'vec.ts:4 "scale"',
]

describe.each(Object.entries(COMPILERS))('%s', (_, compiler) => {
  const texts: Record<string, string> = { 'vec.ts': sources.vec, 'main.ts': sources.main, 'chain.ts': sources.chain }
  const editor = new Editor(texts, { compiler })
  afterAll(() => editor.close())

  test.each([
    ['main.ts', 'p ‸+ p', 'vec.ts:7 "add"'],
    ['main.ts', 'p ‸* 2', 'vec.ts:11 "scale"'],
    ['main.ts', '3 ‸* -q', 'vec.ts:11 "scale"'],
    ['main.ts', '* ‸-q', 'vec.ts:14 "neg"'],
    ['main.ts', 'all ‸+= x', 'vec.ts:7 "add"'],
    ['main.ts', '‸p + p', 'main.ts:7 "p"'],
    ['main.ts', '(‸b + 3', 'main.ts:5 "b"'],
    ['vec.ts', "'‸add'", 'vec.ts:7 "add"'],
    // where the probe is wrong
    ['chain.ts', "q + 'm' ‸+ 'cm'", 'chain.ts:6 "add"'],
  ])('in %s, %s goes to its definition', async (name, place, target) => {
    const found = await editor.ask<FileSpan[]>('definition', name, place)
    expect(found.map(each => editor.shown(each))).toEqual([target])
  })

  test("`*` of tracked numbers goes to the runtime's method", async () => {
    const [found] = await editor.ask<FileSpan[]>('definition', 'main.ts', 'b = a ‸* 4')
    expect(found!.file).toMatch(/operations\.d\.ts$/)
  })

  test.each([
    ['vec.ts', '  ‸add(', add],
    ['vec.ts', "'‸add'", add],
    ['main.ts', 'p ‸+ p', add],
    ['vec.ts', '  ‸scale(', scale],
    ['main.ts', '3 ‸* -q', scale],
    ['main.ts', 'const ‸b = a', ['main.ts:5 "b"', 'main.ts:6 "b"']],
    ['main.ts', 'let ‸all', ['main.ts:11 "all"', 'main.ts:12 "all"', 'main.ts:13 "all"']],
  ])('in %s, %s is used at all of these places', async (name, place, places) => {
    const { refs } = await editor.ask<References>('references', name, place)
    expect(refs.map(each => editor.shown(each)).sort()).toEqual(places)
  })

  test.each([
    ['p ‸+ p', ['main.ts:12 "+="', 'main.ts:8 "+"']],
    ['p ‸* 2', ['main.ts:12 "*"', 'main.ts:8 "*"', 'main.ts:9 "*"']],
    ['let ‸all', ['main.ts:11 "all"', 'main.ts:12 "all"', 'main.ts:13 "all"']],
  ])('%s is highlighted with its like in the file', async (place, places) => {
    const filesToSearch = [editor.path('main.ts')]
    const found = await editor.ask<Highlights>('documentHighlights', 'main.ts', place, { filesToSearch })
    const shown = found.flatMap(({ file, highlightSpans }) =>
      highlightSpans.map(each => editor.shown({ file, ...each })),
    )
    expect(shown.sort()).toEqual(places)
  })

  test.each([
    ['p ‸+ p', /vec\.ts:\d+ "Vec"/],
    ['b = a ‸* 4', /number-with-grad\.d\.ts/],
  ])('%s goes to the type of its result', async (place, target) => {
    const found = await editor.ask<FileSpan[]>('typeDefinition', 'main.ts', place)
    expect(found.map(each => editor.shown(each)).join()).toMatch(target)
  })

  const renamed = async (name: string, place: string, to: string) => {
    const { info, locs } = await editor.ask<Rename>('rename', name, place)
    expect(info.canRename).toBe(true)
    return Object.fromEntries(
      locs.map(({ file, locs }) => {
        const short = file.slice(file.lastIndexOf('/') + 1)
        return [
          short,
          edited(
            texts[short]!,
            locs.map(each => ({ newText: to, ...each })),
          ),
        ]
      }),
    )
  }

  test.each(['  ‸add(', "'‸add'"])('a method that operators use is renamed at %s, with its entry', async place => {
    const { vec } = sources
    const text = vec.replace("'add'", "'plus'").replace('add(other', 'plus(other')
    expect(await renamed('vec.ts', place, 'plus')).toEqual({ 'vec.ts': text })
  })

  test('a variable is renamed across operators, each of its places once', async () => {
    const main = sources.main.replace(/\ball\b/g, 'result')
    expect(await renamed('main.ts', '‸all += x', 'result')).toEqual({ 'main.ts': main })
    const q = sources.main.replace(/\bp\b/g, 'origin')
    expect(await renamed('main.ts', '‸p * 2', 'origin')).toEqual({ 'main.ts': q })
  })

  test('an operator has no name', async () => {
    const { info, locs } = await editor.ask<Rename>('rename', 'main.ts', 'p ‸+ p')
    expect([info.canRename, locs]).toEqual([false, []])
  })
})
