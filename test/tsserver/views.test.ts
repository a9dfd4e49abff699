/** What the real tsserver shows of natural math: hovers, completions, hints, the outline, colours. */
import type ts from 'typescript'
import { afterAll, describe, expect, test } from 'vitest'
import { Editor } from './editor.ts'
import * as sources from './fixture.ts'
import { COMPILERS } from './server.ts'

type QuickInfo = ts.server.protocol.QuickInfoResponseBody

const hovers: readonly (readonly [place: string, shown: string, documentation: string, span: string])[] = [
  ['const ‸b = a', 'const b: NumberWithGrad', '', 'b'],
  ['const ‸c = (b', 'const c: NumberWithGrad', '', 'c'],
  ['(‸a * 4).num', 'const a: NumberWithGrad', '', 'a'],
  ['b = a ‸* 4', '(operator) NumberWithGrad * number: NumberWithGrad', '`a * other`.', '*'],
  ['p ‸+ p', '(operator) Vec + Vec: Vec', 'Adds component by component.', '+'],
  ['p ‸* 2', '(operator) Vec * number: Vec', 'Longer or shorter.', '*'],
  ['3 ‸* -q', '(operator) number * Vec: Vec', 'Longer or shorter.', '*'],
  ['* ‸-q', '(operator) -Vec: Vec', '', '-'],
  ['all ‸+= x', '(operator) Vec += Vec: Vec', 'Adds component by component.', '+='],
  ['Math.‸exp(', '(operator) Math.exp(NumberWithGrad): NumberWithGrad', '`Math.exp(a)`.', 'exp'],
]

/** In a file in which the probe finds another meaning than the lowered text has. */
const corrected: readonly (readonly [place: string, shown: string, documentation: string])[] = [
  ["q ‸+ 'm' + 'cm'", '(operator) Length + string: Length', 'Adds a unit.'],
  ["q + 'm' ‸+ 'cm'", '(operator) Length + string: Length', 'Adds a unit.'],
  ['down = ‸-(q', '(operator) -Length: Length', ''],
]

describe.each(Object.entries(COMPILERS))('%s', (_, compiler) => {
  const editor = new Editor({ 'vec.ts': sources.vec, 'main.ts': sources.main, 'chain.ts': sources.chain }, { compiler })
  const file = editor.path('main.ts')
  afterAll(() => editor.close())

  test.each(hovers)('hover on %s', async (place, shown, documentation, span) => {
    const info = await editor.ask<QuickInfo>('quickinfo', 'main.ts', place)
    expect([info.displayString, info.documentation]).toEqual([shown, documentation])
    expect(editor.shown({ file: 'main.ts', ...info })).toMatch(
      new RegExp(`^main.ts:\\d+ "${span.replace(/\W/g, '\\$&')}"$`),
    )
  })

  test.each(corrected)('hover on %s, where the probe is wrong', async (place, shown, documentation) => {
    const info = await editor.ask<QuickInfo>('quickinfo', 'chain.ts', place)
    expect([info.displayString, info.documentation]).toEqual([shown, documentation])
  })

  test('an expression in parentheses completes to the members of its result', async () => {
    const body = await editor.ask<ts.server.protocol.CompletionInfo>('completionInfo', 'main.ts', '(a * 4).‸num')
    const names = body.entries.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['num', 'grad', 'backward', 'mul', 'exp']))
    expect(names.filter(name => name.startsWith('_'))).toEqual([])
    const more = { entryNames: ['mul'] }
    const [details] = await editor.ask<ts.server.protocol.CompletionEntryDetails[]>(
      'completionEntryDetails',
      'main.ts',
      '(a * 4).‸num',
      more,
    )
    expect(details!.displayParts.map(({ text }) => text).join('')).toContain('mul(other: Numeric): NumberWithGrad')
  })

  test('the parameters of a function are shown in a call', async () => {
    const help = await editor.ask<ts.server.protocol.SignatureHelpItems>('signatureHelp', 'main.ts', 'q], ‸2)')
    expect(help.items.map(each => each.parameters.map(({ name }) => name))).toEqual([['xs', 'scale']])
    expect(help.argumentIndex).toBe(1)
    expect(editor.shown({ file, ...help.applicableSpan })).toBe('main.ts:15 "[p, q], 2"')
  })

  test('inlay hints give the types of results, and no names of parameters to operands', async () => {
    const preferences = { includeInlayParameterNameHints: 'all', includeInlayVariableTypeHints: true }
    await editor.server.ask('configure', { preferences })
    const span = { start: 0, length: sources.main.length }
    const hints = await editor.server.ask<ts.server.protocol.InlayHintItem[]>('provideInlayHints', { file, ...span })
    const shown = hints.map(({ text, position: { line, offset } }) => `${line}:${offset} ${text}`)
    const names = shown.filter(each => each.endsWith(':'))
    expect(names).toEqual(['4:30 num:', '7:26 x:', '7:29 y:', '11:21 x:', '11:24 y:', '15:5 xs:', '15:13 scale:'])
    const types = ['5:8 : NumberWithGrad', '6:8 : NumberWithGrad', '8:15 : Vec', '9:15 : Vec', '11:10 : Vec']
    expect(shown.filter(each => !each.endsWith(':'))).toEqual([...types, '17:15 : NumberWithGrad'])
  })

  test('the outline is that of the text', async () => {
    const tree = await editor.server.ask<ts.server.protocol.NavigationTree>('navtree', { file })
    const names = tree.childItems!.map(({ text, nameSpan }) => [text, editor.shown({ file, ...nameSpan! })])
    expect(names.length).toBe(10)
    for (const [name, shown] of names) expect(shown).toMatch(new RegExp(` "${name}"$`))
  })

  test('each name has the colour of what it is', async () => {
    const range = { start: 0, length: sources.main.length, format: '2020' }
    const { spans } = await editor.server.ask<{ spans: number[] }>('encodedSemanticClassifications-full', {
      file,
      ...range,
    })
    const words = spans.flatMap((start, i) => (i % 3 ? [] : [sources.main.slice(start, start + spans[i + 1]!)]))
    expect(words.length).toBe(36)
    expect(words.filter(word => !/^\w+$/.test(word))).toEqual([])
  })
})
