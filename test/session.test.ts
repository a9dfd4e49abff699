/** A session whose files change gives what a new one would give, and says which files are lowered to something else. */
import type ts from 'typescript'
import { describe, expect, test } from 'vitest'
import type { Session } from '../transformer/build/session.ts'
import { shown } from './compile.ts'
import { base, Edited, vec } from './edited.ts'
import { otherParts, parts, sized } from './edited-texts.ts'
import { tsconfig } from './hosts/project.ts'

describe('a session', () => {
  test('lowers a file by the types of others, and leaves those without operators of classes', () => {
    const edited = new Edited()
    expect(edited.lowered('src/uses.ts')).toContain('=> v.add(make(2))')
    expect(edited.lowered('src/plain.ts')).toBeUndefined()
    expect(edited.stale()).toEqual([])
  })

  test('knows the files that are lowered to something else after a change of a table', () => {
    const edited = new Edited()
    for (const name of Object.keys(base)) edited.lowered(name)
    edited.write({ 'src/vec.ts': vec("{ '+': 'plus' }") })
    expect(edited.stale()).toEqual(['src/uses.ts', 'src/top.ts'])
    expect(edited.lowered('src/uses.ts')).toContain('=> v.plus(make(2))')
    // 'plus' gives a string, and to a string another string is joined
    expect(edited.lowered('src/top.ts')).toContain('sum(make(1)) + String(make(3))')
    expect(edited.stale()).toEqual([])
  })

  test('does not lower the files above a change that they cannot see', () => {
    const edited = new Edited()
    for (const name of Object.keys(base)) edited.lowered(name)
    edited.write({ 'src/vec.ts': vec("{ '+': 'add' }", 'return new Vec(other.x + this.x)') })
    expect(edited.stale()).toEqual([])
  })

  test('follows files that come, go, and join', () => {
    const edited = new Edited()
    edited.write({ 'src/late.ts': "import { later } from './later.js'\nexport const late = later + later\n" })
    expect(edited.lowered('src/late.ts')).toBeUndefined()
    edited.write({ 'src/later.ts': "import { make } from './make.js'\nexport const later = make(1)\n" })
    expect(edited.stale()).toEqual(['src/late.ts'])
    expect(edited.lowered('src/late.ts')).toContain('later.add(later)')
    edited.remove('src/later.ts')
    expect(edited.lowered('src/late.ts')).toBeUndefined()
    // not among the files of tsconfig.json
    edited.write({
      'other/joined.ts': "import { make } from '../src/make.js'\nexport const joined = make(1) + make(2)\n",
    })
    expect(edited.lowered('other/joined.ts')).toContain('make(1).add(make(2))')
    expect(() => edited.lowered('other/missing.ts')).toThrow('the compiler does not have')
  })

  test('follows what is declared for all, and the types below it, into files without an import', () => {
    const global = (type: string) =>
      `import type { Vec } from './vec.js'\ndeclare global { var shared: ${type} }\nexport type { Vec }\n`
    const edited = new Edited({
      ...base,
      'src/global.ts': global('Vec'),
      'src/alone.ts': 'export const both = shared + shared\n',
    })
    expect(edited.lowered('src/alone.ts')).toContain('shared.add(shared)')
    edited.write({ 'src/global.ts': global('number') })
    expect(edited.stale()).toEqual(['src/alone.ts'])
    expect(edited.lowered('src/alone.ts')).toBeUndefined()
    edited.write({ 'src/global.ts': global('Vec') })
    expect(edited.stale()).toEqual(['src/alone.ts'])
    edited.write({ 'src/vec.ts': vec("{ '+': 'plus' }") })
    expect(edited.stale()).toEqual(['src/alone.ts'])
    expect(edited.lowered('src/alone.ts')).toContain('shared.plus(shared)')
  })

  test('asks again what a name is when a file joins that exports it into a namespace', () => {
    const edited = new Edited({
      ...base,
      'tsconfig.json': tsconfig({ moduleDetection: 'legacy', rootDir: '.' }),
      'src/sized.ts': sized,
      'src/parts.ts': parts('./sized.js'),
    })
    expect(edited.lowered('src/parts.ts')).toContain('size = given.abs()')
    for (const other of [otherParts[1]!, ...otherParts]) {
      edited.write({ 'other/parts.ts': other })
      edited.lowered('other/parts.ts')
      expect(edited.lowered('src/parts.ts')!.includes('given.abs()')).toBe(!other.includes('const Math'))
    }
    expect(edited.lowered('src/parts.ts')).toContain('Number.isNaN(given)')
  })

  test('asks the operators on which a type that is declared for all depends first', () => {
    const edited = new Edited({
      ...base,
      'src/global.ts': `import { make } from './make.js'
export const sum = make(1) + make(2)
declare global { var total: typeof sum }
`,
      'src/alone.ts': 'export const twice = total + total\n',
    })
    expect(edited.lowered('src/alone.ts')).toContain('total.add(total)')
    // then the sum is a string
    edited.write({ 'src/vec.ts': vec("{ '+': 'plus' }") })
    expect(edited.lowered('src/alone.ts')).toBeUndefined()
  })

  test('sees a file of global declarations again that went and came back', () => {
    const types = "declare var shared: import('./vec.js').Vec\n"
    const edited = new Edited({
      ...base,
      'src/types.d.ts': types,
      'src/alone.ts': 'export const both = shared + shared\n',
    })
    expect(edited.lowered('src/alone.ts')).toContain('shared.add(shared)')
    edited.remove('src/types.d.ts')
    expect(edited.lowered('src/alone.ts')).toBeUndefined()
    expect(edited.session.diagnostics(edited.path('src/alone.ts')).map(({ code }) => code)).toEqual([2304, 2304])
    edited.write({ 'src/types.d.ts': types })
    expect(edited.lowered('src/alone.ts')).toContain('shared.add(shared)')
    expect(edited.session.diagnostics(edited.path('src/alone.ts'))).toEqual([])
  })

  test('forgets the types of a file that was removed, where others use them', () => {
    const edited = new Edited({
      ...base,
      'src/gone.ts': "import { Vec } from './vec.js'\nexport const gone = () => new Vec(1)\nexport type Gone = Vec\n",
      'src/uses.ts': `import { make } from './make.js'
import { gone } from './gone.js'
export const sum = gone() + make(2), other = (v: import('./gone.js').Gone) => v + make(1)
`,
      'src/top.ts': "import { sum, other } from './uses.js'\nexport const top = sum + other(sum)\n",
    })
    const names = ['src/uses.ts', 'src/top.ts']
    const seen = (session: Session) =>
      names.map(name => [edited.lowered(name, session), session.diagnostics(edited.path(name)).map(shown)])
    const before = seen(edited.session)
    expect(before.map(([text]) => text)).toEqual([
      expect.stringContaining('gone().add(make(2))'),
      expect.stringContaining('sum.add(other(sum))'),
    ])
    edited.remove('src/gone.ts')
    expect(edited.stale()).toEqual(names)
    const after = seen(edited.session)
    expect(after).toEqual(seen(edited.fresh()))
    expect(after[0]![1]).not.toEqual([])
    edited.write({
      'src/gone.ts': "import { Vec } from './vec.js'\nexport const gone = () => new Vec(1)\nexport type Gone = Vec\n",
    })
    expect(seen(edited.session)).toEqual(before)
  })

  test('gives all files their own texts again when the last class with operators goes', () => {
    const edited = new Edited()
    const uses = edited.path('src/uses.ts')
    expect(edited.session.diagnostics(uses)).toEqual([])
    expect(edited.session.compiled(uses)!.program.getSourceFile(uses)!.text).toContain('.add(')
    edited.write({ 'src/vec.ts': 'export class Vec {\n  constructor(readonly x: number) {}\n}\n' })
    const found = edited.session.diagnostics(uses).map(shown)
    expect(found.length).toBeGreaterThan(0)
    expect(found).toEqual(edited.fresh().diagnostics(uses).map(shown))
    const { original, program } = edited.session.compiled(uses)!
    expect(original.text).toBe(base['src/uses.ts'])
    expect(program.getSourceFile(uses)).toBe(original)
  })

  test('names the files on which a file depends', () => {
    const edited = new Edited()
    const below = edited.session
      .dependencies(edited.path('src/uses.ts'))
      .map(name => name.slice(edited.project.root.length + 1))
    // neither tsgrad nor the standard library
    expect(below.sort()).toEqual(['src/make.ts', 'src/vec.ts'])
  })

  test('verifies a new file again when a file below it, which was not verified yet, is lowered to something else', () => {
    const edited = new Edited()
    for (const name of Object.keys(base)) edited.lowered(name)
    edited.write({ 'src/vec.ts': vec("{ '+': 'plus' }") })
    edited.lowered('src/plain.ts')
    edited.write({ 'src/top.ts': `${base['src/top.ts']}export const more = 1\n` })
    expect(edited.lowered('src/top.ts')).toContain('sum(make(1)) + String(make(3))')
  })

  test('forgets what others see of a file when a type changes that it infers from', () => {
    const edited = new Edited()
    const uses = (result: string) =>
      `import type { Vec } from './vec.js'\nimport { make } from './make.js'\nexport const sum = (v: Vec) => ${result}\n`
    expect(edited.lowered('src/top.ts')).toContain('sum(make(1)).add(make(3))')
    edited.write({ 'src/uses.ts': uses('make(1) + v') })
    edited.lowered('src/top.ts')
    edited.write({ 'src/vec.ts': vec("{ '+': 'plus' }") })
    expect(edited.lowered('src/top.ts')).toContain('sum(make(1)) + String(make(3))')
    edited.write({ 'src/uses.ts': uses('make(v.x)') })
    expect(edited.lowered('src/top.ts')).toContain('sum(make(1)).plus(make(3))')
  })

  test('reports by the types that other files have now, also where no operator changes its meaning', () => {
    const inherited = (method: string) => `export class Base {\n  ${method}(): void {}\n}\n`
    const edited = new Edited({
      ...base,
      'src/wrong.ts': "import { make } from './make.js'\nexport const wrong = make(1) * make(2)\n",
      'src/base.ts': inherited('add'),
      'src/own.ts':
        "import type { operators } from 'tsgrad'\nimport { Base } from './base.js'\nexport class Own extends Base {\n  declare readonly [operators]: { '+': 'add' }\n}\n",
    })
    const all = (session: Session) =>
      ['src/wrong.ts', 'src/own.ts'].map(name => session.diagnostics(edited.path(name)).map(shown))
    const before = all(edited.session)
    edited.write({ 'src/vec.ts': vec("{ '+': 'add'; '-': 'plus' }"), 'src/base.ts': inherited('sub') })
    const after = all(edited.session)
    expect(after).toEqual(all(edited.fresh()))
    for (const [i, each] of after.entries()) expect(each).not.toEqual(before[i])
  })

  test('reports a file that nobody asked about before, with each error once', () => {
    const edited = new Edited({
      ...base,
      'other/joined.ts':
        "import { grad } from 'tsgrad'\nimport { make } from '../src/make.js'\ndeclare const f: (x: number) => number\nexport const joined = [make(1) * make(2), grad((x: number) => f(x))]\n",
    })
    const codes = edited.session.diagnostics(edited.path('other/joined.ts')).map(({ code }) => code)
    expect(codes.sort()).toEqual([92001, 94001])
  })

  test('reports at the original place, and tells which errors speak of operators', () => {
    const edited = new Edited({
      ...base,
      'src/wrong.ts': `import { make } from './make.js'
export const a = make(1) + 2, b = make(1) * make(2), c: string = 3
export const plain = 'x' * 2
`,
    })
    const wrong = edited.path('src/wrong.ts')
    const places = (found: readonly ts.Diagnostic[]) => found.map(each => shown(each).split(' ', 3).join(' ')).sort()
    expect(places(edited.session.diagnostics(wrong))).toEqual([
      '2:28 "2" TS2345',
      '2:43 "*" TS92001',
      '2:54 "c" TS2322',
      `3:22 "'x'" TS2362`,
    ])
    expect(places(edited.session.operatorDiagnostics(wrong))).toEqual(['2:28 "2" TS2345', '2:43 "*" TS92001'])
  })

  test('fails loudly when the project cannot be lowered, until it can', () => {
    const edited = new Edited({
      ...base,
      'src/other.ts': "import { operators } from '../copy/operators.js'\nexport type T = typeof operators\n",
      'copy/operators.d.ts': 'export declare const operators: unique symbol\nexport type Probe = {}\n',
    })
    expect(() => edited.lowered('src/uses.ts')).toThrow()
    expect(edited.session.diagnostics(edited.path('src/uses.ts')).map(({ code }) => code)).toEqual([93001])
    edited.write({ 'src/other.ts': 'export {}\n' })
    expect(edited.lowered('src/uses.ts')).toContain('v.add(make(2))')
  })
})
