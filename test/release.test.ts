/** The release script, in a clone whose long checks and build are replaced by programs that do nothing. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { repository } from './hosts/project.ts'

interface Versions {
  nextVersion(current: string, asked: string): string | undefined
  isBefore(version: string, other: string): boolean
}
const { isBefore, nextVersion }: Versions = await import('../scripts/versions.mjs' as string)

const clone = mkdtempSync(join(tmpdir(), 'tsgrad-release-'))
const person = { NAME: 'A tester', EMAIL: 'tester@localhost' }
const env = {
  ...process.env,
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
  ...Object.fromEntries(
    Object.entries(person).flatMap(([key, value]) =>
      [`GIT_AUTHOR_${key}`, `GIT_COMMITTER_${key}`].map(k => [k, value]),
    ),
  ),
}
const read = (name: string) => readFileSync(join(clone, name), 'utf8')
const manifest = () => JSON.parse(read('package.json'))
const git = (...args: string[]) => execFileSync('git', args, { cwd: clone, env, encoding: 'utf8' }).trim()
const nothing = 'node --eval ""'

/** Commits a change of the scripts, which stand for checks that are green or red. */
function commit(scripts: Readonly<Record<string, string>>, message: string): void {
  const changed = { ...manifest(), scripts: { ...manifest().scripts, ...scripts } }
  writeFileSync(join(clone, 'package.json'), `${JSON.stringify(changed, null, 2)}\n`)
  git('commit', '--quiet', '--all', '--message', message)
}

function release(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/release.mjs', ...args], {
    cwd: clone,
    env,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

/** What a release changes. */
const state = () => [git('rev-parse', 'HEAD'), git('status', '--porcelain'), git('tag')]

beforeAll(() => {
  const names = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
    encoding: 'utf8',
  })
  for (const name of names.split('\0').filter(name => name !== '' && existsSync(join(repository, name)))) {
    mkdirSync(dirname(join(clone, name)), { recursive: true })
    cpSync(join(repository, name), join(clone, name))
  }
  // a link is no folder, which `node_modules/` in .gitignore would be
  writeFileSync(join(clone, '.gitignore'), `${read('.gitignore')}node_modules\n`)
  symlinkSync(join(repository, 'node_modules'), join(clone, 'node_modules'))
  git('init', '--quiet')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'all')
  const replaced = ['lint', 'types', 'test', 'pretest', 'test:tools', 'build']
  commit(Object.fromEntries(replaced.map(name => [name, nothing])), 'scripts')
})
afterAll(() => rmSync(clone, { recursive: true, force: true }))

describe('without --no-dry-run', () => {
  test('a release says what it would do, and does nothing', () => {
    const before = state()
    const { version } = manifest()
    const { status, stdout, stderr } = release(version)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain(
      '1. check: npm run lint, npm run types, npm run generated, npm run test, npm run test:tools',
    )
    expect(stdout).toContain(`4. pack, commit "release: ${version}", and tag v${version}`)
    expect(stdout).toContain('5. not published: package.json has no `repository`')
    expect(stdout).toMatch(/^ +\d+ docs\/start\.md$/m)
    expect(stdout).toMatch(/^tsgrad-.*\.tgz: \d+ files, \d+ bytes packed, \d+ unpacked$/m)
    expect(state()).toEqual(before)
  })
})

describe('versions', () => {
  test.each([
    ['1.2.3', 'patch', '1.2.4'],
    ['1.2.3', 'minor', '1.3.0'],
    ['1.2.3', 'major', '2.0.0'],
    ['1.2.3', '3.4.5', '3.4.5'],
    ['1.2.3', '3.4', undefined],
    ['1.2.3', 'constructor', undefined],
  ])('after %s, %s is %s', (current, asked, version) => {
    expect(nextVersion(current, asked)).toBe(version)
  })

  test.each([
    ['1.2.3', '1.2.3', false],
    ['1.2.3', '1.2.4', true],
    ['1.9.0', '1.10.0', true],
    ['2.0.0', '1.9.9', false],
  ])('%s is before %s: %s', (version, other, expected) => {
    expect(isBefore(version, other)).toBe(expected)
  })
})

describe('a release is refused', () => {
  const refused = (args: readonly string[], reason: string) => {
    const before = state()
    const { status, stderr } = release(...args)
    expect(status).toBe(1)
    expect(stderr).toContain(reason)
    expect(state()).toEqual(before)
  }

  test.each([[[]], [['next']], [['0.1']], [['patch', 'minor']], [['patch', '--force']]])(
    'for the arguments %j',
    args => {
      refused(args, 'release: usage: npm run release -- patch|minor|major|x.y.z')
    },
  )

  test('for a version before that of package.json', () => {
    refused(['0.0.9', '--no-dry-run'], '0.0.9 is before 0.1.0, the version in package.json')
  })

  test('with changes in the working tree', () => {
    writeFileSync(join(clone, 'new.txt'), '')
    refused(['patch', '--no-dry-run'], 'the working tree has changes; commit or drop them:\n?? new.txt')
    rmSync(join(clone, 'new.txt'))
  })

  test('to publish without a repository in package.json', () => {
    refused(['patch', '--no-dry-run', '--publish'], 'package.json has no `repository`')
  })

  test('when a check is red, before anything is changed', () => {
    commit({ types: 'node --eval "process.exit(3)"' }, 'a red check')
    refused(['patch', '--no-dry-run'], 'npm run types failed')
    commit({ types: nothing }, 'a green check')
  })
})

describe('with --no-dry-run', () => {
  test('a release sets the version everywhere, moves the changes, packs, commits and tags', () => {
    const changes = read('CHANGELOG.md').split('## [Unreleased]\n')[1]
    const { status, stdout, stderr } = release('patch', '--no-dry-run')
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringContaining('release:') })
    expect(stdout).toContain('not published: package.json has no `repository`')
    expect(manifest().version).toBe('0.1.1')
    expect(JSON.parse(read('package-lock.json')).packages[''].version).toBe('0.1.1')
    expect(read('transformer/build/version.ts')).toContain("VERSION = '0.1.1'")
    const date = new Date().toISOString().slice(0, 10)
    expect(read('CHANGELOG.md').split('## [Unreleased]\n')[1]).toBe(`\n## [0.1.1] - ${date}\n${changes}`)
    expect(git('log', '-1', '--format=%s %D')).toMatch(/^release: 0\.1\.1 .*tag: v0\.1\.1/)
    expect(git('status', '--porcelain')).toBe('')
    expect(existsSync(join(clone, 'tsgrad-0.1.1.tgz'))).toBe(true)
  }, 60_000)

  test('a second one needs a change', () => {
    const { status, stderr } = release('patch', '--no-dry-run')
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'release: CHANGELOG.md has no unreleased change\n' })
    expect(release('0.1.1').stderr).toContain('v0.1.1 is a tag already')
  })
})
