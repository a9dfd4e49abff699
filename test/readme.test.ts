/** Every code block of README.md holds: programs are compiled by its own tsconfig.json and print what they claim. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { beforeAll, describe, expect, test } from 'vitest'
import { desugar } from '../transformer/desugar.ts'
import { findSites } from '../transformer/rewrite.ts'
import { printed } from './hosts/printed.ts'
import { command, type Files, installed, Project, type Run, repository } from './hosts/project.ts'

const readme = readFileSync(join(repository, 'README.md'), 'utf8')
const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
const blocks = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
  language: language!,
  text: text!,
}))
const blocksOf = (language: string) => blocks.filter(block => block.language === language).map(({ text }) => text)
const [tsconfig] = blocksOf('json')
const programs = blocksOf('ts')

const isBroken = (text: string) => text.includes('// error TS')
const working = programs.filter(text => !isBroken(text))
const broken = programs.filter(isBroken)

// what the programs import beside tsgrad
const linked = { ...installed, 'decimal.js': join(repository, 'node_modules/decimal.js') }

const sources = (texts: readonly string[]): Files =>
  Object.fromEntries(texts.map((text, i) => [`src/program-${i}.ts`, text]))
const claimed = (text: string) => [...text.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, output]) => output)

test('there is something to look at', () => {
  expect(programs.length).toBeGreaterThan(6)
  expect(broken.length).toBe(1)
  expect(working.flatMap(claimed).length).toBeGreaterThan(15)
  expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(['ts', 'sh', 'json', 'text']))
})

describe('programs', () => {
  const project = new Project({ 'tsconfig.json': tsconfig!, ...sources(working) }, linked)
  let compiled: Run
  beforeAll(async () => {
    compiled = await project.tspc('--removeComments', '--skipLibCheck')
  }, 60_000)

  test('compile with the tsconfig.json of the README', () => {
    expect(compiled).toEqual({ status: 0, output: '' })
  })

  test.each(working.map((text, i) => [i, text] as const))('program %i prints what it claims', async (i, text) => {
    const lines = claimed(text)
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.length).toBe(text.split('console.log(').length - 1)
    expect(await project.node(`out/program-${i}.js`)).toEqual({ status: 0, output: `${lines.join('\n')}\n` })
  })

  test('are lowered to what they claim', () => {
    const claims = working.flatMap((text, i) =>
      [...text.matchAll(/\/\/ becomes (.*)$/gm)].map(found => [i, found[1]!] as const),
    )
    expect(claims.length).toBeGreaterThan(0)
    for (const [i, lowered] of claims) expect(project.read(`out/program-${i}.js`)).toContain(lowered)
  })

  test('throw the quoted error without the transformer', async () => {
    const plain = new Project({ 'tsconfig.json': tsconfig!, ...sources(working.slice(0, 1)) })
    const { output } = await plain.tsc('--skipLibCheck')
    expect(output).toContain('error TS2362')
    const message = blocksOf('text').find(text => text.startsWith('TypeError'))!
    expect((await plain.node('out/program-0.js')).output).toContain(`\n${message}`)
  })
})

test('broken programs are reported where they say', async () => {
  const project = new Project({ 'tsconfig.json': tsconfig!, ...sources(broken) })
  const expected = broken.flatMap((text, i) =>
    text.split('\n').flatMap((line, at) => {
      const code = /\/\/ error (TS\d+)$/.exec(line)?.[1]
      return code ? [`src/program-${i}.ts:${at + 1} ${code}`] : []
    }),
  )
  const found = printed((await project.tspc('--skipLibCheck')).output).map(
    ({ file, line, code }) => `${file}:${line} ${code}`,
  )
  expect(found).toEqual(expected)
})

test('the picture shows real texts', () => {
  const picture = blocksOf('text').find(text => text.includes('desugar'))!
  const file = ts.createSourceFile('a.ts', 'a * 4 + 3', ts.ScriptTarget.ES2023)
  const { mapped } = desugar(ts, findSites(ts, file), '')
  // the probe text keeps the blanks around the operators
  const probe = mapped.text.replace(/^declare .*?; /, '').replaceAll(' ,', ',')
  expect(picture).toContain(`a * 4 + 3             ${probe} `)
  expect(picture).toContain('a.mul(4).add(3)')
})

test('the explanation is what explain.mjs prints', async () => {
  const quoted = blocksOf('text').find(text => text.startsWith('examples/'))!
  const { output } = await command(process.execPath, ['scripts/explain.mjs', quoted.split(':')[0]!])
  expect(output).toBe(quoted)
})

test('commands name scripts, packages and programs that exist', () => {
  const commands = blocksOf('sh').flatMap(text => text.trim().split(/\n| && /))
  expect(commands.length).toBeGreaterThan(5)
  for (const line of commands) {
    const [, install] = /^npm install (?:--save-dev )?(.*)$/.exec(line) ?? []
    if (install) for (const name of install.split(' ')) expect(peers()).toContain(name)
    else if (line === 'npx tspc') expect(existsSync(join(installed['ts-patch']!, 'bin/tspc.js'))).toBe(true)
    else if (line !== 'npm ci') expect(Object.keys(manifest.scripts)).toContain(line.replace('npm ', ''))
  }
})

/** The package itself, and its peers in the versions that it is developed with. */
function peers(): string[] {
  const major = (name: string) => manifest.devDependencies[name].split('.')[0]
  return ['tsgrad', ...Object.keys(manifest.peerDependencies).map(name => `${name}@${major(name)}`)]
}

test('linked files and headings exist', () => {
  const prose = readme.replace(/^```[\s\S]*?^```$/gm, '')
  const links = [...prose.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!)
  expect(links.length).toBeGreaterThan(4)
  for (const target of links) {
    const [file, heading] = target.split('#') as [string, string?]
    expect(existsSync(join(repository, file)), target).toBe(true)
    if (heading === undefined) continue
    const headings = readFileSync(join(repository, file), 'utf8').matchAll(/^#+ (.*)$/gm)
    const anchors = [...headings].map(([, text]) =>
      text!
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    )
    expect(anchors, target).toContain(heading)
  }
  expect(readme).toContain('\n## Without the transformer\n')
})
