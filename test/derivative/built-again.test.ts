/**
 * An incremental build gives the errors and the texts of a build from nothing, whatever was edited since the last one, and asks about calls
 * in the files only that may hold a new mark.
 */
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { loweringBuilder } from '../../command/compile/lowering-builder.ts'
import type { Store } from '../../transformer/build/store.ts'
import type { InternalFile } from '../../transformer/compiler/undocumented.ts'
import { requireBuilt } from '../built.ts'
import { memoryStore } from '../built-again.ts'
import { shown } from '../compile.ts'
import { countOr, randomOf, seed } from '../random.ts'

requireBuilt('runtime')

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = `${root}test/memory/`

const optionsOf = (more: ts.CompilerOptions): ts.CompilerOptions => ({
  strict: true,
  ...more,
  ...{ target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts'], module: ts.ModuleKind.ESNext, types: [] },
  ...{ moduleResolution: ts.ModuleResolutionKind.Bundler, skipLibCheck: true, declaration: true, incremental: true },
  ...{ rootDir: `${folder}src`, outDir: `${folder}out`, tsBuildInfoFile: `${folder}out/info` },
  paths: { tsgrad: [`${root}dist/runtime/index.d.ts`] },
})

const parsed = new Map<string, ts.SourceFile>()

/** A folder in memory, in which one build follows another. */
class Folder {
  readonly files = new Map<string, string>()
  /** The files in whose calls a checker was asked for a signature, since it was emptied. */
  readonly asked = new Set<string>()
  /** What its builds keep, where they keep something, and whether the program is made before it is lowered, as `tspc` does. */
  readonly store: Store | undefined
  readonly isGiven: boolean

  constructor(store?: Store, isGiven = false) {
    this.store = store
    this.isGiven = isGiven
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) this.files.set(folder + name, text)
  }

  emptied(): Folder {
    const next = new Folder()
    for (const [name, text] of this.files) if (!name.startsWith(`${folder}out/`)) next.files.set(name, text)
    return next
  }

  /** One build, and the errors that it reports; `tsc` is the compiler without tsgrad. */
  build(options: ts.CompilerOptions = {}, builtBy: 'tsgrad' | 'tsc' = 'tsgrad'): readonly string[] {
    const all = optionsOf(options)
    const system = {
      ...ts.sys,
      readFile: (name: string) => this.files.get(name) ?? ts.sys.readFile(name),
      fileExists: (name: string) => this.files.has(name) || ts.sys.fileExists(name),
      writeFile: (name: string, text: string) => void this.files.set(name, text),
      directoryExists: (name: string) => `${folder}src/`.startsWith(`${name}/`) || ts.sys.directoryExists(name),
    }
    const host = ts.createIncrementalCompilerHost(all, system)
    const read = host.getSourceFile
    host.getSourceFile = (name, ...rest) => {
      if (name.startsWith(folder)) return read(name, ...rest)
      const file: InternalFile = parsed.get(name) ?? read(name, ...rest)!
      file.version = host.createHash!(file.text)
      parsed.set(name, file)
      return file
    }
    const rootNames = [...this.files.keys()].filter(name => name.startsWith(`${folder}src/`))
    const createProgram =
      builtBy === 'tsc'
        ? ts.createEmitAndSemanticDiagnosticsBuilderProgram
        : loweringBuilder(this.counting(), this.isGiven, this.store, () => {})
    const builder = ts.createIncrementalProgram({ rootNames, options: all, host, createProgram })
    // in the order of tsc
    const found = builder.getSemanticDiagnostics()
    builder.emit()
    return found.map(each => `${each.file?.fileName.slice(folder.length)}:${shown(each)}`)
  }

  private counting(): typeof ts {
    const createProgram = (...args: [ts.CreateProgramOptions]) => {
      const program = ts.createProgram(...args)
      const checker = program.getTypeChecker()
      const getResolvedSignature: typeof checker.getResolvedSignature = (node, ...rest) => {
        this.asked.add(node.getSourceFile().fileName.slice(folder.length))
        return checker.getResolvedSignature(node, ...rest)
      }
      const counting = { ...checker, getResolvedSignature }
      return Object.assign(program, { getTypeChecker: () => counting })
    }
    return { ...ts, createProgram: createProgram as typeof ts.createProgram }
  }

  emitted(): Readonly<Record<string, string>> {
    const found = [...this.files].filter(([name]) => name.startsWith(`${folder}out/`) && !name.endsWith('/info'))
    return Object.fromEntries(found.sort())
  }

  /** Without declarations, which tsc too leaves as they are when `strict` changes. */
  code(): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(this.emitted()).filter(([name]) => name.endsWith('.js')))
  }
}

/** How a function on plain numbers can reach a parameter of the type `Differentiable`: what a file says, after its import of `square`. */
const ways: Readonly<Record<string, string>> = {
  'a verb': "import { grad } from 'tsgrad'\nexport const s = grad(square)",
  'a verb under another name': "import { grad } from 'tsgrad'\nconst g2 = grad\nexport const s = g2(square)",
  'a verb imported under another name': "import { grad as g2 } from 'tsgrad'\nexport const s = g2(square)",
  'a verb in a namespace': "import * as t from 'tsgrad'\nexport const s = t.grad(square)",
  'a verb in an object': "import { grad } from 'tsgrad'\nconst o = { d: { grad } }\nexport const s = o.d.grad(square)",
  'a verb by its name': "import * as t from 'tsgrad'\nexport const s = t['grad'](square)",
  'a verb exported again': "import { slope } from './own.js'\nexport const s = slope(square)",
  'a namespace exported again': "import { all } from './own.js'\nexport const s = all.grad(square)",
  'a function of one of them, in a file that does not mention tsgrad':
    "import { takes } from './own.js'\nexport const s = takes(square)",
  'a method': "import { Box } from './own.js'\nexport const s = new Box(square).take(square)",
  'a method that may be missing': "import { box } from './own.js'\nexport const s = box?.take?.(square)",
  'a method of its base class':
    "import { Box } from './own.js'\nclass Sub extends Box {}\nexport const s = (b: Sub) => b.take(square)",
  'a parameter of an open type':
    "import { Holder, type Wanted } from './own.js'\nexport const s = new Holder<Wanted>().set(square)",
  'a parameter by its function': "import { takes } from './own.js'\nexport const s = (f: typeof takes) => f(square)",
  'a parameter by the place in a list':
    "import { takes } from './own.js'\nexport const s = (f: (...all: Parameters<typeof takes>) => number) => f(square)",
  'one of many parameters':
    "import type { Wanted } from './own.js'\nexport const s = (f: (x: number, ...all: Wanted[]) => number) => f(1, square, square)",
  'a verb beside operators':
    "import { grad } from 'tsgrad'\nimport { Vec } from './vec.js'\nexport const v = new Vec(1) + new Vec(2)\nexport const s = grad(square)",
  'an arrow function': "import { takes } from './own.js'\nexport const s = takes(x => 2 * square(x))",
}
const own = (wanted: string) => `import { type Differentiable, grad } from 'tsgrad'
export { grad as slope } from 'tsgrad'
export * as all from 'tsgrad'
export type Wanted = ${wanted}
export function takes(f: Wanted): number { return grad(f as Differentiable<(x: number) => number>)(1) }
export class Box {
  constructor(readonly f: Wanted) {}
  take(f: Wanted) { return takes(f) }
}
export declare const box: { take?(f: Wanted): number } | undefined
export class Holder<T> { set(value: T) { return value } }
`
const square = (body: string) => `export const square = (x: number): number => ${body}\n`
const vec = (table: string) => `import type { operators } from 'tsgrad'
export class Vec {
  declare readonly [operators]: { '+': '${table}' }
  constructor(readonly x: number) {}
  add(other: Vec | null): Vec { return this }
  join(other: Vec): Vec { return other }
}
`
/** Files with calls of functions that hold no mark. */
const unmarked = {
  'src/sum.ts':
    "import { Vec } from './vec.js'\nconst v = new Vec(1)\nexport const sum = (w: Vec) => v + w + v.add(w).join(v)\n",
  'src/calls.ts':
    "import { sum } from './sum.js'\nimport { Vec } from './vec.js'\nexport const one = [sum].map(f => f(new Vec(1)))\n",
}
const named = (i: number) => `src/way${i}.ts`
const texts = Object.values(ways).map(text => `import { square } from './square.js'\n${text}\n`)
const wanted = 'Differentiable<(x: number) => number>'
const files = {
  ...unmarked,
  'src/own.ts': own(wanted),
  'src/square.ts': square('x * x'),
  'src/vec.ts': vec('add'),
  ...Object.fromEntries(texts.map((text, i) => [named(i), text])),
}

describe('each way to a mark', () => {
  const built = new Folder()
  built.write(files)
  const first = built.build()
  const outputs = (of: Folder) => texts.map((_, i) => of.emitted()[`${folder}out/way${i}.js`])

  test('is found in the first build', () => {
    expect(first).toEqual([])
    for (const [i, text] of outputs(built).entries())
      expect(text, Object.keys(ways)[i]).toMatch(/differentiable\([\s\S]*x/)
  })

  test('nothing is asked about the calls of other files where nothing changed', () => {
    built.asked.clear()
    const before = built.emitted()
    expect(built.build()).toEqual([])
    expect([...built.asked].filter(name => name in unmarked)).toEqual([])
    expect(built.asked.size).toBe(texts.length)
    expect(built.emitted()).toEqual(before)
  })

  test('follows a body in another file, whose declaration is the same', () => {
    built.write({ 'src/square.ts': square('Math.sin(x)') })
    built.asked.clear()
    expect(built.build()).toEqual([])
    expect([...built.asked].filter(name => name in unmarked)).toEqual([])
    for (const text of outputs(built)) expect(text).toMatch(/Math\.cos|Math\.sin/)
    const fresh = built.emptied()
    fresh.build()
    expect(built.emitted()).toEqual(fresh.emitted())
  })

  test('is refused again and again, until the body is mended', () => {
    built.write({ 'src/square.ts': square('Number(x)') })
    const refused = built.build()
    expect(new Set(refused.map(each => each.split(':')[0])).size).toBe(texts.length)
    expect(built.build()).toEqual(refused)
    built.write({ 'src/vec.ts': vec('join') })
    expect(built.build()).toEqual(refused)
    built.write({ 'src/square.ts': square('x * x') })
    expect(built.build()).toEqual([])
    built.write({ 'src/vec.ts': vec('add') })
    built.build()
  })

  test('is found after a build by tsc', () => {
    const folder = new Folder()
    folder.write(files)
    // where only direct importers of a changed file are looked at
    const options = { assumeChangesOnlyAffectDirectDependencies: true }
    folder.build(options, 'tsc')
    folder.build(options)
    const fresh = folder.emptied()
    fresh.build(options)
    expect(folder.emitted()).toEqual(fresh.emitted())
  })

  test('is found when an option makes another type of a parameter', () => {
    const folder = new Folder()
    folder.write({ ...files, 'src/own.ts': own(`${wanted} | undefined`) })
    folder.build({ strict: true })
    folder.build({ strict: false })
    const fresh = folder.emptied()
    fresh.build({ strict: false })
    expect(folder.code()).toEqual(fresh.code())
  })
})

const kinds: Readonly<Record<string, () => Folder>> = {
  'without a store': () => new Folder(),
  'with a store': () => new Folder(memoryStore()),
  'with a store and a given program': () => new Folder(memoryStore(), true),
}

test.each(Object.entries(kinds))(
  'after random edits, options and builds by tsc a build %s gives what one from nothing gives',
  (_, folderOf) => {
    const random = randomOf(seed)
    const among = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!
    const edits: readonly (() => Readonly<Record<string, string>>)[] = [
      () => ({ 'src/square.ts': square(among(['x * x', 'Math.sin(x)', 'Number(x)', 'x > 0 ? x : 3 * x'])) }),
      () => ({ 'src/own.ts': own(among([wanted, '(x: number) => number', `${wanted} | undefined`])) }),
      () => ({ 'src/vec.ts': vec(among(['add', 'join'])) }),
      () => ({ [named(Math.floor(random() * 4))]: among(texts) }),
      () => ({ [named(Math.floor(random() * 4))]: 'export const s = 1\n' }),
      () => ({}),
    ]
    const built = folderOf()
    built.write({
      ...files,
      ...Object.fromEntries(texts.slice(4).map((_, i) => [named(i + 4), texts[(i * 3) % texts.length]!])),
    })
    built.write({ 'src/square.ts': square('Number(x)') })
    let strict = true
    let errors = built.build().length
    for (let i = 0; i < countOr(4); i++) {
      for (let n = 0; n <= random() * 2; n++) built.write(among(edits)())
      if (random() < 0.2) strict = !strict
      if (random() < 0.2) built.build({ strict }, 'tsc')
      const found = built.build({ strict })
      const fresh = built.emptied()
      expect(found.toSorted(), `seed ${seed}, step ${i}`).toEqual(fresh.build({ strict }).toSorted())
      expect(built.code(), `seed ${seed}, step ${i}`).toEqual(fresh.code())
      errors += found.length
    }
    expect(errors).toBeGreaterThan(0)
  },
  300_000,
)
