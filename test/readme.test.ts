/** What only the README shows: its picture, its explanation, and the error without the transformer. */
import ts from 'typescript'
import { expect, test } from 'vitest'
import { desugar } from '../transformer/ask/desugar.ts'
import { findSites } from '../transformer/syntax/rewrite.ts'
import { blocksOf } from './documents.ts'
import { command, Project } from './hosts/project.ts'

const blocks = blocksOf('README.md')
const blocksIn = (language: string) => blocks.filter(block => block.language === language).map(({ text }) => text)

test('there is something to look at', () => {
  expect(blocks.length).toBeGreaterThan(12)
  expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(['ts', 'sh', 'json', 'text']))
})

test('the first program throws the quoted error without the transformer', async () => {
  const [tsconfig] = blocksIn('json')
  const plain = new Project({ 'tsconfig.json': tsconfig!, 'src/program.ts': blocksIn('ts')[0]! })
  const { output } = await plain.tsc('--skipLibCheck')
  expect(output).toContain('error TS2362')
  const message = blocksIn('text').find(text => text.startsWith('TypeError'))!
  expect((await plain.node('out/program.js')).output).toContain(`\n${message}`)
})

test('the picture shows real texts', () => {
  const picture = blocksIn('text').find(text => text.includes('desugar'))!
  const file = ts.createSourceFile('a.ts', 'a * 4 + 3', ts.ScriptTarget.ES2023)
  const { mapped } = desugar(ts, findSites(ts, file), '')
  // the probe text keeps the blanks around the operators
  const probe = mapped.text.replace(/^declare .*?; /, '').replaceAll(' ,', ',')
  expect(picture).toContain(`probe text          ${probe}\n`)
  expect(picture).toContain('a.mul(4).add(3)')
})

test('the explanation is what explain.mjs prints', async () => {
  const quoted = blocksIn('text').find(text => text.startsWith('examples/'))!
  const { output } = await command(process.execPath, ['scripts/explain.mjs', quoted.split(':')[0]!])
  expect(output).toBe(quoted)
})
