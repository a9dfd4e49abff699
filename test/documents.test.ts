/** The programs in README.md and docs/ are compiled, and print what they claim; those that are refused have the errors that they name. */
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { compile } from './compile.ts'
import {
  type Block,
  blocksOf,
  claimedErrors,
  claimedLines,
  importedPackages,
  isElsewhere,
  type Kind,
  kindOf,
  nameOf,
  pages,
  placeOf,
  subjectOf,
  textOf,
} from './documents.ts'
import { printedPretty } from './hosts/printed.ts'
import { installed, type Packages, Project, type Run, repository } from './hosts/project.ts'

const blocks = pages()
  .flatMap(blocksOf)
  .filter(block => !isElsewhere(block))
const of = (kind: Kind) => blocks.filter(block => kindOf(block) === kind)
const [programs, refused] = [of('program'), of('refused')]
const readme = blocksOf('README.md').find(block => kindOf(block) === 'json')!

/** A name in the project that leads back to the page and its line. */
const moduleOf = (block: Block) => placeOf(block).replace('.md', '').replaceAll(/\W/g, '-')
const sourceOf = (block: Block) => nameOf(block) ?? `src/${moduleOf(block)}.ts`

/** What the blocks import, in the versions that tsgrad is developed with. */
const packages: Packages = {
  ...installed,
  ...Object.fromEntries(
    programs.flatMap(({ text }) =>
      importedPackages(text).map(name => [
        name,
        name === 'tsgrad' ? repository : join(repository, 'node_modules', name),
      ]),
    ),
  ),
  '@types/three': join(repository, 'node_modules/@types/three'),
}

/** Imports the compiled programs one after the other, and writes down what each of them prints. */
const runner = `import { writeFileSync } from 'node:fs'
import { format } from 'node:util'
const outputs = {}
for (const name of process.argv.slice(2)) {
  outputs[name] = ''
  console.log = (...values) => { outputs[name] += format(...values) + '\\n' }
  try { await import('./out/' + name + '.js') } catch (error) { outputs[name] += error.stack }
}
writeFileSync('outputs.json', JSON.stringify(outputs))
`

test('every block of every page is found, and most are run', () => {
  for (const page of pages()) {
    const fences = textOf(page).match(/^\s*```/gm) ?? []
    expect(2 * blocksOf(page).length, page).toBe(fences.length)
  }
  // on the pages of hosts most are configuration, which documents-projects looks at
  const all = pages()
    .filter(page => !page.startsWith('docs/hosts/'))
    .flatMap(blocksOf)
  const isRun = (block: Block) => ['program', 'refused', 'output', 'lowered', 'session'].includes(kindOf(block))
  expect(all.length).toBeGreaterThan(95)
  expect(all.filter(isRun).length).toBeGreaterThan(0.8 * all.length)
})

test('there is something to look at', () => {
  expect(programs.length).toBeGreaterThan(50)
  expect(refused.length).toBeGreaterThan(4)
  expect(of('output').length).toBeGreaterThan(8)
  expect(of('lowered').length).toBeGreaterThan(1)
  expect(programs.flatMap(({ text }) => claimedLines(text)).length).toBeGreaterThan(90)
  expect(new Set(programs.map(({ page }) => page)).size).toBeGreaterThan(12)
})

describe('programs', () => {
  const project = new Project(
    {
      'tsconfig.json': readme.text,
      'run.mjs': runner,
      ...Object.fromEntries(programs.map(block => [`src/${moduleOf(block)}.ts`, block.text])),
    },
    packages,
  )
  let compiled: Run
  let outputs: Readonly<Record<string, string>>
  beforeAll(async () => {
    compiled = await project.tspc('--removeComments', '--skipLibCheck', '--moduleDetection', 'force')
    await project.node('run.mjs', ...programs.map(moduleOf))
    outputs = JSON.parse(project.read('outputs.json'))
  }, 120_000)

  test('compile with the tsconfig.json of the README', () => {
    expect(compiled).toEqual({ status: 0, output: '' })
  })

  test.each(programs.map(block => [placeOf(block), block] as const))('%s prints what it claims', (_, block) => {
    const below = of('output').find(each => subjectOf(each) === block)
    const claimed = claimedLines(block.text)
    // a claim for each call, or the whole output below
    if (below === undefined) expect(claimed.length).toBe(block.text.split('console.log(').length - 1)
    expect(outputs[moduleOf(block)]).toBe(below?.text ?? `${claimed.join('\n')}\n`)
    expect(outputs[moduleOf(block)]).not.toBe('\n')
  })

  test('are lowered to what they claim', () => {
    const claims = programs.flatMap(block =>
      [...block.text.matchAll(/\/\/ becomes (.*)$/gm)].map(found => [moduleOf(block), found[1]!] as const),
    )
    expect(claims.length).toBeGreaterThan(0)
    for (const [name, lowered] of claims) expect(project.read(`out/${name}.js`)).toContain(lowered)
  })

  test.each(of('lowered').map(block => [placeOf(block), block] as const))('%s is the lowered text', (_, block) => {
    expect(compile({ 'main.ts': subjectOf(block)!.text }).lowered()).toBe(block.text)
  })
})

describe('programs that are refused', () => {
  const project = new Project(
    { 'tsconfig.json': readme.text, ...Object.fromEntries(refused.map(block => [sourceOf(block), block.text])) },
    packages,
  )

  let output: string
  beforeAll(async () => {
    output = (await project.tspc('--skipLibCheck', '--noEmit', '--pretty')).output
  })

  test('are reported where they say', () => {
    const expected = refused.flatMap(block =>
      claimedErrors(block.text).map(([line, code]) => `${sourceOf(block)}:${line} ${code}`),
    )
    const found = printedPretty(output)
    expect(found.map(({ file, line, code }) => `${file}:${line} ${code}`).sort()).toEqual(expected.sort())
  })

  test('are reported in the words that are quoted', () => {
    const quoted = of('output').filter(block => refused.includes(subjectOf(block)!))
    expect(quoted.length).toBeGreaterThan(2)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes are what is removed
    const plain = output.replace(/\u001b\[\d*(?:;\d+)*m/g, '').replace(/ +$/gm, '')
    for (const { text } of quoted) expect(plain).toContain(text)
  })
})

test('every output belongs to a program', () => {
  for (const block of of('output')) expect([...programs, ...refused], placeOf(block)).toContain(subjectOf(block))
})
