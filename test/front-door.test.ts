/** What somebody meets who has only the package, or a clone: links lead somewhere, and commands exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hosts } from '../scripts/tables/hosts.ts'
import { repository } from './hosts/project.ts'

interface Packed {
  readonly files: readonly { readonly path: string }[]
}
const { packed }: { packed(folder: string): Packed } = await import('../scripts/packed.mjs' as string)

const shipped = packed(repository).files.map(({ path }) => path)
const read = (path: string) => readFileSync(join(repository, path), 'utf8')

/** Relative links in the prose of a page, pictures among them, as paths in the repository. */
function linksOf(page: string) {
  const prose = read(page)
    .replace(/^\s*```[\s\S]*?^\s*```$/gm, '')
    .replace(/`[^`\n]*`/g, '')
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!)
  return targets
    .filter(target => !/^\w+:/.test(target))
    .map(target => {
      const [file, heading] = target.split('#') as [string, string?]
      return { target, path: file === '' ? page : normalize(join(dirname(page), file)), heading }
    })
}

/** The names that headings have in addresses. */
const anchorsIn = (page: string) =>
  [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, text]) =>
    text!
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )

describe('the package', () => {
  const pages = shipped.filter(path => path.endsWith('.md'))

  test('has the README, the changelog and the pages, and not what is made for the site alone', () => {
    expect(pages).toEqual(
      expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/start.md', 'docs/hosts/README.md']),
    )
    expect(pages.length).toBeGreaterThan(40)
    expect(shipped.filter(path => path.startsWith('docs/api/'))).toEqual([])
    expect(pages.flatMap(linksOf).length).toBeGreaterThan(120)
  })

  test.each(pages)('the links of %s lead to files and headings in it', page => {
    for (const { target, path, heading } of linksOf(page)) {
      expect(shipped, `${page}: ${target}`).toContain(path)
      if (heading !== undefined) expect(anchorsIn(path), `${page}: ${target}`).toContain(heading)
    }
  })

  test.each(pages)('%s has all that it repeats', page => {
    expect(read(page)).not.toMatch(/<!-- ?@include/)
  })
})

describe('CONTRIBUTING.md', () => {
  const text = read('CONTRIBUTING.md')
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> }
  const inCode = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!)
  const run = inCode.flatMap(code => /^npm (?:run )?((?<= run )[\w:-]+|start|test)(?= |$)/.exec(code)?.[1] ?? [])

  test('names every script of package.json, and no other', () => {
    expect(Object.keys(scripts).length).toBeGreaterThan(20)
    // npm itself runs these
    const named = [...run, ...inCode.filter(code => code === 'prepack' || code === 'pretest')]
    expect([...new Set(named)].sort()).toEqual(Object.keys(scripts).sort())
  })

  test('has a table of ten commands', () => {
    const table = text.split('\n## Ten commands\n\n')[1]!.split('\n\n')[0]!
    expect(table.split('\n').slice(2)).toHaveLength(10)
  })

  test('its links lead to headings that exist', () => {
    const links = linksOf('CONTRIBUTING.md')
    expect(links.length).toBeGreaterThan(0)
    for (const { path, heading } of links) if (heading !== undefined) expect(anchorsIn(path)).toContain(heading)
    for (const { path } of links) expect(existsSync(join(repository, path)), path).toBe(true)
  })

  test('its command for golden files runs each test that has some', () => {
    const names = readdirSync(join(repository, 'test'), { recursive: true, encoding: 'utf8' })
    const golden = names
      .filter(name => name.endsWith('.test.ts'))
      .map(name => `test/${name}`)
      .filter(name => /\.toMatch(?:File|Inline)?Snapshot\(/.test(read(name)))
    expect(golden.length).toBeGreaterThan(3)
    expect(scripts.golden!.split(' ').filter(word => word.startsWith('test/'))).toEqual(golden.sort())
  })
})

test('the form for bugs lists the hosts of the table, and asks for what each report needs', () => {
  const form = read('.github/ISSUE_TEMPLATE/bug.yml')
  const options = [...form.matchAll(/^ {8}- (.*)$/gm)].map(([, option]) => option)
  expect(options).toEqual([...hosts.map(({ title }) => title), 'the playground', 'another'])
  for (const command of ['npx tsgrad explain', 'node --version', 'npm ls tsgrad typescript'])
    expect(form).toContain(command)
})

test('each decision has a number of its own, which its heading says', () => {
  const numbers = readdirSync(join(repository, 'docs/decisions')).map(name => {
    const [number] = name.split('-', 1)
    expect(read(`docs/decisions/${name}`)).toMatch(new RegExp(`^# ${number}: `))
    return number
  })
  expect(numbers.length).toBeGreaterThan(40)
  expect(new Set(numbers).size).toBe(numbers.length)
})
