/** The outline of a file: its imports and exports, where its importers are all that see more of it. */
import ts from 'typescript'
import { expect, test } from 'vitest'
import { outlineOf } from '../transformer/syntax/outline.ts'

/** The imports and exports that stay; undefined where a file has no outline. */
const rows: readonly (readonly [text: string, outline: readonly string[] | undefined])[] = [
  ["import { a } from './a.js'\nexport const b = a", ["import { a } from './a.js'"]],
  ["import type { A } from './a.js'\nexport class B {}", ["import type { A } from './a.js'"]],
  ["import './a.js'\nexport {}", ["import './a.js'", 'export {}']],
  [
    "export * from './a.js'\nexport { b as c } from './b.js'",
    ["export * from './a.js'", "export { b as c } from './b.js'"],
  ],
  ["import { a } from './a.js'\nexport { a as b }", ["import { a } from './a.js'", 'export { a as b }']],
  ["import { a } from './a.js'\nexport default a", ["import { a } from './a.js'", 'export default a']],
  ["import { a } from './a.js'\nexport default a + 1", ["import { a } from './a.js'"]],
  ["import * as a from './a.js'\nexport import B = a.B", ["import * as a from './a.js'", 'export import B = a.B']],
  ["import a = require('./a.cjs')\nexport const b = a", ["import a = require('./a.cjs')"]],
  [
    "import data from './a.json' with { type: 'json' }\nexport const b = data",
    ["import data from './a.json' with { type: 'json' }"],
  ],
  ['export const a = 1', []],
  // places that no statement tells
  ["export const a = import('./a.js')", undefined],
  ["export type A = import('./a.js').A", undefined],
  // what all files see
  ['const a = 1', undefined],
  ['export {}\ndeclare global { interface A {} }', undefined],
  ["export {}\ndeclare module './a.js' { interface A {} }", undefined],
  // what a file says of itself
  ["/// <reference path='./a.d.ts' />\nexport {}", undefined],
  ["/// <reference types='node' />\nexport {}", undefined],
  ["/// <reference lib='dom' />\nexport {}", undefined],
  ['/** @jsx h */\nexport const a = 1', undefined],
  ['// @ts-nocheck\nexport const a = 1', undefined],
  ['export const a = ', undefined],
]

test.each(rows)('%s', (text, links) => {
  const host = ts.createCompilerHost({})
  const name = '/a.ts'
  const { getSourceFile } = host
  host.getSourceFile = (each, ...rest) =>
    each === name
      ? ts.createSourceFile(name, text, ...(rest.slice(0, 1) as [ts.ScriptTarget]))
      : getSourceFile(each, ...rest)
  const program = ts.createProgram([name], { noLib: true, noResolve: true, types: [] }, host)
  const outline = outlineOf(ts, program.getSourceFile(name)!)
  expect(outline).toBe(links && [...links, 'export {}', ''].join('\n'))
})
