/** What somebody meets who has only the package, or a clone: links lead somewhere, and commands exist. */
import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
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
