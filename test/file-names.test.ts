/** A file is the same under every spelling of its name that a host may use, on disks of both kinds. */
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { createSession } from '../transformer/build/session.ts'
import { fileNameOf, namesFile } from '../transformer/program/file-names.ts'
import { catalogue } from '../transformer/report/diagnostics.ts'
import { vec } from './edited.ts'
import { repository } from './hosts/project.ts'

/** A project in memory on a disk where names have another form than here. */
function sessionOn(root: string, isCaseSensitive: boolean) {
  const written = (name: string) => {
    const full = name.replaceAll('\\', '/')
    return isCaseSensitive ? full : full.toLowerCase()
  }
  const texts = new Map<string, string>()
  const write = (name: string, text: string) => void texts.set(written(`${root}/src/${name}`), text)
  write('vec.ts', vec("{ '+': 'add' }"))
  write('uses.ts', "import { Vec } from './vec.js'\nexport const sum = new Vec(1) + new Vec(2)\n")
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    types: [],
    paths: { tsgrad: [`${repository}dist/runtime/index.d.ts`] },
  }
  const disk = ts.createCompilerHost(options)
  const host: ts.CompilerHost = {
    ...disk,
    getCurrentDirectory: () => root,
    useCaseSensitiveFileNames: () => isCaseSensitive,
    getCanonicalFileName: name => (isCaseSensitive ? name : name.toLowerCase()),
    fileExists: name => texts.has(written(name)) || disk.fileExists(name),
    directoryExists: name => written(`${root}/src`).startsWith(written(name)) || disk.directoryExists!(name),
    readFile: name => texts.get(written(name)) ?? disk.readFile(name),
    realpath: name => name,
  }
  const compiler = { ...ts, createCompilerHost: () => host }
  const session = createSession(compiler, { fileNames: [`${root}/src/vec.ts`, `${root}/src/uses.ts`], options })
  return { session, write }
}

/** What a host may call a file, and what it is called inside. */
const forms: readonly [name: string, full: string][] = [
  ['/p/src/a.ts', '/p/src/a.ts'],
  ['/p/src/../src/./a.ts', '/p/src/a.ts'],
  ['/../p//src/a.ts', '/p/src/a.ts'],
  ['src/a.ts', '/p/src/a.ts'],
  ['../q/a.ts', '/q/a.ts'],
  ['C:\\p\\src\\a.ts', 'C:/p/src/a.ts'],
  ['c:/p\\..\\..\\src/a.ts', 'c:/src/a.ts'],
  ['\\\\?\\C:\\p\\a.ts', 'C:/p/a.ts'],
  ['\\\\server\\share\\p\\..\\a.ts', '//server/share/a.ts'],
  ['\\\\server\\share\\..\\..\\a.ts', '//server/share/a.ts'],
  ['\\\\?\\UNC\\server\\share\\a.ts', '//server/share/a.ts'],
  ['file:///p/a%20b%23.ts', '/p/a b#.ts'],
  ['file:///C:/p/a.ts?v=1#part', 'C:/p/a.ts'],
  ['file:///c%3A/p/a.ts', 'c:/p/a.ts'],
  ['file://server/share/a.ts', '//server/share/a.ts'],
  ['FILE:///p/a.ts', '/p/a.ts'],
  ['file://localhost/p/a.ts', '/p/a.ts'],
]
test.each(forms)('%s is %s', (name, full) => {
  expect(fileNameOf(name, '/p')).toBe(full)
  expect(fileNameOf(full, 'C:\\q')).toBe(full)
})

test.each([
  ['/p/a.ts', true],
  ['C:\\p\\a.ts', true],
  ['c:/p/a.ts', true],
  ['file:///p/a.ts', true],
  ['a.ts', true],
  ['\0/p/a.ts', false],
  ['\0virtual:a.ts', false],
  ['virtual:a.ts', false],
  ['node:fs', false],
  ['https://example.org/a.ts', false],
])('%j names a file: %s', (id, isFile) => {
  expect(namesFile(id)).toBe(isFile)
})

const spellings: readonly [root: string, isCaseSensitive: boolean, names: readonly string[]][] = [
  ['/p', true, ['/p/src/uses.ts', '/p/src/../src/uses.ts', '/p//src/./uses.ts', '/p\\src\\uses.ts']],
  ['C:/p', false, ['C:/p/src/uses.ts', 'C:\\p\\src\\uses.ts', 'c:\\P\\src\\Uses.ts', 'C:\\p\\src\\..\\src\\uses.ts']],
  ['/Users/p', false, ['/Users/p/src/uses.ts', '/users/P/src/USES.ts']],
  ['//server/share/p', false, ['\\\\server\\share\\p\\src\\uses.ts', '//SERVER/share/p/src/uses.ts']],
  ['c:/p', false, ['C:\\p\\src\\uses.ts', 'file:///c%3A/p/src/uses.ts', '\\\\?\\C:\\p\\src\\uses.ts']],
]

describe.each(spellings)('on a disk with %s, case %s', (root, isCaseSensitive, spelled) => {
  const names = spelled.map(name => fileNameOf(name, root))
  const { session, write } = sessionOn(root, isCaseSensitive)

  test.each(names)('%s is lowered', name => {
    expect(session.lowered(name)?.text).toContain('new Vec(1).add(new Vec(2))')
    expect(session.operatorDiagnostics(name)).toEqual([])
    expect(session.compiled(name)?.lowered?.operators).toHaveLength(1)
    expect(session.dependencies(name)).toContain(`${root}/src/vec.ts`)
  })

  test('an edit is seen under each of them', () => {
    for (const [i, name] of names.entries()) {
      write('uses.ts', `import { Vec } from './vec.js'\nexport const sum${i} = new Vec(1) + new Vec(${i})\n`)
      session.update([name])
      for (const each of names) expect(session.lowered(each)?.text).toContain(`sum${i} = new Vec(1).add(new Vec(${i}))`)
    }
    write('vec.ts', vec("{ '+': 'plus' }"))
    session.update([fileNameOf('../vec.ts', names.at(-1)!)])
    expect(session.stale()).toEqual([...new Set(names)])
  })

  test('a file that the compiler does not have is an internal error, not one without operators', () => {
    for (const missing of [fileNameOf('src/none.ts', root), fileNameOf('src/uses.vue', root)]) {
      expect(session.diagnostics(missing).map(({ code, messageText }) => [code, messageText])).toEqual([
        [catalogue.internal.code, expect.stringContaining(`the compiler does not have ${missing}`)],
      ])
      expect(session.operatorDiagnostics(missing)).toHaveLength(1)
      expect(() => session.lowered(missing)).toThrow(missing)
      expect(() => session.compiled(missing)).toThrow(missing)
    }
    expect(session.operatorDiagnostics(names[0]!)).toEqual([])
  })
})
