/** A host that gives its source files no versions until the program is made, as Angular's does: each incremental build is like a first one. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import type { Store } from '../transformer/build/store.ts'
import type { InternalFile } from '../transformer/compiler/undocumented.ts'
import { transform } from '../transformer/transform.ts'
import { memoryStore } from './built-again.ts'
import { installed, Project } from './hosts/project.ts'

const vec = (method: string) => `import type { operators } from 'tsgrad'
export class Vec {
  declare readonly [operators]: { '+': '${method}' }
  add(_: Vec) { return this }
  plus(_: Vec) { return 'plus' }
}
`
const uses = `import { Vec } from './vec.js'
export const sum = new Vec() + new Vec()
export const bad = sum + 4
`

/** Angular's `augmentProgramWithVersioning`, by what it does. */
function withVersions(program: ts.Program): ts.Program {
  for (const file of program.getSourceFiles() as InternalFile[]) file.version ??= ts.sys.createHash!(file.text)
  return program
}

/** The same host as an instance of a class, whose members are methods that need the instance. */
function ofClass(host: ts.CompilerHost): ts.CompilerHost {
  class Host {
    readonly #host = host
    static {
      for (const name of Object.keys(host) as (keyof ts.CompilerHost)[])
        Object.defineProperty(Host.prototype, name, {
          value(this: Host, ...args: never[]) {
            return (this.#host[name] as (...args: never[]) => unknown)(...args)
          },
        })
    }
  }
  return new Host() as unknown as ts.CompilerHost
}

function build(root: string, made: (host: ts.CompilerHost) => ts.CompilerHost, store?: Store): readonly string[] {
  const options: ts.CompilerOptions = {
    ...{ target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext, strict: true, skipLibCheck: true, types: [] },
    ...{
      outDir: join(root, 'out'),
      rootDir: join(root, 'src'),
      incremental: true,
      tsBuildInfoFile: join(root, 'info'),
    },
  }
  const host = ts.createIncrementalCompilerHost(options)
  host.getSourceFile = (name, target) => {
    const text = host.readFile(name)
    return text === undefined ? undefined : ts.createSourceFile(name, text, target)
  }
  const asked = made(host)
  const original = ts.createProgram({ rootNames: [join(root, 'src/uses.ts')], options, host: asked })
  const program = withVersions(transform(ts, original, asked, undefined, store))
  const last = ts.readBuilderProgram(options, host)
  const builder = ts.createEmitAndSemanticDiagnosticsBuilderProgram(program, host, last)
  builder.emit()
  return builder
    .getSemanticDiagnostics()
    .map(({ code, file, start }) => `${code} ${file?.text.slice(start).slice(0, 7)}`)
}

describe.each([
  ['an object', (host: ts.CompilerHost) => host],
  ['an instance', ofClass],
  ['an instance beside a store', ofClass, memoryStore()],
] as const)('a host that is %s', (_, made, store?: Store) => {
  test('a second build after an edit of a table lowers anew, and reports errors at their places', () => {
    const project = new Project({ 'src/vec.ts': vec('add'), 'src/uses.ts': uses }, installed)
    const emitted = () => readFileSync(join(project.root, 'out/uses.js'), 'utf8')
    expect(build(project.root, made, store)).toEqual(['2345 4\n'])
    expect(emitted()).toContain('new Vec().add(new Vec())')
    project.write({ 'src/vec.ts': vec('plus') })
    expect(build(project.root, made, store)).toEqual([])
    expect(emitted()).toContain('new Vec().plus(new Vec())')
    expect(build(project.root, made, store)).toEqual([])
  })
})
