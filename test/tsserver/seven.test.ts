/** An editor in a project whose `typescript` is version 7: version 6 stands beside it under another name, and serves the editor. */
import { readFileSync } from 'node:fs'
import type ts from 'typescript'
import { afterAll, expect, test } from 'vitest'
import { blocksOf } from '../documents.ts'
import { Editor } from './editor.ts'
import * as sources from './fixture.ts'

/** As docs/hosts/editor.md has it installed. */
const [, six] = /(\S+)@npm:typescript@6/.exec(
  blocksOf('docs/hosts/editor.md')
    .map(({ text }) => text)
    .join('\n'),
)!

const compilers = { typescript: 'typescript-7', '@typescript': '@typescript', [six!]: 'typescript' }
const editor = new Editor(
  { 'vec.ts': sources.vec, 'main.ts': sources.main, 'wrong.ts': sources.wrong },
  { compiler: six!, compilers, options: { noUncheckedIndexedAccess: true } },
)
afterAll(() => editor.close())

test('the project is checked by version 7', async () => {
  expect(JSON.parse(readFileSync(editor.modules('typescript/package.json'), 'utf8')).version).toMatch(/^7\./)
  const { output, status } = await editor.run('node_modules/tsgrad/dist/command/main.js', 'check')
  expect(status).toBe(1)
  expect(output).toContain('src/wrong.ts(6,')
  expect(output).not.toContain('src/main.ts')
})

test('the editor shows no false error, and the true ones', async () => {
  expect(await editor.errors('main.ts')).toEqual([])
  expect((await editor.errors('wrong.ts')).map(each => /TS\d+/.exec(each)?.[0])).toEqual(
    expect.arrayContaining(['TS2345', 'TS2322', 'TS92001']),
  )
})

test('it shows the types of variables and of operators', async () => {
  const shown = async (place: string) =>
    (await editor.ask<ts.server.protocol.QuickInfoResponseBody>('quickinfo', 'main.ts', place)).displayString
  expect(await shown('const ‸b = a')).toBe('const b: NumberWithGrad')
  expect(await shown('p ‸+ p')).toBe('(operator) Vec + Vec: Vec')
})
