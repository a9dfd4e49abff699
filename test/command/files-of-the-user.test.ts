/** `adopt --write` and `eject --write` on real disks: whatever happens, a file of the user is the old one or the new one. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { installed, Project, type Run, repository, run, tsconfig } from '../hosts/project.ts'
import { MAIN } from './compilers.ts'

const packages = { ...installed, 'ts-morph': join(repository, 'node_modules/ts-morph'), 'ts-patch': undefined }
const head = "import { NumberWithGrad } from 'tsgrad'\nexport const a = new NumberWithGrad(2)\n"
const [calls, operators] = [`${head}export const b = a.mul(3)\n`, `${head}export const b = a * 3\n`]

/** Each command with the text that it takes and the one that it gives. */
const commands = [
  ['adopt', calls, operators],
  ['eject', operators, calls],
] as const

const project = (files: Record<string, string | Buffer>) => {
  const made = new Project({ 'tsconfig.json': tsconfig() }, packages)
  mkdirSync(join(made.root, 'src'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(made.root, 'src', name), text)
  return made
}
const named = (count: number, text: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`m${i}.ts`, text]))
const sources = (made: Project) => readdirSync(join(made.root, 'src')).sort()
const bytes = (made: Project, name: string) => readFileSync(join(made.root, 'src', name))

describe.each(commands)('%s --write', (command, before, after) => {
  const others = { 'plain.ts': 'export const n = 1\n' }

  test('keeps marks, line ends, encodings, modes and links', async () => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n')
    const big = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()
    const little = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')
    const made = project({
      ...{ 'crlf.ts': `\uFEFF${crlf(before)}`, 'big.ts': big(before), 'little.ts': little(before), 'mode.ts': before },
      ...others,
    })
    chmodSync(join(made.root, 'src/mode.ts'), 0o751)
    made.write({ 'elsewhere/real.ts': before })
    symlinkSync(join(made.root, 'elsewhere/real.ts'), join(made.root, 'src/link.ts'))
    const names = sources(made)
    expect((await made.node(MAIN, command, '--write')).status).toBe(0)
    expect(sources(made)).toEqual(names)
    expect(made.read('src/crlf.ts')).toBe(`\uFEFF${crlf(after)}`)
    expect(bytes(made, 'big.ts')).toEqual(big(after))
    expect(bytes(made, 'little.ts')).toEqual(little(after))
    expect(statSync(join(made.root, 'src/mode.ts')).mode & 0o777).toBe(0o751)
    expect(lstatSync(join(made.root, 'src/link.ts')).isSymbolicLink()).toBe(true)
    expect(made.read('elsewhere/real.ts')).toBe(after)
  })

  test('leaves what it cannot write again with its meaning, says so in one line each, and changes the others', async () => {
    const latin = Buffer.concat([Buffer.from(before), Buffer.from("// 'caf\xe9'\n", 'latin1')])
    const made = project({ ...named(2, before), 'latin.ts': latin, 'fixed.ts': before, 'twice.ts': before })
    chmodSync(join(made.root, 'src/fixed.ts'), 0o444)
    linkSync(join(made.root, 'src/twice.ts'), join(made.root, 'twice.txt'))
    const { status, output } = await made.node(MAIN, command, '--write')
    for (const text of [
      `${command}: src/fixed.ts stays as it was: it is read-only\n`,
      `${command}: src/latin.ts stays as it was: it is neither UTF-8 nor UTF-16; save it as UTF-8 first\n`,
      `${command}: src/twice.ts stays as it was: it has 2 names (hard links), and the others would keep the old text\n`,
    ])
      expect(output).toContain(text)
    expect(output).toContain('2 of 5 files')
    expect(output).not.toMatch(/^ +at /m)
    expect(status).toBe(2)
    expect(bytes(made, 'latin.ts')).toEqual(latin)
    expect(made.read('src/fixed.ts')).toBe(before)
    expect([made.read('src/m0.ts'), made.read('src/m1.ts')]).toEqual([after, after])
  })

  test('an unreadable file is one line, with and without --write', async () => {
    const made = project({ ...named(1, before) })
    symlinkSync('nowhere.ts', join(made.root, 'src/gone.ts'))
    mkdirSync(join(made.root, 'src/locked'))
    made.write({
      'src/locked/a.ts': before,
      'tsconfig.json': tsconfig({}, { files: ['src/gone.ts', 'src/m0.ts', 'src/locked/a.ts'], include: undefined }),
    })
    chmodSync(join(made.root, 'src/locked/a.ts'), 0)
    for (const flags of [[], ['--write']]) {
      const { status, output } = await made.node(MAIN, command, ...flags)
      const lines = output.trimEnd().split('\n')
      expect(lines[0]).toBe(`${command} cannot read src/gone.ts: it does not exist (ENOENT)`)
      // the superuser can read all
      if (process.getuid?.() !== 0)
        expect(lines[1]).toBe(`${command} cannot read src/locked/a.ts: permission is denied (EACCES)`)
      expect(status).toBe(1)
      expect(made.read('src/m0.ts')).toBe(before)
    }
    chmodSync(join(made.root, 'src/locked/a.ts'), 0o644)
  })

  test('warns in a dirty working tree, and only there', async () => {
    const made = project(named(1, before))
    const git = (...args: string[]) =>
      spawnSync('git', ['-c', 'user.name=n', '-c', 'user.email=e@x', ...args], { cwd: made.root, encoding: 'utf8' })
    git('init', '-q')
    made.write({ '.gitignore': 'node_modules\n' })
    const warning = `${command}: warning: 1 file of the working tree is not committed`
    git('add', '-A')
    git('commit', '-q', '-m', 'first')
    expect((await made.node(MAIN, command, '--write')).output).not.toContain('warning')
    expect(made.read('src/m0.ts')).toBe(after)
    git('checkout', '-q', '.')
    made.write({ 'notes.txt': '' })
    expect((await made.node(MAIN, command, '--write')).output).toContain(warning)
    made.write({ 'src/m0.ts': before })
    expect((await made.node(MAIN, command)).output).not.toContain('warning')
  })

  test('what was written while the command ran stays', async () => {
    const count = 60
    const made = project(named(count, before))
    const child = made.start(MAIN, command, '--write')
    const done = run(child)
    // how far it is, it says after it has read all files
    await new Promise<void>(resolve =>
      child.stderr!.on('data', text => `${text}`.includes(`of ${count} files`) && resolve()),
    )
    const edited = `${before}export const edited = 1\n`
    made.write({ [`src/m${count - 1}.ts`]: edited })
    const { status, output } = await done
    expect(made.read(`src/m${count - 1}.ts`)).toBe(edited)
    expect(made.read('src/m0.ts')).toBe(after)
    expect(output).toContain('m59.ts stays as it was: it was edited while the command ran')
    expect(status).toBe(2)
  })

  test('after kill -9 each file is the old one or the new one, and a second run finishes and cleans up', async () => {
    const made = project(named(40, before))
    const names = sources(made)
    let [interrupted, at] = [0, 0]
    for (let round = 0; round < 4; round++) {
      for (const name of names) writeFileSync(join(made.root, 'src', name), before)
      const child = made.start(MAIN, command, '--write')
      const done = run(child)
      await changeOf(made, child)
      await new Promise(resolve => setTimeout(resolve, Math.random() * 20))
      child.kill('SIGKILL')
      await done
      const texts = names.map(name => made.read(`src/${name}`))
      expect(texts.filter(text => text !== before && text !== after)).toEqual([])
      at = texts.filter(text => text === after).length
      if (at > 0 && at < names.length) interrupted++
      if (round === 0) writeFileSync(join(made.root, 'src/.tsgrad-00000000-1-old'), 'of another machine, and young')
    }
    expect(interrupted).toBeGreaterThan(0)
    await made.node(MAIN, command, '--write')
    expect(names.map(name => made.read(`src/${name}`)).filter(text => text !== after)).toEqual([])
    expect(sources(made).filter(name => !names.includes(name))).toEqual(['.tsgrad-00000000-1-old'])
  })

  test('Ctrl-C stops between two files, and the last line says so', async () => {
    const made = project(named(40, before))
    const child = made.start(MAIN, command, '--write')
    const done = run(child)
    await changeOf(made, child)
    child.kill('SIGINT')
    const { status, output } = await done
    const count = sources(made).filter(name => made.read(`src/${name}`) === after).length
    expect(sources(made).length).toBe(40)
    if (count === 40) return
    expect(output).toContain(`${command}: stopped by SIGINT. ${count} of 40 files are changed; run it again`)
    expect(status).toBe(130)
  })
})

async function changeOf(made: Project, child: ChildProcess): Promise<void> {
  const first = join(made.root, 'src/m0.ts')
  const before = readFileSync(first, 'utf8')
  while (readFileSync(first, 'utf8') === before && child.exitCode === null)
    await new Promise(resolve => setTimeout(resolve, 1))
}

const disk = mkdtempSync(join(tmpdir(), 'disk-'))
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).status === 0
afterAll(() => {
  if (isMounted) spawnSync('umount', [disk])
  rmSync(disk, { recursive: true, force: true })
})

// only the superuser can mount one
describe.skipIf(!isMounted).each(commands)('%s --write on a full disk', (command, before, after) => {
  test('one line says what was done, nothing is cut, and a second run finishes', async () => {
    for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true })
    const tail = `// ${'x'.repeat(4096)}\n`
    mkdirSync(join(disk, 'src'))
    mkdirSync(join(disk, 'node_modules'))
    for (const [name, target] of Object.entries(packages))
      if (target) symlinkSync(target, join(disk, 'node_modules', name))
    writeFileSync(join(disk, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(disk, 'tsconfig.json'), tsconfig())
    const names = Object.keys(named(40, ''))
    for (const name of names) writeFileSync(join(disk, 'src', name), before + tail)
    fill(join(disk, 'filler'))
    const first = await started(command)
    expect(first.output).toMatch(
      new RegExp(
        `${command}: src/m0\\.ts stays as it was: there is no space left on the disk \\(ENOSPC\\)\\. 0 of 40 files are changed; run it again to change the others\\n$`,
      ),
    )
    expect(first.status).toBe(2)
    expect(readdirSync(join(disk, 'src')).sort()).toEqual([...names].sort())
    for (const name of names) expect(readFileSync(join(disk, 'src', name), 'utf8')).toBe(before + tail)
    rmSync(join(disk, 'filler'))
    expect((await started(command)).status).toBe(0)
    for (const name of names) expect(readFileSync(join(disk, 'src', name), 'utf8')).toBe(after + tail)
  })
})

function fill(name: string): void {
  let size = 1 << 20
  const parts: Buffer[] = []
  while (size >= 1) {
    try {
      writeFileSync(name, Buffer.concat([...parts, Buffer.alloc(size)]))
      parts.push(Buffer.alloc(size))
    } catch {
      size >>= 1
    }
  }
}

const started = (command: string): Promise<Run> =>
  run(
    spawn(process.execPath, [join(repository, 'dist/command/main.js'), command, '--write'], {
      ...({ cwd: disk, stdio: ['ignore', 'pipe', 'pipe'] } as const),
    }),
  )
