/** A file is the same under every spelling of its name that a host may use, on disks of both kinds. */
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { createSession } from '../transformer/build/session.ts'
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

const spellings: readonly [root: string, isCaseSensitive: boolean, names: readonly string[]][] = [
  ['/p', true, ['/p/src/uses.ts', '/p/src/../src/uses.ts', '/p//src/./uses.ts', '/p\\src\\uses.ts']],
  ['C:/p', false, ['C:/p/src/uses.ts', 'C:\\p\\src\\uses.ts', 'c:\\P\\src\\Uses.ts', 'C:\\p\\src\\..\\src\\uses.ts']],
  ['/Users/p', false, ['/Users/p/src/uses.ts', '/users/P/src/USES.ts']],
]

describe.each(spellings)('on a disk with %s, case %s', (root, isCaseSensitive, names) => {
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
    session.update([names.at(-1)!.replace(/uses\.ts$/i, 'vec.ts')])
    expect(session.stale()).toEqual(names)
  })
})
