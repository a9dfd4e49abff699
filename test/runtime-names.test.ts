/** The built runtime names nothing that only Node has, so that it runs in a browser. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { walk } from '../transformer/syntax/walk.ts'
import { requireBuilt } from './built.ts'

requireBuilt('runtime')

const built = fileURLToPath(new URL('../dist/runtime/', import.meta.url))

test('the runtime names nothing that only Node has', () => {
  const names: string[] = []
  for (const file of readdirSync(built, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.js'))) {
    const source = ts.createSourceFile(file, readFileSync(built + file, 'utf8'), ts.ScriptTarget.ES2023)
    walk(ts, source, node => {
      if (ts.isIdentifier(node)) names.push(node.text)
    })
  }
  expect(names.length).toBeGreaterThan(5000)
  const ofNode = [
    'process',
    'Buffer',
    'global',
    'require',
    'module',
    'exports',
    '__dirname',
    '__filename',
    'setImmediate',
  ]
  expect(names.filter(name => ofNode.includes(name))).toEqual([])
})
