/** Compiler options are added to the text of a tsconfig.json, and each place in it leads back to the disk's. */
import { expect, test } from 'vitest'
import { configOfFiles, configWith } from '../transformer/hosts/native/tsconfig.ts'

const cases: readonly (readonly [text: string, result: string])[] = [
  ['{ "compilerOptions": {} }', '{ "compilerOptions": {"noEmit":false} }'],
  ['{ "compilerOptions": { "strict": true } }', '{ "compilerOptions": { "strict": true ,"noEmit":false} }'],
  ['{ "compilerOptions": { "strict": true, } }', '{ "compilerOptions": { "strict": true, "noEmit":false} }'],
  ['{ "compilerOptions": { "one": { "two": 1 } } }', '{ "compilerOptions": { "one": { "two": 1 } ,"noEmit":false} }'],
  ['{ /* } */ "compilerOptions": { // }\n } }', '{ /* } */ "compilerOptions": { // }\n "noEmit":false} }'],
  [
    '{ "x": { "compilerOptions": {} }, "compilerOptions" : {} }',
    '{ "x": { "compilerOptions": {} }, "compilerOptions" : {"noEmit":false} }',
  ],
  ['{ "x": "compilerOptions", "y": {} }', '{"compilerOptions":{"noEmit":false}, "x": "compilerOptions", "y": {} }'],
  ['{ "include": ["src"] }', '{"compilerOptions":{"noEmit":false}, "include": ["src"] }'],
  ['{ "include": [', '{"compilerOptions":{"noEmit":false}, "include": ['],
  ['', '\n{"compilerOptions":{"noEmit":false}}'],
  ['// nothing', '// nothing\n{"compilerOptions":{"noEmit":false}}'],
]

test.each(cases)('%s', (text, result) => {
  const mapped = configWith(text, { noEmit: false })!
  expect(mapped.text).toBe(result)
  // what was there is found where it was
  for (const [word] of text.matchAll(/\w+/g))
    expect(mapped.toOriginal({ start: result.lastIndexOf(word), length: word.length }).start).toBe(
      text.lastIndexOf(word),
    )
})

test('nothing is changed where nothing is asked for', () => {
  expect(configWith('{}', {})).toBeUndefined()
})

test.each([
  ['{ "include": ["src"] }', '{ "include": ["src"] ,"files":["/a.ts"],"include":[]}'],
  ['{ "include": ["src"], } // }', '{ "include": ["src"], "files":["/a.ts"],"include":[]} // }'],
  ['{}', '{"files":["/a.ts"],"include":[]}'],
  ['', '\n{"files":["/a.ts"],"include":[]}'],
])('of some files: %s', (text, result) => {
  expect(configOfFiles(text, ['/a.ts']).text).toBe(result)
})
