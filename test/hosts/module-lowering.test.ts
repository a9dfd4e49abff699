/** What a host hands over is what is lowered: a module with another text than before, or than the disk has; and which ids are modules. */
import { symlinkSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { moduleId, ownSource } from '../../transformer/hosts/modules/module-ids.ts'
import { createModuleLowerer } from '../../transformer/hosts/modules/module-lowering.ts'
import { fileNameOf } from '../../transformer/program/file-names.ts'
import { type Files, Project, tsconfig } from './project.ts'

const table = (method: string) => `import type { operators } from 'tsgrad'
export class Vec {
  declare readonly [operators]: { '+': '${method}' }
  constructor(readonly x: number) {}
  add(other: Vec) { return new Vec(this.x + other.x) }
  plus(other: Vec) { return 'plus' }
}
`
const use = (expression: string) => `import { Vec } from './vec.js'\nexport const v = new Vec(1), w = ${expression}\n`

class Host {
  readonly project: Project
  readonly lowering

  constructor(files: Files) {
    this.project = new Project({ 'tsconfig.json': tsconfig(), ...files })
    this.lowering = createModuleLowerer({}, this.project.root)
  }

  path = (name: string) => fileNameOf(name, this.project.root)

  /** The last line of what a module becomes with this text. */
  line(name: string, text = this.project.read(name)): string | undefined {
    const { output, errors } = this.lowering.lower(this.path(name), text)
    expect(errors.map(error => error.text)).toEqual([])
    return output?.code.trimEnd().split('\n').at(-1)
  }
}

test('a module without a tsconfig.json above it is an error that says what to paste', () => {
  const host = new Host({ 'src/use.ts': use('v + v') })
  host.project.remove('tsconfig.json')
  const { errors } = host.lowering.lower(host.path('src/use.ts'), use('v + v'))
  expect(errors.map(({ code }) => code)).toEqual([93019])
  const [, pasted] = /or paste: (.*)$/.exec(errors[0]!.text)!
  host.project.write({ 'tsconfig.json': pasted!, 'src/vec.ts': table('add') })
  host.lowering.update([host.path('tsconfig.json')])
  expect(host.line('src/use.ts')).toContain('w = v.add(v)')
})

describe('a module that is handed over', () => {
  const written = { 'src/vec.ts': table('add'), 'src/use.ts': use('v + v') }

  test('twice with two texts is lowered to each of them, and to the first one again', () => {
    const host = new Host(written)
    expect(host.line('src/use.ts')).toContain('w = v.add(v)')
    expect(host.line('src/use.ts', use('v + v + v'))).toContain('w = v.add(v).add(v)')
    expect(host.line('src/use.ts', use('v + new Vec(2)'))).toContain('w = v.add(new Vec(2))')
    expect(host.line('src/use.ts')).toContain('w = v.add(v)')
  })

  test.each([
    'export class A { constructor(private v = new Vec(1)) {} w() { return this.v + this.v } }',
    'const v = [new Vec(1)].at(0)!, w = v + v',
    'class A { private v = new Vec(1); w() { return this.v + this.v } }',
    'enum Kind { one }\nconst v = new Vec(Kind.one), w = v + v',
  ])('that another plugin took all of TypeScript from is refused: %s', source => {
    const host = new Host({ ...written, 'src/use.ts': `import { Vec } from './vec.js'\n${source}\n` })
    const text = host.project.read('src/use.ts')
    expect(host.line('src/use.ts')).toMatch(/v\.add\((this\.)?v\)/)
    const stripped = ts.transpileModule(text, { compilerOptions: { target: 99, module: 99 } }).outputText
    const { output, errors } = host.lowering.lower(host.path('src/use.ts'), stripped)
    expect(output).toBeUndefined()
    expect(errors.map(({ code }) => code)).toEqual([93015])
  })

  test('first with another text than the disk has is lowered to that text', () => {
    const host = new Host(written)
    expect(host.line('src/use.ts', use('v + new Vec(3)'))).toContain('w = v.add(new Vec(3))')
    expect(host.line('src/use.ts')).toContain('w = v.add(v)')
  })

  test('with another text changes what the modules above it are lowered to', () => {
    const host = new Host(written)
    expect(host.line('src/use.ts')).toContain('w = v.add(v)')
    host.lowering.lower(host.path('src/vec.ts'), table('plus'))
    expect(host.lowering.stale()).toEqual([host.path('src/use.ts')])
    expect(host.line('src/use.ts')).toContain('w = v.plus(v)')
    host.lowering.lower(host.path('src/vec.ts'), table('add'))
    expect(host.line('src/use.ts')).toContain('w = v.add(v)')
  })

  test('with the text of the disk follows the disk, when the host says what changed or asks to look', () => {
    const host = new Host(written)
    expect(host.line('src/use.ts')).toContain('w = v.add(v)')
    host.project.write({ 'src/use.ts': use('v + new Vec(45)') })
    expect(host.line('src/use.ts')).toContain('w = v.add(new Vec(45))')
    host.project.write({ 'src/vec.ts': `${table('plus')}// longer\n` })
    host.lowering.refresh()
    expect(host.line('src/use.ts')).toContain('w = v.plus(new Vec(45))')
    host.project.write({ 'src/vec.ts': table('add') })
    host.lowering.update([host.path('src/vec.ts')])
    expect(host.line('src/use.ts')).toContain('w = v.add(new Vec(45))')
  })
})

test('a text that is handed over under the name behind a symlink is the text of that file under the name of the symlink', () => {
  const host = new Host({ 'real/vec.ts': table('add'), 'real/use.ts': use('v + v'), 'src/none.ts': 'export {}' })
  symlinkSync('../real', `${host.project.root}/src/linked`)
  host.project.write({
    'tsconfig.json': tsconfig({ rootDir: undefined }, { files: ['src/linked/use.ts'], include: [] }),
  })
  for (const name of ['src/linked/use.ts', 'real/use.ts']) expect(host.line(name)).toContain('w = v.add(v)')
  host.lowering.lower(host.path('real/vec.ts'), table('plus'))
  expect([...host.lowering.stale()].sort()).toEqual([host.path('real/use.ts'), host.path('src/linked/use.ts')])
  for (const name of ['src/linked/use.ts', 'real/use.ts']) expect(host.line(name)).toContain('w = v.plus(v)')
})

/** The file whose text a module is; undefined for a module that somebody else makes. */
const ids: readonly [id: string, file: string | undefined][] = [
  ['/p/a.ts', '/p/a.ts'],
  ['/p/a.tsx', '/p/a.tsx'],
  ['/p/a.mts', '/p/a.mts'],
  ['/p/a.cts', '/p/a.cts'],
  ['C:\\p\\a.ts', 'C:/p/a.ts'],
  ['\\\\?\\C:\\p\\a.ts?v=1', 'C:/p/a.ts'],
  ['\\\\server\\share\\a.ts', '//server/share/a.ts'],
  ['file:///p/a%20b.ts?v=1', '/p/a b.ts'],
  ['/p/a.ts#part', '/p/a.ts'],
  ['/p/a.ts?v=1#part', '/p/a.ts'],
  ['/p/a#1.ts', '/p/a#1.ts'],
  ['/p/a.ts#part?raw', undefined],
  ['/p/a.ts?v=8f3a', '/p/a.ts'],
  ['/p/a.ts?import&t=1700000000000', '/p/a.ts'],
  ['/p/work.ts?worker_file&type=module', '/p/work.ts'],
  ['/p/a.ts?raw', undefined],
  ['/p/a.ts?url', undefined],
  ['/p/a.ts?worker', undefined],
  ['/p/a.ts?v=1&raw', undefined],
  ['/p/App.vue?vue&type=script&setup=true&lang.ts', undefined],
  ['/p/App.svelte?svelte&lang.ts', undefined],
  ['/p/App.svelte?svelte&type=style&lang.css', undefined],
  ['/p/Page.astro?astro&type=script&index=0&lang.ts', undefined],
  ['/p/App.svelte', undefined],
  ['/p/a.js', undefined],
  ['/p/a.d.ts', undefined],
  ['/p/a.d.mts?v=1', undefined],
  ['/p/node_modules/b/src/a.ts', '/p/node_modules/b/src/a.ts'],
  ['C:\\p\\node_modules\\b\\a.ts', 'C:/p/node_modules/b/a.ts'],
  ['/p/node_modules/b/a.d.ts', undefined],
  ['\0virtual:a.ts', undefined],
  ['\0/p/a.ts?commonjs-proxy', undefined],
  ['virtual:a.ts', undefined],
  ['https://example.org/a.ts', undefined],
  ['/p/ats', undefined],
  ['/p/a.tsb', undefined],
]

test.each(ids)('the id %j is the module of %s', (id, file) => {
  expect(moduleId(id).isMadeOfIt ? undefined : ownSource(id)).toBe(file)
})
