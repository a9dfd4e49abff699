/** What only the README shows: its picture, its explanation, and the error without the transformer. */
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { desugar } from '../transformer/ask/desugar.ts'
import { guesser, sitesOf } from '../transformer/ask/guess.ts'
import { readerIn, taskOf } from '../transformer/build/task.ts'
import { findSites } from '../transformer/syntax/rewrite.ts'
import { compile, programOf } from './compile.ts'
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

test('the picture shows the road and the texts of `a * 4 + 3`: a guess, which the compiled program confirms', () => {
  const picture = blocksIn('text').find(text => text.startsWith('your .ts'))!
  const [line, declared] = ['a * 4 + 3', "import { NumberWithGrad } from 'tsgrad'\nconst a = new NumberWithGrad(3)\n"]
  const files = { 'main.ts': `${declared}export const b = ${line}\n` }
  const { program, host } = programOf(files)
  const task = taskOf(ts, program, host)!
  const guess = guesser(ts, task.asked.getTypeChecker(), readerIn(task, task.asked), sitesOf(task.concerned))
  const guessed = guess(task.concerned[0]!)!.map(({ site, resolution }) => [site.key, resolution])
  expect(guessed.map(each => JSON.stringify(each)).sort()).toEqual([
    '["*",{"kind":"method","method":"mul"}]',
    '["+",{"kind":"method","method":"add"}]',
  ])
  expect(picture.split('* is mul, + is add').length - 1).toBe(2)
  const lowered = compile(files).lowered().split('export const b = ')[1]!
  expect(picture).toContain(`your .ts            ${line}\n`)
  expect(picture).toContain(`plain TypeScript    ${lowered}`)
})

test('the probe text is a real one', () => {
  const file = ts.createSourceFile('a.ts', 'a * 4 + 3', ts.ScriptTarget.ES2023)
  const { mapped } = desugar(ts, findSites(ts, file), '')
  // the probe text keeps the blanks around the operators
  const probe = mapped.text.replace(/^declare .*?; /, '').replaceAll(' ,', ',')
  expect(readFileSync(new URL('../README.md', import.meta.url), 'utf8')).toContain(`\`${probe}\``)
})

test('the explanation is what explain.mjs prints', async () => {
  const quoted = blocksIn('text').find(text => text.startsWith('examples/'))!
  const { output } = await command(process.execPath, ['scripts/explain.mjs', quoted.split(':')[0]!])
  expect(output).toBe(quoted)
})
