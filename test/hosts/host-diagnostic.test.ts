/** What bundlers, runners and commands print of a diagnostic. */
import ts from 'typescript'
import { expect, test } from 'vitest'
import { frame, hostDiagnostic, message, sentence } from '../../transformer/hosts/modules/host-diagnostic.ts'

function diagnosticAt(text: string, word: string): ts.Diagnostic {
  const file = ts.createSourceFile('/src/main.ts', text, ts.ScriptTarget.Latest)
  const messageText = { messageText: 'no', category: 1, code: 1, next: [{ messageText: 'why', category: 1, code: 2 }] }
  return { file, start: text.indexOf(word), length: word.length, category: 1, code: 2322, messageText }
}

test('a diagnostic is a place, counted from 1, and words', () => {
  const found = hostDiagnostic(ts, diagnosticAt('a\n  b = wrong', 'wrong'))
  expect(sentence(found, '/src')).toBe('main.ts:2:7 - error TS2322: no\n  why')
  expect(sentence(found, '/lib')).toBe('../src/main.ts:2:7 - error TS2322: no\n  why')
  const placeless = hostDiagnostic(ts, { ...diagnosticAt('a', 'a'), file: undefined, messageText: 'alone' })
  expect(message([found, placeless], '/src')).toBe(`${sentence(found, '/src')}\nerror TS2322: alone`)
})

test.each([
  ['a = 1\nb = wrong\nc', '2 | b = wrong\n  |     ~~~~~'],
  ['a = 1\r\n\tb = wrong\r\nc', '2 | \tb = wrong\n  | \t    ~~~~~'],
  // the compiler ends lines at U+2028 too, in strings and comments as well
  ["a = '\u2028'\nb = wrong", '3 | b = wrong\n  |     ~~~~~'],
  ['wrong', '1 | wrong\n  | ~~~~~'],
])('the line of %j is shown with the place marked', (text, shown) => {
  expect(frame(hostDiagnostic(ts, diagnosticAt(text, 'wrong')).place!)).toBe(shown)
})
