/** What is used of the compiler beyond its public types is there in each version, is listed in one file, and is not public. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import type { TypeScript } from '../transformer/compiler/typescript.ts'
import {
  type CompilerWithCommandLine,
  type InternalProgram,
  REUSED_COMPLETELY,
} from '../transformer/compiler/undocumented.ts'
import { walk } from '../transformer/syntax/walk.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const list = `${root}transformer/compiler/undocumented.ts`
const require = createRequire(import.meta.url)

/** The members of each interface in a file, as they are written there. */
function membersIn(file: ts.SourceFile): ReadonlyMap<string, readonly string[]> {
  const interfaces = file.statements.filter(ts.isInterfaceDeclaration)
  return new Map(
    interfaces.map(({ name, members }) => [name.text, members.map(member => (member.name as ts.Identifier).text)]),
  )
}

const members = membersIn(ts.createSourceFile(list, readFileSync(list, 'utf8'), ts.ScriptTarget.Latest))

/** A project in memory, with all that makes the compiler fill in a member. */
const files: Readonly<Record<string, string>> = {
  '/main.ts': "import { once } from 'once'\nimport { nested } from 'outer'\nexport const all = [once, nested]\nfar",
  '/wrong.ts': '// @ts-nocheck\n// @ts-ignore\nconst = 1',
  '/global.ts': "import 'once'\ndeclare module 'once' {\n  const more: 1\n}\ndeclare global {}\n",
  '/far.ts': 'export const far = 1\n',
  '/node_modules/once/package.json': '{ "name": "once", "version": "1.0.0", "types": "index.d.ts" }',
  '/node_modules/once/index.d.ts': 'export const once: 1\n',
  '/node_modules/outer/package.json': '{ "name": "outer", "version": "1.0.0", "types": "index.d.ts" }',
  '/node_modules/outer/index.d.ts': "export { once as nested } from 'once'\n",
  '/node_modules/outer/node_modules/once/package.json': '{ "name": "once", "version": "1.0.0", "types": "index.d.ts" }',
  '/node_modules/outer/node_modules/once/index.d.ts': 'export const once: 1\n',
}
const options: ts.CompilerOptions = {
  ...{ noLib: true, strict: true, types: [], incremental: true, tsBuildInfoFile: '/out/info', outDir: '/out' },
  ...{ module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
}
const rootNames = Object.keys(files).filter(name => !name.includes('node_modules'))

function systemOf(compiler: TypeScript): ts.System {
  const isFolder = (name: string) => Object.keys(files).some(file => file.startsWith(`${name}/`))
  return {
    ...compiler.sys,
    getCurrentDirectory: () => '/',
    fileExists: name => name in files,
    readFile: name => files[name],
    directoryExists: isFolder,
    getDirectories: () => [],
    realpath: path => path,
    writeFile() {},
  }
}

/** A host, and the names of what the compiler has read of it. */
function recorded<H extends object>(host: H): { readonly host: H; readonly read: Record<string, true> } {
  const read: Record<string, true> = {}
  const get: ProxyHandler<H>['get'] = (of, name, receiver) => {
    read[String(name)] = true
    return Reflect.get(of, name, receiver)
  }
  return { host: new Proxy(host, { get }), read }
}

function serviceHost(compiler: TypeScript): ts.LanguageServiceHost {
  const system = systemOf(compiler)
  return {
    getCompilationSettings: () => options,
    getScriptFileNames: () => rootNames,
    getScriptVersion: () => '1',
    getScriptSnapshot: name => (name in files ? compiler.ScriptSnapshot.fromString(files[name]!) : undefined),
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: () => '/lib.d.ts',
    fileExists: system.fileExists,
    readFile: system.readFile,
    resolveModuleNameLiterals: (names, from) =>
      names.map(({ text }) => compiler.resolveModuleName(text, from, options, system)),
  }
}

/** Objects as the compiler makes them: by interface, those that may have its members. */
function objectsOf(compiler: TypeScript): Readonly<Record<string, readonly object[]>> {
  const compilerHost = recorded(compiler.createIncrementalCompilerHost(options, systemOf(compiler)))
  const builder = compiler.createIncrementalProgram({ rootNames, options, host: compilerHost.host })
  const program = builder.getProgram()
  const checker = program.getTypeChecker()
  const host = recorded(serviceHost(compiler))
  const service = compiler.createLanguageService(host.host)
  // a host is read when there is something to do
  const end = files['/main.ts']!.length
  service.getCompletionsAtPosition('/main.ts', end, { includeCompletionsForModuleExports: true })
  return {
    InternalFile: program.getSourceFiles(),
    InternalProgram: [program],
    InternalBuilder: [builder],
    InternalCompilerHost: [compilerHost.read],
    InternalServiceHost: [host.read],
    InternalService: [service],
    InternalType: [checker.getAnyType()],
    InternalSymbol: checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile('/far.ts')!)!),
    CompilerWithCommandLine: [compiler],
    InternalSystem: [compiler.sys],
    InternalPerformance: [(compiler as CompilerWithCommandLine).performance],
  }
}

describe.each(['typescript-5', 'typescript'])('%s', name => {
  const compiler: TypeScript = require(name)
  const objects = objectsOf(compiler)

  test('there is an object for each interface', () => {
    expect(Object.keys(objects).sort()).toEqual([...members.keys()].sort())
    expect([...members.values()].flat().length).toBeGreaterThan(30)
    expect(Object.entries(objects).filter(([, all]) => all.length === 0)).toEqual([])
  })

  test.each([...members].flatMap(([owner, names]) => names.map(member => [owner, member] as const)))(
    '%s has %s',
    (owner, member) => {
      const values = objects[owner]!.map(each => (each as Record<string, unknown>)[member])
      expect(values.some(value => value !== undefined)).toBe(true)
    },
  )

  test('a program over the same files is reused completely', () => {
    const host = compiler.createIncrementalCompilerHost(options, systemOf(compiler))
    const project = { rootNames: ['/far.ts'], options, host }
    const programs = [compiler.createProgram(project)]
    programs.push(compiler.createProgram({ ...project, oldProgram: programs[0]! }))
    const [first, second] = programs.map(each => (each as InternalProgram).structureIsReused === REUSED_COMPLETELY)
    expect([first, second]).toEqual([false, true])
  })

  test('emit writes declarations that no option asks for, of a file with errors', () => {
    const host = compiler.createIncrementalCompilerHost(options, systemOf(compiler))
    const program = compiler.createProgram({ rootNames, options, host }) as InternalProgram
    const emitted = (force?: boolean) => {
      const names: string[] = []
      program.emit(program.getSourceFile('/main.ts'), name => void names.push(name), undefined, true, undefined, force)
      return names
    }
    expect(emitted()).toEqual([])
    expect(emitted(true)).toEqual(['/out/main.d.ts'])
  })
})

// ---- the list

// TypeScript 7 is another compiler: its API is described in hosts/native/package.ts
const isOfNative = (name: string) => name.includes('hosts/native')
const sources = ['transformer', 'command', 'lint', 'playground/worker'].flatMap(folder =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .map(name => `${folder}/${name}`)
    .filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts') && !isOfNative(name)),
)

/** The types of the compiler by name, and the members that they have in its public types. */
function publicTypes(): (name: string) => ts.Type | undefined {
  const program = ts.createProgram([list], { module: ts.ModuleKind.NodeNext, types: [], noLib: true })
  const checker = program.getTypeChecker()
  const exported = (name: string) =>
    checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(name)!)!)
  const compiler = exported(require.resolve('typescript').replace('.js', '.d.ts'))
  const known = new Map(compiler.map(symbol => [`ts.${symbol.name}`, symbol]))
  for (const symbol of exported(list.replace('undocumented', 'typescript'))) known.set(symbol.name, symbol)
  for (const symbol of exported(list)) known.set(symbol.name, symbol)
  return name => (known.has(name) ? checker.getDeclaredTypeOfSymbol(known.get(name)!) : undefined)
}

/** Members that a file adds to one of the compiler's types, by `interface X extends ts.Y` or `ts.Y & { … }`. */
function additionsIn(file: ts.SourceFile, typeOf: ReturnType<typeof publicTypes>): string[] {
  const added = (bases: readonly ts.Node[], own: readonly ts.TypeElement[]) =>
    bases.flatMap(base => {
      const type = typeOf(base.getText(file))
      return own.flatMap(({ name }) => {
        const text = name?.getText(file) ?? ''
        return !type || type.getProperty(text) ? [] : [`${base.getText(file)}.${text}`]
      })
    })
  const found: string[] = []
  walk(ts, file, node => {
    if (ts.isInterfaceDeclaration(node)) {
      const bases = (node.heritageClauses ?? []).flatMap(({ types }) => types)
      found.push(...added(bases, node.members))
    }
    if (ts.isIntersectionTypeNode(node)) {
      const own = node.types.filter(ts.isTypeLiteralNode).flatMap(({ members }) => members)
      found.push(...added(node.types, own))
    }
  })
  return found
}

test('what is listed is not public, and nothing else is added to a type of the compiler', () => {
  const typeOf = publicTypes()
  const additions = sources.map(name => {
    const file = ts.createSourceFile(name, readFileSync(root + name, 'utf8'), ts.ScriptTarget.Latest)
    return { name, found: additionsIn(file, typeOf) }
  })
  expect(additions.length).toBeGreaterThan(100)
  const [listed] = additions.filter(({ name }) => list.endsWith(name))
  expect(additions.filter(each => each !== listed && each.found.length > 0)).toEqual([])
  const all = [...members.values()].flat()
  const unlisted = all.filter(name => !listed!.found.some(each => each.endsWith(`.${name}`)))
  // public, with one parameter less and with other members, and what has no public type at all
  expect(unlisted).toEqual(['emit', 'sys', ...members.get('InternalPerformance')!])
})
