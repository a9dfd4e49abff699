/** A file is the same under every spelling of its name that a host may use, on disks of both kinds. */
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { createSession } from '../transformer/build/session.ts'
import { createEditorProject } from '../transformer/hosts/tsserver/project.ts'
import { fileNameOf, namesFile } from '../transformer/program/file-names.ts'
import { catalogue } from '../transformer/report/diagnostics.ts'
import { lowerProgram } from '../transformer/transform.ts'
import { vec } from './edited.ts'
import { repository } from './hosts/project.ts'
import { parsingOnce } from './parsed-once.ts'

/** A project in memory on a disk where names have another form than here, and some lead to others. */
function projectOn(root: string, isCaseSensitive: boolean, symlinks: Readonly<Record<string, string>> = {}) {
  const realpath = (name: string) => {
    const link = Object.keys(symlinks).find(each => name === each || name.startsWith(`${each}/`))
    return link === undefined ? name : symlinks[link] + name.slice(link.length)
  }
  const written = (name: string) => {
    const full = realpath(name.replaceAll('\\', '/'))
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
    skipLibCheck: true,
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
    getSourceFile(name, language) {
      const text = host.readFile(name)
      return text === undefined ? undefined : parsingOnce.createSourceFile(name, text, language)
    },
    realpath: name => (disk.fileExists(name) ? disk.realpath!(name) : realpath(name)),
  }
  const compiler = { ...parsingOnce, createCompilerHost: () => host }
  const sessionOf = (...fileNames: string[]) => createSession(compiler, { fileNames, options })
  return { compiler, host, options, sessionOf, write, remove: (name: string) => texts.delete(written(name)) }
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
  const { sessionOf, write } = projectOn(root, isCaseSensitive)
  const session = sessionOf(`${root}/src/vec.ts`, `${root}/src/uses.ts`)

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

describe('a file behind a symlink', () => {
  /** `/p/src` leads to `/real/src`, and a link of another name to one of its files. */
  const disk = () => projectOn('/real', true, { '/p/src': '/real/src', '/p/alias.ts': '/real/src/uses.ts' })
  const sum = 'new Vec(1).add(new Vec(2))'
  const real = fileNameOf('src/uses.ts', '/real')
  const linked = fileNameOf('src/uses.ts', '/p')
  const alias = fileNameOf('alias.ts', '/p')

  test.each([
    ['the symlink', ['/p/src/uses.ts'], 1],
    ['its own place', ['/real/src/uses.ts'], 1],
    ['both', ['/p/src/uses.ts', '/real/src/uses.ts'], 2],
  ])('is one file under all its names, where the project lists %s', (_, listed, count) => {
    const { sessionOf, write, remove } = disk()
    const session = sessionOf(...listed)
    for (const name of [real, linked, alias]) {
      expect(session.lowered(name)?.text).toContain(sum)
      expect(session.operatorDiagnostics(name)).toEqual([])
    }
    const files = session.compiled(real).program.getSourceFiles()
    expect(files.filter(({ fileName }) => /\/uses\.ts$/.test(fileName))).toHaveLength(count)
    // each edit is reported under another name than the project's
    for (const [i, told] of [real, linked, alias].entries()) {
      write(
        'uses.ts',
        `import { Vec } from './vec.js'\nexport const sum${i} = ${'new Vec(1) + '.repeat(i + 1)}new Vec(2)\n`,
      )
      session.update([told])
      expect([...session.stale()].sort()).toEqual([alias, linked, real])
      for (const name of [real, linked, alias])
        expect(session.lowered(name)?.text).toContain(`sum${i} = new Vec(1).add(`)
    }
    for (const folder of ['/p', '/real']) {
      write('vec.ts', vec(`{ '+': '${folder === '/p' ? 'plus' : 'add'}' }`))
      session.update([fileNameOf('src/vec.ts', folder)])
      expect(session.stale()).toHaveLength(3)
      for (const name of [real, linked, alias]) session.lowered(name)
    }
    remove('/real/src/vec.ts')
    session.update([fileNameOf('src/vec.ts', '/p'), fileNameOf('src/vec.ts', '/real')])
    for (const name of [real, linked, alias])
      expect(
        session.diagnostics(name).map(({ code }) => code),
        name,
      ).toContain(2307)
  })

  test('is lowered under each name that a program has', () => {
    const { compiler, host, options } = disk()
    const names = ['/p/src/uses.ts', '/real/src/uses.ts']
    const { program } = lowerProgram(compiler, ts.createProgram(names, options, host), host)
    for (const name of names) expect(program.getSourceFile(name)?.text).toContain(sum)
    expect(program.getSemanticDiagnostics()).toEqual([])
  })

  test('is lowered in the editor under each name that the project has, and no other', () => {
    const { compiler, host, options } = disk()
    for (const name of ['/p/src/uses.ts', '/real/src/uses.ts']) {
      const service = ts.createLanguageService({
        ...(host as ts.LanguageServiceHost & ts.CompilerHost),
        getCompilationSettings: () => options,
        getScriptFileNames: () => [name],
        getScriptVersion: () => '1',
        getScriptSnapshot: each => ts.ScriptSnapshot.fromString(host.readFile(each) ?? ''),
      })
      const project = createEditorProject(
        compiler,
        host as unknown as ts.LanguageServiceHost,
        () => service.getProgram()!,
      )
      expect(project.lowered(name)?.mapped.text).toContain(sum)
      expect(project.lowered('/p/alias.ts')).toBeUndefined()
    }
  })
})
