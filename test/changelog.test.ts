/** CHANGELOG.md is one line a change, and a release names the unreleased lines by its version. */
import { describe, expect, test } from 'vitest'
import { textOf } from './documents.ts'

interface Section {
  readonly heading: string
  readonly lines: readonly string[]
}
interface Changelog {
  sectionsOf(text: string): readonly Section[]
  faultsOf(text: string): readonly string[]
  hasUnreleased(text: string): boolean
  released(text: string, version: string, date: string): string
}
const { faultsOf, hasUnreleased, released, sectionsOf }: Changelog = await import('../scripts/changelog.mjs' as string)

const text = textOf('CHANGELOG.md')
const form = '# Changelog\n\n## [Unreleased]\n\n'

describe('the form', () => {
  test('is that of CHANGELOG.md', () => {
    expect(sectionsOf(text).flatMap(({ lines }) => lines).length).toBeGreaterThan(30)
    expect(faultsOf(text)).toEqual([])
  })

  test.each([
    ['### Added\n\n- A change: `a` → `b`\n\n### Fixed\n\n- Another one.\n', []],
    ['### Added\n\n- A change\n  on two lines.\n', ['  on two lines.']],
    ['- A change without a group.\n', ['- A change without a group.']],
    ['### Fixed\n\n- One.\n\n### Added\n\n- Two.\n', ['### Added']],
    ['### Added\n\n- One.\n\n### Added\n\n- Two.\n', ['### Added']],
    ['### Improved\n\n- One.\n', ['### Improved', '- One.']],
    ['### Changed\n\n- One: a → `b`\n', ['- One: a → `b`']],
    ['### Added\n\n- One.\n\n## 0.1.0\n', ['## 0.1.0']],
  ])('of %j has the faults %j', (section, faults) => {
    expect(faultsOf(form + section)).toEqual(faults)
  })
})

describe('a release', () => {
  test('puts the unreleased changes below its version and its date, and nothing else', () => {
    const after = released(text, '0.1.0', '2026-01-31')
    expect(faultsOf(after)).toEqual([])
    const [unreleased, version, ...rest] = sectionsOf(after)
    expect(unreleased).toEqual({ heading: '## [Unreleased]', lines: [] })
    expect(version).toEqual({ heading: '## [0.1.0] - 2026-01-31', lines: sectionsOf(text)[0]!.lines })
    expect(rest).toEqual(sectionsOf(text).slice(1))
  })

  test('leaves no unreleased change', () => {
    expect(hasUnreleased(text)).toBe(true)
    expect(hasUnreleased(released(text, '0.1.0', '2026-01-31'))).toBe(false)
  })
})
