/** What a host's page begins with is done literally: from an empty folder, with the packed package and what npm installs. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hosts } from '../../scripts/tables/hosts.ts'
import { steps } from '../documents.ts'
import { bunOf, installedPackages, nodeOf, releasesOf } from './installed.ts'
import { command, repository } from './project.ts'

/** Who has no project of its own on the page, and which test does what the page says. */
const elsewhere: Readonly<Record<string, string>> = {
  tspc: 'test/documents-projects.test.ts',
  next: 'test/hosts/next.test.ts',
  angular: 'test/hosts/angular.test.ts',
  editor: 'test/tsserver/vscode.test.ts',
  eslint: 'test/lint/page.test.ts',
}
const followed = hosts.map(({ name }) => name).filter(name => !(name in elsewhere))

interface Block {
  /** The file that it is, where a line above or the first line names one. */
  readonly file: string | undefined
  readonly language: string
  readonly text: string
}

/** The blocks before the first heading of a page. */
function beginningOf(name: string): readonly Block[] {
  const text = readFileSync(join(repository, `docs/hosts/${name}.md`), 'utf8')
  const top = text.slice(0, text.search(/^## /m))
  return [...top.matchAll(/(?:^[^\n]*?`([\w./-]+\.\w+)`[^\n`]*(?:\n[^\n`]+)?:\n\n)?^```(\w+)\n([\s\S]*?)^```$/gm)].map(
    ([, file, language, block]) => ({ file, language: language!, text: block! }),
  )
}

const folder = mkdtempSync(join(tmpdir(), 'tsgrad-pages-'))
let tarball: string
beforeAll(async () => {
  const { status, output } = await command('npm', [
    ...['pack', '--ignore-scripts', '--silent', '--pack-destination', folder],
    repository,
  ])
  if (status !== 0) throw new Error(output)
  tarball = join(folder, readdirSync(folder).find(name => name.endsWith('.tgz'))!)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }), 300_000)

/** The programs that a page calls and this machine may not have. */
const programs: Readonly<Record<string, () => Promise<string | undefined>>> = {
  node: () => nodeOf(releasesOf('node').Node!.find(version => version.startsWith('24.'))!),
  bun: () => bunOf(releasesOf('bun').Bun![0]!),
  async deno() {
    const packages = await installedPackages(`deno@${releasesOf('deno').Deno![0]}`)
    return packages && join(packages, '@deno/linux-x64-glibc/deno')
  },
}

async function follow(name: string): Promise<{ readonly ran: number; readonly written: readonly string[] }> {
  const root = join(folder, name)
  mkdirSync(root)
  const program = await programs[name]?.()
  if (name in programs && !program) throw new Error(`npm does not install ${name}`)
  const path = [...(program ? [dirname(program)] : []), process.env.PATH].join(delimiter)
  const quiet = ['audit=false', 'fund=false', 'update_notifier=false', 'prefer_offline=true'].map(
    each => `npm_config_${each}`,
  )
  const run = (line: string) => {
    const literal = line.replaceAll(/^npm install tsgrad$/gm, `npm install ${tarball}`)
    const env = ['-u', 'NODE_OPTIONS', '-u', 'TSGRAD_PROVE', `PATH=${path}`, 'NO_COLOR=1', ...quiet]
    return command('env', [...env, 'sh', '-ec', `cd '${root}'\n${literal}`])
  }
  const written: string[] = []
  let ran = 0
  for (const { file, language, text } of beginningOf(name)) {
    if (file !== undefined) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), text)
      written.push(file)
    } else if (language === 'sh') {
      const { status, output } = await run(text)
      expect([text, status, status === 0 ? '' : output]).toEqual([text, 0, ''])
      ran++
    } else if (language === 'text') {
      // Deno takes packages by the releases that package.json names, not a tarball
      if (name === 'deno') await run('npm pkg set dependencies.tsgrad=*')
      for (const { command: line, output } of steps(text)) {
        expect([line, await run(line)]).toEqual([line, { status: 0, output }])
        ran++
      }
    }
  }
  return { ran, written }
}

describe('a page', () => {
  test.each(followed)('%s does what it says, from an empty folder', { timeout: 240_000 }, async name => {
    const { ran, written } = await follow(name)
    expect(ran).toBeGreaterThan(1)
    expect(written).toEqual(expect.arrayContaining(['tsconfig.json', 'src/main.ts']))
    // natural math left as it is prints NaN; what runs nowhere is looked at
    const outputs = readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).filter(
      path => /\.m?js$/.test(path) && !path.includes('node_modules') && !written.includes(path),
    )
    const texts = outputs.map(path => readFileSync(join(folder, name, path), 'utf8'))
    if (texts.length > 0) expect(texts.join('\n')).toContain('.mul(4)')
  })

  test('has nothing of our own tests', () => {
    for (const name of followed)
      expect(readFileSync(join(repository, `docs/hosts/${name}.md`), 'utf8'), name).not.toMatch(/failing|main\.spec/)
  })
})
